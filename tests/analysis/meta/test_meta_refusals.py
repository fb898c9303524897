"""Each degenerate problem gets its sentence: never a numpy warning and a number."""

import inspect
import re
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.meta import KnownBlock, egger, egger_multilevel, errors, fit, trim_and_fill

Y = [0.1, 0.2, 0.35, 0.1, 0.0, 0.25]
V = [0.01, 0.02, 0.015, 0.01, 0.03, 0.02]
STUDY = list("aabbcc")
ROW = list(range(6))


@pytest.fixture(autouse=True)
def _no_numpy_warning():
    """A warning in the log and a number on the page is what must not happen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


REFUSED = {
    "no effects": ("M001", lambda: fit([], [])),
    "unequal lengths": ("M001", lambda: fit(Y, V[:5])),
    "two dimensions": ("M001", lambda: fit([Y], [V])),
    "cluster too short": ("M001", lambda: fit(Y, V, cluster=STUDY[:5])),
    "moderator too short": ("M001", lambda: fit(Y, V, moderators={"x": [1, 2]})),
    "NaN effect": ("M002", lambda: fit([np.nan, *Y[1:]], V)),
    "infinite effect": ("M002", lambda: fit([np.inf, *Y[1:]], V)),
    "None effect": ("M002", lambda: fit([None, *Y[1:]], V)),
    "text effect": ("M002", lambda: fit(["n/a", *Y[1:]], V)),
    "complex effect": ("M002", lambda: fit([1j, *Y[1:]], V)),
    "zero variance": ("M003", lambda: fit(Y, [0.0, *V[1:]])),
    "negative variance": ("M003", lambda: fit(Y, [-0.1, *V[1:]])),
    "NaN variance": ("M003", lambda: fit(Y, [np.nan, *V[1:]])),
    "infinite variance": ("M003", lambda: fit(Y, [np.inf, *V[1:]])),
    "all-zero variance": ("M004", lambda: fit(Y, [0.0] * 6)),
    "one effect of zero variance": ("M004", lambda: fit([1.0], [0.0])),
    "constant moderator": ("M005", lambda: fit(Y, V, moderators={"x": [7.0] * 6})),
    "zero moderator": ("M005", lambda: fit(Y, V, moderators={"x": [0.0] * 6})),
    "one category": ("M005", lambda: fit(Y, V, moderators={"x": ["a"] * 6})),
    "repeated moderator": (
        "M005",
        lambda: fit(Y, V, moderators={"x": ROW, "twice": [2 * r for r in ROW]}),
    ),
    "as many coefficients as effects": (
        "M006",
        lambda: fit(Y, V, moderators={"x": list("abcdef")}),
    ),
    "one effect with a moderator": ("M006", lambda: fit([1.0], [1.0], moderators={"x": [1.0]})),
    "overflow": ("M007", lambda: fit([1e200, -1e200, 1e200], [1e-200, 1e-200, 1e-200])),
    "unknown method": ("M008", lambda: fit(Y, V, method="bayes")),
    "unknown test": ("M008", lambda: fit(Y, V, test="t")),
    "unknown robust": ("M008", lambda: fit(Y, V, robust="hc3", cluster=STUDY)),
    "unknown prediction": ("M008", lambda: fit(Y, V, prediction="t")),
    "level above one": ("M008", lambda: fit(Y, V, level=95)),
    "unknown estimator": ("M008", lambda: trim_and_fill(Y, V, estimator="Q0")),
    "fixed effect with levels": ("M009", lambda: fit(Y, V, levels=[STUDY, ROW], method="fe")),
    "moments with levels": ("M009", lambda: fit(Y, V, levels=[STUDY, ROW], method="dl")),
    "Knapp-Hartung with levels": (
        "M009",
        lambda: fit(Y, V, levels=[STUDY, ROW], test="knapp-hartung"),
    ),
    "robust without groups": ("M009", lambda: fit(Y, V, robust="cr2")),
    "equal standard errors": ("M009", lambda: egger(Y, [0.01] * 6)),
    "multilevel Egger without levels": ("M009", lambda: egger_multilevel(Y, V, levels=[])),
    "level with one group": ("M010", lambda: fit(Y, V, levels=[["a"] * 6, ROW])),
    "two equal levels": ("M010", lambda: fit(Y, V, levels=[STUDY, list("xxyyzz"), ROW])),
    "crossed level by row": ("M010", lambda: fit(Y, V, levels=[STUDY], crossed=[ROW])),
    "blocks that don't cover": ("M011", lambda: fit(Y, V, V_blocks=[np.diag(V[:4])])),
    "block with other variances": ("M011", lambda: fit(Y, V, V_blocks=[np.eye(6)])),
    "block that isn't positive definite": (
        "M011",
        lambda: fit(Y, [0.01] * 6, V_blocks=[np.full((6, 6), 0.01)]),
    ),
    "asymmetric block": (
        "M011",
        lambda: fit(Y, V, V_blocks=[np.diag(V) + np.diag([0.001] * 5, 1)]),
    ),
    "a row in two blocks": (
        "M011",
        lambda: fit(
            Y,
            V,
            V_blocks=[
                KnownBlock(np.array([0, 1]), np.diag(V[:2])),
                KnownBlock(np.array([1, 2]), np.diag(V[1:3])),
            ],
        ),
    ),
    "a row that isn't there": (
        "M011",
        lambda: fit(Y, V, V_blocks=[KnownBlock(np.array([5, 6]), np.diag([0.02, 0.02]))]),
    ),
    "too many crossed groups": (
        "M012",
        lambda: fit(
            np.arange(7000.0),
            np.ones(7000),
            levels=[np.arange(7000) // 2],
            crossed=[np.arange(7000) % 3400],
        ),
    ),
    "CR2 across a crossed level": (
        "M013",
        lambda: fit(
            [0.1, 0.9, 0.1, 1.1, 0.0, 0.9, 0.3, 1.2],
            [0.01] * 8,
            levels=[list("aabbccdd"), range(8)],
            crossed=[list("xyxyxyxy")],
            cluster=list("aabbccdd"),
            robust="cr2",
        ),
    ),
    "moderator with a gap": ("M014", lambda: fit(Y, V, moderators={"x": [None, *ROW[1:]]})),
    "category with a gap": ("M014", lambda: fit(Y, V, moderators={"x": [None, *STUDY[1:]]})),
    "infinite moderator": ("M014", lambda: fit(Y, V, moderators={"x": [np.inf, *ROW[1:]]})),
    "cluster with a gap": ("M015", lambda: fit(Y, V, cluster=[None, *STUDY[1:]])),
    "level with a gap": ("M015", lambda: fit(Y, V, levels=[[np.nan, 1, 1, 2, 2, 3], ROW])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_code_a_sentence_and_a_remedy(name):
    code, call = REFUSED[name]
    with pytest.raises(errors.MetaError) as caught:
        call()
    problem = caught.value
    assert problem.code == code, problem
    assert problem.sentence.endswith(".")
    assert problem.remedy.endswith(".")
    assert str(problem) == f"{code}: {problem.sentence} {problem.remedy}"


def test_every_code_is_tried_once_unique_and_explained():
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    codes = {c.code for c in classes} - {"M000"}
    assert len(codes) == len(classes) - 1
    assert codes == {code for code, _ in REFUSED.values()}
    page = Path(__file__).parents[3] / "docs" / "methods" / "meta.md"
    text = page.read_text(encoding="utf-8")
    explained = re.findall(r"^\| (M\d{3}) \| (.+?) \|", text, flags=re.MULTILINE)
    written = {c.code: inspect.getdoc(c) for c in classes if c.code != "M000"}
    assert dict(explained) == written


def test_rows_of_the_refusal():
    with pytest.raises(errors.VarianceError) as caught:
        fit(Y, [0.1, 0.0, 0.1, -1.0, 0.1, 0.1])
    assert caught.value.rows == (1, 3)
    assert "row 2, 4" in caught.value.sentence


def test_one_effect_is_repeated_with_a_normal_interval_and_nothing_else():
    result = fit([0.3], [0.04], test="knapp-hartung", robust="cr2", cluster=["a"])
    assert result.estimate == 0.3
    assert result.se == pytest.approx(0.2)
    assert result.ci == pytest.approx((0.3 - 1.959964 * 0.2, 0.3 + 1.959964 * 0.2), abs=1e-6)
    assert result.tau2 is result.tau2_ci is result.i2 is result.q is None
    assert result.prediction_interval is None
    assert result.robust.se is result.robust.ci is None
    assert any("one effect" in w for w in result.warnings)
    assert any("too few independent groups" in w for w in result.warnings)


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("robust", ["cr1", "cr2"])
def test_under_four_clusters_no_interval(groups, robust):
    cluster = [r % groups for r in ROW]
    result = fit(Y, V, cluster=cluster, robust=robust)
    assert result.n_clusters == groups
    assert result.estimate is not None
    assert result.robust.se is result.robust.ci is result.robust.p is None
    assert result.ci is result.p is result.prediction_interval is None
    assert result.coefficients[0].ci is None
    assert any(f"too few independent groups: {groups}" in w for w in result.warnings)


def test_under_four_papers_no_interval_for_a_nested_model_either():
    result = fit(Y, V, levels=[STUDY, ROW])
    assert result.n_clusters == 3
    assert result.ci is result.p is result.prediction_interval is None
    assert any("too few independent groups: 3" in w for w in result.warnings)


def test_four_clusters_are_enough_but_give_no_p():
    result = fit([*Y, 0.4, 0.2], [*V, 0.01, 0.02], cluster=list("aabbccdd"), robust="cr2")
    assert result.robust.ci is not None
    assert result.robust.df < 4
    assert result.robust.p is None
    assert any("fewer than 4" in w for w in result.warnings)


def test_identical_effects_give_no_robust_interval_of_width_zero():
    result = fit([0.2] * 6, V, cluster=ROW, robust="cr2")
    assert result.tau2 == 0.0
    assert result.robust.se is result.robust.ci is None
    assert any("no robust variance" in w for w in result.warnings)
    assert any("closer together" in w for w in result.warnings)
    assert result.ci[1] > result.ci[0]


def test_knapp_hartung_is_never_narrower_than_its_floor():
    result = fit([0.2] * 6, V, test="knapp-hartung")
    wald = fit([0.2] * 6, V)
    assert result.se == pytest.approx(wald.se)
    assert any("Knapp-Hartung factor" in w for w in result.warnings)
    raw = fit([0.2] * 6, V, test="knapp-hartung", kh_floor=False)
    assert raw.ci is None or raw.ci[1] - raw.ci[0] < 1e-6 * (wald.ci[1] - wald.ci[0])


def test_a_prediction_interval_without_degrees_of_freedom_is_withheld():
    result = fit(Y[:2], V[:2], prediction="t(k-2)")
    assert result.prediction_interval is None
    assert any("No prediction interval" in w for w in result.warnings)


def test_a_moderator_that_lives_in_one_cluster_does_not_break_cr2():
    """Its cluster has no residual in that direction; the pseudo-inverse leaves it out."""
    y = np.array([0.1, 0.2, 0.3, 0.25, 0.0, 0.15, 0.4, 0.3, 0.2, 0.1])
    study = np.repeat(np.arange(5), 2)
    result = fit(
        y, np.full(10, 0.01), moderators={"x": (study == 0) * 1.0}, cluster=study, robust="cr2"
    )
    assert result.coefficients[1].se is None or result.coefficients[1].se >= 0.0
    assert result.coefficients[0].se > 0.0


def test_components_that_cannot_be_told_from_zero_are_zero():
    """Rows agree within their groups far better than v allows."""
    study = np.repeat(np.arange(8), 4)
    y = 0.1 * study + 1e-4 * np.tile([1, -1, 2, -2], 8)
    result = fit(y, np.full(32, 0.01), levels=[study, np.arange(32)])
    assert result.sigma2[0] > 0.0
    assert result.sigma2[1] == 0.0


def test_pandas_columns_with_gaps_of_any_kind_are_seen():
    frame = pd.DataFrame({"y": pd.array([0.1, None, 0.3], dtype="Float64"), "v": [0.1] * 3})
    with pytest.raises(errors.EffectError) as caught:
        fit(frame["y"], frame["v"])
    assert caught.value.rows == (1,)
