"""Findings whose effect is a bootstrapped share, mean or difference, and rows for charts.bars."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.findings.base import FindingVerdict, Found
from analysis.findings.bootstrap import Estimate, statistic_of


def judged(
    verdict: FindingVerdict, estimate: Estimate, unit_of_n: str, sentence: str, unit: str = "share"
) -> Found:
    """A finding with a bootstrapped effect; `n` are the clusters that were drawn."""
    low, high = estimate.ci or (None, None)
    return Found(verdict, estimate.n, unit_of_n, sentence, estimate.value, low, high, unit)


def bar_rows(estimates: dict[str, Estimate]) -> pd.DataFrame:
    """Named estimates as rows with label, estimate, ci_low, ci_high and n; unknown ones left out."""
    rows = [
        {
            "label": label,
            "estimate": e.value,
            "ci_low": e.ci[0] if e.ci else None,
            "ci_high": e.ci[1] if e.ci else None,
            "n": e.n,
        }
        for label, e in estimates.items()
        if e.n
    ]
    frame = pd.DataFrame(rows, columns=["label", "estimate", "ci_low", "ci_high", "n"])
    return frame.astype({"estimate": float, "ci_low": float, "ci_high": float})


def mean_of_clusters(values: pd.Series, cluster: pd.Series) -> Estimate:
    """Mean over clusters of their means, of quantities for which 0 and 1 aren't no and yes."""
    means = values.astype(float).groupby(cluster).mean().dropna()
    return statistic_of(np.asarray(means, dtype=np.float64), np.mean)


def flags(column: pd.Series) -> pd.Series:
    """A column of booleans from SQL, unknown as NaN: 1, 0 or NaN."""
    return column.map({True: 1.0, False: 0.0}).astype(float)
