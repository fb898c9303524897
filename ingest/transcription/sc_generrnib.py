"""geneRNIB: raw scores of inferred gene regulatory networks on eleven data sets."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, metric
from ingest.transcription.sc_names import GENERNIB, fm, tool

_SETS = {
    "300BCG": "300bcg",
    "MSCIC": "mscic",
    "nakatake": "nakatake",
    "norman": "norman",
    "op": "opsca",
    "parsebioscience": "parsebioscience",
    "replogle": "replogle",
    "soundlife": "soundlife",
    "soundlife_vaccine": "soundlife-vaccine",
    "xaira_HCT116": "xaira-hct116",
    "xaira_HEK293T": "xaira-hek293t",
}
_DATABASES = {
    "chipatlas": "ChIP-Atlas",
    "remap": "ReMap",
    "unibind": "UniBind",
    "bioplanet_2019": "BioPlanet 2019",
    "go_bp_2023": "GO biological process 2023",
    "hallmark_2020": "Hallmark 2020",
    "kegg_2021": "KEGG 2021",
    "reactome_2022": "Reactome 2022",
    "wikipathways_2019": "WikiPathways 2019",
}
_PART = re.compile(r"(\w+)_(tfb|gs)_(f1|precision|recall|n_active)$")
_KIND = {"tfb": "tf-binding-f1", "gs": "gene-set-f1"}


def _left_out(row: Row) -> str:
    if row["metric"] in {"r2_raw", "ws_raw"}:
        return "an unscaled intermediate that the benchmark does not list among its metrics"
    part = _PART.match(row["metric"])
    if part and part[3] == "n_active":
        return "a count, no score"
    if part and part[3] != "f1":
        return "a component of an F1 that is kept"
    return ""


def _f1(name: str) -> Columns:
    part = _PART.match(name)
    if part is None:
        raise ValueError(name)
    return metric(_KIND[part[2]], setting=f"database={_DATABASES[part[1]]}")


def _details(row: Row) -> Columns:
    return {"locator": f"{row['split']}, {row['method']}, {row['metric']}", "n_runs": "1"}


_TABLE = Table(
    citekey=GENERNIB,
    slug="raw-scores",
    title="Raw scores of gene regulatory networks inferred by fifteen methods",
    source={
        "locator": "docs/source/data/all_scores.csv",
        "repository": "openproblems-bio/task_grn_inference@31b52535121b2813f5d88a5c0f1e2de37348bb45",
        "path": "docs/source/data/all_scores.csv",
        "read": "scripted",
        "second_reading": "corrected",
    },
    evidence_level="leaderboard",
    fixed={"split": "test"},
    methods={
        "geneformer": fm("geneformer-v2", "zero_shot", "geneformer-v2-104m"),
        "scgpt": fm("scgpt", "zero_shot", "scgpt-blood"),
        "scprint": fm("scprint", "zero_shot", "", "checkpoint medium-v1.5"),
        "pearson_corr": tool("pearson-correlation"),
        "ppcor": tool("ppcor"),
        "grnboost": tool("grnboost2"),
        "portia": tool("portia"),
        "scenic": tool("scenic"),
        "celloracle": tool("celloracle"),
        "figr": tool("figr"),
        "granie": tool("granie"),
        "scenicplus": tool("scenicplus"),
        "scglue": tool("scglue"),
        "positive_control": tool("grn-positive-control", "untrained_rule"),
        "negative_control": tool("grn-negative-control", "untrained_rule"),
    },
    tasks={f"geneRNIB {name} | grn_inference": f"genernib/{i}" for name, i in _SETS.items()},
    metrics={
        "r_precision": "grn-regression-precision",
        "r_recall": "grn-regression-recall",
        "ws_precision": "grn-wasserstein-precision",
        "ws_recall": "grn-wasserstein-recall",
        "vc": "grn-virtual-cell-r2",
        "sem": "grn-structural-equation-r2",
        "t_rec_precision": "tf-recovery-precision",
        "t_rec_recall": "tf-recovery-recall",
        "replicate_consistency": "grn-replicate-consistency",
        "tfb_f1": metric("tf-binding-f1", setting="database=all", flags="task_mean"),
        "gs_f1": metric("gene-set-f1", setting="database=all", flags="task_mean"),
        **{f"{name}_tfb_f1": _f1(f"{name}_tfb_f1") for name in ("chipatlas", "remap", "unibind")},
        **{
            f"{name}_gs_f1": _f1(f"{name}_gs_f1")
            for name in list(_DATABASES)
            if name not in {"chipatlas", "remap", "unibind"}
        },
    },
    per_row=_details,
    note="The benchmark's filter, which keeps a metric on a data set only where it tells methods"
    " apart and some method beats the negative control, was not applied. scGPT's checkpoint is the"
    " blood one: src/methods/scgpt/script.py loads three files from the folder that scGPT's own"
    " README lists as blood. scGPT and scPRINT see at most 1,000 cells a cell type and, on Replogle,"
    " Xaira and ParseBioscience, only the first 100 (10) perturbations. r_precision and the other"
    " regression scores of a random network lie above 0. ws_* is a percentile, 0.5 for random edges.",
)

SOURCES = (
    Source(
        "generrnib_all_scores",
        ("single_cell/results/generrnib_all_scores.csv",),
        (_TABLE,),
        drop=_left_out,
    ),
)
