"""Where a variance comes from, what to do where there is none, and what if that is wrong.

A missing variance is neither a reason to drop a row nor a zero. It is predicted from the known
ones: log v on log n and metric; where n is missing too, the metric's median; else the median of
all. The row says which. Imputed variances are weights, not measurements: the sensitivity switches
show what hangs on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.effects.types import BoolArray, FloatArray, TextArray

# A regression on fewer known rows than this would be led by single ones.
MIN_KNOWN = 8


class VarianceSource(StrEnum):
    """Where a row's sampling variance comes from."""

    from_n_test = "from_n_test"
    from_seeds = "from_seeds"
    from_reported_se = "from_reported_se"
    imputed_regression = "imputed_regression"
    imputed_median = "imputed_median"


IMPUTED = (VarianceSource.imputed_regression, VarianceSource.imputed_median)


def impute(
    v: FloatArray, source: TextArray, n: FloatArray, metric: TextArray
) -> tuple[FloatArray, TextArray]:
    """Fill missing variances v (k,); known ones stay. Rows stay NaN where nothing is known at all.

    The regression has one slope on log n and one intercept per metric, and is used for metrics
    with a known row; it needs MIN_KNOWN known rows and two sizes. Its prediction is the median of v, not the
    mean: no retransformation is applied.
    """
    filled, why = v.copy(), source.copy()
    known = np.isfinite(v) & (v > 0.0)
    missing = ~known
    if not known.any() or not missing.any():
        return filled, why
    sized = np.isfinite(n) & (n > 0.0)
    predicted = _regression(v, n, metric, known & sized, missing & sized)
    by_metric = pd.Series(np.log(v[known])).groupby(metric[known]).median()
    overall = float(np.median(np.log(v[known])))
    medians = np.array([by_metric.get(name, overall) for name in metric], dtype=np.float64)
    by_regression = missing & np.isfinite(predicted)
    filled[by_regression] = np.exp(predicted[by_regression])
    why[by_regression] = VarianceSource.imputed_regression
    by_median = missing & ~by_regression
    filled[by_median] = np.exp(medians[by_median])
    why[by_median] = VarianceSource.imputed_median
    return filled, why


def _regression(
    v: FloatArray, n: FloatArray, metric: TextArray, known: BoolArray, wanted: BoolArray
) -> FloatArray:
    """log v predicted from log n within metrics; NaN where it can't be."""
    out = np.full(v.size, np.nan)
    if known.sum() < MIN_KNOWN or np.ptp(np.log(n[known])) < 1e-9 or not wanted.any():
        return out
    codes, _ = pd.factorize(metric)
    x, y = np.log(np.where(n > 0.0, n, 1.0)), np.log(np.where(known, v, 1.0))
    count = np.bincount(codes[known], minlength=codes.max() + 1).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_x = np.bincount(codes[known], x[known], codes.max() + 1) / count
        mean_y = np.bincount(codes[known], y[known], codes.max() + 1) / count
    dx, dy = x[known] - mean_x[codes[known]], y[known] - mean_y[codes[known]]
    across = float(dx @ dx)
    if across < 1e-9:
        return out
    slope = float(dx @ dy) / across
    out[wanted] = mean_y[codes[wanted]] + slope * (x[wanted] - mean_x[codes[wanted]])
    return out


def sensitivity(v: FloatArray, source: TextArray) -> Mapping[str, tuple[BoolArray, FloatArray]]:
    """What else the variances (k,) might be: name -> (rows kept, their variances).

    `as_imputed`; `known_only` (rows with an imputed variance left out); `all_equal` (the median);
    `imputed_half` and `imputed_double`.
    """
    everything: BoolArray = np.isfinite(v)
    imputed: BoolArray = np.isin(source, IMPUTED)
    known = everything & ~imputed
    equal = np.full(v.size, float(np.median(v[everything])) if everything.any() else np.nan)
    return {
        "as_imputed": (everything, v[everything]),
        "known_only": (known, v[known]),
        "all_equal": (everything, equal[everything]),
        "imputed_half": (everything, np.where(imputed, v * 0.5, v)[everything]),
        "imputed_double": (everything, np.where(imputed, v * 2.0, v)[everything]),
    }
