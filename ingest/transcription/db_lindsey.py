"""Lindsey et al.: what the tokenizer is worth, 44 tasks of three suites."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, model, spread
from ingest.transcription.db_names import (
    DNABERT_2,
    GENOMIC_BENCHMARKS,
    GUE,
    NT_REVISED,
    NT_V2_500M,
    SCORES,
    fm,
)

_REPO = "leannmlindsey/DNATokenization_results_analysis@3e4c42a0d4"
_MEAN = "CATEGORY MEAN: "
_OWN = "lindsey-tokenizer-suite"
_BEST = {"flags": "selected_on_test"}
_METHODS = {
    "CNN": method("cnn-from-scratch", "464K parameters", protocol="own_training"),
    "GPT": method("gpt-text-125m"),
    "GPT-2": method("gpt-text-125m"),
    "DNABERT": model("dnabert", "dnabert-6mer"),
    "DNABERT2": fm(DNABERT_2),
    "DNABERT-2": fm(DNABERT_2),
    "NTv2": fm(NT_V2_500M),
    "NT": fm(NT_V2_500M),
    "HyenaDNA": model("hyenadna"),
    "Caduceus": model("caduceus", configuration="PS"),
    "Mamba-bpe": method("mamba-lindsey-bpe", "byte-pair tokens"),
    "Mamba-char": method("mamba-lindsey-char", "single nucleotides"),
}
_TASKS = {
    **GENOMIC_BENCHMARKS,
    **GUE,
    **NT_REVISED,
    "phage_fragments": f"{_OWN}/phage-fragments",
}


_SEVERAL_CLASSES = (
    "covid",
    "enhancers_types",
    "human_ensembl_regulatory",
    "reconstructed",
    "splice_sites_all",
)


def _hyperparameters(row: Row) -> Columns:
    name = row["locator"].split()[-1]
    columns = {
        "locator": f"{name}, task {row['task']}, model {row['method']}",
        "note": f"chosen: {row['method_variant'].replace(';', ', ')}",
    }
    attention = not name.endswith("_ss.csv")
    if row["metric"] == "f1" and (attention or row["task"] in _SEVERAL_CLASSES):
        columns["metric"] = "f1-macro"
    if row["method"] == "NTv2" and row["benchmark"] == "NTv2":
        columns["configuration"] = "LoRA"
    return columns


SOURCES = (
    Source(
        id="lindsey2025_tokenizer",
        files=("dna_benchmarks/results/lindsey2025_tokenizer.csv",),
        tables=(
            Table(
                citekey="lindsey2025tokenizer",
                slug="tasks",
                title="Attention and state-space models by tokenizer, best hyperparameters",
                source={
                    "locator": "best_hyperparameters_by_task*.csv",
                    "repository": _REPO,
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: not row["task"].startswith(_MEAN),
                fixed={"split": "test", "protocol": "fine_tune", **_BEST},
                methods=_METHODS,
                tasks=_TASKS,
                metrics=SCORES,
                spreads={"sd over seeds": spread("sd", "seeds")},
                runs={str(number): str(number) for number in range(2, 40)},
                per_row=_hyperparameters,
                note="Mean over replicates of the hyperparameters with the highest MCC, which "
                "seem to be chosen on the reported split itself. GPT is an LM pretrained on text. "
                "DNABERT's word length stands in the authors' scripts (DNAtokenization@7df0d64), and "
                "so does that F1 is macro-averaged for the attention models, for the others in "
                "tasks of more than two classes only, and that the Nucleotide Transformer was "
                "trained by LoRA on its own tasks and in full elsewhere. Of "
                "HyenaDNA and Caduceus-PS they pretrain networks of four layers and name "
                "hyenadna-tiny-1k too; which one the scores are of isn't said.",
            ),
            Table(
                citekey="lindsey2025tokenizer",
                slug="category-means",
                title="Mean MCC of the 44 tasks by category",
                source={
                    "locator": "results_tables/category_summary_table.tex, the paper's Table 2",
                    "repository": _REPO,
                    "path": "results_tables/category_summary_table.tex",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                select=lambda row: row["task"].startswith(_MEAN),
                fixed={
                    "split": "test",
                    "protocol": "fine_tune",
                    "flags": "selected_on_test task_mean",
                },
                methods=_METHODS,
                tasks={
                    f"{_MEAN}{name}": f"{_OWN}/mean-{name.lower().replace(' ', '-')}"
                    for name in (
                        "regulatory",
                        "promoters",
                        "enhancers",
                        "transcription factors",
                        "epigenetic marks",
                        "splice sites",
                        "virus variant detection",
                        "GUE",
                        "Genomic Benchmark",
                        "Nucleotide Transformer Tasks",
                        "Overall",
                    )
                },
                metrics=SCORES,
            ),
        ),
    ),
)
