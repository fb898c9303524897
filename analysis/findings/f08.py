"""F08: tasks and metrics vary from paper to paper."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.bars import bars
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of_pairs
from analysis.findings.jaccard import FloatArray, matrix_of, share_a_word
from analysis.findings.thresholds import MANY, MOST, above, headline, of_parts, percent

SQL = """
SELECT coalesce(p.version_of, p.citekey) AS work, t.dataset, r.metric,
    array_to_string(list_sort(list_distinct(flatten(list(m.modality)))), ', ') AS modality
FROM result r
JOIN method m ON m.id = r.method AND m.kind = 'foundation_model'
JOIN evaluation e ON e.id = r.evaluation
JOIN publication p ON p.citekey = e.publication
JOIN task t ON t.id = r.task
GROUP BY coalesce(p.version_of, p.citekey), t.dataset, r.metric
ORDER BY work, t.dataset, r.metric
"""


def no_common_measure(rows: pd.DataFrame) -> FloatArray:
    """1 for same-modality pairs of papers without a common (dataset, metric), 0 with, else NaN."""
    keyed = rows.assign(key=rows["dataset"] + " " + rows["metric"])
    members = matrix_of(keyed, "work", "key")
    words = rows.groupby("work")["modality"].agg(", ".join).loc[members.index]
    shared = members.to_numpy() @ members.to_numpy().T
    return np.where(share_a_word(words), shared == 0, np.nan)


def other_metric(rows: pd.DataFrame) -> FloatArray:
    """For pairs of papers with datasets in common: the share of these without a common metric."""
    works = sorted(rows["work"].unique())
    at = {work: i for i, work in enumerate(works)}
    differ, both = (np.zeros((len(works), len(works))) for _ in range(2))
    measured: dict[str, dict[str, set[str]]] = {}
    for work, dataset, metric in zip(rows["work"], rows["dataset"], rows["metric"], strict=True):
        measured.setdefault(dataset, {}).setdefault(work, set()).add(metric)
    for by_work in measured.values():
        for a, b in combinations(sorted(by_work), 2):
            both[at[a], at[b]] += 1
            differ[at[a], at[b]] += by_work[a].isdisjoint(by_work[b])
    with np.errstate(invalid="ignore"):
        share: FloatArray = np.where(both > 0, differ / both, np.nan)
    return np.where(np.isfinite(share), share, share.T)


def _parts(rows: pd.DataFrame) -> tuple[Estimate, Estimate]:
    if not len(rows):
        return Estimate(float("nan"), None, 0), Estimate(float("nan"), None, 0)
    return mean_of_pairs(no_common_measure(rows)), mean_of_pairs(other_metric(rows))


def measure(rows: pd.DataFrame) -> Found:
    """Paper pairs without a common (dataset, metric), and same data under other metrics."""
    apart, metric = _parts(rows)
    if apart.ci is None or metric.ci is None:
        return insufficient(
            min(apart.n, metric.n), "publications",
            "five publications that report on one modality, and five that share datasets",
        )  # fmt: skip
    each = rows.groupby("dataset").agg(works=("work", "nunique"), metrics=("metric", "nunique"))
    several = each[each["works"] > 1]
    says = (
        f"{percent(apart)} of same-modality pairs of {apart.n} publications have no dataset and "
        f"metric in common; where two report on one dataset, {percent(metric)} of the time no "
        f"metric is common ({metric.n} publications). The {len(several)} datasets that more than "
        f"one publication uses are measured in {several['metrics'].mean():.1f} metrics on average."
    )
    verdict = of_parts([above(apart.ci, MOST), above(metric.ci, MANY)])
    return Found(
        verdict, apart.n, "publications", says, apart.value, apart.ci[0], apart.ci[1],
        "share of pairs",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Both shares with their intervals."""
    lines = []
    names = ("no dataset and metric in common", "same dataset, no metric in common")
    for name, share in zip(names, _parts(rows), strict=True):
        low, high = share.ci or (np.nan, np.nan)
        lines.append((name, share.value, low, high, share.n))
    data = pd.DataFrame(lines, columns=["label", "estimate", "ci_low", "ci_high", "n"])
    return bars(
        data, headline(found, "{:.0%} of pairs of publications share no dataset and metric"), "share of pairs of publications",
        f"n = {found.n} publications with foundation models",
    )  # fmt: skip
