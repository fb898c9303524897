"""Kedzierska et al.: what the repository's two demonstration notebooks print."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, spread
from ingest.transcription.sc_names import KEDZIERSKA, at, fm, tool

_REPO = "microsoft/zero-shot-scfoundation@d1091e8134cdcdcaafc560ee0dccb7f97c390dc1"
_SCGPT = fm("scgpt", "zero_shot", "scgpt-whole-human")
_GENEFORMER = fm("geneformer", "zero_shot", "geneformer-v1-6l-10m", "second to last layer")
# The two notebooks name different columns as the batch: tech, and tech with inDrop runs merged.
_BATCH = {"scGPT": "batch=tech", "Geneformer": "batch=tech, inDrop merged"}
_BATCH_METRICS = ("ASW_batch", "ASW_label/batch", "PCR_batch")
_WHOLE = "pancreas, 1200 HVG"
_ALL = {"MSE_all", "MRE_all", "MAE_all"}


def _embedding(row: Row) -> Columns:
    found = dict(at(row))
    if row["metric"] in _BATCH_METRICS:
        found["setting"] = _BATCH[row["method"]]
    if row["metric"] == "avg_bio":
        found["flags"] = "task_mean"
    return found


def _reconstruction(row: Row) -> Columns:
    found = dict(at(row))
    if row["metric"] in _ALL:
        found["setting"] = "values=all"
        if row["value"] not in {"0.445765"}:
            found["flags"] = "duplicate"
            found["note"] = "equal to the value over non-zero genes"
    return found


_EMBEDDING = Table(
    citekey=KEDZIERSKA,
    slug="pancreas-demo",
    title="scIB metrics of zero-shot embeddings, 1,000 cells of the scIB pancreas set",
    source={
        "locator": "notebooks/scGPT_zero_shot.ipynb cell 30; Geneformer_zero_shot.ipynb cell 32",
        "repository": _REPO,
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=lambda row: row["benchmark"] == "scIB Pancreas (16382 cells)",
    fixed={"split": "whole", "n_test": "1000"},
    methods={"scGPT": _SCGPT, "Geneformer": _GENEFORMER},
    tasks={
        "cell_clustering": "zero-shot-scfoundation/pancreas-clustering",
        "batch_integration": "zero-shot-scfoundation/pancreas-integration",
    },
    metrics={
        "NMI_cluster/label": "nmi",
        "ARI_cluster/label": "ari",
        "ASW_label": "asw-label",
        "graph_conn": "graph-connectivity",
        "ASW_batch": "asw-of-batches",
        "ASW_label/batch": "asw-label-batch",
        "PCR_batch": "pcr-of-batch",
        "avg_bio": "avg-bio",
    },
    per_row=_embedding,
    note="A demonstration on a subset, not the paper's Tables S1 and S2; no baseline is printed."
    " The two notebooks take different columns as the batch. In sc_foundation_evals/utils.py"
    " ASW_batch is scIB's silhouette over batches and PCR_batch the variance that the batch explains:"
    " lower is better in both.",
)

_RECONSTRUCTION = Table(
    citekey=KEDZIERSKA,
    slug="pancreas-reconstruction",
    title="Error of reconstructed expression bins and correlation of predicted gene ranks",
    source={
        "locator": "notebooks/scGPT_zero_shot.ipynb cell 25; Geneformer_zero_shot.ipynb cell 26",
        "repository": _REPO,
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    select=lambda row: row["task"] == "masked_expression_prediction",
    fixed={"split": "whole"},
    methods={
        "scGPT | GEP (masked) output": {**_SCGPT, "configuration": "masked gene expression output"},
        "scGPT | GEPC (from cell embedding) output": {
            **_SCGPT,
            "configuration": "output from the cell embedding",
        },
        "mean expression bin": tool("train-mean", "untrained_rule", "mean bin"),
        "Geneformer": _GENEFORMER,
        "average rank of gene (mean ranking)": tool(
            "train-mean", "untrained_rule", "mean position of each gene"
        ),
    },
    tasks={
        "scIB Pancreas gene expression reconstruction | masked_expression_prediction":
            "zero-shot-scfoundation/pancreas-expression-bins",
        "scIB Pancreas gene-rank reconstruction | masked_expression_prediction":
            "zero-shot-scfoundation/pancreas-gene-ranks",
    },
    metrics={
        "MSE": "mse",
        "MSE_all": "mse",
        "MRE": "mre",
        "MRE_all": "mre",
        "MAE": "mae",
        "MAE_all": "mae",
        "Pearson correlation of predicted vs input gene rank": "pearson",
    },
    spreads={"SD over 500 cells": spread("sd", "items", n_test="500")},
    per_row=lambda row: {**_reconstruction(row), "n_runs": "1"},
    note="Errors are in units of 51 expression bins over 1,200 highly variable genes.",
)  # fmt: skip

SOURCES = (
    Source(
        "kedzierska2025_zero_shot_notebooks",
        ("single_cell/results/kedzierska2025_zero_shot_notebooks.csv",),
        (_EMBEDDING, _RECONSTRUCTION),
    ),
)
