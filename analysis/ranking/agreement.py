"""Friedman's test and Kendall's W: do tasks agree on the order of methods?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.ranking.table import FloatArray, ScoreTable


@dataclass(frozen=True)
class Agreement:
    """Friedman's chi2 (and Iman and Davenport's F), Kendall's W, and the mean ranks (1 is best).

    All rest on the `n_tasks` rows that every method was measured on; `n_left_out` rows weren't.
    `tie_corrected` says which chi2 this is.
    """

    methods: tuple[str, ...]
    mean_ranks: tuple[float, ...]
    n_tasks: int
    n_left_out: int
    chi2: float
    df: int
    p: float
    f: float
    f_p: float
    w: float
    tie_corrected: bool


def ranks(scores: FloatArray) -> FloatArray:
    """Ranks (n, m) within rows, 1 for the largest score, ties sharing their mean rank."""
    ranked: FloatArray = stats.rankdata(-scores, axis=1)
    return ranked


def friedman(table: ScoreTable, *, correct_ties: bool = True) -> Agreement:
    """Friedman's test on the rows that all methods share.

    Corrected for ties as scipy and R do; Demsar 2006 doesn't (correct_ties=False), which is 9.28 for
    10.23 on his table 6. Raises TooFewError (K002).
    """
    shared = table.complete()
    ranked = ranks(shared.scores)
    n, m = ranked.shape
    mean = ranked.mean(axis=0)
    spread = float(np.sum((mean - (m + 1) / 2.0) ** 2))
    total = n * (m**2 - 1) / 12.0 * m
    if correct_ties:
        total = float(np.sum((ranked - (m + 1) / 2.0) ** 2))
    # All rows one tie: nothing is ranked at all.
    w = n * spread / total if total > 0.0 else 0.0
    chi2 = n * (m - 1) * w
    remaining = n * (m - 1) - chi2
    f = (n - 1) * chi2 / remaining if remaining > 1e-12 else np.inf
    return Agreement(
        shared.methods,
        tuple(float(r) for r in mean),
        n,
        table.scores.shape[0] - n,
        chi2,
        m - 1,
        float(stats.chi2.sf(chi2, m - 1)),
        float(f),
        float(stats.f.sf(f, m - 1, (m - 1) * (n - 1))),
        w,
        correct_ties,
    )


def kendalls_w(table: ScoreTable) -> float:
    """Kendall's coefficient of concordance, corrected for ties: 0 no agreement, 1 one order."""
    return friedman(table).w
