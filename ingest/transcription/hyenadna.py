"""HyenaDNA's paper: Tables 4.1 to 4.5, and the ablations A.4 and A.6 beside 4.1 and 4.2.

Table A.6 shares a table with what it ablates, and the columns that it prints again are marked as
duplicates. Table A.4 stands for itself, whole: only there pretrained HyenaDNA is beside the same
network from scratch.
"""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, metric, model
from ingest.transcription.dna_labels import GENOMIC_BENCHMARKS, NT_ORIGINAL

PAPER = "nguyen2023hyenadna"
FILE = "dna_models/results/hyenadna_paper.csv"
HYENA = "hyenadna"
NT_PREPRINT = {"origin": "quoted", "quoted_from": "dallatorre2023nucleotide"}
GRESOVA = {"origin": "quoted", "quoted_from": "gresova2023genomic"}
AGAIN = {"flags": "duplicate"}


def _table(row: Row) -> str:
    found = re.match(r"paper Table (\S+)", row["locator"])
    return found[1] if found else ""


def _where(row: Row) -> Columns:
    return {"locator": f"Table {_table(row)}, row {row['task']}, column {row['method_variant']}"}


GENOMIC = {
    "CNN": method("cnn-from-scratch", protocol="own_training", **GRESOVA),
    "DNABERT | DNABERT": model("dnabert"),
    "GPT | GPT": method("gpt-dna", "pretrained, as in Table 4.1"),
    "HyenaDNA | HyenaDNA": model(HYENA, "hyenadna-tiny-1k"),
    "GPT | GPT scratch": method("transformer-from-scratch", protocol="own_training"),
    "GPT | GPT pretrained": method("gpt-dna", "pretrained, as in Table A.4"),
    "HyenaDNA | HyenaDNA scratch": method("hyenadna-random-init", protocol="own_training"),
    "HyenaDNA | HyenaDNA pretrained": model(HYENA, "hyenadna-tiny-1k"),
    # networks that no pretrained HyenaDNA has: not what it is without pretraining
    "HyenaDNA | HyenaDNA k-mer (k=6) scratch": method(
        "hyenadna-kmer-from-scratch", protocol="own_training"
    ),
    "HyenaDNA | HyenaDNA bidirectional scratch": method(
        "hyenadna-bidirectional-from-scratch", protocol="own_training"
    ),
    "DNABERT | DNABERT pretrained": model("dnabert"),
}

NT_TASKS = {
    "NT | NT 500M (1 genome)": model(
        "nucleotide-transformer-v1", "nt-v1-500m-human-ref", **NT_PREPRINT
    ),
    "NT | NT 2.5B (3,202 genomes)": model(
        "nucleotide-transformer-v1", "nt-v1-2.5b-1000g", **NT_PREPRINT
    ),
    "NT | NT 2.5B (850 genomes)": model(
        "nucleotide-transformer-v1", "nt-v1-2.5b-multi-species", **NT_PREPRINT
    ),
    "NT | NT 2.5B pretrained": model(
        "nucleotide-transformer-v1", "nt-v1-2.5b-multi-species", **NT_PREPRINT, **AGAIN
    ),
    "HyenaDNA | HyenaDNA 1.6M": model(HYENA, "hyenadna-tiny-1k-d256"),
    "HyenaDNA | HyenaDNA 1.6M pretrained": model(HYENA, "hyenadna-tiny-1k-d256", **AGAIN),
    "HyenaDNA | HyenaDNA 1.6M scratch": method("hyenadna-random-init", protocol="own_training"),
    "GPT | GPT 1.6M pretrained": method("gpt-dna", "pretrained, 1.6M parameters"),
}

PROFILES = {
    "DeepSEA": method(
        "deepsea", "1 kb", protocol="own_training", origin="quoted", quoted_from="zhou2015deepsea"
    ),
    "BigBird": model(
        "bigbird-dna", "bigbird-dna", "8 kb", origin="quoted", quoted_from="zaheer2020bigbird"
    ),
    "HyenaDNA | HyenaDNA 7M 1k": model(HYENA, configuration="7M parameters, 1 kb"),
    "HyenaDNA | HyenaDNA 3.5M 8k": model(HYENA, configuration="3.5M parameters, 8 kb"),
}

SPECIES = {
    f"{name} | {name} {length}": columns
    for name, lengths in (
        ("HyenaDNA", {"1k": 1000, "32k": 32000, "250k": 250000, "450k": 450000, "1M": 1000000}),
        ("Transformer", {"1k": 1000, "32k": 32000}),
    )
    for length, bp in lengths.items()
    for columns in (
        {**(model(HYENA) if name == "HyenaDNA" else method("gpt-dna")), "input_bp": str(bp)},
    )
}

TEXT = {"read": "text_copy", "second_reading": "confirmed"}

SOURCES = (
    Source(
        id="hyenadna_paper",
        files=(FILE,),
        tables=(
            Table(
                citekey=PAPER,
                slug="genomic-benchmarks",
                title="Genomic Benchmarks, top-1 accuracy",
                source={"locator": "Table 4.1", **TEXT},
                select=lambda row: _table(row) == "4.1",
                fixed={"split": "test", "protocol": "fine_tune"},
                methods=GENOMIC,
                tasks=GENOMIC_BENCHMARKS,
                metrics={"accuracy (top-1, %)": metric("accuracy", "percent")},
                per_row=_where,
                note="No uncertainty is printed. The CNN is the suite's own PyTorch baseline. The "
                "pretrained attention model (GPT) has other values in Table A.4, and neither says why.",
            ),
            Table(
                citekey=PAPER,
                slug="genomic-benchmarks-ablation",
                title="Genomic Benchmarks, top-1 accuracy: pretraining and tokenizer ablations",
                source={"locator": "Table A.4", **TEXT},
                select=lambda row: _table(row) == "A.4",
                fixed={"split": "test", "protocol": "fine_tune"},
                methods=GENOMIC,
                tasks=GENOMIC_BENCHMARKS,
                metrics={"accuracy (top-1, %)": metric("accuracy", "percent")},
                per_row=_where,
                note="No uncertainty is printed. The pretrained attention model (GPT) has other values in "
                "Table 4.1, and neither says why. Pretrained HyenaDNA and DNABERT have the values of Table 4.1 "
                "and stay in pooling here too, since the networks from scratch are nowhere else and a cell "
                "without DNABERT would count a win for HyenaDNA that the paper doesn't claim.",
            ),
            Table(
                citekey=PAPER,
                slug="nt-tasks",
                title="Nucleotide Transformer tasks on HyenaDNA's own splits, with ablations",
                source={"locator": "Tables 4.2 and A.6", **TEXT},
                select=lambda row: _table(row) in {"4.2", "A.6"},
                fixed={
                    "split": "test",
                    "protocol": "fine_tune",
                    "setting": "splits=HyenaDNA's own 90:10",
                },
                methods=NT_TASKS,
                tasks=NT_ORIGINAL,
                metrics={"MCC x100": metric("mcc", "percent"), "F1 x100": metric("f1", "percent")},
                per_row=_where,
                note="The NT columns are copied from the NT preprint, whose splits were not "
                "published; HyenaDNA made its own. The repository's configuration names a "
                "macro-averaged F1 for promoters and splice sites, the paper just F1.",
            ),
            Table(
                citekey=PAPER,
                slug="chromatin-profiles",
                title="DeepSEA chromatin profiles, median AUROC by group",
                source={"locator": "Table 4.3", **TEXT},
                select=lambda row: _table(row) == "4.3",
                fixed={"split": "test", "protocol": "fine_tune", "setting": "summary=median"},
                methods=PROFILES,
                tasks={
                    "TF": "hyenadna-tasks/chromatin-tf",
                    "DHS": "hyenadna-tasks/chromatin-dhs",
                    "HM": "hyenadna-tasks/chromatin-histone",
                },
                metrics={"median AUROC x100": metric("auroc", "percent")},
                per_row=_where,
                note="Medians over the profiles of a group. DeepSEA and BigBird are compared with at the "
                "values that their authors set, as Appendix A.4 says.",
            ),
            Table(
                citekey=PAPER,
                slug="biotype",
                title="Biotype of genes from frozen embeddings",
                source={"locator": "Table 4.4", **TEXT},
                select=lambda row: _table(row) == "4.4",
                fixed={"split": "test", "protocol": "probe"},
                methods={
                    "DNABERT": model("dnabert", "dnabert-5mer", "110M parameters, 512 tokens"),
                    "NT": model("nucleotide-transformer-v1", configuration="500M parameters, 6 kb"),
                    "HyenaDNA": model(HYENA, "hyenadna-medium-160k", "7M parameters"),
                },
                tasks={"F1": "hyenadna-tasks/biotype"},
                metrics={"weighted F1 x100": metric("f1-weighted", "percent")},
                per_row=_where,
                note="Gradient-boosted trees on frozen embeddings. The task label of the "
                "transcript is the table's column head.",
            ),
            Table(
                citekey=PAPER,
                slug="species",
                title="Species of a sequence, by input length",
                source={"locator": "Table 4.5", **TEXT},
                select=lambda row: _table(row) == "4.5",
                fixed={"split": "test", "protocol": "fine_tune"},
                methods=SPECIES,
                tasks={"Acc": "hyenadna-tasks/species-5"},
                metrics={"accuracy %": metric("accuracy", "percent")},
                per_row=_where,
                note="The task label of the transcript is the table's column head. A Transformer "
                "beyond 32 kb was not feasible.",
            ),
        ),
    ),
)
