"""Overlap of weighted sets, pair by pair."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def matrix_of(rows: pd.DataFrame, node: str, item: str, weight: str | None = None) -> pd.DataFrame:
    """Nodes by items: the summed weight, or 1 where the node has the item."""
    frame = rows.assign(_w=1.0 if weight is None else rows[weight].astype(float))
    wide = frame.groupby([node, item])["_w"].sum().unstack().fillna(0.0)
    return (wide > 0).astype(float) if weight is None else wide


def weighted_jaccard(weights: FloatArray) -> FloatArray:
    """Sum of minima over sum of maxima of each pair of rows of (n, m), giving (n, n)."""
    low = np.minimum(weights[:, None, :], weights[None, :, :]).sum(axis=2)
    total = weights.sum(axis=1)
    high = total[:, None] + total[None, :] - low
    return np.asarray(low / np.maximum(high, 1e-300), dtype=np.float64)


def jaccard(members: FloatArray) -> FloatArray:
    """Jaccard index of each pair of rows of a 0/1 matrix (n, m), without an (n, n, m) array."""
    shared = members @ members.T
    size = members.sum(axis=1)
    union = size[:, None] + size[None, :] - shared
    return np.asarray(shared / np.maximum(union, 1.0), dtype=np.float64)


def share_a_word(texts: pd.Series) -> NDArray[np.bool_]:
    """Whether each pair of texts has a word of ", "-separated lists in common: (n, n)."""
    sets = texts.fillna("").str.get_dummies(sep=", ").to_numpy(dtype=float)
    return np.asarray(sets @ sets.T > 0, dtype=bool)
