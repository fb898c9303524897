"""The block forms against the textbook formulas on dense matrices, written out here."""

import numpy as np
import pytest
from scipy import linalg, stats

from analysis.meta import KnownBlock, fit, influence, leave_one_out


def indicator(labels):
    labels = np.asarray(labels)
    return (labels[:, None] == labels[None, :]).astype(float)


def joint(*labels):
    return np.array(["/".join(parts) for parts in zip(*labels, strict=True)])


def structures(nested):
    """Indicator matrices by reported component, arguments of fit, and the sampling covariance."""
    study, task, row, v = nested["study"], nested["task"], nested["row"], nested["v"]
    inner = joint(study, task)
    V = np.diag(v)
    correlated = 0.3 * indicator(inner) * np.sqrt(np.outer(v, v))
    np.fill_diagonal(correlated, v)
    blocks = [
        KnownBlock(rows, correlated[np.ix_(rows, rows)])
        for rows in (np.flatnonzero(inner == label) for label in np.unique(inner))
    ]
    across = 0.2 * indicator(task) * np.sqrt(np.outer(v, v))
    np.fill_diagonal(across, v)
    crossing = [
        KnownBlock(rows, across[np.ix_(rows, rows)])
        for rows in (np.flatnonzero(task == label) for label in np.unique(task))
    ]
    eye = np.eye(v.size)
    return {
        "three levels": (
            [indicator(study), indicator(inner), eye],
            [study, task, row],
            [],
            V,
            None,
        ),
        "no effect level": ([indicator(study), indicator(inner)], [study, task], [], V, None),
        "crossed": ([indicator(study), eye, indicator(task)], [study, row], [task], V, None),
        "known blocks": ([indicator(study), eye], [study, row], [], correlated, blocks),
        "known blocks that cross": ([indicator(study), eye], [study, row], [], across, crossing),
        "known blocks alone": ([eye], [], [], correlated, blocks),
    }


NAMES = (
    "three levels",
    "no effect level",
    "crossed",
    "known blocks",
    "known blocks that cross",
    "known blocks alone",
)


def log_likelihood(y, X, M, restricted):
    """Harville 1977, with metafor's constants."""
    k, p = X.shape
    W = np.linalg.inv(M)
    information = X.T @ W @ X
    r = y - X @ np.linalg.solve(information, X.T @ W @ y)
    value = -0.5 * (np.linalg.slogdet(M)[1] + r @ W @ r)
    if restricted:
        value += 0.5 * (np.linalg.slogdet(X.T @ X)[1] - np.linalg.slogdet(information)[1])
    return value - 0.5 * (k - p if restricted else k) * np.log(2 * np.pi)


@pytest.mark.parametrize("method", ["ml", "reml"])
@pytest.mark.parametrize("name", NAMES)
def test_the_maximum_is_one_and_the_numbers_are_gls(nested, name, method):
    parts, levels, crossed, V, blocks = structures(nested)[name]
    y, v = nested["y"], nested["v"]
    X = np.column_stack([np.ones(y.size), nested["x"]])
    result = fit(
        y,
        v,
        moderators={"x": nested["x"]},
        levels=levels,
        crossed=crossed,
        V_blocks=blocks,
        method=method,
    )
    sigma2 = np.array(result.sigma2)
    assert sigma2.size == len(parts)

    def value(s):
        return log_likelihood(
            y, X, V + sum(a * Z for a, Z in zip(s, parts, strict=True)), method == "reml"
        )

    best = value(sigma2)
    assert result.loglik == pytest.approx(best, abs=1e-8)
    size = sigma2.max() or v.mean()
    for j in range(sigma2.size):
        for step in (0.02, -0.02, 0.3, -0.3):
            moved = sigma2.copy()
            moved[j] = max(0.0, moved[j] + step * size)
            assert value(moved) <= best + 1e-9, (j, step)
    M = V + sum(a * Z for a, Z in zip(sigma2, parts, strict=True))
    cov = np.linalg.inv(X.T @ np.linalg.inv(M) @ X)
    beta = cov @ X.T @ np.linalg.solve(M, y)
    np.testing.assert_allclose([c.estimate for c in result.coefficients], beta, rtol=1e-8)
    np.testing.assert_allclose(
        [c.se for c in result.coefficients], np.sqrt(np.diag(cov)), rtol=1e-9
    )


def dense_cr2(X, M, e, cluster, correct=True):
    """CR2 and its Satterthwaite df by the G x G matrix (Pustejovsky & Tipton 2018, eqs. 6-12)."""
    W = np.linalg.inv(M)
    C = np.linalg.inv(X.T @ W @ X)
    H = X @ C @ X.T @ W
    residual = (np.eye(e.size) - H) @ M @ (np.eye(e.size) - H).T
    columns, scores = [], []
    for g in np.unique(cluster):
        at = np.flatnonzero(cluster == g)
        D = np.linalg.cholesky(M[np.ix_(at, at)]).T
        B = D @ residual[np.ix_(at, at)] @ D.T
        A = D.T @ linalg.inv(linalg.sqrtm(B)).real @ D if correct else np.eye(at.size)
        E = np.zeros((e.size, X.shape[1]))
        E[at] = A @ (W @ X @ C)[at]
        columns.append(E)
        scores.append(E.T @ e)
    vcov = sum(np.outer(s, s) for s in scores)
    df = []
    for i in range(X.shape[1]):
        a = np.column_stack([E[:, i] for E in columns])
        P = a.T @ residual @ a
        df.append(np.trace(P) ** 2 / np.sum(P**2))
    return np.sqrt(np.diag(vcov)), np.array(df)


@pytest.mark.parametrize(("kind", "correct"), [("cr2", True), ("cr0", False)])
@pytest.mark.parametrize("name", ["three levels", "no effect level", "known blocks"])
def test_robust_without_the_cluster_by_cluster_matrix(nested, name, kind, correct):
    parts, levels, _, V, blocks = structures(nested)[name]
    y, x = nested["y"], nested["x"]
    result = fit(y, nested["v"], moderators={"x": x}, levels=levels, V_blocks=blocks, robust=kind)
    X = np.column_stack([np.ones(y.size), x])
    M = V + sum(a * Z for a, Z in zip(result.sigma2, parts, strict=True))
    e = y - X @ [c.estimate for c in result.coefficients]
    se, df = dense_cr2(X, M, e, nested["study"], correct)
    np.testing.assert_allclose([c.se for c in result.coefficients], se, rtol=1e-8)
    np.testing.assert_allclose([c.df for c in result.coefficients], df, rtol=1e-8)


def test_an_innermost_crossed_factor_that_is_nested_gives_the_nested_fit(nested):
    """Both solvers, one model."""
    study, task, row = nested["study"], nested["task"], nested["row"]
    a = fit(nested["y"], nested["v"], levels=[study, task, row])
    b = fit(nested["y"], nested["v"], levels=[study, row], crossed=[joint(study, task)])
    np.testing.assert_allclose(
        [b.sigma2[0], b.sigma2[2], b.sigma2[1]], a.sigma2, rtol=1e-7, atol=1e-12
    )
    np.testing.assert_allclose(
        [b.estimate, b.se, b.loglik], [a.estimate, a.se, a.loglik], rtol=1e-8
    )


def test_many_tasks_over_few_studies_and_the_other_way_round():
    """Whichever of two crossed factors is the larger, one model."""
    rng = np.random.default_rng(8)
    few, many = np.repeat(np.arange(6), 20), rng.permutation(np.arange(120) % 40)
    v = rng.uniform(0.01, 0.05, 120)
    y = rng.normal(0, 0.3, 6)[few] + rng.normal(0, 0.2, 40)[many] + rng.normal(0, np.sqrt(v))
    a = fit(y, v, levels=[few], crossed=[many])
    b = fit(y, v, levels=[many], crossed=[few])
    np.testing.assert_allclose(b.sigma2[::-1], a.sigma2, rtol=1e-8)
    np.testing.assert_allclose(
        [b.estimate, b.se, b.loglik], [a.estimate, a.se, a.loglik], rtol=1e-9
    )
    M = np.diag(v) + a.sigma2[0] * indicator(few) + a.sigma2[1] * indicator(many)
    best = log_likelihood(y, np.ones((120, 1)), M, restricted=True)
    assert a.loglik == pytest.approx(best, abs=1e-9)


def test_one_row_per_group_is_the_univariate_model(nested):
    a = fit(nested["y"], nested["v"])
    b = fit(nested["y"], nested["v"], levels=[nested["row"]])
    np.testing.assert_allclose([b.estimate, b.se, *b.sigma2], [a.estimate, a.se, a.tau2], rtol=1e-9)
    c = fit(nested["y"], nested["v"], V_blocks=[np.array([[x]]) for x in nested["v"]])
    np.testing.assert_allclose([c.estimate, c.se, c.tau2], [a.estimate, a.se, a.tau2], rtol=1e-9)


def test_row_order_and_label_type_do_not_matter(nested):
    order = np.random.default_rng(0).permutation(nested["y"].size)
    numbers = {label: i for i, label in enumerate(sorted(set(nested["study"])))}
    a = fit(nested["y"], nested["v"], levels=[nested["study"], nested["task"]], robust="cr2")
    b = fit(
        nested["y"][order],
        nested["v"][order],
        levels=[np.array([numbers[s] for s in nested["study"]])[order], nested["task"][order]],
        robust="cr2",
    )
    np.testing.assert_allclose(
        [b.estimate, b.se, b.robust.se, b.robust.df, *b.sigma2],
        [a.estimate, a.se, a.robust.se, a.robust.df, *a.sigma2],
        rtol=1e-8,
    )


def test_q_profile_solves_its_own_equation(nested):
    """The generalised Q at each end is the chi2 quantile (Viechtbauer 2007), far bounds too."""
    y, v = nested["y"] * 400, nested["v"]  # tau2 some 10^5 times the sampling variances
    result = fit(y, v)
    for end, quantile in zip(result.tau2_ci, (0.975, 0.025), strict=True):
        w = 1 / (v + end)
        q = np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2)
        assert q == pytest.approx(stats.chi2.ppf(quantile, y.size - 1), rel=1e-10)


def test_a_restricted_likelihood_with_two_maxima_gives_the_higher():
    """Six precise effects that agree and four vague ones that don't: a hump at 0 and one above."""
    y = np.array([0.0, 0.001, -0.001, 0.0005, 3.0, -3.0])
    v = np.array([1e-6, 1e-6, 1e-6, 1e-6, 1e-2, 1e-2])
    result = fit(y, v)
    X = np.ones((y.size, 1))
    grid = np.concatenate([[0.0], np.logspace(-10, 3, 4000)])
    highest = max(log_likelihood(y, X, np.diag(v + t), restricted=True) for t in grid)
    assert result.loglik >= highest - 1e-6


def test_deletion_by_paper_is_a_fit_without_the_paper(nested):
    levels = [nested["study"], nested["task"], nested["row"]]
    left = leave_one_out(
        nested["y"], nested["v"], units=nested["study"], levels=levels, robust="cr2"
    )
    assert len(left) == 9
    assert sum(one.rows for one in left) == nested["y"].size
    for one in left:
        keep = nested["study"] != one.unit
        direct = fit(
            nested["y"][keep],
            nested["v"][keep],
            levels=[label[keep] for label in levels],
            robust="cr2",
        )
        assert one.result.robust == direct.robust


def test_cooks_distance_by_paper(nested):
    levels = [nested["study"], nested["row"]]
    whole = fit(nested["y"], nested["v"], levels=levels)
    ours = influence(nested["y"], nested["v"], units=nested["study"], levels=levels)
    assert sum(one.hat for one in ours) == pytest.approx(1.0)
    for one in ours:
        keep = nested["study"] != one.unit
        rest = fit(nested["y"][keep], nested["v"][keep], levels=[x[keep] for x in levels])
        shift = whole.estimate - rest.estimate
        assert one.cook == pytest.approx(shift**2 / whole.se**2, rel=1e-9)
        assert one.rstudent is None


def test_leaving_one_out_keeps_the_known_covariances_of_the_rest(nested):
    _, levels, _, V, blocks = structures(nested)["known blocks"]
    left = leave_one_out(nested["y"], nested["v"], levels=levels, V_blocks=blocks)
    row = 3
    keep = np.arange(nested["y"].size) != row
    direct = fit(
        nested["y"][keep],
        nested["v"][keep],
        levels=[label[keep] for label in levels],
        V_blocks=[KnownBlock(np.arange(keep.sum()), V[np.ix_(keep, keep)])],
    )
    assert left[row].result.estimate == pytest.approx(direct.estimate, rel=1e-8)
    assert left[row].result.se == pytest.approx(direct.se, rel=1e-8)
