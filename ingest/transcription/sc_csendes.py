"""Csendes et al.: post-perturbation RNA-seq prediction, printed test results and twelve bars."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, spread
from ingest.transcription.sc_names import CSENDES, at, fm, tool

_FEATURES = {
    "GO": ("", "GO annotations"),
    "scELMo": ("scelmo", "scELMo gene embeddings"),
    "scFoundation": ("scfoundation", "scFoundation gene embeddings"),
    "scGPT": ("scgpt", "scGPT gene embeddings"),
}
_HEADS = {
    "RF": ("Random Forest", "random-forest", "probe"),
    "EN": ("Elastic Net", "elastic-net", "linear_probe"),
    "KNN": ("kNN regressor", "knn", "probe"),
}


def _regressors() -> dict[str, Columns]:
    """A regressor on features: the features' model where there is one, else the regressor."""
    found: dict[str, Columns] = {}
    for short, (name, own, protocol) in _HEADS.items():
        for features, (embedder, words) in _FEATURES.items():
            label = f"{name} on {features} gene features | {short}_{features}, 256 PCs"
            head = f"{name} on 256 principal components of {words}"
            if not embedder:
                found[label] = tool(own, configuration=f"256 principal components of {words}")
            elif embedder == "scelmo":
                found[label] = tool(embedder, protocol, head)
            else:
                found[label] = fm(embedder, protocol, "", head)
    return found


_SUITE = "Perturb-seq (GEARS simulation split, seed 1) | perturbation_prediction"
_SUBGROUP = re.compile(r"test: (\w+)$")
# On these screens all test perturbations are unseen single ones: the subgroup is the whole again.
_ONE_SUBGROUP = ("Adamson", "Replogle RPE1")
# The bars of models whose result a notebook prints in full, at another run date.
_ALSO_PRINTED = ("Adamson", "Norman", "Replogle RPE1")


def _details(row: Row) -> Columns:
    found = dict(at(row))
    screen = row["benchmark"].removesuffix(f" {_SUITE.partition(' | ')[0]}")
    if subgroup := _SUBGROUP.match(row["split"]):
        found["setting"] = f"subgroup={subgroup[1]}"
        if screen in _ONE_SUBGROUP and row["metric"] in {"pearson_delta", "pearson_delta_de"}:
            found["flags"] = "duplicate"
            found["note"] = "the subgroup is the whole test set here"
    if "DIGITISED" in row["protocol"]:
        found["flags"] = "digitised"
        if row["method"] == "scGPT" and screen in _ALSO_PRINTED:
            found["flags"] = "digitised duplicate"
            found["note"] = "the bar of another run of what a notebook prints in full"
    return found


_TABLE = Table(
    citekey=CSENDES,
    slug="test-results",
    title="Correlation of predicted and measured pseudo-bulk profiles of unseen perturbations",
    source={
        "locator": "notebooks/bulk_models.ipynb and notebooks/Tutorial_Perturbation*.ipynb",
        "repository": "turbine-ai/PerturbSeqPredBenchmark@e42855d7b4855b30889d35d6613f62dbe30fb480",
        "read": "scripted",
        "second_reading": "corrected",
    },
    fixed={"split": "test"},
    methods={
        **_regressors(),
        "Train Mean | mean of training pseudo-bulk perturbation profiles": tool(
            "train-mean", "untrained_rule"
        ),
        "scGPT | fine-tuned (whole-human)": fm("scgpt", "fine_tune", "scgpt-whole-human"),
        "scGPT | fine-tuned": fm("scgpt", "fine_tune", "scgpt-whole-human"),
        "scFoundation | scFoundation + GEARS fine-tuned": fm(
            "scfoundation", "probe", "scfoundation-100m", "frozen embeddings in GEARS"
        ),
    },
    tasks={
        f"Adamson {_SUITE}": "perturbseq-pred/adamson",
        f"Norman {_SUITE}": "perturbseq-pred/norman",
        f"Replogle K562 {_SUITE}": "perturbseq-pred/replogle-k562",
        f"Replogle RPE1 {_SUITE}": "perturbseq-pred/replogle-rpe1",
    },
    metrics={
        "pearson": "pearson",
        "pearson_de": "pearson-de",
        "pearson_delta": "pearson-delta",
        "pearson_de_delta": "pearson-delta-de",
        "pearson_delta_de": "pearson-delta-de",
        "pearson_delta_de_no_knockout": "pearson-delta-de-no-target",
        "pearson_delta_top20_de_non_dropout": "pearson-delta-top20-nondropout",
        "pearson_top20_de_non_dropout": "pearson-top20-nondropout",
    },
    spreads={"digitisation error": spread("digitisation", "not_applicable")},
    per_row=_details,
    note="Regressors on a foundation model's gene embeddings are rows of that model, with the"
    " regressor in the configuration, chosen by its correlation of changes on the validation"
    " perturbations. Train Mean and scFoundation stand only in bar charts, read by program against"
    " bars whose values are printed. What is called scFoundation fine-tuned is GEARS trained on"
    " scFoundation kept frozen (finetune_method in scFoundation/GEARS/train_*.py).",
)

SOURCES = (
    Source(
        "csendes2025_perturbseqpredbenchmark",
        ("single_cell/results/csendes2025_perturbseqpredbenchmark.csv",),
        (_TABLE,),
    ),
)
