"""From a plus-minus and its kind to the two noises of an arm."""

import numpy as np
import pandas as pd
import pytest

from analysis.effects import VarianceSource, arm_variances, chance_level, skill_score
from schema.vocabularies import MetricFamily, UncertaintyKind, UncertaintyOver


def arm(**columns):
    row = {"family": "accuracy", "value": 0.8, "n_test": 400} | columns
    return arm_variances(pd.DataFrame([row])).iloc[0]


TEST = 0.8 * 0.2 / 400


@pytest.mark.parametrize(
    ("columns", "test", "train", "source"),
    [
        ({}, TEST, np.nan, "from_n_test"),
        ({"deterministic": True}, TEST, 0.0, "from_n_test"),
        (
            {"uncertainty": 0.01, "uncertainty_kind": "sd", "n_runs": 5},
            TEST, 0.01**2 / 5, "from_n_test",
        ),
        (  # runs not said: two, the fewest that have an SD
            {"uncertainty": 0.01, "uncertainty_kind": "sd"}, TEST, 0.01**2 / 2, "from_n_test",
        ),
        (  # range of five: sd = range / 2.326
            {"uncertainty": 0.02326, "uncertainty_kind": "range", "n_runs": 5},
            TEST, 0.01**2 / 5, "from_n_test",
        ),
        (
            {"uncertainty": 0.01, "uncertainty_kind": "se", "uncertainty_over": "seeds"},
            TEST, 0.01**2, "from_n_test",
        ),
        (  # half of a 95 % interval is 1.96 standard errors
            {"uncertainty": 0.0196, "uncertainty_kind": "ci95_half", "uncertainty_over": "seeds"},
            TEST, 0.01**2, "from_n_test",
        ),
        (  # an interval over the test set replaces the formula
            {
                "uncertainty_low": 0.7608, "uncertainty_high": 0.8392,
                "uncertainty_kind": "ci95_bounds", "uncertainty_over": "bootstrap",
            },
            0.02**2, np.nan, "from_reported_se",
        ),
        (  # the SD of resamples is the standard error
            {"uncertainty": 0.03, "uncertainty_kind": "sd", "uncertainty_over": "test_resamples"},
            0.03**2, np.nan, "from_reported_se",
        ),
        (  # the SD of items is divided by n_test
            {"uncertainty": 0.4, "uncertainty_kind": "sd", "uncertainty_over": "items"},
            0.4**2 / 400, np.nan, "from_reported_se",
        ),
        (  # five folds, Nadeau & Bengio: s^2 (1/5 + 1/4)
            {
                "uncertainty": 0.04, "uncertainty_kind": "sd", "uncertainty_over": "folds",
                "n_runs": 5,
            },
            TEST, 0.04**2 * 0.45 - TEST, "from_reported_se",
        ),
        (  # of unsaid origin and smaller than the test noise: it can't be the whole
            {"uncertainty": 0.001, "uncertainty_kind": "se"}, TEST, 0.0, "from_n_test",
        ),
        (  # of unsaid origin and larger: the whole
            {"uncertainty": 0.05, "uncertainty_kind": "se"},
            TEST, 0.05**2 - TEST, "from_reported_se",
        ),
        (
            {"n_test": None, "uncertainty": 0.05, "uncertainty_kind": "se"},
            0.05**2, 0.0, "from_reported_se",
        ),
        (
            {"n_test": None, "uncertainty": 0.01, "uncertainty_kind": "sd", "n_runs": 4},
            np.nan, 0.01**2 / 4, "from_seeds",
        ),
        ({"uncertainty": 0.5, "uncertainty_kind": "digitisation"}, TEST, np.nan, "from_n_test"),
        ({"uncertainty": 0.5, "uncertainty_kind": "unknown"}, TEST, np.nan, "from_n_test"),
        ({"n_test": None}, np.nan, np.nan, None),
        ({"n_test": None, "deterministic": True}, np.nan, 0.0, None),
        ({"family": "quantity"}, np.nan, np.nan, None),
        ({"n_test": 0}, np.nan, np.nan, None),
        ({"n_test": -5}, np.nan, np.nan, None),
        ({"value": np.nan}, np.nan, np.nan, None),
    ],
)  # fmt: skip
def test_two_noises(columns, test, train, source):
    got = arm(**columns)
    assert got["test"] == pytest.approx(test, rel=2e-4, nan_ok=True)
    assert got["train"] == pytest.approx(train, rel=2e-4, nan_ok=True)
    assert got["source"] == source
    total = np.nansum([test, train])
    assert got["variance"] == pytest.approx(total if total > 0 else np.nan, rel=2e-4, nan_ok=True)


def test_what_was_assumed_is_said():
    assert "balanced" in arm(family="auroc")["notes"]
    assert "balanced" not in arm(family="auroc", prevalence=0.2)["notes"]
    assert "balanced" not in arm(family="f1", average="macro")["notes"]
    assert "runs taken as 2" in arm(uncertainty=0.01, uncertainty_kind="sd")["notes"]
    assert "unknown kind not used" in arm(uncertainty=0.1, uncertainty_kind="unknown")["notes"]
    assert "training noise not included" in arm()["notes"]
    assert arm(deterministic=True)["notes"] == ""
    alone = arm(n_test=None, uncertainty=0.01, uncertainty_kind="sd", n_runs=3)
    assert alone["notes"] == "test noise not included"
    assert "Pearson" in arm(family="correlation")["notes"]


def test_every_family_kind_and_over_of_the_catalog_is_taken():
    rows = [
        {"family": f.value, "value": 0.6, "n_test": 500, "prevalence": 0.3, "uncertainty": 0.02,
         "uncertainty_low": 0.55, "uncertainty_high": 0.65, "uncertainty_kind": k.value,
         "uncertainty_over": o.value, "n_runs": 3}
        for f in MetricFamily for k in UncertaintyKind for o in UncertaintyOver
    ]  # fmt: skip
    got = arm_variances(pd.DataFrame(rows))
    known = got["variance"].notna()
    assert (got.loc[known, "variance"] > 0).all()
    assert got.loc[~known, "source"].isna().all()
    assert set(got.loc[known, "source"]) <= set(VarianceSource)
    assert set(got.loc[known, "source"]) == {"from_n_test", "from_seeds", "from_reported_se"}
    by_formula = {r["family"] for r, v in zip(rows, got["source"], strict=True)
                  if v == "from_n_test"}  # fmt: skip
    assert by_formula == {f.value for f in MetricFamily} - {"rate", "relative", "quantity", "cost"}


def test_an_empty_frame_and_a_foreign_index():
    assert arm_variances(pd.DataFrame({"family": [], "value": []})).empty
    frame = pd.DataFrame({"family": ["mcc"], "value": [0.5], "n_test": [100]}, index=["x"])
    assert list(arm_variances(frame).index) == ["x"]


def test_chance_levels():
    family = np.array(["accuracy", "accuracy", "accuracy", "auprc", "f1", "auroc", "mcc", "error"])
    prevalence = np.array([np.nan, 0.2, 0.2, 0.1, 0.5, 0.3, 0.3, np.nan])
    classes = np.array([4.0, 2, 2, 2, 2, 2, 2, np.nan])
    largest = np.array([np.nan, np.nan, 0.9, np.nan, np.nan, np.nan, np.nan, np.nan])
    got = chance_level(family.astype(object), prevalence, classes, largest)
    np.testing.assert_allclose(got, [0.25, 0.8, 0.9, 0.1, 2 / 3, 0.5, 0.0, np.nan])


def test_skill_score():
    value = np.array([0.5, 0.75, 1.0, 0.4, 0.5])
    chance = np.array([0.5, 0.5, 0.5, 0.5, 1.0])
    got = skill_score(value, chance, np.ones(5))
    np.testing.assert_allclose(got, [0.0, 0.5, 1.0, -0.2, np.nan])
