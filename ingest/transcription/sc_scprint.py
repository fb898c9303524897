"""scPRINT's authors: gene networks against two ground truths, denoising, ablations."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, metric
from ingest.transcription.sc_names import KALFON, at, fm, tool

_REPO = "cantinilab/scPRINT@4acc1a4b393b8a255e6b0719841a79c732812fb7"
_OMNIPATH_HEADS = "attention heads chosen by OmniPath"
_HAN_HEADS = "attention heads chosen by Han et al."


def _source(name: str, reading: str) -> Columns:
    return {
        "locator": f"figures/data/{name}",
        "repository": _REPO,
        "path": f"figures/data/{name}",
        "read": "scripted",
        "second_reading": reading,
    }


_RANDOM = re.compile(r"random AUPRC=([\d.]+)")
_OTHERS = {
    "GENIE3": tool("genie3"),
    "DeepSEM": tool("deepsem"),
    "scGPT": fm("scgpt", "zero_shot"),
    "Geneformer v2": fm("geneformer", "zero_shot", "geneformer-12l-30m"),
}
_GENEFORMER = (
    " What the file calls Geneformer v2 is the 12-layer checkpoint of the first Geneformer: the"
    " notebooks whose outputs hold these very values (notebooks/paper_repro_notebooks/"
    "bench_omni_geneformer.ipynb, bench_omni_geneformer_newdataset2.ipynb and"
    " bench_sroy_geneformer.ipynb) load gf-12L-30M-i2048."
)

_SCPRINT = fm("scprint", "zero_shot")


def _network(row: Row) -> Columns:
    found: dict[str, str] = dict(at(row))
    if "genes" in row["method_variant"] or "TF-only" in row["method_variant"]:
        edges = "from transcription factors" if "TF-only" in row["method_variant"] else "all genes"
        found["setting"] = f"edges={edges}"
    level = _RANDOM.search(row["protocol"])
    if row["metric"] == "AUPRC" and level:
        found["flags"] = "relative_score"
        found["note"] = (
            f"a random network of this method's genes has {level[1]}: the level differs by method"
        )
    return found


def _by_cell_type(row: Row) -> Columns:
    """Two cell types stand twice in the file; the order of its rows tells the tissue."""
    found = dict(_network(row))
    name = row["split"]
    tissue = _TISSUE[name]
    if name == "endothelial cell":
        tissue = "kidney" if row.number in _KIDNEY_ENDOTHELIAL else "colon"
    if name == "microglial cell" and row.number in _STRAY_MICROGLIAL:
        found["status"] = "suspect"
        found["setting"] = f"{found['setting']}; copy=among kidney cells"
        found["note"] = (
            "stands among the kidney cells; the same cell type stands again in its place"
        )
    return {**found, "task": f"omnipath-grn/{tissue}-{_SHORT[name]}"}


_KIDNEY = (
    "kidney distal convoluted tubule epithelial cell",
    "kidney loop of Henle thick ascending limb epit...",
    "kidney collecting duct principal cell",
    "mesangial cell",
    "blood vessel smooth muscle cell",
    "podocyte",
    "macrophage",
    "leukocyte",
    "kidney interstitial fibroblast",
)
_COLON = (
    "fibroblast",
    "endothelial cell",
    "myofibroblast cell",
    "glial cell",
    "pericyte",
    "lymphocyte",
    "stromal cell",
)
_RETINA = (
    "retinal rod cell",
    "Mueller cell",
    "amacrine cell",
    "ON-bipolar cell",
    "rod bipolar cell",
    "retinal cone cell",
    "retina horizontal cell",
    "retinal ganglion cell",
    "astrocyte",
    "microglial cell",
)
_TISSUE = {
    **dict.fromkeys(_KIDNEY, "kidney"),
    **dict.fromkeys(_COLON, "colon"),
    **dict.fromkeys(_RETINA, "retina"),
}
_SHORT = {
    name: re.sub(r"[^a-z0-9]+", "-", name.removeprefix("kidney ").lower()).strip("-")
    for name in _TISSUE
}


def _lines(*indices: int) -> frozenset[int]:
    """Rows of the transcript (from 1) that stand for these lines of omni.tsv (from 0)."""
    return frozenset(97 + 3 * index + part for index in indices for part in range(3))


_KIDNEY_ENDOTHELIAL = _lines(34, 35, 81, 82, 83, 84, 85)
_STRAY_MICROGLIAL = _lines(295, 296)

_OMNIPATH = Table(
    citekey=KALFON,
    slug="omnipath",
    title="Networks of kidney, colon and retina cell types against OmniPath",
    source=_source("omni.tsv", "corrected"),
    evidence_level="repository",
    select=lambda row: row["benchmark"].startswith("OmniPath"),
    fixed={"split": "whole"},
    methods={
        **_OTHERS,
        "scPRINT | scPRINT; all genes": _SCPRINT,
        "scPRINT | scPRINT; TF-only": _SCPRINT,
        "scPRINT | scPRINT (genome); all genes": {**_SCPRINT, "configuration": "genome-wide"},
        **{
            f"scPRINT | scPRINT (omnipath's heads); {edges}": {
                **_SCPRINT,
                "configuration": _OMNIPATH_HEADS,
                "flags": "selected_on_test",
            }
            for edges in ("all genes", "TF-only")
        },
    },
    tasks={
        "OmniPath literature GRN on kidney/retina/colon cell types | grn_inference":
            "omnipath-grn/unused",
    },
    metrics={"EPR": "epr", "AUPRC": "auprc", "TF_targ": metric("tf-target-enrichment", "percent")},
    per_row=_by_cell_type,
    note="EPR is the odds ratio of true edges among the top ones. AUPRC hangs on each method's own"
    " set of genes, so it isn't pooled. The plotting code adds the random level to this AUPRC."
    " Which of its checkpoints gave scPRINT's rows isn't said: the notebook that holds some of them"
    " was run again in part with medium-v1.5." + _GENEFORMER,
)  # fmt: skip

_MCCALLA_SETS = {
    "Han et. al.": "han",
    "Han et. al. (ChIP)": "han-chip",
    "Han et. al. (KO)": "han-ko",
    "Yan et. al.": "yan",
    "Tran et. al.": "tran",
    "Tran et. al. (ChIP)": "tran-chip",
    "Tran et. al. (KO)": "tran-ko",
    "Zhao et. al.": "zhao",
}


def _heads(row: Row) -> Columns:
    found = dict(_network(row))
    if row["method_variant"].startswith("scPRINT (Han") and row["split"].startswith("Han"):
        found["flags"] = " ".join(sorted({*found.get("flags", "").split(), "selected_on_test"}))
    head, _, _ = row["method_variant"].partition(";")
    doubt = _MCCALLA_DOUBT.get((head or row["method"], row["split"]))
    if doubt and row["metric"] in doubt[0]:
        found["status"] = "suspect"
        found["note"] = "; ".join(filter(None, (found.get("note"), doubt[1])))
    return found


_KNOCK_OUTS = (
    "equals the row of the knock-outs: in the notebook that computes it the knock-outs are still"
    " loaded as the ground truth"
)
_COPIED = "equals the value for Han et al.; the notebook prints another one"
_MCCALLA_DOUBT = {
    ("GENIE3", "Tran et. al."): (("EPR", "AUPRC"), _KNOCK_OUTS),
    ("scPRINT (Han et. al.'s heads)", "Han et. al."): (("EPR", "AUPRC"), _KNOCK_OUTS),
    ("scPRINT", "Tran et. al."): (("EPR",), _COPIED),
    ("scPRINT", "Tran et. al. (ChIP)"): (("EPR",), _COPIED),
}
"""Rows of sroy.tsv that can't be what they are called, by what method and ground truth print."""


_MCCALLA = Table(
    citekey=KALFON,
    slug="mccalla",
    title="Networks against the McCalla et al. ground truths",
    source=_source("sroy.tsv", "corrected"),
    evidence_level="repository",
    select=lambda row: row["benchmark"].startswith("McCalla"),
    fixed={"split": "whole"},
    methods={
        **_OTHERS,
        "scPRINT | scPRINT; all genes": _SCPRINT,
        "scPRINT | scPRINT (omnipath's heads); all genes": {
            **_SCPRINT,
            "configuration": _OMNIPATH_HEADS,
        },
        "scPRINT | scPRINT (Han et. al.'s heads); all genes": {
            **_SCPRINT,
            "configuration": _HAN_HEADS,
        },
    },
    tasks={
        f"McCalla et al. (SRoy) ground-truth GRN | grn_inference | {name}": f"mccalla-grn/{i}"
        for name, i in _MCCALLA_SETS.items()
    },
    metrics={"EPR": "epr", "AUPRC": "auprc"},
    per_row=_heads,
    note="AUPRC hangs on each method's own set of genes, so it isn't pooled." + _GENEFORMER,
)

_DENOISING_SETS = {
    "gNNpgpo6gATjuxTE7CCp": "gnnpgpo6",
    "R4ZHoQegxXdSFNFY5LGe": "r4zhoqeg",
    "REIyQZE6OMZm1S3W2Dxi": "reiyqze6",
}


def _denoising(row: Row) -> Columns:
    found: dict[str, str] = dict(at(row))
    if "low cell count: 30" in row["split"]:
        found["setting"] = "cells=30"
    found["task"] = "scprint-denoising/all"
    for key, i in _DENOISING_SETS.items():
        if key in row["split"]:
            found["task"] = f"scprint-denoising/{i}"
    if found["task"].endswith("/all"):
        found["flags"] = "task_mean"
    if row["method"] == "random model":
        found["status"] = "suspect"
        found["note"] = "one number, -16.0, stands in all eight columns of this line"
    return found


_LARGE = fm("scprint", "zero_shot", "scprint-large")
_DENOISING = Table(
    citekey=KALFON,
    slug="denoising",
    title="Gain in correlation by denoising, three data sets",
    source=_source("denoising.tsv", "corrected"),
    evidence_level="repository",
    select=lambda row: row["benchmark"].startswith("scPRINT denoising"),
    fixed={"split": "whole"},
    methods={
        "random model": tool("scprint-frozen-random", "untrained_rule"),
        "scPRINT-large": _LARGE,
        "scPRINT-large (random expr)": {**_LARGE, "configuration": "random expressed genes"},
        "scPRINT-large + KNN": tool("scprint-knn-ensemble", "zero_shot"),
        "KNNsmoothing2": tool("knn-smoothing"),
        "magic": tool("magic"),
        "magic (low cell dataset)": tool("magic", configuration="settings for few cells"),
    },
    tasks={"scPRINT denoising (3 datasets) | denoising": "scprint-denoising/all"},
    metrics={"% increase in correlation": metric("correlation-gain", "percent")},
    per_row=_denoising,
)

_ABLATED = {
    "medium (ghqf2hym)": "scprint-medium",
    "small (or46096v)": "scprint-small",
    "current-large (o2uniqsx)": "scprint-large",
    "large-lognorm (7asy8qpn)": "scprint-large-lognorm",
    "medium-2-heads (3mku8wkc)": "scprint-medium-2-heads",
    "medium-MSE (lsr3pvnf)": "scprint-medium-mse",
    "medium-MVC (muwj73gx)": "scprint-medium-mvc",
    "medium-lognorm (3pb76o4g)": "scprint-medium-lognorm",
    "medium-network-bias (5qkqjrxy)": "scprint-medium-network-bias",
    "medium-network-bias-T (2rf0oi07)": "scprint-medium-network-bias-t",
    "medium-no-random-weighted (q0fzpj5g)": "scprint-medium-no-random-weighted",
    "medium-noPE (n8jypo8z)": "scprint-medium-nope",
    "medium-nofreeze (24chcp2e)": "scprint-medium-nofreeze",
    "an-interesting-one (25eer0xz)": "scprint-an-interesting-one",
}


_HEADS = {
    "omni": "chosen by OmniPath",
    "self": "chosen by the ground truth",
    "class": "chosen by OmniPath",
}


def _heads_of(name: str) -> Columns:
    """What a column of the ablation file holds: `test` in scprint/model/utils.py writes them."""
    heads = name.rpartition("_")[2]
    words = {"configuration": f"attention heads {_HEADS[heads]}"} if heads in _HEADS else {}
    if heads in {"self", "class"}:
        words["flags"] = "selected_on_test"
    if name.startswith("tf_targ"):
        return metric("tf-target-enrichment", "percent", **words)
    if name.startswith("tf_enr"):
        return metric(
            "count", **{**words, "flags": f"not_a_score {words.get('flags', '')}".strip()}
        )
    return metric(name.partition("_")[0], **words)


def _over(row: Row) -> Columns:
    """Two of the networks' tasks are means, over cell types and over ground truths."""
    found = dict(at(row))
    if row["split"] in {"grn_omni", "grn_sroy"} and not row["metric"].startswith("tf_enr"):
        found["flags"] = "task_mean"
    return found


_ABLATION = Table(
    citekey=KALFON,
    slug="ablation",
    title="Denoising, embedding and networks by fourteen training runs of scPRINT",
    source=_source("ablation_scores.tsv", "corrected"),
    evidence_level="repository",
    select=lambda row: row["benchmark"] == "scPRINT ablation",
    fixed={"split": "whole"},
    methods={
        f"scPRINT | {run}": fm("scprint", "zero_shot", i) for run, i in _ABLATED.items()
    },
    tasks={
        f"scPRINT ablation | {task} | {name}": f"scprint-ablation/{i}"
        for task, name, i in (
            ("denoising", "denoise", "denoising"),
            ("cell_embedding", "emb_lung", "embedding-lung"),
            ("cell_embedding", "emb_panc", "embedding-pancreas"),
            ("grn_inference", "grn_gwps", "network-gwps"),
            ("grn_inference", "grn_omni", "network-omnipath"),
            ("grn_inference", "grn_sroy", "network-mccalla"),
        )
    },
    metrics={
        "reco2full_vs_noisy2full": "correlation-gain",
        "ct_class": "accuracy",
        "scib": metric("scib-total", flags="task_mean"),
        **{
            name: _heads_of(name)
            for name in (
                "auprc", "auprc_omni", "auprc_self", "auprc_class",
                "epr", "epr_omni", "epr_self", "epr_class",
                "tf_enr", "tf_enr_class", "tf_targ_enr", "tf_targ_enr_class",
            )
        },
    },
    per_row=_over,
    note="Runs of the authors that differ in size or in one choice of training. What the columns are"
    " was read in scprint/model/utils.py (test) and scprint/tasks/grn.py: the gain in denoising is a"
    " difference of two Spearman correlations on one data set; OmniPath's values are means over ten"
    " kidney cell types, McCalla's over the ground truths without those of ChIP and knock-outs.",
)  # fmt: skip

SOURCES = (
    Source(
        "kalfon2025_scprint_figure_data",
        ("single_cell/results/kalfon2025_scprint_figure_data.csv",),
        (_MCCALLA, _OMNIPATH, _DENOISING, _ABLATION),
    ),
)
