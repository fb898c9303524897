"""Metrics of a classifier on one test set, their bootstrap intervals, and two exact tests.

Resampling items with replacement is, for metrics of a confusion table, drawing the table from a
multinomial; for AUROC and AUPRC it is giving items multinomial weights. Both are array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

TABLE_METRICS = ("mcc", "accuracy", "f1-macro")
RANK_METRICS = ("auroc", "auprc")
METRICS = TABLE_METRICS + RANK_METRICS
RESAMPLES = 2000
_BLOCK = 1 << 22  # weights held at once


@dataclass(frozen=True)
class Prediction:
    """Predicted classes (n,) and scores (n, classes) of one fit on one split."""

    classes: NDArray[np.int64]
    scores: NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value (mean over fits) with its 95 % bootstrap interval over test items."""

    value: float
    low: float
    high: float
    per_fit: tuple[float, ...]


def from_tables(tables: NDArray[np.float64], metric: str) -> NDArray[np.float64]:
    """`metric` of confusion tables, shape (..., classes, classes): rows true, columns predicted.

    mcc: R_K of Gorodkin 2004 (equal to Matthews' for two classes; 0 where it is undefined).
    f1-macro: mean over all classes, 0 for one that is neither present nor predicted.
    """
    total = tables.sum(axis=(-2, -1))
    hit = np.trace(tables, axis1=-2, axis2=-1)
    true, predicted = tables.sum(axis=-1), tables.sum(axis=-2)
    if metric == "accuracy":
        return np.asarray(hit / total)
    if metric == "f1-macro":
        own = np.diagonal(tables, axis1=-2, axis2=-1)
        both = true + predicted
        return np.asarray(np.where(both > 0, 2 * own / np.maximum(both, 1e-300), 0).mean(axis=-1))
    if metric == "mcc":
        top = hit * total - (true * predicted).sum(axis=-1)
        below = (total**2 - (true**2).sum(axis=-1)) * (total**2 - (predicted**2).sum(axis=-1))
        return np.asarray(np.where(below > 0, top / np.sqrt(np.maximum(below, 1e-300)), 0.0))
    raise ValueError(f"{metric} is not a metric of a confusion table")


def ranked(
    truth: NDArray[np.bool_], score: NDArray[np.float64], metric: str, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """AUROC or average precision of `score` for `truth`, shape (resamples,).

    truth, score: (n,); weights: (resamples, n). Ties count half (AUROC) or as one step (AUPRC).
    A resample without positives or without negatives gives NaN.
    """
    order = np.argsort(-score, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(score[order]) != 0])
    w = weights[:, order]
    hits = np.add.reduceat(w * truth[order], starts, axis=1)
    misses = np.add.reduceat(w * ~truth[order], starts, axis=1)
    p, n = hits.sum(axis=1), misses.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        if metric == "auroc":
            above = np.cumsum(hits, axis=1) - hits / 2
            return np.asarray(
                np.where((p > 0) & (n > 0), (above * misses).sum(axis=1) / p / n, np.nan)
            )
        tp, fp = np.cumsum(hits, axis=1), np.cumsum(misses, axis=1)
        steps = np.where(tp + fp > 0, hits * tp / np.maximum(tp + fp, 1e-300), 0)
        return np.asarray(np.where((p > 0) & (n > 0), steps.sum(axis=1) / p, np.nan))


def _rank_metric(
    truth: NDArray[np.int64], fit: Prediction, metric: str, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    classes = fit.scores.shape[1]
    if classes == 2:
        return ranked(truth == 1, fit.scores[:, 1], metric, weights)
    each = [ranked(truth == c, fit.scores[:, c], metric, weights) for c in range(classes)]
    return np.asarray(np.mean(each, axis=0))  # one class against the rest, classes weighted equally


def score(truth: NDArray[np.int64], fit: Prediction, metric: str) -> float:
    """`metric` of one fit on the items as they are."""
    classes = fit.scores.shape[1]
    if metric in TABLE_METRICS:
        table = np.bincount(truth * classes + fit.classes, minlength=classes**2)
        return float(from_tables(table.reshape(classes, classes).astype(float), metric))
    return float(_rank_metric(truth, fit, metric, np.ones((1, len(truth))))[0])


def estimate(
    truth: NDArray[np.int64],
    fits: Sequence[Prediction],
    metric: str,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Estimate:
    """Mean of `metric` over the fits, with the percentile bootstrap interval over test items.

    Every fit sees the same resample, so the interval is that of the mean over fits given the
    training; spread over seeds is in `per_fit`. It misleads where items aren't independent (near
    copies, windows of one gene): then it is too narrow.
    """
    per_fit = tuple(score(truth, fit, metric) for fit in fits)
    rng = np.random.default_rng(seed)
    n, classes = len(truth), fits[0].scores.shape[1]
    if metric in TABLE_METRICS:
        outcomes = np.stack([truth, *(f.classes for f in fits)], axis=1)
        pattern, counts = np.unique(outcomes, axis=0, return_counts=True)
        drawn = rng.multinomial(n, counts / n, size=resamples).astype(float)
        values = np.zeros(resamples)
        for j in range(len(fits)):
            cell = np.zeros((len(pattern), classes**2))
            cell[np.arange(len(pattern)), pattern[:, 0] * classes + pattern[:, j + 1]] = 1
            tables = (drawn @ cell).reshape(-1, classes, classes)
            values += from_tables(tables, metric) / len(fits)
    else:
        parts, step = [], max(1, _BLOCK // n)
        for start in range(0, resamples, step):
            size = min(step, resamples - start)
            weights = rng.multinomial(n, np.full(n, 1 / n), size=size).astype(float)
            each = [_rank_metric(truth, f, metric, weights) for f in fits]
            parts.append(np.mean(each, axis=0))
        values = np.concatenate(parts)
    low, high = (
        np.nanquantile(values, [0.025, 0.975]) if not np.isnan(values).all() else (np.nan,) * 2
    )
    return Estimate(float(np.mean(per_fit)), float(low), float(high), per_fit)


def binomial_against_share(
    truth: NDArray[np.int64], predicted: NDArray[np.int64], share: float
) -> float:
    """Exact one-sided p-value that accuracy exceeds `share`, the majority class's on this test."""
    hits = int((truth == predicted).sum())
    return float(binomtest(hits, len(truth), share, alternative="greater").pvalue)


def mcnemar(
    truth: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[int, int, float]:
    """Items only the first got right, only the second, and the exact two-sided p (McNemar 1947)."""
    a, b = first == truth, second == truth
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    if only_a + only_b == 0:
        return 0, 0, 1.0
    return only_a, only_b, float(binomtest(only_a, only_a + only_b, 0.5).pvalue)
