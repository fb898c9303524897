"""Skill: how far between chance and perfect a value lies, so that metrics can be set side by side."""

from __future__ import annotations

import numpy as np

from analysis.effects.types import FloatArray, TextArray

_CHANCE = {"auroc": 0.5, "mcc": 0.0, "pearson": 0.0, "spearman": 0.0, "correlation": 0.0, "r2": 0.0}
_PERFECT_ONE = (
    "accuracy",
    "f1",
    "mcc",
    "auroc",
    "auprc",
    "pearson",
    "spearman",
    "correlation",
    "r2",
)


def chance_level(
    family: TextArray,
    prevalence: FloatArray,
    classes: FloatArray,
    largest_class: FloatArray | None = None,
) -> FloatArray:
    """What knowing nothing scores; NaN where it can't be known. All arrays (k,).

    accuracy: the largest class's share, else (binary) the larger of prevalence and its rest, else
    1/C; AUPRC: prevalence; F1 (binary): 2p/(1+p), calling everything positive; AUROC 0.5;
    MCC, correlations and R2: 0. Errors need a null model's value: NaN.
    """
    out = np.array([_CHANCE.get(name, np.nan) for name in family], dtype=np.float64)
    share = 1.0 / classes
    share = np.where(np.isfinite(prevalence), np.maximum(prevalence, 1.0 - prevalence), share)
    if largest_class is not None:
        share = np.where(np.isfinite(largest_class), largest_class, share)
    out = np.where(family == "accuracy", share, out)
    out = np.where(family == "auprc", prevalence, out)
    return np.where(family == "f1", 2.0 * prevalence / (1.0 + prevalence), out)


def perfect_level(family: TextArray) -> FloatArray:
    """The best possible value: 1, or 0 for errors; NaN where there is none."""
    return np.array(
        [1.0 if f in _PERFECT_ONE else 0.0 if f == "error" else np.nan for f in family],
        dtype=np.float64,
    )


def skill_score(value: FloatArray, chance: FloatArray, perfect: FloatArray) -> FloatArray:
    """(value - chance) / (perfect - chance): 0 at chance, 1 when perfect; NaN where undefined."""
    room = perfect - chance
    return (value - chance) / np.where(room == 0.0, np.nan, room)
