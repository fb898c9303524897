"""Outputs of tutorials and demonstrations: CellFM, scEval's scGPT runs, EpiAgent."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, metric, spread
from ingest.transcription.sc_names import CELLFM, EPIAGENT, SCEVAL, at, fm

_CELLFM_REPO = "biomed-AI/CellFM@76557975c935d6822ddcfd8bb9700d0b95ec7dd7"
_SCEVAL_REPO = "HelloWorldLTY/scEval@dea31c8cc7a15dbad0230cd71b31de7ba93c4139"
_EPIAGENT_REPO = "xy-chen16/EpiAgent@e5d0e6f4c25cdb1ce158ae8f7be477869f11ea26"


def _integration(row: Row) -> Columns:
    found = dict(at(row))
    if row["metric"] == "PCR_batch":
        found["status"] = "degenerate"
        found["note"] = "0 by construction: the embedding is compared with itself"
    return found


_CELLFM = Table(
    citekey=CELLFM,
    slug="tutorials",
    title="Outputs of CellFM's integration and annotation tutorials",
    source={
        "locator": "tutorials/BatchIntegration and tutorials/CellAnnotation notebooks",
        "repository": _CELLFM_REPO,
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=lambda row: row["method"] == "CellFM",
    methods={
        "CellFM | fine-tuned tutorial": fm("cellfm", "fine_tune", "cellfm-80m"),
        "CellFM | fine-tuned": fm("cellfm", "fine_tune_peft", "cellfm-80m", "LoRA"),
        "CellFM | notebook named zeroshot (frozen backbone, trained head)": fm(
            "cellfm", "probe", "cellfm-80m"
        ),
    },
    tasks={
        "CellFM batch integration tutorial | batch_integration": {
            "task": "tutorial-demos/cellfm-integration",
            "split": "whole",
        },
        "CellFM cell annotation tutorial | cell_type_annotation": {
            "task": "tutorial-demos/cellfm-annotation",
            "split": "test",
        },
    },
    metrics={
        "NMI_cluster/label": "nmi",
        "ARI_cluster/label": "ari",
        "ASW_label": "asw-label",
        "ASW_label/batch": "asw-label-batch",
        "PCR_batch": "pcr",
        "graph_conn": "graph-connectivity",
        "avg_bio": metric("avg-bio", flags="task_mean"),
        "accuracy": "accuracy",
    },
    per_row=_integration,
    note="Demonstrations without a baseline: no comparison can rest on them. The notebooks load"
    " CellFM_80M_weight.ckpt; the annotation that is called fine-tuned trains LoRA on a frozen"
    " backbone.",
)

_SCEVAL = Table(
    citekey=SCEVAL,
    slug="demos",
    title="Outputs of scEval's scGPT annotation and perturbation notebooks",
    source={
        "locator": "Cell type Annotation and Perturbation Prediction notebooks",
        "repository": _SCEVAL_REPO,
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    select=lambda row: row["method"] == "scGPT",
    fixed={"split": "test"},
    methods={"scGPT": fm("scgpt", "fine_tune")},
    tasks={
        "scEval annotation demo | cell_type_annotation": "tutorial-demos/sceval-annotation",
        "scEval perturbation demo (GEARS split) | perturbation_prediction":
            "tutorial-demos/sceval-perturbation",
    },
    metrics={
        "accuracy": "accuracy",
        "macro_precision": "precision-macro",
        "macro_recall": "recall-macro",
        "macro_f1": "f1-macro",
        "mse": "mse",
        "mse_de": "mse-de",
        "pearson": "pearson",
        "pearson_de": "pearson-de",
    },
    per_row=at,
    note="Demonstrations, not the paper's tables; no baseline is printed.",
)  # fmt: skip

_EPIAGENT = Table(
    citekey=EPIAGENT,
    slug="demos",
    title="Outputs of EpiAgent's annotation and perturbation demonstrations",
    source={
        "locator": "demo notebooks on annotation (cell 33) and perturbation (cell 41)",
        "repository": _EPIAGENT_REPO,
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    fixed={"split": "test"},
    methods={"EpiAgent": fm("epiagent", "fine_tune", "epiagent")},
    tasks={
        "scATAC perturbation demo | perturbation_prediction":
            "tutorial-demos/epiagent-perturbation",
        "scATAC annotation demo | cell_type_annotation": "tutorial-demos/epiagent-annotation",
    },
    metrics={
        **{
            f"Pearson (top {n} cCREs)": metric("pearson", setting=f"elements=top {n}")
            for n in ("100", "200", "500", "1000", "2000")
        },
        "Accuracy": "accuracy",
        "Cohen's Kappa": "cohens-kappa",
        "Macro F1 Score": "f1-macro",
    },
    spreads={"SD over perturbations": spread("sd", "items")},
    per_row=at,
    note="Chromatin accessibility of single cells; demonstrations without a baseline.",
)  # fmt: skip


def _twice(row: Row) -> str:
    return "printed in the EpiAgent file too" if row["method"] == "EpiAgent" else ""


SOURCES = (
    Source(
        "demo_notebook_outputs",
        ("single_cell/results/demo_notebook_outputs.csv",),
        (_CELLFM, _SCEVAL),
        drop=_twice,
    ),
    Source(
        "chen2025_epiagent_demo",
        ("single_cell_2/results/chen2025_epiagent_demo.csv",),
        (_EPIAGENT,),
    ),
)
