"""The repositories of Genomic Benchmarks, GenBench and DNALongBench."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, model
from ingest.transcription.db_names import DNABERT_2, GENOMIC_BENCHMARKS, NT_V2_500M, SCORES, fm

_SCRATCH = {"protocol": "own_training"}
_HYENA = {"origin": "quoted", "quoted_from": "nguyen2023hyenadna", "flags": "duplicate"}
_CONTEXT = "EFFECTIVE CONTEXT: "


def _repository(row: Row) -> Columns:
    columns = {"locator": f"{row['task']}, {row['metric']}"}
    if row["metric"].startswith("F1") and "regulatory" in row["task"]:
        columns["metric"] = "f1-micro"
    return columns


def _length(row: Row) -> Columns:
    found = re.search(r"input (\d+) bp", row["method_variant"])
    return {"input_bp": found[1] if found else "", "locator": row["task"].removeprefix(_CONTEXT)}


SOURCES = (
    Source(
        id="genomic_benchmarks_repo",
        files=("dna_benchmarks/results/genomic_benchmarks_repo.csv",),
        tables=(
            Table(
                citekey="gresova2023genomic",
                slug="repository",
                title="The suite's own networks, and HyenaDNA as its authors submitted it",
                source={
                    "locator": "experiments/README.md",
                    "repository": "ML-Bioinfo-CEITEC/genomic_benchmarks@605d853983",
                    "path": "experiments/README.md",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                fixed={"split": "test"},
                methods={
                    "HyenaDNA": model("hyenadna", "hyenadna-tiny-1k", **_HYENA),
                    "CNN | PyTorch baseline": method("cnn-from-scratch", "PyTorch"),
                    "CNN | TensorFlow baseline": method("cnn-from-scratch", "TensorFlow"),
                },
                tasks=GENOMIC_BENCHMARKS,
                metrics=SCORES,
                protocols={
                    "full fine-tune": "fine_tune",
                    "trained from scratch": "own_training",
                },
                per_row=_repository,
                note="HyenaDNA's column repeats Table 4.1 of its own paper. With three classes F1 is "
                "micro-averaged (models/torch.py and tf.py), that is, accuracy.",
            ),
        ),
    ),
    Source(
        id="genbench2024_notebooks",
        files=("dna_benchmarks/results/genbench2024_notebooks.csv",),
        tables=(
            Table(
                citekey="liu2024genbench",
                slug="size",
                title="The Nucleotide Transformer by size on Genomic Benchmarks",
                source={
                    "locator": "parameter_size.ipynb, arrays of cell 0",
                    "repository": "jimmylihui/GenBench@3a1f870b34",
                    "path": "notebook/parameter_size.ipynb",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"].startswith("GenomicBenchmarks"),
                fixed={"split": "test", "protocol": "fine_tune"},
                methods={
                    "Nucleotide Transformer 50M": model(
                        "nucleotide-transformer-v2", "nt-v2-50m-multi-species"
                    ),
                    "Nucleotide Transformer 100M": model(
                        "nucleotide-transformer-v2", "nt-v2-100m-multi-species"
                    ),
                    "Nucleotide Transformer 500M": fm(NT_V2_500M),
                },
                tasks=GENOMIC_BENCHMARKS,
                metrics=SCORES,
                per_row=lambda row: {"locator": f"cell 0, {row['task']}"},
                note="Numbers typed into a plotting cell, of how many runs isn't said; the order of the data sets is that of "
                "the commented axis labels.",
            ),
            Table(
                citekey="liu2024genbench",
                slug="length",
                title="Accuracy by length of the input",
                source={
                    "locator": "performance_length.ipynb, arrays of cells 0 to 2",
                    "repository": "jimmylihui/GenBench@3a1f870b34",
                    "path": "notebook/performance_length.ipynb",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "GenBench",
                fixed={"split": "test", "protocol": "fine_tune"},
                methods={
                    "HyenaDNA": model("hyenadna"),
                    "NT": model("nucleotide-transformer-v2"),
                    "DNABERT-2": fm(DNABERT_2),
                    "GENA-LM": model("gena-lm"),
                    "Caduceus": model("caduceus"),
                },
                tasks={
                    f"{_CONTEXT}species classification": "genbench/species",
                    f"{_CONTEXT}promoter prediction": "genbench/promoter",
                },
                metrics=SCORES,
                per_row=_length,
                note="Numbers typed into a plotting cell, of how many runs isn't said, nor of which "
                "checkpoints.",
            ),
        ),
    ),
    Source(
        id="dnalongbench2025",
        files=("dna_benchmarks/results/dnalongbench2025.csv",),
        tables=(
            Table(
                citekey="cheng2025dnalongbench",
                slug="enhancer-target-gene",
                title="Enhancers and their target genes",
                source={
                    "locator": "README.md, table of results",
                    "repository": "wenduocheng/DNALongBench@d6db3ae",
                    "path": "README.md",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                fixed={"split": "test"},
                methods={
                    "Expert model": method("dnalongbench-expert"),
                    "CNN": method("cnn-from-scratch"),
                    "HyenaDNA": model("hyenadna"),
                    "Caduceus-Ph": model("caduceus", configuration="Ph"),
                    "Caduceus-PS": model("caduceus", configuration="PS"),
                },
                tasks={
                    "Enhancer-target gene prediction (450 kb)": "dnalongbench/enhancer-target-gene"
                },
                metrics=SCORES,
                protocols={
                    "expert model": "as_released",
                    "trained from scratch": "own_training",
                    "full fine-tune": "fine_tune",
                },
                per_row=lambda row: {"locator": f"row {row['method']}"},
                note="The README doesn't name the expert model.",
            ),
        ),
    ),
)
