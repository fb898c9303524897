"""Ranks as intervals: what would the order be in other studies, on other tasks?

Studies are drawn with replacement, and tasks within each drawn study; each draw is ranked anew by
Bradley-Terry, in which a task that a method wasn't measured on says nothing about it. A mean rank
over the tasks that happen to exist would reward a method for the hard tasks it skipped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.ranking.bradley_terry import strengths
from analysis.ranking.errors import ChoiceError, TooFewError
from analysis.ranking.table import FloatArray, ScoreTable, wins

# Half-wins added to each pair in every draw: a draw in which someone never lost has no maximum.
PRIOR = 0.1
# Fewer studies than this say nothing about other studies.
MIN_STUDIES = 4


@dataclass(frozen=True)
class RankInterval:
    """One method: its rank, the interval of its rank, and on how much that rests.

    `low` and `high` are None where there are too few studies; `best` is the share of draws in
    which it came first (shared firsts are split). `n_rows` of `n_rows_total` rows measured it.
    """

    method: str
    rank: int
    low: int | None
    high: int | None
    best: float | None
    n_rows: int
    n_rows_total: int
    n_studies: int


def rank_intervals(
    table: ScoreTable,
    *,
    draws: int = 2000,
    level: float = 0.95,
    seed: int = 0,
    tie: float = 0.0,
) -> tuple[RankInterval, ...]:
    """Rank intervals by a bootstrap over studies and tasks, best rank first.

    The same seed gives the same intervals. Raises RankingError.
    """
    if draws < 100 or not 0.0 < level < 1.0:
        raise ChoiceError("A bootstrap needs 100 draws and a level in (0, 1).", "Change them.")
    m = len(table.methods)
    if m < 2:
        raise TooFewError("There is one method.", "A ranking needs two.")
    by_row = wins(table.scores, tie).reshape(-1, m * m)
    prior = PRIOR * (1.0 - np.eye(m))
    point = strengths(by_row.sum(axis=0).reshape(m, m) + prior)
    ranks = _ranks(point)
    studies = np.unique(np.array(table.studies), return_inverse=True)[1]
    n_studies = int(studies.max()) + 1
    measured = np.isfinite(table.scores)
    enough = n_studies >= MIN_STUDIES
    low = high = best = np.zeros(m)
    if enough:
        drawn = np.empty((draws, m))
        for i, weights in enumerate(_weights(studies, n_studies, draws, seed)):
            won = (weights @ by_row).reshape(m, m)
            drawn[i] = _ranks(strengths(won + prior, point))
        tail = (1.0 - level) / 2.0
        low = np.quantile(drawn, tail, axis=0, method="inverted_cdf")
        high = np.quantile(drawn, 1.0 - tail, axis=0, method="inverted_cdf")
        first = drawn == 1
        best = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    out = [
        RankInterval(
            name,
            int(ranks[i]),
            int(low[i]) if enough else None,
            int(high[i]) if enough else None,
            float(best[i]) if enough else None,
            int(measured[:, i].sum()),
            measured.shape[0],
            int(np.unique(studies[measured[:, i]]).size),
        )
        for i, name in enumerate(table.methods)
    ]
    return tuple(sorted(out, key=lambda one: (one.rank, one.method)))


def _ranks(strength: FloatArray) -> FloatArray:
    """1 for the strongest; equal strengths share the better rank."""
    ranked: FloatArray = stats.rankdata(-np.round(strength, 9), method="min").astype(np.float64)
    return ranked


def _weights(
    studies: np.ndarray[tuple[int], np.dtype[np.intp]], n_studies: int, draws: int, seed: int
) -> FloatArray:
    """How often each row is drawn (draws, n): studies first, then rows within each copy."""
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(studies == s) for s in range(n_studies)]
    out = np.zeros((draws, studies.size))
    for i in range(draws):
        for study in rng.integers(0, n_studies, n_studies):
            rows = members[study]
            np.add.at(out[i], rows[rng.integers(0, rows.size, rows.size)], 1.0)
    return out
