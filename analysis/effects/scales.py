"""The scale on which each family is pooled, with its derivative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.effects.sampling import inside
from analysis.effects.types import FloatArray

# Above this typical value a difference of proportions no longer means the same (METHODS.md).
CEILING = 0.95


@dataclass(frozen=True)
class Scale:
    """A transformation of a metric's values and its derivative, both elementwise.

    `sign` is -1 where a larger transformed value is worse (errors).
    """

    name: str
    forward: Callable[[FloatArray, FloatArray], FloatArray]
    slope: Callable[[FloatArray, FloatArray], FloatArray]
    sign: float = 1.0


def _logit(p: FloatArray, n: FloatArray) -> FloatArray:
    p = inside(p, n)
    return np.log(p) - np.log1p(-p)


def _logit_slope(p: FloatArray, n: FloatArray) -> FloatArray:
    p = inside(p, n)
    return 1.0 / (p * (1.0 - p))


def _fisher(r: FloatArray, n: FloatArray) -> FloatArray:
    return np.arctanh(inside(r, n, -1.0, 1.0))


def _fisher_slope(r: FloatArray, n: FloatArray) -> FloatArray:
    return 1.0 / (1.0 - inside(r, n, -1.0, 1.0) ** 2)


def _log(value: FloatArray, n: FloatArray) -> FloatArray:
    return np.log(np.where(value > 0.0, value, np.nan))


def _log_slope(value: FloatArray, n: FloatArray) -> FloatArray:
    return 1.0 / np.where(value > 0.0, value, np.nan)


DIFFERENCE = Scale("difference", lambda value, n: value, lambda value, n: np.ones_like(value))
LOGIT = Scale("logit difference", _logit, _logit_slope)
FISHER_Z = Scale("Fisher z difference", _fisher, _fisher_slope)
LOG_RATIO = Scale("log ratio", _log, _log_slope, sign=-1.0)
# The share of positives is an AUPRC's chance level: the caller divides by 1 - prevalence.
ABOVE_PREVALENCE = Scale("difference / (1 - prevalence)", DIFFERENCE.forward, DIFFERENCE.slope)

BY_FAMILY = {
    "accuracy": DIFFERENCE,
    "f1": DIFFERENCE,
    "mcc": DIFFERENCE,
    "auroc": DIFFERENCE,
    "auprc": ABOVE_PREVALENCE,
    "pearson": FISHER_Z,
    "spearman": FISHER_Z,
    "correlation": FISHER_Z,
    "r2": DIFFERENCE,
    "error": LOG_RATIO,
    "loss": LOG_RATIO,
    "cost": LOG_RATIO,
    "rate": DIFFERENCE,
    "relative": DIFFERENCE,
    "quantity": DIFFERENCE,
    "generic": DIFFERENCE,
}
NEAR_CEILING = ("accuracy", "auroc")
LOWER_IS_BETTER = ("error", "loss", "cost")
