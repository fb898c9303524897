"""Metrics against scikit-learn, intervals against theory, tests against hand-computed p-values."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as reference

from ingest.baselines.metrics import (
    METRICS,
    Prediction,
    binomial_against_share,
    estimate,
    mcnemar,
    score,
)


def made_fit(classes: int, n: int = 400, seed: int = 3) -> tuple[np.ndarray, Prediction]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, n)
    # rounded, so that there are ties
    scores = (rng.random((n, classes)) + 0.4 * np.eye(classes)[truth]).round(1)
    return truth, Prediction(scores.argmax(axis=1), scores)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_table_metrics_are_scikit_learns(classes: int) -> None:
    truth, fit = made_fit(classes)
    assert score(truth, fit, "mcc") == pytest.approx(
        reference.matthews_corrcoef(truth, fit.classes), abs=1e-12
    )
    assert score(truth, fit, "accuracy") == pytest.approx(
        reference.accuracy_score(truth, fit.classes), abs=1e-12
    )
    assert score(truth, fit, "f1-macro") == pytest.approx(
        reference.f1_score(truth, fit.classes, average="macro"), abs=1e-12
    )


def test_rank_metrics_are_scikit_learns_with_ties() -> None:
    truth, fit = made_fit(2)
    assert score(truth, fit, "auroc") == pytest.approx(
        reference.roc_auc_score(truth, fit.scores[:, 1]), abs=1e-12
    )
    assert score(truth, fit, "auprc") == pytest.approx(
        reference.average_precision_score(truth, fit.scores[:, 1]), abs=1e-12
    )
    truth, fit = made_fit(4)
    each = [reference.roc_auc_score(truth == c, fit.scores[:, c]) for c in range(4)]
    assert score(truth, fit, "auroc") == pytest.approx(np.mean(each), abs=1e-12)


def test_degenerate_predictions_score_nothing_rather_than_fail() -> None:
    truth = np.array([0, 0, 1, 1])
    fit = Prediction(np.zeros(4, dtype=np.int64), np.tile([1.0, 0.0], (4, 1)))
    assert score(truth, fit, "mcc") == 0
    assert score(truth, fit, "f1-macro") == pytest.approx(1 / 3)
    assert score(truth, fit, "auroc") == 0.5


def test_interval_of_accuracy_is_the_binomials() -> None:
    truth, fit = made_fit(2, n=2000)
    found = estimate(truth, [fit], "accuracy", resamples=4000)
    spread = np.sqrt(found.value * (1 - found.value) / 2000)
    assert found.low == pytest.approx(found.value - 1.96 * spread, abs=0.15 * spread)
    assert found.high == pytest.approx(found.value + 1.96 * spread, abs=0.15 * spread)


@pytest.mark.parametrize("metric", METRICS)
def test_interval_agrees_with_resampling_item_by_item(metric: str) -> None:
    truth, fit = made_fit(2, n=150)
    found = estimate(truth, [fit], metric, resamples=3000)
    rng = np.random.default_rng(9)
    values = []
    for _ in range(1500):
        at = rng.integers(0, 150, 150)
        values.append(score(truth[at], Prediction(fit.classes[at], fit.scores[at]), metric))
    low, high = np.quantile(values, [0.025, 0.975])
    assert found.low == pytest.approx(low, abs=0.15 * (high - low))
    assert found.high == pytest.approx(high, abs=0.15 * (high - low))


def test_several_fits_share_their_resamples() -> None:
    truth, fit = made_fit(2)
    alone, thrice = (estimate(truth, [fit] * k, "mcc") for k in (1, 3))
    assert thrice.value == pytest.approx(alone.value)
    assert (thrice.low, thrice.high) == pytest.approx((alone.low, alone.high))
    assert thrice.per_fit == (alone.value,) * 3


def test_estimates_repeat_exactly() -> None:
    truth, fit = made_fit(3)
    for metric in METRICS:
        assert estimate(truth, [fit], metric) == estimate(truth, [fit], metric)


def test_exact_binomial_by_hand() -> None:
    # 9 or 10 right of 10 at one half: (10 + 1) / 1024
    truth = np.zeros(10, dtype=np.int64)
    guess = truth.copy()
    guess[0] = 1
    assert binomial_against_share(truth, guess, 0.5) == pytest.approx(11 / 1024)


def test_exact_mcnemar_by_hand() -> None:
    # 5 against 15 discordant: 2 * (1 + 20 + 190 + 1140 + 4845 + 15504) / 2**20
    truth = np.zeros(30, dtype=np.int64)
    first, second = truth.copy(), truth.copy()
    second[:5] = 1
    first[5:20] = 1
    assert mcnemar(truth, first, second) == (5, 15, pytest.approx(2 * 21700 / 2**20))
    assert mcnemar(truth, first, first) == (0, 0, 1.0)
