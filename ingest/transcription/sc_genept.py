"""GenePT's authors: what two notebooks print, GenePT only."""

from __future__ import annotations

from ingest.transcription.base import Columns, Source, Table, spread
from ingest.transcription.sc_names import GENEPT, at

_REPO = "yiqunchen/GenePT@45a36bcd6222daad30286f1b2b73368fadedb7d2"


def _genept(protocol: str, configuration: str, **more: str) -> Columns:
    return {
        "method": "genept",
        "variant": "not_applicable",
        "protocol": protocol,
        "configuration": configuration,
        **more,
    }


_GENES = Table(
    citekey=GENEPT,
    slug="gene-tasks",
    title="Gene classes told apart by text embeddings of genes, five-fold cross-validation",
    source={
        "locator": "gene_level_task_table_1.ipynb, cells 5, 10, 17 and 19",
        "repository": _REPO,
        "path": "gene_level_task_table_1.ipynb",
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    select=lambda row: row["task"] == "gene_property_prediction",
    fixed={"split": "cross_validation"},
    methods={
        "GenePT | GPT-3.5 text embedding + Logistic Regression": _genept(
            "linear_probe", "logistic regression"
        ),
        "GenePT | GPT-3.5 text embedding + Random Forest": _genept("probe", "random forest"),
    },
    tasks={
        f"Geneformer gene-classification tasks | gene_property_prediction | {name}":
            f"geneformer-gene-tasks/{i}"
        for name, i in (
            ("long- vs short-range TF", "tf-range"),
            ("dosage-sensitive vs insensitive TF", "dosage-sensitivity"),
            ("bivalent vs non-methylated", "bivalent-vs-unmethylated"),
            ("bivalent vs Lys4-only methylated", "bivalent-vs-lys4"),
        )
    },
    metrics={"AUROC": "auroc"},
    spreads={"SD over 5 folds": spread("sd", "folds")},
    per_row=at,
)  # fmt: skip

_AORTA = Table(
    citekey=GENEPT,
    slug="aorta",
    title="Agreement of k-means clusters of the aorta subset with patients, types and phenotype",
    source={
        "locator": "aorta_data_analysis.ipynb, cells 17, 19 and 21",
        "repository": _REPO,
        "path": "aorta_data_analysis.ipynb",
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="repository",
    select=lambda row: row["task"] == "cell_clustering",
    fixed={"split": "whole"},
    methods={
        "GenePT | GenePT (GPT embedding, 50 PCs), agreement with PATIENT label = batch effect"
        " (lower is better)": _genept(
            "zero_shot",
            "50 principal components",
            setting="labels=patient",
            flags="not_a_score",
            note="agreement with the patient is a batch effect: lower is better here",
        ),
        "GenePT | GenePT, agreement with cell type label": _genept(
            "zero_shot", "", setting="labels=cell type"
        ),
        "GenePT | GenePT, disease phenotype": _genept("zero_shot", "", setting="labels=phenotype"),
    },
    tasks={"Aorta scRNA clustering | cell_clustering": "genept-cells/aorta"},
    metrics={"aRI": "ari", "aMI": "ami"},
    per_row=at,
    note="Only the clusters compared with patients were found among principal components; cells of"
    " unknown type were left out for the cell types. 11, 11 and 4 clusters.",
)

SOURCES = (
    Source(
        "chen2023_genept_notebooks",
        ("single_cell/results/chen2023_genept_notebooks.csv",),
        (_GENES, _AORTA),
    ),
)
