"""F03: foundation models train on overlapping data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.charts.heatmap import heatmap
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.bootstrap import mean_of_members, mean_of_pairs
from analysis.findings.jaccard import FloatArray, matrix_of, share_a_word, weighted_jaccard
from analysis.findings.thresholds import MOST, headline, percent

SQL = """
WITH part AS (
    SELECT corpus, name AS component, organism, coalesce(
        share,
        greatest(0, 1 - coalesce(sum(share) OVER (PARTITION BY corpus), 0))
            / nullif(count(*) FILTER (WHERE share IS NULL) OVER (PARTITION BY corpus), 0)
    ) AS weight
    FROM corpus_component
),
trained AS (
    SELECT DISTINCT v.model, vc.corpus
    FROM variant v JOIN variant_corpus vc ON vc.variant = v.id
)
SELECT m.id AS model, m.name, m.family, array_to_string(m.modality, ', ') AS modality, t.corpus,
    coalesce(p.component, t.corpus) AS component,
    coalesce(p.organism, 'not_reported') AS organism,
    coalesce(p.weight, 1) / count(DISTINCT t.corpus) OVER (PARTITION BY m.id) AS weight
FROM method m
JOIN trained t ON t.model = m.id
LEFT JOIN part p ON p.corpus = t.corpus
ORDER BY m.id, t.corpus, component
"""
HALF = 0.5


OPEN = ("many", "not_reported", "eukaryotes", "many plants")
"""Organisms of a component that may stand for any species."""


def overlaps(rows: pd.DataFrame) -> tuple[pd.DataFrame, FloatArray]:
    """Models in the order of their names, and the Jaccard index of pairs of a modality, else NaN."""
    models = rows.drop_duplicates("model").set_index("model").sort_index()
    weights = matrix_of(rows, "model", "component", "weight").loc[models.index]
    index = weighted_jaccard(weights.to_numpy(dtype=float))
    index[~share_a_word(models["modality"])] = np.nan
    return models, index


def may_overlap(rows: pd.DataFrame, models: pd.DataFrame) -> NDArray[np.bool_]:
    """Pairs of models (n, n) with components that could hold the same organism's data.

    Components of other names may still be the same data: only different named organisms rule it out.
    """
    has = matrix_of(rows, "model", "organism").loc[models.index]
    is_open = np.array([name in OPEN for name in has.columns])
    compatible = np.eye(len(is_open), dtype=bool) | is_open[:, None] | is_open[None, :]
    members = has.to_numpy(dtype=float)
    return np.asarray(members @ compatible.astype(float) @ members.T > 0, dtype=bool)


def measure(rows: pd.DataFrame) -> Found:
    """Bounds on the share of same-modality pairs of models with pretraining data in common."""
    if not len(rows):
        return insufficient(0, "models", "corpora of models with their components")
    models, index = overlaps(rows)
    same = np.isfinite(index)
    least = mean_of_pairs(np.where(same, index > 0, np.nan))
    most = mean_of_pairs(np.where(same, (index > 0) | may_overlap(rows, models), np.nan))
    if least.ci is None or most.ci is None:
        return insufficient(len(models), "models", "corpora of at least five models of a modality")
    family = models["family"].to_numpy()
    foreign = np.where(family[:, None] != family[None, :], index, np.nan)
    comparable = np.isfinite(foreign).any(axis=1)
    half = np.where(np.isfinite(foreign), foreign, 0.0).max(axis=1, initial=0.0) >= HALF
    shared = mean_of_members(half[comparable].astype(float), models["family"][comparable.tolist()])
    pairs = index[np.triu_indices(len(models), 1)]
    known = pairs[np.isfinite(pairs)]
    says = (
        f"{percent(least)} of {known.size} same-modality pairs of {len(models)} models have a named "
        f"component of their corpora in common (mean weighted Jaccard {known.mean():.2f}), and at "
        f"most {percent(most)} could have, counting collections whose make-up isn't recorded; "
        f"{percent(shared)} of models share at least half their data with some model of another "
        "family. Models without a recorded corpus are left out."
    )
    numbers = (least.value, least.ci[0], least.ci[1], "share of pairs, at least")
    if least.ci[0] > MOST or most.ci[1] < MOST:
        verdict = FindingVerdict.holds if least.ci[0] > MOST else FindingVerdict.does_not_hold
        return Found(verdict, len(models), "models", says, *numbers)
    missing = (
        "what the corpora's undivided collections are made of: names show the least overlap there "
        "is, and the least and the most lie on both sides of a half"
    )
    return Found(
        FindingVerdict.insufficient_evidence, len(models), "models", says, *numbers, missing
    )


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Jaccard index of the models of the largest modality."""
    models, index = overlaps(rows)
    largest = models["modality"].mode().get(0, "")
    at = np.flatnonzero(models["modality"].to_numpy() == largest)
    order = at[np.argsort(-np.nansum(index[np.ix_(at, at)], axis=1), kind="stable")][:45]
    names = models["name"].to_numpy()
    cells = pd.DataFrame(
        [(names[i], names[j], index[i, j]) for i in order for j in order],
        columns=["x", "y", "value"],
    )
    return heatmap(
        cells, headline(found, "At least {:.0%} of same-modality pairs of models share pretraining data"), "weighted Jaccard index",
        f"the {len(order)} most connected {largest} models; n = {found.n} models in all",
    )  # fmt: skip
