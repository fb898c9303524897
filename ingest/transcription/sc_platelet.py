"""Platelet-FM-Benchmark: two generations of results, of unlike splits."""

from __future__ import annotations

from collections.abc import Callable

from ingest.transcription.base import Columns, Row, Source, Table, metric, spread
from ingest.transcription.sc_names import PLATELET, at, fm, tool

_REPO = "xqiu625/Platelet-FM-Benchmark@bc60defe2a42a75df8eee397eaf539b0c884afd7"
_LR = "logistic regression on the frozen embedding"
_MODELS = {
    "STATE": fm("state", "linear_probe", "state-se-600m", _LR),
    "UCE": fm("uce", "linear_probe", "", _LR),
    # the README gives 1,152 dimensions, which the model of 2023 does not have
    "Geneformer": fm("geneformer-v2", "linear_probe", "", _LR),
    "scGPT": fm("scgpt", "linear_probe", "scgpt-whole-human", _LR),
    "TranscriptFormer": fm("transcriptformer", "linear_probe", "", _LR),
    "scPRINT-2": fm("scprint-2", "linear_probe", "", _LR),
}
_BASELINES = {
    **{
        f"PCA_{n}": tool("pca", "linear_probe", f"{n} components, logistic regression")
        for n in ("50", "100", "200", "500")
    },
    "Raw_XGBoost": tool("xgboost", configuration="raw counts"),
    "Raw_LogReg": tool("logistic-regression", configuration="raw counts"),
    "Raw_RF": tool("random-forest", configuration="raw counts"),
    "PCA-200 + logistic regression": tool(
        "pca", "linear_probe", "200 components, logistic regression"
    ),
}
_SEVERITY = "platelet COVID-19 severity | disease_state"
_CSV_TASKS = {
    f"{_SEVERITY} | {n}; EARLIER files: README warns cell-level CV inflates AUC by 7-17 points":
        f"platelet-fm/severity-{i}"
    for n, i in (("binary", "binary"), ("3-class", "3-class"), ("6-class", "6-class"))
}  # fmt: skip
_LEAK = {
    "split": "cross_validation",
    "flags": "leakage_suspected",
    "note": "how cells were split is not stated; the README says that splitting by cell inflates",
}
_BY_CELL = {**_LEAK, "note": "folds are drawn by cell, so patients stand on both sides"}


def _file(name: str) -> Callable[[Row], bool]:
    return lambda row: name in row["locator"]


def _core(row: Row) -> Columns:
    found = dict(at(row))
    # The file repeats one column under two names: macro and weighted area are equal throughout.
    if row["metric"] == "auc_weighted":
        found["flags"] = "duplicate"
        found["note"] = "equal to the macro-averaged area in all rows of the file"
    return found


def _clinical(row: Row) -> Columns:
    found = dict(at(row))
    if row["metric"] in {"accuracy", "balanced_accuracy", "auc_roc"}:
        found["flags"] = "duplicate"
        found["note"] = "another run of what the core file reports"
    return found


def _csv(
    slug: str, title: str, name: str, metrics: dict[str, str], per_row: Callable[[Row], Columns],
    fixed: Columns, note: str,
) -> Table:  # fmt: skip
    return Table(
        citekey=PLATELET,
        slug=slug,
        title=title,
        source={
            "locator": f"results/benchmark/{name}",
            "repository": _REPO,
            "path": f"results/benchmark/{name}",
            "read": "scripted",
            "second_reading": "confirmed" if fixed is _LEAK else "corrected",
        },
        evidence_level="repository",
        select=_file(name),
        fixed=fixed,
        methods={**_MODELS, **_BASELINES},
        tasks=_CSV_TASKS,
        metrics=metrics,
        per_row=per_row,
        note=note,
    )


_SHARED = {"accuracy": "accuracy", "balanced_accuracy": "balanced-accuracy"}
_README = Table(
    citekey=PLATELET,
    slug="readme",
    title="Death predicted from platelets, split by patient; transfer between diseases",
    source={
        "locator": "README.md, Key Results",
        "repository": _REPO,
        "path": "README.md",
        "read": "by_hand",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=_file("README.md"),
    methods={**_MODELS, **_BASELINES},
    tasks={
        "platelet mortality (COVID-19+sepsis) | disease_state": {
            "task": "platelet-fm/mortality",
            "split": "cross_validation",
        },
        "platelet mortality transfer | disease_state | COVID to Sepsis": {
            "task": "platelet-fm/mortality-covid-to-sepsis",
            "split": "test",
        },
        "platelet mortality transfer | disease_state | Sepsis to COVID": {
            "task": "platelet-fm/mortality-sepsis-to-covid",
            "split": "test",
        },
        "platelet mortality adaptation | disease_state": {
            "task": "platelet-fm/mortality-adaptation",
            "split": "test",
        },
    },
    metrics={"AUC": metric("auroc")},
    spreads={"SD over folds (as printed)": spread("sd", "folds")},
    per_row=at,
    note="Split by patient everywhere. The README has no baseline in its main table.",
)

_CHECKPOINTS = (
    "docs/FOUNDATION_MODEL_COMPARISON.md gives State's 600M embedding model and scGPT's 33 million"
    " cells; Geneformer's 1,152 dimensions and 10M parameters belong to different checkpoints."
)
_CSVS = (
    _csv(
        "core",
        "COVID-19 severity from frozen embeddings of platelets, three label sets",
        "core_benchmark_results.csv",
        {
            **_SHARED,
            "auc_macro": "auroc-macro",
            "auc_weighted": "auroc-weighted",
            "f1_macro": "f1-macro",
            "f1_weighted": "f1-weighted",
        },
        _core,
        _BY_CELL,
        "StratifiedKFold over cells, five folds, in scripts/analysis/benchmark_single_model.py."
        f" {_CHECKPOINTS}",
    ),
    _csv(
        "baselines",
        "COVID-19 severity from raw counts and principal components of platelets",
        "pca_baseline_results.csv",
        {**_SHARED, "auc_macro": "auroc-macro"},
        at,
        _LEAK,
        "The script of these baselines isn't in the repository.",
    ),
    _csv(
        "clinical",
        "COVID-19 severity in two classes: clinical operating points",
        "clinical_metrics_binary.csv",
        {
            **_SHARED,
            "cohens_kappa": "cohens-kappa",
            "auc_roc": "auroc",
            "auc_pr": "auprc",
            "sensitivity_at_90_specificity": "sensitivity-at-90-specificity",
            "specificity_at_90_sensitivity": "specificity-at-90-sensitivity",
        },
        _clinical,
        _BY_CELL,
        "StratifiedKFold over cells, five folds, in scripts/analysis/clinical_metrics.py."
        f" {_CHECKPOINTS}",
    ),
)

SOURCES = (
    Source(
        "qiu2025_platelet_fm",
        ("single_cell_2/results/qiu2025_platelet_fm.csv",),
        (*_CSVS, _README),
    ),
)
