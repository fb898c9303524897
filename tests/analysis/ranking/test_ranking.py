"""Rankings against Demsar's table, R, choix and simulation."""

import json
from pathlib import Path

import choix
import numpy as np
import pytest
from scipy import special, stats

from analysis.ranking import (
    RankingError,
    ScoreTable,
    bradley_terry,
    critical_difference,
    friedman,
    kendalls_w,
    nemenyi,
    probability_of_superiority,
    rank_intervals,
)
from analysis.ranking.table import wins

REFERENCE = Path(__file__).parents[2] / "reference" / "reference.json"

# Demsar 2006, JMLR 7:1-30, table 6: area under the ROC curve of four trees on fourteen data sets.
# On `voting` two values are printed as 0.975 and ranked 2 and 3: 0.9751 keeps the printed ranks.
DEMSAR = {
    "C4.5": [.763, .599, .954, .628, .882, .936, .661, .583, .775, 1., .940, .619, .972, .957],
    "C4.5+m": [.768, .591, .971, .661, .888, .931, .668, .583, .838, 1., .962, .666, .981, .978],
    "C4.5+cf": [.771, .590, .968, .654, .886, .916, .609, .563, .866, 1., .965, .614, .9751, .946],
    "C4.5+m+cf": [.798, .569, .967, .657, .898, .931, .685, .625, .875, 1., .962, .669, .975, .970],
}  # fmt: skip


def table(scores, studies=None):
    """A ScoreTable of a dict of columns, NaN where missing."""
    method, task, score, study = [], [], [], []
    for name, column in scores.items():
        for i, value in enumerate(column):
            method.append(name)
            task.append(f"t{i:03d}")
            score.append(value)
            study.append(f"t{i:03d}" if studies is None else studies[i])
    return ScoreTable.from_long(method, task, score, study)


@pytest.fixture(scope="module")
def reference():
    return json.loads(REFERENCE.read_text(encoding="utf-8"))


def cases(reference, kind):
    return [c for c in reference["cases"] if c["kind"] == kind]


def test_demsar_table_6_as_printed():
    """Ranks 3.143, 2.000, 2.893, 1.964; chi2 9.28; F 3.69; critical difference 1.25."""
    got = friedman(table(DEMSAR), correct_ties=False)
    by_name = dict(zip(got.methods, got.mean_ranks, strict=True))
    assert by_name == pytest.approx(
        {"C4.5": 3.143, "C4.5+m": 2.0, "C4.5+cf": 2.893, "C4.5+m+cf": 1.964}, abs=5e-4
    )
    assert got.chi2 == pytest.approx(9.28, abs=0.005)
    assert got.f == pytest.approx(3.69, abs=0.005)
    assert not got.tie_corrected
    test = nemenyi(table(DEMSAR))
    assert test.critical_difference == pytest.approx(1.25, abs=0.005)
    # the largest gap, 1.179, is below it: one group, best first
    assert test.groups == (("C4.5+m+cf", "C4.5+m", "C4.5+cf", "C4.5"),)
    # at 0.10 (1.12): C4.5 is worse than C4.5+m and C4.5+m+cf, and C4.5+cf can't be placed
    wider = nemenyi(table(DEMSAR), alpha=0.1)
    assert wider.critical_difference == pytest.approx(1.12, abs=0.005)
    assert wider.groups == (("C4.5+m+cf", "C4.5+m", "C4.5+cf"), ("C4.5+cf", "C4.5"))


def test_tie_corrected_as_scipy_and_r(reference):
    got = friedman(table(DEMSAR))
    peer = stats.friedmanchisquare(*DEMSAR.values())
    assert got.chi2 == pytest.approx(peer.statistic)
    assert got.chi2 == pytest.approx(10.23, abs=0.005)
    assert got.p == pytest.approx(peer.pvalue)
    (case,) = cases(reference, "friedman")
    got = friedman(table(reference["data"]["ranking"]))
    assert (got.chi2, got.df, got.p) == pytest.approx(
        (case["expect"]["chi2"], case["expect"]["df"], case["expect"]["p"]), rel=1e-9
    )


def test_critical_values_as_r(reference):
    for case in cases(reference, "nemenyi"):
        m = case["methods"]
        for field, alpha in (("q05", 0.05), ("q10", 0.10)):
            q = critical_difference(m, 1, alpha) / np.sqrt(m * (m + 1) / 6)
            assert q == pytest.approx(case["expect"][field], rel=1e-4)


def test_kendalls_w_at_its_ends():
    agree = {"a": [1, 2, 3], "b": [2, 3, 4], "c": [3, 4, 5]}
    assert kendalls_w(table(agree)) == pytest.approx(1.0)
    assert friedman(table(agree)).f == np.inf
    assert kendalls_w(table({"a": [1, 2], "b": [2, 1]})) == pytest.approx(0.0)
    assert kendalls_w(table({"a": [1, 1], "b": [1, 1]})) == 0.0


def test_tasks_that_a_method_lacks_are_counted_not_averaged():
    scores = {name: list(column) for name, column in DEMSAR.items()}
    scores["C4.5"][0] = scores["C4.5+m"][5] = np.nan
    got = friedman(table(scores))
    assert (got.n_tasks, got.n_left_out) == (12, 2)
    kept = {n: [c[i] for i in range(14) if i not in (0, 5)] for n, c in DEMSAR.items()}
    assert got.chi2 == pytest.approx(friedman(table(kept)).chi2)
    assert table(scores).shared == 12


def test_bradley_terry_as_r(reference):
    (case,) = cases(reference, "bradley-terry")
    got = bradley_terry(table(reference["data"]["ranking"]))
    last = got.methods.index("e")
    others = [got.methods.index(name) for name in "abcd"]
    gap = [got.strength[i] - got.strength[last] for i in others]
    cov = got.covariance
    se = [np.sqrt(cov[i, i] + cov[last, last] - 2 * cov[i, last]) for i in others]
    assert gap == pytest.approx(case["expect"]["strength_over_e"], rel=1e-8)
    assert se == pytest.approx(case["expect"]["se_over_e"], rel=1e-8)
    assert sum(got.strength) == pytest.approx(0, abs=1e-12)
    middle, (low, high) = got.probability("e", "a")
    assert middle == pytest.approx(special.expit(-case["expect"]["strength_over_e"][0]))
    half = 1.959964 * case["expect"]["se_over_e"][0]
    assert special.logit(high) - special.logit(middle) == pytest.approx(half, rel=1e-5)
    assert special.logit(middle) - special.logit(low) == pytest.approx(half, rel=1e-5)


def test_bradley_terry_as_choix():
    rng = np.random.default_rng(1)
    scores = rng.normal([0, 0.3, 0.6, 1.0], 1, (80, 4))
    scores[rng.random((80, 4)) < 0.3] = np.nan
    got = bradley_terry(table({str(i): scores[:, i] for i in range(4)}))
    data = [(i, j) for row in wins(scores) for i, j in np.argwhere(row == 1.0)]
    np.testing.assert_allclose(got.strength, choix.opt_pairwise(4, data), atol=1e-4)


def test_missing_tasks_do_not_reward_who_skipped_the_hard_ones():
    """`skipper` is the worst wherever it was measured, and was measured on easy tasks only."""
    rng = np.random.default_rng(2)
    difficulty = np.repeat([0.0, -0.4], 20)
    base = rng.normal(0, 0.02, 40) + difficulty
    scores = {
        "good": base + 0.06 + rng.normal(0, 0.02, 40),
        "fair": base + 0.03 + rng.normal(0, 0.02, 40),
        "skipper": np.where(np.arange(40) < 20, base + rng.normal(0, 0.02, 40), np.nan),
    }
    assert np.nanmean(scores["skipper"]) > np.mean(scores["good"])
    ranked = rank_intervals(table(scores), draws=300)
    assert [one.method for one in ranked] == ["good", "fair", "skipper"]
    assert [one.n_rows for one in ranked] == [40, 40, 20]
    assert all(one.n_rows_total == 40 for one in ranked)


def test_rank_intervals_hold_the_true_rank():
    """Ten studies of four tasks; the true order is 1..5, and intervals claim 95 per cent."""
    rng = np.random.default_rng(3)
    held = widths = 0
    runs = 30
    for run in range(runs):
        studies = np.repeat([f"s{i}" for i in range(10)], 4)
        lab = rng.normal(0, 0.4, (10, 5)).repeat(4, axis=0)
        scores = np.array([2.0, 1.5, 1.0, 0.5, 0.0]) + lab + rng.normal(0, 0.6, (40, 5))
        columns = {f"m{i}": scores[:, i] for i in range(5)}
        for one in rank_intervals(table(columns, studies), draws=150, seed=run):
            true = int(one.method[1]) + 1
            held += one.low <= true <= one.high
            widths += one.high - one.low
            assert one.low <= one.rank <= one.high
    assert held / (5 * runs) > 0.9
    assert widths / (5 * runs) < 3.0


def test_rank_intervals_are_a_function_of_rows_and_seed():
    t = table(DEMSAR)
    assert rank_intervals(t, draws=200) == rank_intervals(t, draws=200)
    few = table(DEMSAR, ["a"] * 7 + ["b"] * 7)
    assert all(one.low is one.high is one.best is None for one in rank_intervals(few))
    assert sum(one.best for one in rank_intervals(t, draws=200)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("K001", lambda: ScoreTable.from_long(["a"], ["t"], ["x"])),
        ("K001", lambda: ScoreTable.from_long(["a"], ["t"], [np.inf])),
        ("K001", lambda: ScoreTable.from_long(["a", "b"], ["t"], [1.0])),
        ("K001", lambda: ScoreTable.from_long([None], ["t"], [1.0])),
        ("K001", lambda: table(DEMSAR).complete(["C4.5", "C5"])),
        ("K001", lambda: probability_of_superiority([], [])),
        ("K001", lambda: probability_of_superiority([np.nan], ["s"])),
        ("K001", lambda: probability_of_superiority([1.0], [None])),
        ("K002", lambda: friedman(table({"a": [1.0, 2.0]}))),
        ("K002", lambda: friedman(table({"a": [1.0, np.nan], "b": [np.nan, 1.0]}))),
        ("K002", lambda: bradley_terry(table({"a": [1.0, 2.0]}))),
        ("K002", lambda: rank_intervals(table({"a": [1.0, 2.0]}))),
        ("K003", lambda: ScoreTable.from_long(["a", "a"], ["t", "t"], [1.0, 2.0])),
        ("K004", lambda: bradley_terry(table({"a": [1.0, 2.0], "b": [2.0, 3.0]}))),
        (
            "K004",
            lambda: bradley_terry(
                table(
                    {
                        "a": [1, 2, np.nan, np.nan],
                        "b": [2, 1, np.nan, np.nan],
                        "c": [np.nan, np.nan, 1, 2],
                        "d": [np.nan, np.nan, 2, 1],
                    }
                )
            ),
        ),
        ("K005", lambda: bradley_terry(table(DEMSAR), prior=-1)),
        ("K005", lambda: critical_difference(1, 10)),
        ("K005", lambda: rank_intervals(table(DEMSAR), draws=5)),
        ("K005", lambda: probability_of_superiority([1.0], ["s"], level=95)),
    ],
)
def test_refusals(code, call):
    with pytest.raises(RankingError) as caught:
        call()
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy.endswith(".")


def test_a_prior_keeps_a_method_that_never_lost_finite():
    got = bradley_terry(table({"a": [1.0, 2.0], "b": [2.0, 3.0]}), prior=0.1)
    assert got.prior == 0.1
    assert np.isfinite(got.strength).all()
    assert got.strength[1] > got.strength[0]
    assert got.met[0, 1] == 2.0


def test_superiority_counts_ties_half():
    got = probability_of_superiority([0.1, -0.2, 0.0, 0.3], ["a", "b", "c", "d"])
    assert (got.wins, got.ties, got.losses, got.n, got.n_studies) == (2, 1, 1, 4, 4)
    assert got.share == pytest.approx(0.625)
    assert got.ci[0] < 0.625 < got.ci[1]
    wide = probability_of_superiority([0.1, -0.2, 0.0, 0.3], list("abcd"), tie=0.15)
    assert (wide.wins, wide.ties, wide.losses) == (1, 2, 1)


def test_superiority_draws_studies_not_tasks():
    """Twenty tasks of one study are one study: the interval must not shrink for them."""
    rng = np.random.default_rng(5)
    studies = np.repeat(np.arange(8), 20)
    d = rng.normal(0, 1, 8)[studies] + rng.normal(0, 0.1, 160)
    clustered = probability_of_superiority(d, studies)
    as_if_alone = probability_of_superiority(d, np.arange(160))
    assert np.ptp(clustered.ci) > 2 * np.ptp(as_if_alone.ci)


def test_superiority_without_an_interval_or_without_doubt():
    few = probability_of_superiority([1.0, 1.0, -1.0], list("abc"))
    assert few.ci is None
    assert "too few independent groups" in few.warnings[0]
    sure = probability_of_superiority([1.0] * 10, list("aabbccddee"))
    # Clopper-Pearson for 5 of 5: 0.025^(1/5) = 0.4782
    assert sure.ci == pytest.approx((0.4782, 1.0), abs=5e-5)
    assert probability_of_superiority([-1.0] * 5, list("abcde")).ci == pytest.approx(
        (0.0, 0.5218), abs=5e-5
    )
    level = probability_of_superiority([1.0, -1.0] * 5, list("aabbccddee"))
    assert level.ci is None
    assert level.share == 0.5


def test_lower_is_better_and_missing_scores():
    long = ScoreTable.from_long(
        ["a", "b", "a", "b"], ["t", "t", "u", "u"], [1.0, 2.0, np.nan, 3.0], lower_is_better=True
    )
    assert long.scores[0, 0] > long.scores[0, 1]
    assert long.tasks == ("t", "u")
    assert np.isnan(long.scores[1, 0])
    assert long.shared == 1


def test_every_code_is_explained():
    import inspect
    import re

    from analysis.ranking import errors

    page = Path(__file__).parents[3] / "docs" / "methods" / "ranking.md"
    text = page.read_text(encoding="utf-8")
    explained = re.findall(r"^\| (K\d{3}) \| (.+?) \|", text, flags=re.MULTILINE)
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    assert dict(explained) == {c.code: inspect.getdoc(c) for c in classes if c.code != "K000"}
