"""Percentile intervals by drawing whole clusters, with a fixed seed.

Results of one publication depend on each other, so publications are drawn, not results; pairs of
models depend through the models, so nodes are drawn, not pairs. Below five clusters: no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
Interval = tuple[float, float]

MIN_CLUSTERS = 5
"""As the house default of the meta engine: fewer say nothing about others."""
DRAWS = 2000
TAIL = 0.025


@dataclass(frozen=True)
class Estimate:
    """A number, its 95 % interval (None below five clusters) and how many clusters gave it."""

    value: float
    ci: Interval | None
    n: int


def drawn_counts(n: int, draws: int = DRAWS, seed: int = 0) -> FloatArray:
    """How often each of n clusters is drawn, shape (draws, n)."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(n, np.full(n, 1.0 / n), size=draws).astype(np.float64)


def percentiles(values: FloatArray) -> Interval | None:
    """The middle 95 % of draws; draws without a value (NaN) are left out."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    return float(np.quantile(finite, TAIL)), float(np.quantile(finite, 1.0 - TAIL))


def _unanimous(share: float, n: int) -> Interval:
    """Where all clusters agree on 0 or 1 the bootstrap has no width: Clopper-Pearson's instead."""
    far = TAIL ** (1.0 / n)
    return (far, 1.0) if share == 1.0 else (0.0, 1.0 - far)


def mean_of(values: ArrayLike, cluster: Sequence[Hashable] | pd.Series) -> Estimate:
    """Mean over clusters of each cluster's mean of `values` (k,), booleans counting 0 and 1.

    So no cluster weighs more for its size.
    """
    frame = pd.DataFrame({"v": np.asarray(values, dtype=np.float64), "c": list(cluster)}).dropna()
    means = frame.groupby("c")["v"].mean().to_numpy()
    return statistic_of(means, np.mean, share=bool(frame["v"].isin([0.0, 1.0]).all()))


def median_of(values: ArrayLike, cluster: Sequence[Hashable] | pd.Series) -> Estimate:
    """Median over clusters of each cluster's median of `values` (k,)."""
    frame = pd.DataFrame({"v": np.asarray(values, dtype=np.float64), "c": list(cluster)}).dropna()
    return statistic_of(frame.groupby("c")["v"].median().to_numpy(), np.median)


def statistic_of(
    values: FloatArray, statistic: Callable[..., FloatArray], *, share: bool = False
) -> Estimate:
    """A statistic (with an `axis`) of one value a cluster (n,), NaN where there is none."""
    n = values.size
    if not n:
        return Estimate(float("nan"), None, 0)
    value = float(statistic(values, axis=0))
    if n < MIN_CLUSTERS:
        return Estimate(value, None, n)
    if share and value in (0.0, 1.0):
        return Estimate(value, _unanimous(value, n), n)
    picks = np.random.default_rng(0).integers(0, n, (DRAWS, n))
    return Estimate(value, percentiles(np.asarray(statistic(values[picks], axis=1))), n)


def mean_of_members(values: ArrayLike, cluster: Sequence[Hashable] | pd.Series) -> Estimate:
    """Mean of all `values` (k,), each counting once, while whole clusters are drawn."""
    frame = pd.DataFrame({"v": np.asarray(values, dtype=np.float64), "c": list(cluster)}).dropna()
    grouped = frame.groupby("c")["v"]
    sums, sizes = grouped.sum().to_numpy(), grouped.size().to_numpy(dtype=np.float64)
    n = sums.size
    if not n:
        return Estimate(float("nan"), None, 0)
    value = float(sums.sum() / sizes.sum())
    if n < MIN_CLUSTERS:
        return Estimate(value, None, n)
    if value in (0.0, 1.0) and frame["v"].isin([0.0, 1.0]).all():
        return Estimate(value, _unanimous(value, n), n)
    counts = drawn_counts(n)
    return Estimate(value, percentiles(counts @ sums / (counts @ sizes)), n)


def mean_of_pairs(pairs: FloatArray) -> Estimate:
    """Mean of the known pairs i < j of a symmetric matrix (n, n), NaN where a pair isn't known.

    Nodes are drawn; a node drawn twice isn't a pair of its own. `n` counts nodes in some pair.
    """
    upper = np.triu(np.ones(pairs.shape, dtype=bool), 1) & np.isfinite(pairs)
    used = np.flatnonzero(upper.any(axis=0) | upper.any(axis=1))
    if not used.size:
        return Estimate(float("nan"), None, 0)
    known = upper[np.ix_(used, used)].astype(np.float64)
    values = np.where(known > 0, np.nan_to_num(pairs[np.ix_(used, used)]), 0.0)
    value = float(values.sum() / known.sum())
    n = int(used.size)
    if n < MIN_CLUSTERS:
        return Estimate(value, None, n)
    if value in (0.0, 1.0) and bool(np.isin(values[known > 0], [0.0, 1.0]).all()):
        return Estimate(value, _unanimous(value, n), n)
    counts = drawn_counts(n, 1000)
    top = ((counts @ values) * counts).sum(axis=1)
    bottom = ((counts @ known) * counts).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Estimate(value, percentiles(top / bottom), n)
