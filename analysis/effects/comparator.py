"""Known covariances of differences that share a baseline's measurement.

y1 = a1 - b and y2 = a2 - b hold the same b: its noise enters both. With test items correlated by
rho between any two methods,

    cov(y1, y2) = t_b + rho (s_a1 s_a2 - s_a1 s_b - s_a2 s_b) + training noise of b,

where t = s^2 is the test noise. CR2 by study guards against a wrong rho.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.effects.pairs import RHO
from analysis.effects.types import FloatArray
from analysis.meta.inputs import KnownBlock, codes

# Correlation taken for rows whose variance is imputed: half of it is the baseline's.
IMPUTED_SHARE = 0.5
# Above this two differences would be one effect, and the block singular.
LARGEST = 0.95


def comparator_blocks(
    effects: pd.DataFrame, baseline: ArrayLike, *, rho: float = RHO
) -> list[KnownBlock]:
    """Covariance blocks for analysis.meta.fit from the rows of paired_effects.

    `baseline` (k,) labels the baseline's measurement: rows with one label subtract the same value.
    Rows are counted by position; every row needs a variance. Raises MetaError for missing labels.
    """
    v = effects["v"].to_numpy(dtype=np.float64)
    of = codes(baseline, v.size, "The baseline")
    a, b = (np.sqrt(effects[name].to_numpy(dtype=np.float64)) for name in ("test_a", "test_b"))
    train = effects["train_b"].to_numpy(dtype=np.float64)
    train = np.where(np.isfinite(train), train, 0.0)
    out = []
    for label in np.flatnonzero(np.bincount(of) > 1):
        rows = np.flatnonzero(of == label)
        size = np.sqrt(np.outer(v[rows], v[rows]))
        sa, sb = a[rows], b[rows]
        shared = np.outer(sb, sb) + np.sqrt(np.outer(train[rows], train[rows]))
        shared = shared + rho * (np.outer(sa, sa) - np.outer(sa, sb) - np.outer(sb, sa))
        correlation = np.where(np.isfinite(shared), shared / size, IMPUTED_SHARE)
        correlation = np.clip(correlation, 0.0, LARGEST)
        np.fill_diagonal(correlation, 1.0)
        out.append(KnownBlock(rows, _possible(correlation) * size))
    return out


def _possible(correlation: FloatArray) -> FloatArray:
    """The matrix, drawn towards no correlation until it is positive definite."""
    smallest = float(np.linalg.eigvalsh(correlation)[0])
    if smallest > 1e-6:
        return correlation
    keep = (1.0 - 1e-6) / (1.0 - smallest)
    return keep * correlation + (1.0 - keep) * np.eye(correlation.shape[0])
