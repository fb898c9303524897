"""Cluster bootstraps and the words of a verdict, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.findings.base import FindingVerdict
from analysis.findings.bootstrap import mean_of, mean_of_members, mean_of_pairs, median_of
from analysis.findings.thresholds import above, below, of_parts


def test_a_large_publication_weighs_as_much_as_a_small_one() -> None:
    # a: mean of 1, 1, 1, 1 is 1; b: 0; so 0.5, where the plain mean would be 0.8
    found = mean_of([1, 1, 1, 1, 0], ["a", "a", "a", "a", "b"])
    assert found.value == pytest.approx(0.5)
    assert found.n == 2
    assert mean_of_members([1, 1, 1, 1, 0], ["a", "a", "a", "a", "b"]).value == pytest.approx(0.8)


def test_below_five_clusters_there_is_no_interval() -> None:
    assert mean_of([0.1, 0.2, 0.3, 0.4], list("abcd")).ci is None
    assert mean_of([0.1, 0.2, 0.3, 0.4, 0.5], list("abcde")).ci is not None


def test_median_of_medians() -> None:
    # medians 2 (of 1, 2, 9), 5 and 7: their median is 5
    found = median_of([1, 2, 9, 5, 7], ["a", "a", "a", "b", "c"])
    assert (found.value, found.n) == (5.0, 3)


def test_unanimous_clusters_have_the_exact_binomial_interval() -> None:
    # Clopper-Pearson for 5 of 5: lower end 0.025 ** (1/5) = 0.4782 (Clopper & Pearson 1934)
    found = mean_of([1, 1, 1, 1, 1], list("abcde"))
    assert found.ci == pytest.approx((0.4782, 1.0), abs=1e-4)


def test_the_interval_of_a_mean_is_near_the_normal_one_with_many_clusters() -> None:
    values = np.random.default_rng(1).normal(0.0, 1.0, 400)
    found = mean_of(values, [str(i) for i in range(400)])
    half = 1.96 * values.std() / 20  # standard error of a mean of 400
    assert found.ci is not None
    assert found.ci == pytest.approx((values.mean() - half, values.mean() + half), abs=0.02)


def test_pairs_count_once_and_unknown_pairs_not_at_all() -> None:
    pairs = np.array([[9, 1, 0], [1, 9, np.nan], [0, np.nan, 9]], dtype=float)
    found = mean_of_pairs(pairs)  # known pairs above the diagonal: 1 and 0
    assert (found.value, found.n, found.ci) == (0.5, 3, None)


def test_pairs_vary_more_than_as_many_independent_values_would() -> None:
    # a star: node 0 meets everybody, the others nobody; all depends on whether 0 is drawn
    star = np.zeros((10, 10))
    star[0, 1:] = star[1:, 0] = 1.0
    found = mean_of_pairs(star)
    assert found.value == pytest.approx(9 / 45)
    assert found.ci is not None
    assert found.ci[0] == 0.0


def test_verdicts_on_an_interval() -> None:
    holds, part, no = (
        FindingVerdict.holds, FindingVerdict.holds_in_part, FindingVerdict.does_not_hold,
    )  # fmt: skip
    assert [above(ci, 0.5) for ci in ((0.6, 0.8), (0.4, 0.6), (0.1, 0.4))] == [holds, part, no]
    assert [below(ci, 0.5) for ci in ((0.6, 0.8), (0.4, 0.6), (0.1, 0.4))] == [no, part, holds]
    cases = ([holds, holds], [holds, no], [no, part], [part, part], [no, no])
    assert [of_parts(p) for p in cases] == [holds, part, part, part, no]
