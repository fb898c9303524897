"""Estimation in standardised units: components, coefficients, and the pieces the report needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.meta import univariate
from analysis.meta.base import Base
from analysis.meta.inputs import KnownBlock
from analysis.meta.likelihood import Gls, Likelihood, gls
from analysis.meta.options import Options
from analysis.meta.scale import Scaled
from analysis.meta.structure import Levels, arrange
from analysis.meta.types import FloatArray, IntArray, Interval
from analysis.meta.working import Nested, Working


@dataclass(frozen=True)
class Estimated:
    """The outcome; rows stand in `order`, `X` and all sizes in standardised units.

    `sigma2` are the model's own components (grouping levels, then the effect level); `fixed` is
    the fit under V alone, whose q is Cochran's Q; `typical_v` the sampling variance of a typical
    effect in the sense of Higgins & Thompson 2002, None without degrees of freedom.
    """

    order: IntArray
    model: Working
    X: FloatArray
    sigma2: FloatArray
    gls: Gls
    fixed: Gls
    typical_v: float | None
    tau2_ci: Interval | None
    loglik: float | None


def estimate(scaled: Scaled, levels: Levels, options: Options, *, multilevel: bool) -> Estimated:
    """Fit the model. Raises ConvergenceError (M007) and TooLargeError (M012)."""
    k = scaled.y.size
    if multilevel and options.method != "fe" and not levels.names:
        # Known covariances without levels: the random-effects model has one component, by row.
        levels = Levels((), 0, True, ("effect",), (0,))
    order, model = arrange(levels, scaled.v, scaled.blocks)
    y, X = scaled.y[order], scaled.Q[order]
    alone = Nested(Base(scaled.v, scaled.blocks), [], effect_level=False)
    fixed = gls(scaled.y, scaled.Q, alone.factor(np.zeros(0)))
    typical = _typical_variance(alone, fixed, k, X.shape[1])
    if multilevel:
        sigma2, interval = _multilevel_components(y, X, model, options), None
    else:
        model = Nested(model.base, [], effect_level=True)
        tau2 = univariate.tau2(y, X, scaled.v, options.method)
        sigma2 = np.array([tau2])
        interval = (
            None if options.method == "fe" else univariate.q_profile(y, X, scaled.v, options.level)
        )
    final = gls(y, X, model.factor(sigma2))
    return Estimated(
        order,
        model,
        X,
        sigma2,
        final,
        fixed,
        typical,
        interval,
        _log_likelihood(y, X, model, sigma2, scaled.unit, options),
    )


def _multilevel_components(
    y: FloatArray, X: FloatArray, model: Working, options: Options
) -> FloatArray:
    """The components by ML or REML; none for a fixed-effect model with known covariances."""
    likelihood = Likelihood(y, X, model, restricted=options.method == "reml")
    spread = float(univariate.wls(y, X, np.ones(y.size)).q) / (y.size - X.shape[1])
    rough = max(spread - float(model.base.v.mean()), 0.1 * spread)
    return likelihood.maximise(max(rough, 1e-3 * float(np.median(model.base.v))))


def _typical_variance(alone: Nested, fixed: Gls, k: int, p: int) -> float | None:
    """(k - p) / tr(P) under V alone."""
    if k <= p:
        return None
    trace = float(alone.base.factor(0.0).inverse_diagonal().sum())
    trace -= float(np.sum((fixed.WX.T @ fixed.WX) * fixed.cov))
    return (k - p) / trace


def _log_likelihood(
    y: FloatArray, X: FloatArray, model: Working, sigma2: FloatArray, unit: float, options: Options
) -> float | None:
    """The log-likelihood in the effects' own units, with the constants that metafor includes."""
    if options.method in ("dl", "pm"):
        return None
    k, p = X.shape
    restricted = options.method == "reml"
    value = -Likelihood(y, X, model, restricted=restricted).value(sigma2)
    n = k - p if restricted else k
    constant = -0.5 * n * float(np.log(2.0 * np.pi)) - n * float(np.log(unit))
    # The standardised design has X'X = k I.
    return float(value + constant + (0.5 * p * np.log(k) if restricted else 0.0))


def covariance_at(
    y: FloatArray,
    v: FloatArray,
    X: FloatArray,
    levels: Levels,
    blocks: tuple[KnownBlock, ...],
    components: Sequence[float],
) -> tuple[FloatArray, FloatArray]:
    """(X'WX)^-1 of shape (p, p) and WX (k, p) in the input's order, under given components.

    `components` are in the reported order; without levels there is one, by row.
    """
    if not levels.names:
        levels = Levels((), 0, True, ("effect",), (0,))
    order, model = arrange(levels, v, blocks)
    own = np.zeros(len(components))
    own[list(levels.reported)] = components
    at = gls(y[order], X[order], model.factor(own))
    WX = np.empty_like(at.WX)
    WX[order] = at.WX
    return at.cov, WX
