"""From an estimation in standardised units to the result a reader sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.meta import inference
from analysis.meta.design import Design
from analysis.meta.estimate import Estimated
from analysis.meta.options import Options
from analysis.meta.robust import Sandwich, sandwich
from analysis.meta.scale import Scaled
from analysis.meta.structure import Levels
from analysis.meta.types import (
    Coefficient,
    FloatArray,
    IntArray,
    Interval,
    MetaResult,
    Omnibus,
    Robust,
    RobustKind,
)


@dataclass(frozen=True)
class _Numbers:
    """Coefficients and their covariance in the effects' own units, after the test's scaling."""

    beta: FloatArray
    cov: FloatArray
    df: float | None


def report(
    estimated: Estimated,
    scaled: Scaled,
    design: Design,
    levels: Levels,
    cluster: IntArray | None,
    options: Options,
    *,
    multilevel: bool,
) -> MetaResult:
    """Put the result together; `cluster` (k,) stands in the order of the input."""
    k, p = estimated.X.shape
    said: list[str] = []
    independent = cluster if cluster is not None else levels.outermost
    groups = k if independent is None else int(independent.max()) + 1
    enough = independent is None or groups >= inference.MIN_GROUPS
    if not enough:
        said.append(
            f"too few independent groups: {groups}, and an interval needs at least "
            f"{inference.MIN_GROUPS}; the estimate describes these groups only."
        )
    numbers = _numbers(estimated, scaled, options, said)
    unit2 = scaled.unit**2
    components = [float(s) * unit2 for s in estimated.sigma2]
    tau2 = sum(components)
    model_based = _coefficients(numbers, design, options.level, enough)
    robust_vcov, robust_rows = None, None
    omnibus = _omnibus(numbers, design) if enough else None
    if options.robust is not None and independent is not None:
        if enough:
            made = _sandwich(estimated, scaled, independent[estimated.order], options.robust)
            robust_vcov = made.vcov
            robust_rows, more = inference.robust_coefficients(
                design.names, numbers.beta, made, options.level
            )
            said += more
            omnibus = made.wald(numbers.beta, list(design.tested))
        else:
            robust_rows = tuple(
                inference.bare(n, float(b)) for n, b in zip(design.names, numbers.beta, strict=True)
            )
    pooled = model_based[0] if p == 1 else None
    if pooled is None:
        said.append(
            "With moderators there is no single pooled effect: read the coefficients. "
            "I2, H2 and Q speak of what the moderators leave."
        )
    predicted: Interval | None = None
    if pooled is not None and pooled.se is not None and enough and options.method != "fe":
        predicted, reason = inference.prediction_interval(
            options.prediction,
            pooled.estimate,
            pooled.se,
            tau2,
            k=k,
            groups=groups,
            test_df=numbers.df,
            level=options.level,
        )
        said += [reason] if reason else []
    if multilevel and levels.names and not levels.effect_level:
        said.append(
            "No level is unique per row: results in one innermost group are taken to differ by "
            "sampling error only."
        )
    i2, h2 = _heterogeneity(estimated, tau2 / unit2, k - p, options)
    q = max(0.0, estimated.fixed.q)
    return MetaResult(
        k=k,
        n_clusters=None if independent is None else groups,
        estimate=None if pooled is None else pooled.estimate,
        se=None if pooled is None else pooled.se,
        ci=None if pooled is None else pooled.ci,
        p=None if pooled is None else pooled.p,
        df=None if pooled is None else pooled.df,
        tau2=tau2,
        tau2_ci=_tau2_interval(estimated, unit2, said),
        sigma2=_reported(components, levels) if multilevel else (),
        i2=i2,
        h2=h2,
        q=q,
        q_df=k - p,
        q_p=float(stats.chi2.sf(q, k - p)),
        prediction_interval=predicted,
        coefficients=robust_rows or model_based,
        robust=_robust(options.robust, robust_rows, p),
        method=options.method,
        test=options.test,
        warnings=tuple(said),
        level_names=levels.names,
        prediction=options.prediction,
        omnibus=omnibus,
        loglik=estimated.loglik,
        level=options.level,
        vcov=numbers.cov,
        robust_vcov=robust_vcov,
    )


def _numbers(estimated: Estimated, scaled: Scaled, options: Options, said: list[str]) -> _Numbers:
    """Back to the effects' own units, with the Knapp-Hartung factor where it was asked for."""
    k, p = estimated.X.shape
    back = scaled.R_inverse * scaled.unit
    beta, cov = back @ estimated.gls.beta, back @ estimated.gls.cov @ back.T
    if options.test != "knapp-hartung":
        return _Numbers(beta, cov, None)
    factor = estimated.gls.q / (k - p)
    if factor < 1.0 and options.kh_floor:
        said.append(
            f"The Knapp-Hartung factor is {factor:.3g}: below 1 it would narrow the interval, so 1 "
            "is used."
        )
        factor = 1.0
    return _Numbers(beta, cov * factor, float(k - p))


def _coefficients(
    numbers: _Numbers, design: Design, level: float, enough: bool
) -> tuple[Coefficient, ...]:
    """Model-based coefficients; estimates and standard errors only where groups are too few."""
    out = []
    for i, name in enumerate(design.names):
        estimate, variance = float(numbers.beta[i]), float(numbers.cov[i, i])
        if enough and variance > 0.0:
            out.append(inference.coefficient(name, estimate, variance, numbers.df, level))
        else:
            out.append(inference.bare(name, estimate, float(np.sqrt(variance))))
    return tuple(out)


def _omnibus(numbers: _Numbers, design: Design) -> Omnibus | None:
    return inference.omnibus(
        design.names, numbers.beta, numbers.cov, list(design.tested), numbers.df
    )


def _sandwich(
    estimated: Estimated, scaled: Scaled, cluster: IntArray, kind: RobustKind
) -> Sandwich:
    return sandwich(
        kind,
        estimated.gls,
        estimated.X,
        estimated.model,
        estimated.sigma2,
        cluster,
        scaled.R_inverse * scaled.unit,
    )


def _robust(kind: RobustKind | None, rows: tuple[Coefficient, ...] | None, p: int) -> Robust | None:
    """The robust record of the pooled effect; with moderators its numbers stand by coefficient."""
    if kind is None:
        return None
    if rows is None or p > 1:
        return Robust(kind, None, None, None, None)
    return inference.as_robust(kind, rows[0])


def _heterogeneity(
    estimated: Estimated, tau2: float, df: int, options: Options
) -> tuple[float | None, float | None]:
    """I2 (per cent) and H2 (Higgins & Thompson 2002); from Q alone under a fixed effect."""
    if estimated.typical_v is None:
        return None, None
    if options.method == "fe":
        q = estimated.fixed.q
        return (max(0.0, 100.0 * (q - df) / q) if q > 0.0 else 0.0), max(0.0, q / df)
    v = estimated.typical_v
    return 100.0 * tau2 / (tau2 + v), tau2 / v + 1.0


def _tau2_interval(estimated: Estimated, unit2: float, said: list[str]) -> Interval | None:
    """The Q-profile interval in the effects' own units."""
    if estimated.tau2_ci is None:
        return None
    low, high = estimated.tau2_ci
    if high == 0.0:
        said.append(
            "The effects lie closer together than their sampling variances allow: the interval of "
            "tau2 has no positive value. Look for variances that are too large."
        )
    return low * unit2, high * unit2


def _reported(components: list[float], levels: Levels) -> tuple[float, ...]:
    """Components in the order of the level names."""
    if not levels.names:
        return tuple(components)
    return tuple(components[i] for i in levels.reported)
