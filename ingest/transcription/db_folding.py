"""Zablocki et al.: secondary structure from frozen RNA embeddings by one common head.

The per-sequence tables were summarised by the curator (flag `derived`); the logs of training
score the thresholded output without post-processing and are kept apart by their setting.
"""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, model

PAPER = "zablocki2025comprehensive"
_REPO = "sinc-lab/rna-llm-folding@278f5e3a9f"
_OWN = "rna-llm-folding"
_SHARED = "rna-secondary-structure"
_METHODS = {
    "RiNALMo": model("rinalmo", "rinalmo-giga"),  # 650 M, 33 layers: README.md
    "ERNIE-RNA": model("ernie-rna", "ernie-rna"),
    "RNA-MSM": model("rna-msm", "rna-msm"),
    "RNABERT": model("rnabert", "rnabert"),
    "RNA-FM": model("rna-fm", "rna-fm"),
    "RNAErnie": model("rna-ernie", "rna-ernie"),
    "one-hot": method("one-hot-folding-head", protocol="own_training"),
    "LinearPartition-C": method("linearpartition", protocol="as_released"),
}
_FAMILIES = {
    "5s": "archiveii-5s-rrna",
    "srp": "archiveii-srp-rna",
    "tRNA": "archiveii-trna",
    "tmRNA": "archiveii-tmrna",
    "RNaseP": "archiveii-rnase-p-rna",
    "grp1": "archiveii-group-i-intron",
    "16s": "archiveii-16s-rrna",
    "telomerase": "archiveii-telomerase-rna",
    "23s": "archiveii-23s-rrna",
}
_TASKS: Labels = {
    "ArchiveII_kfold": f"{_OWN}/archiveii-kfold",
    "bpRNA": f"{_SHARED}/bprna-ts0",
    "bpRNA_new": f"{_OWN}/bprna-new",
    "PDB-RNA": f"{_OWN}/pdb-rna",
    "ArchiveII_famfold": f"{_SHARED}/archiveii-mean",
    **{f"ArchiveII family-fold: {name}": f"{_SHARED}/{task}" for name, task in _FAMILIES.items()},
    **{
        f"ArchiveII_kfold fold {fold}": {
            "task": f"{_OWN}/archiveii-kfold",
            "setting": f"fold={fold}",
        }
        for fold in range(5)
    },
}
_RAW = {"setting": "scoring=thresholded, no post-processing"}


def _summary(row: Row) -> Columns:
    return {"locator": row["locator"].split()[-1], "n_test": row["n_runs"]}


def _logged(row: Row) -> Columns:
    """The family of some rows stands in the locator alone."""
    where = row["locator"].partition("278f5e3a9f ")[2]
    columns = {"locator": where}
    if row["task"] == "ArchiveII_famfold":
        family = re.search(r"/([^/]+)/(?:log\.txt|metrics_test\.csv)", where)
        if family and family[1] in _FAMILIES:
            columns["task"] = f"{_SHARED}/{_FAMILIES[family[1]]}"
    return columns


SOURCES = (
    Source(
        id="zablocki2025_rna_ss",
        files=("dna_benchmarks/results/zablocki2025_rna_ss.csv",),
        tables=(
            Table(
                citekey=PAPER,
                slug="f1-by-sequence",
                title="F1 of base pairs, summarised over sequences",
                source={
                    "locator": "results/*/scores.csv and baseline_scores.csv",
                    "repository": _REPO,
                    "path": "results",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["metric"] in {"F1_median", "F1_mean"},
                fixed={"split": "test", "protocol": "probe", "flags": "derived"},
                methods=_METHODS,
                tasks=_TASKS,
                metrics={"F1_median": "f1-base-pairs-median", "F1_mean": "f1-base-pairs"},
                per_row=_summary,
                note="Mean and median over the per-sequence column were computed by the curator "
                "of the transcript. LinearPartition's structures are post-processed otherwise "
                "than the networks'.",
            ),
            Table(
                citekey=PAPER,
                slug="f1-logged",
                title="F1 of base pairs as the training logs state it",
                source={
                    "locator": "results/*/*/log.txt and metrics_test.csv",
                    "repository": _REPO,
                    "path": "results",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["metric"].startswith("test_f1"),
                fixed={"split": "test", "protocol": "probe", "n_runs": "1", **_RAW},
                methods=_METHODS,
                tasks=_TASKS,
                metrics={"test_f1": "f1-base-pairs", "test_f1 (final, from log)": "f1-base-pairs"},
                per_row=_logged,
            ),
        ),
    ),
)
