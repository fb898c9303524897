"""A student's layer profiles of GENA-LM on small samples of four Genomic Benchmarks sets."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, model, spread
from ingest.transcription.db_names import GENOMIC_BENCHMARKS, SCORES

PAPER = "eugeneskywalker2026genalm"
_REPO = "eugeneskywalker/GENA_LM_AIRI@9c3fda298b"
_METHODS = {
    "GENA-LM-bert-base-t2t": model("gena-lm", "gena-lm-bert-base-t2t"),
    "GENA-LM-bert-large-t2t": model("gena-lm", "gena-lm-bert-large-t2t"),
    "GENA-LM-base": model("gena-lm", "gena-lm-bert-base-t2t", "last layer"),
    "HyenaDNA-tiny": model("hyenadna", "hyenadna-tiny-1k", "last layer"),
    "3mer+LogReg": method("kmer-logistic-regression", "3-mers", protocol="own_training"),
    "TinyCNN-supervised": method("cnn-from-scratch", "104001 parameters", protocol="own_training"),
}
_FILES = {
    "results/tables/e1_results.csv": ("layers-base", "Layers of GENA-LM base", "500"),
    "results/tables/e3_results.csv": ("two-models", "GENA-LM base and HyenaDNA tiny", "500"),
    "results/tables/e6_results.csv": ("baselines", "With a 3-mer model and a small CNN", "2500"),
    "results/e1_large_metrics.json": ("layers-large", "Layers of GENA-LM large", "300"),
    "results/e7_fine_tune_metrics.json": ("fine-tune", "A short fine-tuning", "2000"),
}
_TEST_ITEMS = {"300": "180", "500": "300", "2000": "400", "2500": "1000"}
"""By sequences a class: a share of 0.3, of 0.1 in e7, and the count that e6 gives."""
_PROTOCOLS = {
    "frozen + logistic regression": "linear_probe",
    "from scratch": "own_training",
    "full fine-tune": "fine_tune",
}


def _row(row: Row) -> Columns:
    columns: dict[str, str] = {}
    if row["method_variant"].startswith("layer"):
        columns["configuration"] = row["method_variant"]
    if row["split"] == "3000/1000/1000":
        columns |= {"n_train": "3000", "n_runs": "1"}
    if row["method"] in {"3mer+LogReg", "TinyCNN-supervised"}:
        columns["protocol"] = "own_training"
    return columns


def _table(path: str, slug: str, title: str, sample: str) -> Table:
    return Table(
        citekey=PAPER,
        slug=slug,
        title=f"{title}, on samples of four Genomic Benchmarks sets",
        source={
            "locator": path.rpartition("/")[2],
            "repository": _REPO,
            "path": path,
            "read": "scripted",
            "second_reading": "corrected",
        },
        select=lambda row: row["locator"].endswith(path.rpartition("results/")[2]),
        fixed={
            "split": "test",
            "setting": f"sample={sample} a class of the suite's test set, divided anew",
            "n_test": _TEST_ITEMS[sample],
        },
        methods=_METHODS,
        tasks=GENOMIC_BENCHMARKS,
        metrics=SCORES,
        protocols=_PROTOCOLS,
        spreads={"sd over seeds": spread("sd", "seeds" if slug == "fine-tune" else "splits")},
        runs={"3": "3"},
        per_row=_row,
        note="Small samples of the suite's test sets, divided into training and test items anew, so "
        "not to be set beside values on the whole sets. The spread is over re-drawn splits of one "
        "sample; in the fine-tuning over seeds of training and validation, with one test set.",
    )


SOURCES = (
    Source(
        id="grey_gena_lm_airi",
        files=("dna_benchmarks_2/results/grey_gena_lm_airi.csv",),
        tables=tuple(_table(path, *texts) for path, texts in _FILES.items()),
    ),
)
