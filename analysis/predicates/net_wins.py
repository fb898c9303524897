"""Net wins: the share of comparisons won minus the share lost, with an interval within -1 and +1.

A t interval knows nothing of these bounds, and has no width where all groups agree. Wilson's score
interval on (1 + net wins) / 2 does, with the effective number of trials that the spread between
independent groups speaks of (Wilson 1927, JASA 22:209-212; Korn & Graubard 1998, Survey
Methodology 24:193-201; `survey::svyciprop(method = "wilson")` in R, SAS's SURVEYFREQ).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEVEL = 0.975


def mean_and_interval(
    groups: NDArray[np.float64], n_rows: int
) -> tuple[float, tuple[float, float]]:
    """Mean net wins of independent groups, each counting once, and its 95 % interval.

    groups (g,): net wins of each group, -1 to +1; g is at least 2. n_rows: comparisons behind all of
    them, which the effective number of trials can't exceed. Where the groups differ their spread
    sets that number, p (1 - p) / var(mean), and the quantile is t's with g - 1 degrees of freedom.
    Where all agree there is no spread to learn from: each group is one trial, and the quantile is
    the normal one.
    """
    share = (1.0 + groups) / 2.0
    g = len(share)
    p = float(share.mean())
    variance = float(share.var(ddof=1)) / g
    room = p * (1.0 - p)
    if variance > 1e-12:
        n, q = min(room / variance, float(n_rows)), float(stats.t.ppf(LEVEL, g - 1))
    else:
        n, q = float(g), float(stats.norm.ppf(LEVEL))
    middle = (p + q**2 / (2.0 * n)) / (1.0 + q**2 / n)
    half = q * math.sqrt(room / n + q**2 / (4.0 * n**2)) / (1.0 + q**2 / n)
    low, high = max(middle - half, 0.0), min(middle + half, 1.0)
    return 2.0 * p - 1.0, (2.0 * low - 1.0, 2.0 * high - 1.0)
