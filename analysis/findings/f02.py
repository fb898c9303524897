"""F02: many foundation models are nearly identical in architecture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.timeline import timeline
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import mean_of_members
from analysis.findings.dates import MODEL_DATES, earlier
from analysis.findings.gower import Likeness, gower
from analysis.findings.thresholds import MANY, above, headline, percent

NEEDED = 4
"""Attributes, of five, that must be known in both models before they are compared."""


def _largest(field: str) -> str:
    """SQL: a fact of the model's largest variant that states it."""
    return (
        f"first(v.{field} ORDER BY v.parameters DESC NULLS LAST, v.id) "
        f"FILTER (WHERE v.{field} IS NOT NULL)"
    )


SQL = f"""
WITH {MODEL_DATES},
facts AS (
    SELECT v.model, {_largest("architecture")} AS architecture, {_largest("tokenizer")} AS tokenizer,
        {_largest("objective")} AS objective, lower({_largest("position_encoding")}) AS position,
        floor(log10(max(v.parameters)))::INTEGER AS decade
    FROM variant v
    GROUP BY v.model
)
SELECT m.id AS model, m.name, m.family, d.released, f.architecture,
    array_to_string(list_sort(f.objective), ', ') AS objective, f.tokenizer,
    CASE
        WHEN f.position LIKE '%rotary%' OR f.position LIKE '%rope%' THEN 'rotary'
        WHEN f.position LIKE '%alibi%' OR f.position LIKE '%linear attention bias%' THEN 'alibi'
        WHEN f.position LIKE '%sinus%' THEN 'sinusoidal'
        WHEN f.position LIKE '%relative%' THEN 'relative'
        WHEN f.position LIKE '%learn%' THEN 'learned absolute'
        WHEN f.position LIKE 'no%' THEN 'none'
        WHEN f.position IS NOT NULL THEN 'other'
    END AS position,
    f.decade
FROM method m
JOIN model_date d ON d.model = m.id
JOIN facts f ON f.model = m.id
ORDER BY d.released, m.id
"""


def nearest_earlier(rows: pd.DataFrame, like: Likeness, own_family: bool = False) -> pd.DataFrame:
    """For each model the fewest attributes in which it differs from any earlier model.

    Only models of other families unless `own_family`; NaN where none is comparable.
    """
    dates, family = rows["released"].tolist(), rows["family"].to_numpy()
    allowed = like.comparable >= NEEDED
    for i, mine in enumerate(dates):
        allowed[i] &= [isinstance(mine, str) and isinstance(d, str) and earlier(d, mine)
                       for d in dates]  # fmt: skip
    if not own_family:
        allowed &= family[:, None] != family[None, :]
    fewest = np.where(allowed, like.differing, np.inf).min(axis=1, initial=np.inf)
    distance = np.where(allowed, like.distance, np.inf).min(axis=1, initial=np.inf)
    return rows.assign(
        fewest=np.where(np.isfinite(fewest), fewest, np.nan),
        distance=np.where(np.isfinite(distance), distance, np.nan),
    )


def expected_share(rows: pd.DataFrame, draws: int = 10) -> float:
    """The share if each attribute were shuffled among the models that state it: choice by chance."""
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(draws):
        shuffled = rows.copy()
        for name in ("architecture", "objective", "tokenizer", "position", "decade"):
            at = np.flatnonzero(rows[name].notna().to_numpy())
            values = rows[name].astype(object).to_numpy(copy=True)
            values[at] = values[rng.permutation(at)]
            shuffled[name] = values
        found = nearest_earlier(shuffled, gower(shuffled))["fewest"].dropna()
        shares.append(float((found <= 1).mean()))
    return float(np.mean(shares))


def measure(rows: pd.DataFrame) -> Found:
    """Share of models that differ in at most one attribute from some earlier one."""
    like = gower(rows) if len(rows) else None
    near = nearest_earlier(rows, like) if like else rows.assign(fewest=np.nan)
    used = near.dropna(subset=["fewest"])
    share = mean_of_members((used["fewest"] <= 1).astype(float), used["family"])
    if share.ci is None or like is None:
        return insufficient(
            len(used), "models", f"models of at least five families with {NEEDED} of architecture, "
            "objective, tokenizer, position encoding and size, and an earlier model to compare",
        )  # fmt: skip
    own = nearest_earlier(rows, like, own_family=True)["fewest"].dropna()
    says = (
        f"{percent(share)} of {len(used)} models differ from some earlier model of another family in "
        f"at most one of the attributes that both state ({(used['fewest'] == 0).mean():.0%} in "
        f"none; median Gower distance to the nearest {used['distance'].median():.2f}); with models "
        f"of the same family it is {(own <= 1).mean():.0%}, and {expected_share(rows):.0%} would "
        f"be expected if attributes were dealt out at random. {len(rows) - len(used)} models are "
        "left out: too little is recorded, or nothing comparable came before."
    )
    return Found(
        above(share.ci, MANY), len(used), "models", says, share.value, share.ci[0], share.ci[1],
        "share of models",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Models each year by the number of attributes in which they differ from the nearest earlier."""
    near = nearest_earlier(rows, gower(rows)).dropna(subset=["fewest", "released"])
    labels = {0.0: "differs in none", 1.0: "differs in one", 2.0: "differs in two"}
    counts = near.assign(
        year=near["released"].str[:4].astype(int),
        category=near["fewest"].map(labels).fillna("differs in three or more"),
    )
    return timeline(
        counts.groupby(["year", "category"]).size().reset_index(name="n"),
        headline(found, "{:.0%} of models differ from an earlier one in at most one attribute"), "models",
        f"n = {found.n} models with at least {NEEDED} of 5 attributes comparable",
    )  # fmt: skip
