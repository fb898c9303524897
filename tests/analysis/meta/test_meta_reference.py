"""The engine against metafor and clubSandwich, case by case (tests/reference/reference.R)."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from analysis.meta import KnownBlock, egger, fit, influence, leave_one_out, trim_and_fill

CASES = json.loads(
    (Path(__file__).parents[2] / "reference" / "reference.json").read_text(encoding="utf-8")
)["cases"]

# Univariate iterations were run to the last digits. rma.mv searches without exact gradients: its
# components are good to about the root of machine precision.
UNIVARIATE = 1e-8
MULTILEVEL = 1e-6
COMPONENTS = 1e-5  # of the largest one

UNIVARIATE_MODERATORS = {
    "none": [],
    "numeric": ["latitude"],
    "categorical": ["alloc"],
    "both": ["latitude", "alloc"],
}
MULTILEVEL_MODERATORS = {"none": [], "numeric": ["size"], "both": ["size", "baseline"]}


def of(kind):
    cases = [c for c in CASES if c["kind"] == kind]
    names = ["-".join(str(v) for n, v in c.items() if n not in ("kind", "expect")) for c in cases]
    return pytest.mark.parametrize("case", cases, ids=names)


def columns(data, names):
    return {n: data[n] for n in names} or None


def same(ours, theirs, tolerance, floor=0.0):
    """Relative agreement; `floor` is the size below which a difference is rounding."""
    np.testing.assert_allclose(
        np.asarray(ours, dtype=float),
        np.atleast_1d(np.asarray(theirs, dtype=float)).reshape(np.shape(ours)),
        rtol=tolerance,
        atol=floor,
    )


def test_the_grid_has_not_shrunk(reference):
    """A reference that loses cases goes on passing: its size is part of the promise."""
    kinds = Counter(c["kind"] for c in reference["cases"])
    assert kinds == {
        "univariate": 305,
        "multilevel": 80,
        "egger": 4,
        "trimfill": 16,
        "leave-one-out": 4,
        "influence": 4,
        "friedman": 1,
        "nemenyi": 5,
        "bradley-terry": 1,
    }
    fields = Counter((c["kind"], field) for c in reference["cases"] for field in c["expect"])
    assert fields["univariate", "tau2_ci"] == 244
    assert fields["univariate", "cr2"] == 65
    assert fields["univariate", "omnibus"] == 225
    assert fields["multilevel", "cr2"] == fields["multilevel", "cr1p"] == 72
    assert fields["multilevel", "htz"] == 24
    assert sum(fields.values()) == 5422
    assert set(reference["made_with"]) == {"R", "metafor", "clubSandwich", "metadat"}


@of("univariate")
def test_univariate(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    arguments = {
        "moderators": columns(data, UNIVARIATE_MODERATORS[case["moderators"]]),
        "method": case["method"],
    }
    y, v = data["y"], data["v"]
    result = fit(
        y,
        v,
        test="wald" if case["test"] == "wald" else "knapp-hartung",
        kh_floor=case["test"] != "knapp-hartung-raw",
        **arguments,
    )
    rows = result.coefficients
    same([c.estimate for c in rows], expect["estimate"], UNIVARIATE)
    same([c.se for c in rows], expect["se"], UNIVARIATE)
    same([c.ci[0] for c in rows], expect["ci_low"], UNIVARIATE)
    same([c.ci[1] for c in rows], expect["ci_high"], UNIVARIATE)
    same([c.p for c in rows], expect["p"], UNIVARIATE)
    # metafor's "zero" is 1e-18 at times
    same(result.tau2, expect["tau2"], UNIVARIATE, 1e-12 * np.mean(v))
    same(result.i2, expect["i2"], UNIVARIATE, 1e-10)
    for field in ("h2", "q", "q_p"):
        same(getattr(result, field), expect[field], UNIVARIATE)
    assert result.q_df == expect["q_df"]
    if "tau2_ci" in expect:
        same(result.tau2_ci, expect["tau2_ci"], UNIVARIATE, 1e-12 * np.mean(v))
    else:
        assert result.tau2_ci is None
    if "loglik" in expect:
        same(result.loglik, expect["loglik"], UNIVARIATE)
    if "omnibus" in expect:
        same([result.omnibus.statistic, result.omnibus.p], expect["omnibus"], UNIVARIATE)
    if "prediction" in expect:
        same(result.prediction_interval, expect["prediction"], UNIVARIATE)
    if "prediction_riley" in expect:
        riley = fit(y, v, prediction="t(k-2)", **arguments)
        same(riley.prediction_interval, expect["prediction_riley"], UNIVARIATE)
    for kind in ("cr0", "cr1", "cr1p", "cr2"):
        if kind in expect:
            check_robust(y, v, range(len(y)), kind, expect[kind], UNIVARIATE, arguments)


def check_robust(y, v, cluster, kind, expect, tolerance, arguments):
    result = fit(y, v, cluster=cluster, robust=kind, **arguments)
    rows = result.coefficients
    if result.n_clusters < 4:
        assert all(c.se is None and c.ci is None and c.p is None for c in rows)
        return result
    same([c.se for c in rows], expect["se"], tolerance)
    same([c.df for c in rows], expect["df"], tolerance)
    for row, p in zip(rows, np.atleast_1d(expect["p"]), strict=True):
        # below four degrees of freedom we withhold what clubSandwich prints
        if row.df < 4:
            assert row.p is None
        else:
            same(row.p, p, 20 * tolerance)
    return result


def shared_baseline_blocks(data):
    """As in reference.R: results of one task of one study share a baseline."""
    v = np.array(data["v"])
    labels = np.array([s + t for s, t in zip(data["study"], data["task"], strict=True)])
    blocks = []
    for label in sorted(set(labels)):
        rows = np.flatnonzero(labels == label)
        cov = np.full((rows.size, rows.size), 0.4 * v[rows].min())
        np.fill_diagonal(cov, v[rows])
        blocks.append(KnownBlock(rows, cov))
    return blocks


@of("multilevel")
def test_multilevel(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    arguments = {
        "moderators": columns(data, MULTILEVEL_MODERATORS[case["moderators"]]),
        "method": case["method"],
    }
    if case["crossed"]:
        arguments |= {"levels": [data["study"], data["result"]], "crossed": [data["shared"]]}
    else:
        arguments["levels"] = [data[name] for name in case["levels"].split("/")]
    if case["V"] == "shared":
        arguments["V_blocks"] = shared_baseline_blocks(data)
    result = fit(data["y"], data["v"], **arguments)
    rows = result.coefficients
    same([c.estimate for c in rows], expect["estimate"], MULTILEVEL)
    same([c.se for c in rows], expect["se"], MULTILEVEL)
    same([c.p for c in rows], expect["p"], 20 * MULTILEVEL)
    same(result.sigma2, expect["sigma2"], 0.0, COMPONENTS * np.max(expect["sigma2"]))
    same(result.q, expect["q"], MULTILEVEL)
    assert result.q_df == expect["q_df"]
    # never a worse maximum than metafor's, and the same constants
    same(result.loglik, expect["loglik"], 1e-9)
    if "prediction" in expect:
        same(result.prediction_interval, expect["prediction"], MULTILEVEL)
    else:
        same([result.omnibus.statistic, result.omnibus.p], expect["omnibus"], 20 * MULTILEVEL)
    for kind in ("cr0", "cr1", "cr1p", "cr2"):
        if kind in expect:
            robust = check_robust(
                data["y"], data["v"], data["study"], kind, expect[kind], MULTILEVEL, arguments
            )
    if "htz" in expect:
        theirs = expect["htz"]
        ours = robust.omnibus
        same(
            [ours.statistic, ours.df1, ours.df2, ours.p],
            [theirs[n] for n in ("statistic", "df1", "df2", "p")],
            MULTILEVEL,
        )


@of("egger")
def test_egger(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    plain = egger(data["y"], data["v"])
    same([plain.slope / plain.se, plain.p], [expect["lm"]["statistic"], expect["lm"]["p"]], 1e-8)
    assert plain.df == expect["lm"]["df"]
    mixed = egger(data["y"], data["v"], random=True)
    same(
        [mixed.slope / mixed.se, mixed.p],
        [expect["random"]["statistic"], expect["random"]["p"]],
        1e-8,
    )


@of("trimfill")
def test_trim_and_fill(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    ours = trim_and_fill(data["y"], data["v"], estimator=case["estimator"], side=case["side"])
    assert ours.k0 == expect["k0"]
    filled = ours.filled
    same(
        [filled.estimate, filled.se, filled.tau2],
        [expect["estimate"], expect["se"], expect["tau2"]],
        UNIVARIATE,
    )


@of("leave-one-out")
def test_leave_one_out(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    results = [left.result for left in leave_one_out(data["y"], data["v"])]
    for field in ("estimate", "se", "q"):
        same([getattr(r, field) for r in results], expect[field], UNIVARIATE)
    same([r.tau2 for r in results], expect["tau2"], UNIVARIATE, 1e-12 * np.mean(data["v"]))
    same([r.i2 for r in results], expect["i2"], UNIVARIATE, 1e-10)


@of("influence")
def test_influence(case, reference):
    data, expect = reference["data"][case["data"]], case["expect"]
    ours = influence(data["y"], data["v"])
    for field in ("hat", "rstudent", "cook", "dffits"):
        same([getattr(i, field) for i in ours], expect[field], UNIVARIATE)
    same([i.dfbetas[0] for i in ours], expect["dfbetas"], UNIVARIATE)
    same([i.tau2 for i in ours], expect["tau2_deleted"], UNIVARIATE, 1e-12 * np.mean(data["v"]))
