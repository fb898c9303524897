"""Sampling variance of one arm's metric over test sets of n items, on the metric's own scale.

Everything takes and gives arrays; NaN where an argument is missing. A value at the edge of its
range would have a variance of zero, which no finite test set can show: it is moved in by half an
item first.
"""

from __future__ import annotations

import numpy as np

from analysis.effects.types import FloatArray

# Items taken to stand behind a value at the edge of its range where their number isn't known.
EDGE_ITEMS = 1000.0


def inside(value: FloatArray, n: FloatArray, low: float = 0.0, high: float = 1.0) -> FloatArray:
    """Values moved half an item of n away from the edges of [low, high]."""
    items = np.where(np.isfinite(n) & (n > 0.0), n, EDGE_ITEMS)
    step = np.minimum(0.5 / items, 0.25) * (high - low)
    return np.clip(value, low + step, high - step)


def accuracy(p: FloatArray, n: FloatArray) -> FloatArray:
    """p (1 - p) / n, the binomial."""
    p = inside(p, n)
    return p * (1.0 - p) / n


def auroc(a: FloatArray, n: FloatArray, prevalence: FloatArray) -> FloatArray:
    """Hanley & McNeil 1982, from the area and the class sizes alone; 8-38 % too wide in sd.

    DeLong's (analysis.effects.delong) is better wherever scores exist.
    """
    positives, negatives = n * prevalence, n * (1.0 - prevalence)
    a = inside(a, np.minimum(positives, negatives))
    q1, q2 = a / (2.0 - a), 2.0 * a**2 / (1.0 + a)
    spread = a * (1.0 - a) + (positives - 1.0) * (q1 - a**2) + (negatives - 1.0) * (q2 - a**2)
    return spread / (positives * negatives)


def auprc(a: FloatArray, n: FloatArray, prevalence: FloatArray) -> FloatArray:
    """About A (1 - A) / positives (Boyd, Eng & Page 2013)."""
    positives = n * prevalence
    a = inside(a, positives)
    return a * (1.0 - a) / positives


def f1(f: FloatArray, n: FloatArray, prevalence: FloatArray) -> FloatArray:
    """Delta method on (TP, FN, FP) (Takahashi et al. 2022), predicting as often as it occurs.

    F (1 - F) (2 - F) / (n (prevalence + share predicted positive)). The share isn't reported
    with an F1, so precision is taken to equal recall.
    """
    f = inside(f, n * prevalence)
    return f * (1.0 - f) * (2.0 - f) / (n * 2.0 * prevalence)


def f1_multiclass(f: FloatArray, n: FloatArray) -> FloatArray:
    """F (1 - F) / n for a macro, micro or weighted average over classes.

    The delta method at a symmetric confusion matrix of balanced classes, where macro F1 and
    accuracy have the same centred gradient (1 - F on the diagonal, -F beside it).
    """
    return accuracy(f, n)


def mcc(m: FloatArray, n: FloatArray, prevalence: FloatArray) -> FloatArray:
    """Delta method on the four cells (Itaya et al. 2024), predicting as often as it occurs.

    Treating it as a correlation (Fisher z) makes the variance 1.9 to 3.9 times too small.
    """
    rare = np.minimum(prevalence, 1.0 - prevalence)
    m = inside(m, n * rare, -1.0, 1.0)
    m = np.maximum(m, -rare / (1.0 - rare) + 0.5 / n)  # below that a cell would be negative
    both = prevalence * (1.0 - prevalence)
    hit = prevalence**2 + m * both
    miss = both * (1.0 - m)
    rest = (1.0 - prevalence) ** 2 + m * both
    # margins are prevalence and 1 - prevalence both ways, so the root of their product is `both`
    g_hit = rest / both - m / prevalence
    g_miss = -miss / both - 0.5 * m / both
    g_rest = hit / both - m / (1.0 - prevalence)
    square = hit * g_hit**2 + 2.0 * miss * g_miss**2 + rest * g_rest**2
    mean = hit * g_hit + 2.0 * miss * g_miss + rest * g_rest
    return (square - mean**2) / n


def mcc_multiclass(m: FloatArray, n: FloatArray, classes: FloatArray) -> FloatArray:
    """(C / (C - 1))^2 times the accuracy's, at a symmetric confusion matrix of balanced classes."""
    accuracy_there = (1.0 + (classes - 1.0) * m) / classes
    return (classes / (classes - 1.0)) ** 2 * accuracy(accuracy_there, n)


def pearson(r: FloatArray, n: FloatArray) -> FloatArray:
    """(1 - r^2)^2 / (n - 3): 1 / (n - 3) on Fisher's z."""
    room = np.where(n > 3.5, n - 3.0, np.nan)
    r = inside(r, n, -1.0, 1.0)
    return (1.0 - r**2) ** 2 / room


def spearman(r: FloatArray, n: FloatArray) -> FloatArray:
    """(1 + r^2 / 2) (1 - r^2)^2 / (n - 3) (Bonett & Wright 2000)."""
    return pearson(r, n) * (1.0 + inside(r, n, -1.0, 1.0) ** 2 / 2.0)


def r2(value: FloatArray, n: FloatArray) -> FloatArray:
    """4 |R2| (1 - R2) ^ (2 or 1) / n, for normal errors.

    R2 = 1 - MSE / variance, and log MSE and log variance have variance 2/n each. Above zero errors
    are taken to be unrelated to the prediction, which gives 4 R2 (1 - R2)^2 / n; below zero the
    prediction to be unrelated to the truth, which gives 4 |R2| (1 + |R2|) / n. At zero both vanish
    to first order; the floor is the second.
    """
    above = 4.0 * value * (1.0 - value) ** 2 / n
    below = -4.0 * value * (1.0 - value) / n
    return np.maximum(np.where(value >= 0.0, above, below), 4.0 / n**2)


# Variance of the log of an error's mean over n items, times n, for normal errors: the mean of
# squares has 2; its root a quarter of that; mean |e| has (1 - 2/pi) / (2/pi).
LOG_ERROR = {"mse": 2.0, "rmse": 0.5, "mae": np.pi / 2.0 - 1.0}


def error(value: FloatArray, n: FloatArray, constant: FloatArray) -> FloatArray:
    """value^2 constant / n: constant / n on the log (LOG_ERROR by kind, 2 where it isn't known)."""
    return value**2 * constant / n


def paired_accuracy(only_a: FloatArray, only_b: FloatArray, n: FloatArray) -> FloatArray:
    """Variance of a difference of accuracies from its discordant items: ((b+c) - (b-c)^2/n)/n^2."""
    return (only_a + only_b - (only_a - only_b) ** 2 / n) / n**2


def fisher_z_covariance(
    r_a: FloatArray, r_b: FloatArray, r_ab: FloatArray, n: FloatArray
) -> FloatArray:
    """Covariance of two Fisher z against one truth (Steiger 1980).

    r_ab is the correlation of the two predictions with each other.
    """
    between = r_ab * (1.0 - r_a**2 - r_b**2)
    between = between - 0.5 * r_a * r_b * (1.0 - r_a**2 - r_b**2 - r_ab**2)
    return between / ((1.0 - r_a**2) * (1.0 - r_b**2)) / (n - 3.0)
