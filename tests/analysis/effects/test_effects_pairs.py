"""Pairs: scale, direction, the variance of a difference, imputation, skill."""

import numpy as np
import pandas as pd
import pytest

from analysis.effects import comparator_blocks, impute, paired_effects, sensitivity
from analysis.effects.imputation import MIN_KNOWN
from analysis.meta import fit


def pair(**columns):
    row = {"family": "accuracy", "value_a": 0.8, "value_b": 0.7, "n_test": 400} | columns
    return paired_effects(pd.DataFrame([row])).iloc[0]


A, B = 0.8 * 0.2 / 400, 0.7 * 0.3 / 400


def test_accuracy_with_both_noises():
    got = pair(
        uncertainty_a=0.02, uncertainty_kind_a="sd", n_runs_a=5, deterministic_b=True, n_classes=2
    )
    assert got["y"] == pytest.approx(0.1)
    assert got["v"] == pytest.approx(A + B - np.sqrt(A * B) + 0.02**2 / 5)
    assert got["source"] == "from_n_test"
    assert got["scale"] == "difference"
    assert got["problem"] is None
    assert got["skill"] == pytest.approx(0.1 / 0.5)
    assert got["v_skill"] == pytest.approx(got["v"] / 0.25)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9])
def test_rho(rho):
    frame = pd.DataFrame([{"family": "accuracy", "value_a": 0.8, "value_b": 0.7, "n_test": 400}])
    got = paired_effects(frame, rho=rho).iloc[0]
    assert got["v"] == pytest.approx(A + B - 2 * rho * np.sqrt(A * B))
    with pytest.raises(ValueError, match="rho"):
        paired_effects(frame, rho=1.0)
    with pytest.raises(ValueError, match="scale"):
        paired_effects(frame, scale="logit")


def test_paired_variance_against_simulated_test_sets():
    """Two methods whose errors correlate by 0.5 over items, two training runs each."""
    rng = np.random.default_rng(3)
    n, seeds, sd = 300, 2, 0.02
    differences = []
    for _ in range(4000):
        common = rng.random(n)
        right_a = np.where(rng.random(n) < np.sqrt(0.5), common, rng.random(n)) < 0.75
        right_b = np.where(rng.random(n) < np.sqrt(0.5), common, rng.random(n)) < 0.75
        differences.append(
            right_a.mean() - right_b.mean() + rng.normal(0, sd, (seeds, 2)).mean(0) @ [1, -1]
        )
    got = pair(
        value_a=0.75, value_b=0.75, n_test=n, uncertainty_a=sd, uncertainty_kind_a="sd",
        uncertainty_over_a="seeds", n_runs_a=seeds, uncertainty_b=sd, uncertainty_kind_b="sd",
        uncertainty_over_b="seeds", n_runs_b=seeds,
    )  # fmt: skip
    assert got["v"] == pytest.approx(np.var(differences), rel=0.08)


def test_discordant_items_are_better_than_rho():
    got = pair(only_a_right=60, only_b_right=20, deterministic_a=True, deterministic_b=True)
    assert got["v"] == pytest.approx((80 - 40**2 / 400) / 400**2)


def test_correlation_of_predictions_is_better_than_rho():
    loose = pair(family="pearson", value_a=0.8, value_b=0.7, n_test=103)
    assert loose["y"] == pytest.approx(np.arctanh(0.8) - np.arctanh(0.7))
    assert loose["v"] == pytest.approx(2 / 100 * (1 - 0.5))
    close = pair(family="pearson", value_a=0.8, value_b=0.7, n_test=103, r_predictions=0.95)
    assert 0 < close["v"] < loose["v"]


def test_borrowed_noise_is_said():
    got = pair(uncertainty_a=0.02, uncertainty_kind_a="sd", n_runs_a=4)
    assert got["v"] == pytest.approx(A + B - np.sqrt(A * B) + 2 * 0.02**2 / 4)
    assert "training noise of one arm taken for the other" in got["notes"]
    alone = pair(uncertainty_a=0.02, uncertainty_kind_a="sd", n_runs_a=4, deterministic_b=True)
    assert "taken for the other" not in alone["notes"]
    interval = pair(
        n_test=None, uncertainty_a=0.02, uncertainty_kind_a="se", uncertainty_over_a="bootstrap"
    )
    assert interval["v"] == pytest.approx(0.02**2)
    assert interval["source"] == "from_reported_se"
    assert "test noise of one arm taken for the other" in interval["notes"]


def test_a_deterministic_baseline_does_not_make_the_model_deterministic():
    got = pair(deterministic_b=True)
    assert got["v"] == pytest.approx(A + B - np.sqrt(A * B))
    assert "training noise not included" in got["notes"]


@pytest.mark.parametrize(
    ("columns", "y", "scale"),
    [
        ({"family": "mcc", "value_a": 0.5, "value_b": 0.3}, 0.2, "difference"),
        (
            {"family": "auprc", "value_a": 0.5, "value_b": 0.3, "prevalence": 0.2},
            0.25,
            "difference / (1 - prevalence)",
        ),
        ({"family": "error", "value_a": 1.0, "value_b": np.e}, 1.0, "log ratio"),
        ({"family": "loss", "value_a": 2.0, "value_b": 1.0}, -np.log(2), "log ratio"),
        (
            {"family": "spearman", "value_a": 0.5, "value_b": 0.0},
            np.arctanh(0.5),
            "Fisher z difference",
        ),
        ({"family": "r2", "value_a": -0.2, "value_b": 0.1}, -0.3, "difference"),
        (
            {"family": "auroc", "value_a": 0.99, "value_b": 0.97, "prevalence": 0.5},
            np.log(0.99 / 0.01) - np.log(0.97 / 0.03),
            "logit difference",
        ),
        (
            {"family": "quantity", "value_a": 3.0, "value_b": 5.0, "higher_is_better": False},
            2.0,
            "difference",
        ),
    ],
)
def test_each_family_on_its_scale_positive_where_a_is_better(columns, y, scale):
    got = pair(**columns)
    assert got["y"] == pytest.approx(y)
    assert got["scale"] == scale
    better_is_lower = columns["family"] in ("error", "loss") or "higher_is_better" in columns
    raw = columns["value_a"] - columns["value_b"]
    assert got["difference"] == pytest.approx(-raw if better_is_lower else raw)


def test_variance_follows_the_scale_by_the_delta_method():
    mse = pair(family="error", value_a=1.0, value_b=2.0, n_test=100, error_kind="mse")
    assert mse["v"] == pytest.approx(2 / 100 + 2 / 100 - 2 / 100)
    logit = pair(family="auroc", value_a=0.97, value_b=0.97, prevalence=0.5)
    assert logit["v"] == pytest.approx(logit["v_difference"] / (0.97 * 0.03) ** 2)


def test_one_metric_has_one_scale():
    frame = pd.DataFrame(
        {
            "family": "accuracy",
            "metric": ["top1"] * 4 + ["other"] * 2,
            "value_a": [0.99, 0.98, 0.97, 0.6, 0.7, 0.99],
            "value_b": [0.98, 0.97, 0.99, 0.5, 0.6, 0.98],
            "n_test": 1000,
        }
    )
    assert list(paired_effects(frame)["scale"]) == ["logit difference"] * 4 + ["difference"] * 2
    assert set(paired_effects(frame, scale="difference")["scale"]) == {"difference"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"value_a": None}, "a value is missing"),
        ({"family": "auprc", "value_a": 0.5}, "share of positives"),
        ({"family": "error", "value_a": -1.0}, "log ratio isn't defined"),
    ],
)
def test_pairs_without_an_effect_say_why(columns, said):
    got = pair(**columns)
    assert np.isnan(got["y"])
    assert np.isnan(got["v"])
    assert got["source"] is None
    assert said in got["problem"]


def rows_with_gaps():
    """Variances that fall as 1/n exactly, in two metrics that differ fourfold."""
    n = np.array([100, 200, 400, 800, 1600] * 2, dtype=float)
    metric = np.array(["x"] * 5 + ["y"] * 5, dtype=object)
    v = np.where(metric == "x", 1.0, 4.0) / n
    return v, n, metric


def test_imputation_by_regression_then_median():
    v, n, metric = rows_with_gaps()
    n = np.append(n, [300.0, np.nan, np.nan])
    metric = np.append(metric, ["y", "y", "z"])
    source = np.array(["from_n_test"] * 10 + [None] * 3, dtype=object)
    filled, why = impute(np.append(v, [np.nan] * 3), source, n, metric)
    np.testing.assert_allclose(filled[:10], v)
    assert filled[10] == pytest.approx(4 / 300)
    assert filled[11] == pytest.approx(4 / 400)
    assert filled[12] == pytest.approx(np.exp(np.median(np.log(v))))
    assert list(why[10:]) == ["imputed_regression", "imputed_median", "imputed_median"]


def test_too_few_known_rows_give_medians():
    v, n, metric = rows_with_gaps()
    few = MIN_KNOWN - 2
    v = np.where(np.arange(10) < few, v, np.nan)
    source = np.array(["from_n_test"] * few + [None] * (10 - few), dtype=object)
    _, why = impute(v, source, n, metric)
    assert set(why[few:]) == {"imputed_median"}


def test_nothing_known_stays_unknown():
    _, n, metric = rows_with_gaps()
    filled, why = impute(np.full(10, np.nan), np.full(10, None, dtype=object), n, metric)
    assert np.isnan(filled).all()
    assert all(w is None for w in why)


def test_imputation_stays_within_a_scale():
    """Variances of log ratios say nothing about those of differences."""
    frame = pd.DataFrame(
        {
            "family": ["accuracy"] * 3 + ["error"] * 2,
            "value_a": [0.8, 0.7, 0.6, 2.0, 2.0],
            "value_b": [0.7, 0.6, 0.5, 3.0, 3.0],
            "n_test": [400, 400, None, 50, None],
        }
    )
    got = paired_effects(frame)
    assert got["v"].iloc[2] == pytest.approx(np.sqrt(got["v"].iloc[0] * got["v"].iloc[1]))
    assert got["v"].iloc[4] == pytest.approx(got["v"].iloc[3])
    assert list(got["source"])[2::2] == ["imputed_median", "imputed_median"]
    # in points, an imputed variance goes back by the slopes of both arms: 1/2 and 1/3
    assert got["v_difference"].iloc[4] == pytest.approx(got["v"].iloc[4] * 6)
    assert paired_effects(frame, fill=False)["v"].isna().tolist() == [
        False,
        False,
        True,
        False,
        True,
    ]


def test_sensitivity_switches():
    v = np.array([1.0, 2.0, 4.0, 8.0])
    source = np.array(["from_n_test", "imputed_median", "imputed_regression", "from_seeds"])
    switches = sensitivity(v, source.astype(object))
    assert list(switches) == [
        "as_imputed", "known_only", "all_equal", "imputed_half", "imputed_double",
    ]  # fmt: skip
    keep, known = switches["known_only"]
    assert (list(keep), list(known)) == ([True, False, False, True], [1.0, 8.0])
    assert list(switches["all_equal"][1]) == [3.0] * 4
    assert list(switches["imputed_half"][1]) == [1.0, 1.0, 2.0, 8.0]
    assert list(switches["imputed_double"][1]) == [1.0, 4.0, 8.0, 8.0]


def test_shared_comparator_covariance_against_simulation():
    """Two models against one baseline on one test set, item errors correlated by 0.5."""
    rng = np.random.default_rng(4)
    n, rho = 250, 0.5
    common = rng.normal(size=(3000, n, 1))
    items = np.sqrt(rho) * common + np.sqrt(1 - rho) * rng.normal(size=(3000, n, 3))
    scores = items.mean(axis=1) + rng.normal(0, 0.05, (3000, 3))
    y1, y2 = scores[:, 0] - scores[:, 2], scores[:, 1] - scores[:, 2]
    effects = pd.DataFrame(
        {
            "v": [2 / n * (1 - rho) + 2 * 0.05**2] * 2 + [0.01],
            "test_a": [1 / n] * 3,
            "test_b": [1 / n] * 3,
            "train_b": [0.05**2] * 3,
        }
    )
    (block,) = comparator_blocks(effects, ["b", "b", "other"], rho=rho)
    assert list(block.rows) == [0, 1]
    assert block.cov[0, 1] == pytest.approx(np.cov(y1, y2)[0, 1], rel=0.1)
    assert block.cov[0, 0] == pytest.approx(np.var(y1), rel=0.1)


def test_blocks_go_into_the_engine():
    frame = pd.DataFrame(
        {
            "family": "accuracy",
            "value_a": np.linspace(0.6, 0.9, 12),
            "value_b": np.repeat([0.6, 0.65, 0.7, 0.75], 3),
            "n_test": [300, None, 500] * 4,
        }
    )
    study = np.repeat(list("abcd"), 3)
    effects = paired_effects(frame)
    blocks = comparator_blocks(effects, study)
    assert [list(b.rows) for b in blocks] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    result = fit(effects["y"], effects["v"], levels=[study, range(12)], V_blocks=blocks)
    assert result.estimate is not None
    assert result.k == 12
