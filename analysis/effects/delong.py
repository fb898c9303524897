"""DeLong, DeLong & Clarke-Pearson: areas under ROC curves of several scores on one test set."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.effects.types import BoolArray, FloatArray


def delong(scores: FloatArray, labels: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Areas (m,) and their covariance (m, m) of m score columns (n, m) against labels (n,).

    By mid-ranks, O(n log n). Raises ValueError with fewer than two positives or negatives.
    """
    table = np.atleast_2d(np.asarray(scores, dtype=np.float64).T).T
    positive = np.asarray(labels, dtype=bool)
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise ValueError(f"{m} positives and {n} negatives: two of each are needed")
    overall = stats.rankdata(table, axis=0)
    among_positive = stats.rankdata(table[positive], axis=0)
    among_negative = stats.rankdata(table[~positive], axis=0)
    of_positive = (overall[positive] - among_positive) / n
    of_negative = 1.0 - (overall[~positive] - among_negative) / m
    areas: FloatArray = of_positive.mean(axis=0)
    covariance = np.atleast_2d(np.cov(of_positive.T)) / m + np.atleast_2d(np.cov(of_negative.T)) / n
    return areas, covariance
