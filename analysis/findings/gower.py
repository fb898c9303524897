"""How alike two models are built: Gower's distance over attributes of several kinds.

Gower 1971, Biometrics 27:857-871. Attributes that either model's sources don't state are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

CLASSES = ("architecture", "tokenizer", "position")
"""Attributes that are equal or not; `objective` is a set, `decade` a number."""


@dataclass(frozen=True)
class Likeness:
    """For each pair (n, n): Gower distance, attributes that differ, attributes known in both."""

    distance: FloatArray
    differing: FloatArray
    comparable: FloatArray


def gower(models: pd.DataFrame) -> Likeness:
    """Compare models (columns architecture, tokenizer, position, objective, decade).

    Classes differ by 0 or 1, objectives (text, separated by ", ") by one minus Jaccard, size decades
    by their distance over the range. An attribute differs where its distance isn't zero.
    """
    n = len(models)
    total, differing, comparable = (np.zeros((n, n)) for _ in range(3))

    def add(distance: FloatArray, known: NDArray[np.bool_]) -> None:
        both = known[:, None] & known[None, :]
        total[both] += distance[both]
        differing[both] += distance[both] > 0
        comparable[both] += 1

    for name in CLASSES:
        codes, _ = pd.factorize(models[name])
        add((codes[:, None] != codes[None, :]).astype(float), codes >= 0)
    sets = models["objective"].fillna("").str.get_dummies(sep=", ").to_numpy(dtype=float)
    shared = sets @ sets.T
    sizes = sets.sum(axis=1)
    union = sizes[:, None] + sizes[None, :] - shared
    add(1.0 - shared / np.maximum(union, 1.0), sizes > 0)
    decade = pd.to_numeric(models["decade"]).astype(float).to_numpy()
    spread = float(np.nanmax(decade) - np.nanmin(decade)) if np.isfinite(decade).any() else 0.0
    apart = np.abs(decade[:, None] - decade[None, :]) / max(spread, 1.0)
    add(np.nan_to_num(apart), np.isfinite(decade))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Likeness(total / comparable, differing, comparable)
