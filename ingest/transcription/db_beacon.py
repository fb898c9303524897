"""BEACON: thirteen RNA tasks, read by eye from the picture of the main table."""

from __future__ import annotations

from ingest.transcription.base import (
    Columns,
    Row,
    Source,
    Table,
    method,
    metric,
    model,
    spread,
)

_SCRATCH = {"protocol": "own_training"}
_METHODS = {
    "Literature SOTA (task-specific)": method(
        "previous-sota", protocol="not_reported", origin="quoted", quoted_from="not_reported"
    ),
    "CNN": method("cnn-from-scratch", **_SCRATCH),
    "ResNet": method("resnet-from-scratch", **_SCRATCH),
    "LSTM": method("lstm-from-scratch", **_SCRATCH),
    "RNA-FM": model("rna-fm", "rna-fm"),
    "RNABERT": model("rnabert", "rnabert"),
    "RNA-MSM": model("rna-msm", "rna-msm"),
    "SpliceBERT-H510": model("splicebert", "splicebert-h510"),
    "SpliceBERT-MS510": model("splicebert", "splicebert-ms510"),
    "SpliceBERT-MS1024": model("splicebert", "splicebert-ms1024"),
    "UTR-LM-MRL": model("utr-lm", "utr-lm-mrl"),
    "UTR-LM-TE&EL": model("utr-lm", "utr-lm-te-el"),
    **{f"UTRBERT-{k}mer": model("3utrbert", f"3utrbert-{k}mer") for k in range(3, 7)},
    "BEACON-B": model("beacon-b", "beacon-b"),
    "BEACON-B512": model("beacon-b", "beacon-b512"),
}
_METRICS = {
    "F1_pct": metric("f1", "percent"),
    "P@L_pct": metric("precision-at-l", "percent"),
    "R2_pct": metric("r2", "percent"),
    "ACC@K_pct": metric("accuracy-at-k", "percent"),
    "ACC_pct": metric("accuracy", "percent"),
    "AUC_pct": metric("auroc", "percent"),
    "SC_pct": metric("spearman", "percent"),
    "MCRMSE": metric("mcrmse"),
}
TASKS = ("SSP", "CMP", "DMP", "SSI", "SPL", "APA", "NcRNA", "Modif", "MRL", "VDP", "PRS",
         "CRI-On", "CRI-Off")  # fmt: skip
_SQUARED_PEARSON = {"DMP", "SSI", "MRL", "PRS"}
"""The code squares Pearson's correlation; for isoforms (APA) it computes both."""


def _row(row: Row) -> Columns:
    where = {"locator": f"row {row['method']}, column {row['task']}"}
    if row["task"] in _SQUARED_PEARSON and not row["method"].startswith("Literature"):
        return {**where, "metric": "r2-squared-pearson"}
    return where


SOURCES = (
    Source(
        id="beacon2024",
        files=("dna_benchmarks/results/beacon2024.csv",),
        tables=(
            Table(
                citekey="ren2024beacon",
                slug="main-table",
                title="Thirteen RNA tasks, fine-tuned language models and networks from scratch",
                source={
                    "locator": "images/exp1.png, the paper's main table",
                    "repository": "terry-r123/RNABenchmark@da7f9c7",
                    "path": "images/exp1.png",
                    "read": "by_eye",
                    "second_reading": "confirmed",
                },
                fixed={"split": "test", "protocol": "fine_tune"},
                methods=_METHODS,
                tasks={name: f"beacon/{name.lower()}" for name in TASKS},
                metrics=_METRICS,
                spreads={"sd over 3 seeds": spread("sd", "seeds")},
                runs={"3": "3", "": "not_reported"},
                per_row=_row,
                note="BEACON-B is the benchmark's own model. The first line of the table quotes "
                "other papers. What the table heads R2 is the squared Pearson correlation in the "
                "code for distance maps, structural scores, ribosome load and switches; the quoted "
                "line stays as printed, and so do isoforms, for which the code computes both "
                "(erratum beacon-r2).",
            ),
        ),
    ),
)
