"""CellPLM's authors: the README's annotation table and two tutorials' outputs."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, metric, spread
from ingest.transcription.sc_names import CELLPLM, at, fm, tool

_REPO = "OmicsML/CellPLM@b59ee7688b1bd2a745856a610248b46f15019a22"
_SETS = {
    "PBMC12K": "pbmc12k",
    "HLCA": "hlca",
    "Immune": "immune",
    "Brain": "brain",
    "Liver": "liver",
    "Pancreas": "pancreas",
}

_README = Table(
    citekey=CELLPLM,
    slug="readme",
    title="Cell type annotation in scDiff's setting; the README does not name the metric",
    source={
        "locator": "README.md, results table",
        "repository": _REPO,
        "path": "README.md",
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    fixed={"split": "not_reported", "flags": "metric_inferred"},
    methods={
        "SingleCellNet": tool("singlecellnet"),
        "ACTINN": tool("actinn"),
        "scANVI": tool("scanvi"),
        "CellTypist": tool("celltypist"),
        "scDiff": tool("scdiff"),
        "scGPT": fm("scgpt", "fine_tune"),
        "Geneformer": fm("geneformer", "fine_tune"),
        "CellPLM": fm("cellplm", "fine_tune"),
    },
    tasks={
        f"scDiff cell type annotation suite | cell_type_annotation | {name}":
            f"scdiff-annotation/{i}"
        for name, i in _SETS.items()
    },
    metrics={"score (metric name not stated in README)": "unnamed-score"},
    spreads={"+- as printed": spread("unknown")},
    per_row=at,
)  # fmt: skip


def _tutorial(row: Row) -> Columns:
    found = dict(at(row))
    if row["metric"] == "recall":
        found["flags"] = "duplicate"
        found["note"] = "the same number as acc: both are averaged over classes"
    return found


_TUTORIALS = Table(
    citekey=CELLPLM,
    slug="tutorials",
    title="Outputs of the clustering and annotation tutorials",
    source={
        "locator": "tutorials/cell_embedding.ipynb cell 10; cell_type_annotation.ipynb cell 15",
        "repository": _REPO,
        "read": "scripted",
        "second_reading": "confirmed",
    },
    evidence_level="repository",
    methods={"CellPLM": {"method": "cellplm", "variant": "not_reported"}},
    tasks={
        "zero-shot clustering tutorial | cell_clustering": {
            "task": "cellplm-suite/aorta-clustering",
            "protocol": "zero_shot",
            "split": "whole",
            "configuration": "checkpoint 20231027_85M",
        },
        "MS cell type annotation tutorial | cell_type_annotation": {
            "task": "scgpt-suite/annotation-ms",
            "protocol": "fine_tune",
            "split": "test",
            "configuration": "checkpoint 20230926_85M",
            "variant": "cellplm-20230926-85m",
        },
    },
    metrics={
        "ari": metric("ari", flags="selected_on_test"),
        "nmi": metric("nmi", flags="selected_on_test"),
        "acc": "balanced-accuracy",
        "f1_score": "f1-macro",
        "precision": "precision-macro",
        "recall": "recall-macro",
    },
    per_row=_tutorial,
    note="CellPLM/utils/eval.py takes torchmetrics' multiclass functions at their default, the mean"
    " over classes, so the printed acc is balanced accuracy. ARI and NMI are the best over 14"
    " Leiden resolutions. The clustering tutorial loads another checkpoint than the annotation one.",
)

SOURCES = (
    Source(
        "wen2024_cellplm_readme_table",
        ("single_cell/results/wen2024_cellplm_readme_table.csv",),
        (_README,),
    ),
    Source(
        "wen2023_cellplm_tutorials",
        ("single_cell/results/wen2023_cellplm_tutorials.csv",),
        (_TUTORIALS,),
    ),
)
