"""Geneformer checkpoints run by NVIDIA (model card) and by Helical (notebook)."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, spread
from ingest.transcription.sc_names import HELICAL, NVIDIA, at, fm, tool

_CARD = "NVIDIA/bionemo-framework@3a9d005bffaa711e5964211d3ba34c5e373eb624"
_TEN = "geneformer-nvidia-10m-240530"
_HUNDRED = "geneformer-nvidia-106m-240530"

_LOSS = Table(
    citekey=NVIDIA,
    slug="mlm-loss",
    title="Masked-gene loss on held-out CELLxGENE cells",
    source={
        "locator": "docs/docs/models/geneformer.md, MLM loss table",
        "repository": _CARD,
        "path": "docs/docs/models/geneformer.md",
        "read": "scripted",
        "second_reading": "corrected",
    },
    select=lambda row: row["metric"] == "MLM token loss",
    fixed={"split": "test", "protocol": "pretraining"},
    methods={
        "Geneformer | Baseline Geneformer": fm(
            "geneformer-v2", "pretraining", "geneformer-12l-38m-95m-cells",
            note="test cells may have been in training; other vocabulary and input length, so the card"
            " holds this loss for hardly comparable",
            flags="leakage_suspected relative_score",
        ),
        "Geneformer | geneformer-10M-240530": fm("geneformer-nvidia", "pretraining", _TEN),
        "Geneformer | geneformer-106M-240530": fm("geneformer-nvidia", "pretraining", _HUNDRED),
    },
    tasks={
        "CELLxGENE held-out MLM loss (BioNeMo split) | masked_gene_prediction":
            "geneformer-nvidia-card/cellxgene-mlm",
    },
    metrics={"MLM token loss": "masked-lm-loss"},
    per_row=at,
)  # fmt: skip

_PROBE = "frozen embedding, random forest"
_ANNOTATION = Table(
    citekey=NVIDIA,
    slug="gut-annotation",
    title="Cell types of the Crohn's disease gut set from embeddings and from PCA",
    source={
        "locator": "bar charts of accuracy and F1 of 18 April 2025 in the model card",
        "repository": _CARD,
        "path": "docs/docs/models/geneformer.md",
        "read": "digitised",
        "second_reading": "confirmed",
    },
    select=lambda row: row["metric"] != "MLM token loss",
    fixed={"split": "cross_validation", "flags": "digitised"},
    methods={
        "PCA(10)+Random Forest | log1p expression": tool(
            "random-forest", configuration="10 principal components of log1p expression"
        ),
        "Geneformer | 10M random weights (~100 steps)": tool(
            "geneformer-nvidia-frozen-random", "probe", _PROBE
        ),
        "Geneformer | geneformer-10M-240530": fm("geneformer-nvidia", "probe", _TEN, _PROBE),
        "Geneformer | geneformer-106M-240530": fm("geneformer-nvidia", "probe", _HUNDRED, _PROBE),
    },
    tasks={
        "Elmentaite 2020 gut (Crohn) cell type classification | cell_type_annotation":
            "geneformer-nvidia-card/elmentaite-gut",
    },
    metrics={"F1": "f1", "accuracy": "accuracy"},
    spreads={"digitisation error": spread("digitisation", "not_applicable")},
    per_row=lambda row: {"locator": at(row)["locator"]},
)  # fmt: skip

_SIZES = {
    "GF 6L 10M": ("geneformer", "geneformer-v1-6l-10m"),
    "GF 12L 38M": ("geneformer-v2", "geneformer-12l-38m-95m-cells"),
    "GF 12L 104M": ("geneformer-v2", "geneformer-v2-104m"),
    "GF 18L 316M": ("geneformer-v2", "geneformer-v2-316m"),
}


def _ridge(row: Row) -> Columns:
    return {**at(row), "configuration": "ridge classifier on the frozen embedding"}


_SERIES = Table(
    citekey=HELICAL,
    slug="sciplex2-series",
    title="Compound labels of sci-Plex 2 from frozen embeddings of four Geneformer sizes",
    source={
        "locator": "examples/notebooks/Geneformer-Series-Comparison.ipynb, cell 13",
        "repository": "helicalAI/helical@9c272360dc80ee909ef625f8fa9cf85c5c3c61b9",
        "path": "examples/notebooks/Geneformer-Series-Comparison.ipynb",
        "read": "scripted",
        "second_reading": "confirmed",
    },
    fixed={"split": "test"},
    methods={
        f"Geneformer | {name}": fm(model, "linear_probe", variant)
        for name, (model, variant) in _SIZES.items()
    },
    tasks={
        "helical Geneformer series cell type probe (dataset named in notebook)"
        " | cell_type_annotation": "helical-series/sciplex2-perturbation",
    },
    metrics={"accuracy": "accuracy", "F1": "f1-weighted"},
    per_row=_ridge,
    note="The notebook classifies compounds, not cell types as the transcript's label has it, in a"
    " random 80:20 split of cells; its F1 is weighted. There is no baseline.",
)

SOURCES = (
    Source(
        "nvidia_bionemo_geneformer_card",
        ("single_cell/results/nvidia_bionemo_geneformer_card.csv",),
        (_LOSS, _ANNOTATION),
    ),
    Source(
        "helical_geneformer_series",
        ("single_cell/results/helical_geneformer_series.csv",),
        (_SERIES,),
    ),
)
