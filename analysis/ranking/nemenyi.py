"""Nemenyi's critical difference of mean ranks (Demsar 2006)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.ranking.agreement import Agreement, friedman
from analysis.ranking.errors import ChoiceError
from analysis.ranking.table import ScoreTable


@dataclass(frozen=True)
class Nemenyi:
    """Mean ranks closer than `critical_difference` can't be told apart at `alpha`.

    `groups` are the maximal runs of methods, best first, within which no pair differs.
    """

    agreement: Agreement
    alpha: float
    critical_difference: float
    groups: tuple[tuple[str, ...], ...]


def critical_difference(n_methods: int, n_tasks: int, alpha: float = 0.05) -> float:
    """q sqrt(m (m + 1) / (6 n)), q the studentised range's quantile over the root of two.

    Raises ChoiceError (K005).
    """
    if n_methods < 2 or n_tasks < 1 or not 0.0 < alpha < 1.0:
        raise ChoiceError(
            f"{n_methods} methods, {n_tasks} tasks and alpha {alpha} have no critical difference.",
            "Two methods, one task and an alpha between 0 and 1 are the least.",
        )
    q = float(stats.studentized_range.ppf(1.0 - alpha, n_methods, np.inf)) / np.sqrt(2.0)
    return float(q * np.sqrt(n_methods * (n_methods + 1) / (6.0 * n_tasks)))


def nemenyi(table: ScoreTable, alpha: float = 0.05) -> Nemenyi:
    """Mean ranks with their critical difference, on the rows that all methods share.

    Raises RankingError.
    """
    agreement = friedman(table)
    width = critical_difference(len(agreement.methods), agreement.n_tasks, alpha)
    order = np.argsort(agreement.mean_ranks, kind="stable")
    sorted_ranks = np.array(agreement.mean_ranks)[order]
    groups: list[tuple[str, ...]] = []
    reached = -1
    for first in range(order.size):
        last = int(np.searchsorted(sorted_ranks, sorted_ranks[first] + width, side="right")) - 1
        if last > reached:
            groups.append(tuple(agreement.methods[i] for i in order[first : last + 1]))
            reached = last
    return Nemenyi(agreement, alpha, width, tuple(groups))
