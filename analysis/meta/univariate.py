"""The univariate models: y_i = x_i'b + u_i + e_i, var(u) = tau2, var(e_i) = v_i known.

Formulas: DerSimonian & Laird 1986 for the moment estimator, Paule & Mandel 1982 for the
generalised Q, Viechtbauer 2005 for ML and REML, Viechtbauer 2007 for the Q-profile interval.
Everything here expects numbers of ordinary size: analysis.meta.scale brings them there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from analysis.meta.errors import ConvergenceError
from analysis.meta.types import FloatArray, Interval, Method


@dataclass(frozen=True)
class Wls:
    """Weighted least squares: coefficients (p,), their covariance (p, p), residuals, Q = r'Wr."""

    beta: FloatArray
    cov: FloatArray
    residuals: FloatArray
    q: float


def wls(y: FloatArray, X: FloatArray, w: FloatArray) -> Wls:
    """Fit y on X with weights w (k,), by QR of the weighted design."""
    root = np.sqrt(w)
    Q, R = np.linalg.qr(X * root[:, None])
    beta = np.linalg.solve(R, Q.T @ (y * root))
    inverse = np.linalg.inv(R)
    residuals = y - X @ beta
    return Wls(beta, inverse @ inverse.T, residuals, float(np.sum(w * residuals**2)))


def trace_p(X: FloatArray, w: FloatArray, cov: FloatArray) -> float:
    """tr(P) with P = W - WX(X'WX)^-1 X'W."""
    squared: FloatArray = X.T @ (X * (w**2)[:, None])
    return float(w.sum() - (squared * cov).sum())


def tau2(y: FloatArray, X: FloatArray, v: FloatArray, method: Method) -> float:
    """The heterogeneity variance by the named estimator; 0 for "fe". Needs k > p.

    Raises ConvergenceError (M007) where an iteration doesn't end.
    """
    k, p = X.shape
    if method == "fe":
        return 0.0
    if method == "dl":
        fixed = wls(y, X, 1.0 / v)
        return max(0.0, float((fixed.q - (k - p)) / trace_p(X, 1.0 / v, fixed.cov)))
    if method == "pm":
        return solve_q(y, X, v, float(k - p))
    return _likelihood_maximum(y, X, v, restricted=method == "reml")


def solve_q(y: FloatArray, X: FloatArray, v: FloatArray, target: float) -> float:
    """The tau2 at which the generalised Q equals `target`; 0 where Q is below it everywhere.

    Q falls and is convex in tau2, so Newton from 0 climbs to the root and never passes it: no
    upper bound is needed, and the tolerance is that of the arithmetic.
    """
    tau = 0.0
    for _ in range(2000):
        w = 1.0 / (v + tau)
        fit = wls(y, X, w)
        excess = fit.q - target
        if excess <= 0.0:
            return tau
        slope = float(np.sum((w * fit.residuals) ** 2))
        step = excess / slope
        tau += step
        if step <= 4e-16 * tau:
            return tau
    raise ConvergenceError(
        "The generalised Q didn't reach its target in 2,000 steps.",
        "Look for a variance that is many orders of magnitude off.",
    )


def q_profile(y: FloatArray, X: FloatArray, v: FloatArray, level: float) -> Interval:
    """Interval of tau2 from the chi2 quantiles of the generalised Q (Viechtbauer 2007).

    (0, 0) where even tau2 = 0 makes Q smaller than its lower quantile: the effects lie closer
    together than their sampling variances allow.
    """
    k, p = X.shape
    low = solve_q(y, X, v, float(stats.chi2.ppf((1.0 + level) / 2.0, k - p)))
    high = solve_q(y, X, v, float(stats.chi2.ppf((1.0 - level) / 2.0, k - p)))
    return low, high


def log_likelihood(
    y: FloatArray, X: FloatArray, v: FloatArray, tau: float, *, restricted: bool
) -> float:
    """ML or REML log-likelihood at tau2, without the constants that don't depend on tau2."""
    w = 1.0 / (v + tau)
    fit = wls(y, X, w)
    value = 0.5 * float(np.sum(np.log(w))) - 0.5 * fit.q
    if restricted:
        value += 0.5 * float(np.linalg.slogdet(fit.cov)[1])
    return value


def _likelihood_maximum(y: FloatArray, X: FloatArray, v: FloatArray, *, restricted: bool) -> float:
    """The global maximum over tau2 >= 0.

    A restricted likelihood can have several maxima; Fisher scoring finds the nearest. The score is
    sampled up to a bound behind which it is negative, each change of sign is refined, and
    the highest wins.
    """
    k, p = X.shape
    equal = wls(y, X, np.ones(k))
    spread = equal.q / (k - p)
    if spread <= 1e-30 * float(v.min()):
        return 0.0
    # y'PPy <= RSS/tau^4 and tr P >= (k-p)/(tau2 + max v) make the score negative above this.
    bound = 0.5 * (spread + float(np.sqrt(spread * (spread + 4.0 * v.max()))))
    score = _score(y, X, v, restricted=restricted)
    grid = np.concatenate([[0.0], bound * np.logspace(-12.0, 0.01, 49)])
    values = [score(float(t)) for t in grid]
    candidates = [0.0] if values[0] <= 0.0 else []
    for i in range(grid.size - 1):
        if values[i] > 0.0 >= values[i + 1]:
            left, right = float(grid[i]), float(grid[i + 1])
            candidates.append(
                right
                if values[i + 1] == 0.0
                else float(optimize.brentq(score, left, right, xtol=1e-300, rtol=1e-15))
            )
    if not candidates:
        raise ConvergenceError(
            "The likelihood has no maximum within the bound that it must have one in.",
            "Look for a variance that is many orders of magnitude off.",
        )
    return max(candidates, key=lambda t: log_likelihood(y, X, v, t, restricted=restricted))


def _score(
    y: FloatArray, X: FloatArray, v: FloatArray, *, restricted: bool
) -> Callable[[float], float]:
    """Twice the derivative of the log-likelihood in tau2, as a function of tau2."""

    def score(tau: float) -> float:
        w = 1.0 / (v + tau)
        fit = wls(y, X, w)
        trace = trace_p(X, w, fit.cov) if restricted else float(np.sum(w))
        return float(np.sum((w * fit.residuals) ** 2)) - trace

    return score
