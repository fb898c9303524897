"""scFoundation's authors: drug response, annotation, perturbation and ablation notebooks."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.transcription.base import Columns, Row, Source, Table
from ingest.transcription.sc_names import HAO, at, fm, tool

_REPO = "biomap-research/scFoundation@d09626a5c1bc30b9c6227378677b61e0b987fe8b"
_VARIANT = "scfoundation-100m"


def _source(locator: str, path: str, reading: str) -> Mapping[str, str]:
    return {
        "locator": locator,
        "repository": _REPO,
        "path": path,
        "read": "scripted",
        "second_reading": reading,
    }


_DRUGS = Table(
    citekey=HAO,
    slug="scad-drug-response",
    title="Single-cell drug response by SCAD, on scFoundation embeddings and on raw expression",
    source=_source("SCAD/plot-publish.ipynb, cells 9-12", "SCAD/plot-publish.ipynb", "confirmed"),
    select=lambda row: row["task"] == "drug_response",
    fixed={"split": "test"},
    methods={
        "SCAD with scFoundation embedding": fm(
            "scfoundation", "probe", _VARIANT, "frozen embedding in SCAD's domain adaptation"
        ),
        "SCAD with raw gene expression": tool("scad"),
    },
    tasks={
        f"SCAD single-cell drug response | drug_response | {printed}": f"scad/{i}"
        for printed, i in (
            ("Sorafenib (n=120 fold-cell rows)", "sorafenib"),
            ("NVP-TAE684 (n=120 fold-cell rows)", "nvp-tae684"),
            ("PLX4720 (451Lu) (n=155 fold-cell rows)", "plx4720-451lu"),
            ("Etoposide (n=1393 fold-cell rows)", "etoposide"),
        )
    },
    metrics={"AUROC": "auroc", "AUPR": "auprc"},
    per_row=at,
    note="Means over five folds; four drugs that the paper shows. Each run is one of a grid, other"
    " settings for each drug and arm, under a name that ends in _best: by what it was chosen isn't"
    " said.",
)

_ANNOTATION = Table(
    citekey=HAO,
    slug="zheng68k",
    title="Cell types of Zheng68K by scFoundation and CellTypist",
    source=_source(
        "annotation/celltype-plot.ipynb, cells 17 and 24",
        "annotation/celltype-plot.ipynb",
        "confirmed",
    ),
    select=lambda row: row["task"] == "cell_type_annotation",
    fixed={"split": "test", "n_test": "6595"},
    methods={
        "scFoundation": fm("scfoundation", "fine_tune", _VARIANT),
        "CellTypist": tool("celltypist"),
    },
    tasks={
        "Zheng68K cell type annotation (scFoundation split) | cell_type_annotation":
            "scfoundation-suite/zheng68k",
    },
    metrics={
        "accuracy": "accuracy",
        "macro_precision": "precision-macro",
        "macro_recall": "recall-macro",
        "macro_f1": "f1-macro",
        "weighted_f1": "f1-weighted",
    },
    per_row=at,
    note="That the second report is CellTypist's is inferred from the name of a variable.",
)  # fmt: skip

_PERTURBATION = Table(
    citekey=HAO,
    slug="norman-gears",
    title="Perturbation of the Norman screen by GEARS, with and without scFoundation embeddings",
    source=_source("GEARS/Plot.ipynb, cells 17 and 21", "GEARS/Plot.ipynb", "corrected"),
    select=lambda row: row["task"] == "perturbation_prediction",
    fixed={"split": "test", "n_test": "109"},
    methods={
        "GEARS": tool("gears"),
        "scFoundation+GEARS": fm("scfoundation", "probe", _VARIANT, "frozen embeddings in GEARS"),
    },
    tasks={
        "Norman perturbation (GEARS split) | perturbation_prediction": "scfoundation-suite/norman",
    },
    metrics={"mse": "mse", "mse_de": "mse-de", "pearson": "pearson", "pearson_de": "pearson-de"},
    per_row=at,
    note="Cells 6 to 9, 16 and 18 tell the runs apart: both are scored on one test set (10, 60 and"
    " 14 pairs with none, one and both genes seen, 25 new single genes); GEARS alone has 128 hidden"
    " units, GEARS on frozen scFoundation 512 (the folder's name has finetune_frozen).",
)


def _ablation(row: Row) -> Columns:
    what, _, value = row["method_variant"].removeprefix("ablation ").partition(": ")
    found = {**at(row), "configuration": f"{what}: {value}"}
    if value == "Regression":
        found["flags"] = "duplicate"
        found["note"] = "the same run as the automatic discretization of the other ablation"
    return found


_ABLATION = Table(
    citekey=HAO,
    slug="ablation",
    title="Clustering by ablated scFoundation models",
    source=_source(
        "ablation/ablation-01.ipynb, cells 1 and 4", "ablation/ablation-01.ipynb", "confirmed"
    ),
    select=lambda row: row["task"] == "cell_clustering",
    fixed={"split": "not_reported"},
    methods={"scFoundation": fm("scfoundation", "zero_shot")},
    tasks={
        "scFoundation ablation clustering | cell_clustering":
            "scfoundation-suite/ablation-clustering",
    },
    metrics={
        "ARI": "ari",
        "NMI": "nmi",
        "HOMO": "homogeneity",
        "CP": "completeness",
        "SIL": "asw",
    },
    per_row=_ablation,
)  # fmt: skip

SOURCES = (
    Source(
        "hao2024_scfoundation_notebooks",
        ("single_cell/results/hao2024_scfoundation_notebooks.csv",),
        (_DRUGS, _ANNOTATION, _PERTURBATION, _ABLATION),
    ),
)
