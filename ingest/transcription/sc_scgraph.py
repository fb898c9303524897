"""Wang et al., scGraph on the lung atlas: integration tools against PCA; no foundation model."""

from __future__ import annotations

from ingest.transcription.base import Source, Table
from ingest.transcription.sc_names import SCGRAPH, at, tool

_TABLE = Table(
    citekey=SCGRAPH,
    slug="lung",
    title="scGraph scores of integrated embeddings of the human lung atlas",
    source={
        "locator": "res/scGraph/lung.csv",
        "repository": "Genentech/Islander@4fbf0d9336d4a3bb4667fec9aeb3bff551321622",
        "path": "res/scGraph/lung.csv",
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    fixed={"split": "whole"},
    methods={
        "BBKNN": tool("bbknn"),
        "Harmony": tool("harmony"),
        "Scanorama": tool("scanorama"),
        "X_pca": tool("pca"),
        "X_scANVI": tool("scanvi"),
        "X_scVI": tool("scvi"),
        "X_tsne": tool("tsne"),
        "X_umap": tool("umap"),
        "scGen": tool("scgen"),
        "scPoli": tool("scpoli"),
        "Provided_x_scanvi_emb": tool("scanvi", configuration="as provided with the atlas"),
        "Provided_x_umap": tool("umap", configuration="as provided with the atlas"),
    },
    tasks={"scGraph HLCA lung | batch_integration": "scgraph/hlca-lung"},
    metrics={
        "Rank-PCA": "scgraph-rank-pca",
        "Corr-PCA": "scgraph-corr-pca",
        "Corr-Weighted": "scgraph-corr-weighted",
    },
    per_row=at,
    note="The distances to be kept are those of a PCA of each batch, so PCA is near the ceiling by"
    " construction.",
)

SOURCES = (
    Source("wang2024_scgraph_lung", ("single_cell/results/wang2024_scgraph_lung.csv",), (_TABLE,)),
)
