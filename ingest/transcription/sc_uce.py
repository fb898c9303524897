"""UCE's authors: scIB and scGraph scores of embeddings, two of their repositories."""

from __future__ import annotations

from ingest.transcription.base import Columns, Labels, Row, Source, Table, metric
from ingest.transcription.sc_names import UCE, at, fm, tool

_MODELS = {
    "UCE": fm("uce", "zero_shot"),
    "Geneformer": fm("geneformer", "zero_shot"),
    "scGPT": fm("scgpt", "zero_shot"),
    "tGPT": fm("tgpt", "zero_shot", "tgpt"),
    "scVI": tool("scvi"),
    "scArches": tool("scarches"),
}
_REPRODUCED = {
    **_MODELS,
    # evaluate_geneformer.py loads the directory 12l, evaluate_scgpt.py scGPT_human
    "Geneformer": fm("geneformer", "zero_shot", "geneformer-12l-30m"),
    "scGPT": fm("scgpt", "zero_shot", "scgpt-whole-human"),
}
_SCIB: Labels = {
    "Isolated labels": "isolated-labels",
    "KMeans NMI": "nmi-kmeans",
    "KMeans ARI": "ari-kmeans",
    "Silhouette label": "asw-label",
    "cLISI": "clisi",
    "Silhouette batch": "asw-label-batch",
    "iLISI": "ilisi",
    "KBET": "kbet",
    "Graph connectivity": "graph-connectivity",
    "PCR comparison": "pcr",
    "Batch correction": metric("avg-batch", flags="task_mean"),
    "Bio conservation": metric("avg-bio", flags="task_mean"),
    "Total": metric("scib-total", flags="task_mean"),
}


def _example(row: Row) -> Columns:
    found = {"locator": at(row)["locator"], "n_runs": "10"}
    if row["metric"] == "PCR comparison":
        found["status"] = "degenerate"
        found["note"] = "0 for every embedding: the comparison was switched off"
    elif row["metric"] in {"Batch correction", "Total"}:
        found["note"] = "counts the switched-off principal-component regression as 0"
    return found


_EXAMPLE = Table(
    citekey=UCE,
    slug="mouse-brain-example",
    title="scIB metrics of three zero-shot embeddings of developing mouse brain",
    source={
        "locator": "examples/Benchmark Embeddings with scIB.ipynb, cell 15",
        "repository": "snap-stanford/UCE@8ead6e07af0c80f75653598138bb704e865b45c8",
        "path": "examples/Benchmark Embeddings with scIB.ipynb",
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    fixed={"split": "whole", "n_test": "100000"},
    methods=_MODELS,
    tasks={
        "UCE authors scIB benchmark (notebook example) | batch_integration":
            "uce-scib/developing-mouse-brain",
    },
    metrics=_SCIB,
    per_row=_example,
    note="Means over ten random samples of 100,000 of 597,668 mouse cells. scGPT and Geneformer"
    " were pretrained on human cells.",
)  # fmt: skip

_TABULA = Table(
    citekey=UCE,
    slug="tabula-sapiens-v2",
    title="scIB metrics of embeddings on new Tabula Sapiens data",
    source={
        "locator": "scib.ipynb, cell 14",
        "repository": "yhr91/uce_reproduce@f57587045d98e427d48a75976c47ad1bca957748",
        "path": "scib.ipynb",
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=lambda row: row["task"] == "batch_integration",
    fixed={"split": "whole"},
    methods=_REPRODUCED,
    tasks={
        "New Tabula Sapiens scIB (UCE authors) | batch_integration": "uce-scib/tabula-sapiens-v2",
    },
    metrics=_SCIB,
    per_row=at,
    note="scVI and scArches were trained on the data, one seed of ten here (cell 13); the others"
    " embed it as released. Checkpoints are those of the repository's evaluate_*.py; of UCE itself"
    " none is named.",
)

_SCGRAPH = Table(
    citekey=UCE,
    slug="scgraph",
    title="scGraph scores of three zero-shot embeddings",
    source={
        "locator": "scgraph_benchmark.ipynb, cells 2 and 5",
        "repository": "yhr91/uce_reproduce@f57587045d98e427d48a75976c47ad1bca957748",
        "path": "scgraph_benchmark.ipynb",
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=lambda row: row["task"] == "cell_embedding",
    fixed={"split": "whole"},
    methods=_REPRODUCED,
    tasks={
        "scGraph New Tabula Sapiens | cell_embedding": "scgraph/tabula-sapiens-v2",
        "scGraph brain atlas | cell_embedding": "scgraph/brain-atlas",
    },
    metrics={
        "Rank-PCA": "scgraph-rank-pca",
        "Corr-PCA": "scgraph-corr-pca",
        "Corr-Weighted": "scgraph-corr-weighted",
    },
    per_row=at,
)

SOURCES = (
    Source(
        "rosen2023_uce_scib_notebook",
        ("single_cell/results/rosen2023_uce_scib_notebook.csv",),
        (_EXAMPLE,),
    ),
    Source(
        "uce_reproduce_scib_scgraph",
        ("single_cell/results/uce_reproduce_scib_scgraph.csv",),
        (_TABULA, _SCGRAPH),
    ),
)
