"""Small-study effects: Egger's regression, its multilevel form, and trim-and-fill.

All are weak on benchmark results. The standard error is a function of n_test, effects of one study
depend on each other, and large benchmarks differ from small ones in more than size. A slope means
that small test sets go with larger gaps, not that anything was hidden. Trim-and-fill is a way to
see asymmetry, never a correction: its filled estimate is not a better estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.meta import inputs
from analysis.meta.errors import CombinationError, OptionError, TooFewEffectsError
from analysis.meta.fit import fit
from analysis.meta.inference import Reference
from analysis.meta.types import FloatArray, Interval, MetaResult, Method
from analysis.meta.univariate import wls

SLOPE = "standard error"


@dataclass(frozen=True)
class SmallStudy:
    """Regression of effects on their standard errors: the slope, its test, and the limit.

    `limit` is the intercept: the effect the regression line reaches at a standard error of zero,
    an extrapolation. None where inference is withheld, and `warnings` says why.
    """

    kind: Literal["egger", "egger-random", "egger-multilevel"]
    k: int
    slope: float
    se: float | None
    df: float | None
    p: float | None
    limit: float
    limit_ci: Interval | None
    warnings: tuple[str, ...] = ()


def egger(y: ArrayLike, v: ArrayLike, *, random: bool = False, level: float = 0.95) -> SmallStudy:
    """Egger's test for independent effects y (k,) with variances v (k,); k of at least 3.

    random=False: weighted regression with a multiplicative dispersion, t(k-2) (Egger et al. 1997);
    random=True: the same slope in a REML mixed-effects model, normal.
    Raises MetaError.
    """
    effects, variances = inputs.effects_and_variances(y, v)
    if effects.size < 3:
        raise TooFewEffectsError(
            f"{effects.size} effects can't show a slope.", "Egger's test needs at least three."
        )
    if random:
        return _from_fit("egger-random", _regression(effects, variances, np.sqrt(variances)))
    root = np.sqrt(variances)
    _refuse_constant(root)
    unit = float(np.median(root))
    X = np.column_stack([np.ones(effects.size), root / unit])
    line = wls(effects / unit, X, unit**2 / variances)
    df = effects.size - 2.0
    cov = line.cov * line.q / df
    reference = Reference(df)
    slope, se = float(line.beta[1]), float(np.sqrt(cov[1, 1]))
    limit, limit_se = float(line.beta[0]) * unit, float(np.sqrt(cov[0, 0])) * unit
    if not line.q > 1e-24 * float(np.sum(effects**2 / variances)):
        said = ("The effects lie on the line exactly: there is no residual to test against.",)
        return SmallStudy("egger", effects.size, slope, None, df, None, limit, None, said)
    return SmallStudy(
        "egger",
        effects.size,
        slope,
        se,
        df,
        reference.p(slope / se),
        limit,
        reference.interval(limit, limit_se, level),
    )


def egger_multilevel(
    y: ArrayLike,
    v: ArrayLike,
    *,
    levels: Sequence[ArrayLike],
    cluster: ArrayLike | None = None,
    predictor: ArrayLike | None = None,
    level: float = 0.95,
) -> SmallStudy:
    """Egger's slope in a multilevel model with CR2 standard errors: the main test here.

    predictor: what stands for the standard error, sqrt(v) by default. Where variances are imputed
    give 1 / sqrt(effective n) instead: an imputed variance carries the imputation's own pattern.
    Raises MetaError.
    """
    if not levels:
        raise CombinationError("There are no levels.", "Use egger() for independent effects.")
    effects, variances = inputs.effects_and_variances(y, v)
    x = np.sqrt(variances) if predictor is None else np.asarray(predictor, dtype=np.float64)
    _refuse_constant(x)
    result = fit(
        effects,
        variances,
        moderators={SLOPE: x},
        levels=levels,
        cluster=cluster,
        robust="cr2",
        level=level,
    )
    return _from_fit("egger-multilevel", result)


def _refuse_constant(x: FloatArray) -> None:
    """Equal standard errors have no slope."""
    if np.ptp(x) <= 1e-10 * float(np.abs(x).max()):
        raise CombinationError(
            "All standard errors are equal, so nothing can change with them.",
            "This test says nothing about these data: leave it out.",
        )


def _regression(y: FloatArray, v: FloatArray, x: FloatArray, method: Method = "reml") -> MetaResult:
    _refuse_constant(x)
    return fit(y, v, moderators={SLOPE: x}, method=method)


def _from_fit(kind: Literal["egger-random", "egger-multilevel"], result: MetaResult) -> SmallStudy:
    limit, slope = result.coefficients
    said = tuple(w for w in result.warnings if not w.startswith("With moderators"))
    return SmallStudy(
        kind,
        result.k,
        slope.estimate,
        slope.se,
        slope.df,
        slope.p,
        limit.estimate,
        limit.ci,
        said,
    )


@dataclass(frozen=True)
class TrimFill:
    """`k0` effects estimated to be missing on `side`; `filled` is the fit with mirrored effects."""

    estimator: Literal["L0", "R0"]
    side: Literal["left", "right"]
    k0: int
    filled: MetaResult
    caution: str = (
        "Trim-and-fill shows asymmetry; the filled estimate isn't a correction and isn't to be "
        "reported as one."
    )


def trim_and_fill(
    y: ArrayLike,
    v: ArrayLike,
    *,
    estimator: Literal["L0", "R0"] = "L0",
    side: Literal["left", "right"] | None = None,
    method: Method = "reml",
) -> TrimFill:
    """Trim-and-fill for independent effects (Duval & Tweedie 2000); k of at least 3.

    side: where effects are thought to be missing; by default where Egger's slope points.
    Raises MetaError.
    """
    if estimator not in ("L0", "R0"):
        raise OptionError(f"There is no estimator {estimator!r}.", "Use L0 or R0.")
    effects, variances = inputs.effects_and_variances(y, v)
    k = effects.size
    if k < 3:
        raise TooFewEffectsError(f"{k} effects have no shape.", "Trim-and-fill needs three.")
    if side is None:
        slope = _regression(effects, variances, np.sqrt(variances)).coefficients[1].estimate
        side = "left" if slope >= 0.0 else "right"
    sign = 1.0 if side == "left" else -1.0
    order = np.argsort(sign * effects, kind="stable")
    high, v_sorted = sign * effects[order], variances[order]
    k0, center = 0, 0.0
    for _ in range(100):
        kept = slice(0, k - k0)
        center = fit(high[kept], v_sorted[kept], method=method).coefficients[0].estimate
        before, k0 = k0, min(_missing(high - center, estimator), k - 1)
        if k0 == before:
            break
    mirrored = 2.0 * center - high[k - k0 :]
    filled = fit(
        sign * np.concatenate([high, mirrored]),
        np.concatenate([v_sorted, v_sorted[k - k0 :]]),
        method=method,
    )
    return TrimFill(estimator, side, k0, filled)


def _missing(centred: FloatArray, estimator: Literal["L0", "R0"]) -> int:
    """How many effects are missing on the left, from the signed ranks of centred effects (k,)."""
    k = centred.size
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(centred), kind="stable")] = np.arange(1, k + 1)
    if estimator == "L0":
        positive = float(ranks[centred > 0.0].sum())
        return max(0, round((4.0 * positive - k * (k + 1)) / (2 * k - 1)))
    negative = ranks[centred < 0.0]
    run = k - float(negative.max() if negative.size else 0.0)
    return max(0, round(run - 1.0))
