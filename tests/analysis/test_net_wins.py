"""Net wins against statsmodels' Wilson interval, and within their bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.predicates.net_wins import mean_and_interval


def test_groups_that_agree_are_one_trial_each() -> None:
    low, high = proportion_confint(5, 5, alpha=0.05, method="wilson")
    mean, (a, b) = mean_and_interval(np.ones(5), n_rows=400)
    assert mean == 1.0
    assert (a, b) == pytest.approx((2 * low - 1, 2 * high - 1))
    assert 0 < a < b == 1.0


def test_groups_that_differ_set_the_number_of_trials() -> None:
    # five won altogether and one drawn: share 11/12, its variance (1/24)/6 = 1/144, so that
    # 11/144 / (1/144) = 11 trials; t with 5 degrees of freedom as the quantile
    alpha = 2 * stats.norm.sf(stats.t.ppf(0.975, 5))
    low, high = proportion_confint(11 * 11 / 12, 11, alpha=alpha, method="wilson")
    mean, ci = mean_and_interval(np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0]), n_rows=15)
    assert mean == pytest.approx(5 / 6)
    assert ci == pytest.approx((2 * low - 1, 2 * high - 1))


def test_there_are_no_more_trials_than_comparisons() -> None:
    alpha = 2 * stats.norm.sf(stats.t.ppf(0.975, 4))
    low, high = proportion_confint(20 * 0.5, 20, alpha=alpha, method="wilson")
    ci = mean_and_interval(np.array([-0.01, 0.0, 0.0, 0.0, 0.01]), n_rows=20)[1]
    assert ci == pytest.approx((2 * low - 1, 2 * high - 1))


def test_the_interval_covers_and_keeps_its_bounds() -> None:
    # 12 data sets of 8 comparisons whose chance of winning differs; truth: mean share 0.8
    rng = np.random.default_rng(20261121)
    covered, beyond, times = 0, 0, 1000
    for _ in range(times):
        chance = rng.beta(4.0, 1.0, 12)
        wins = 2 * rng.binomial(8, chance) / 8 - 1
        low, high = mean_and_interval(wins, n_rows=96)[1]
        covered += low <= 0.6 <= high
        beyond += low < -1 or high > 1
    assert beyond == 0
    assert 0.93 <= covered / times <= 0.99
