"""From a covariance to standard errors, tests and intervals; and when to withhold them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.meta.robust import Sandwich
from analysis.meta.types import (
    Coefficient,
    FloatArray,
    Interval,
    Omnibus,
    Prediction,
    Robust,
    RobustKind,
)

# Fewer independent groups than this give no interval: three residuals make no variance.
MIN_GROUPS = 4
# Below this many Satterthwaite degrees of freedom a p-value is off (Tipton 2015): it is withheld.
MIN_DF = 4.0


@dataclass(frozen=True)
class Reference:
    """A reference distribution: normal where `df` is None, else Student's t."""

    df: float | None

    def quantile(self, level: float) -> float:
        """The two-sided critical value."""
        upper = (1.0 + level) / 2.0
        return float(stats.norm.ppf(upper) if self.df is None else stats.t.ppf(upper, self.df))

    def p(self, statistic: float) -> float:
        """The two-sided p-value."""
        size = abs(statistic)
        return float(2.0 * (stats.norm.sf(size) if self.df is None else stats.t.sf(size, self.df)))

    def interval(self, estimate: float, se: float, level: float) -> Interval:
        """Estimate plus and minus critical value times standard error."""
        half = self.quantile(level) * se
        return estimate - half, estimate + half


def coefficient(
    name: str, estimate: float, variance: float, df: float | None, level: float
) -> Coefficient:
    """One coefficient with its interval and p-value."""
    se = float(np.sqrt(variance))
    reference = Reference(df)
    p = reference.p(estimate / se)
    return Coefficient(name, estimate, se, reference.interval(estimate, se, level), p, df)


def bare(name: str, estimate: float, se: float | None = None) -> Coefficient:
    """A coefficient whose inference is withheld."""
    return Coefficient(name, estimate, se, None, None, None)


def omnibus(
    names: tuple[str, ...], beta: FloatArray, cov: FloatArray, tested: list[int], df: float | None
) -> Omnibus | None:
    """Wald test that all tested coefficients are zero: chi2, or F where there are `df`."""
    q = len(tested)
    if q == 0:
        return None
    part = cov[np.ix_(tested, tested)]
    size = np.sqrt(np.diag(part))
    scaled = beta[tested] / size
    statistic = float(scaled @ np.linalg.solve(part / np.outer(size, size), scaled))
    label = ", ".join(names[i] for i in tested)
    if df is None:
        p = float(stats.chi2.sf(statistic, q))
        return Omnibus(f"QM: {label}", statistic, float(q), None, p)
    p = float(stats.f.sf(statistic / q, q, df))
    return Omnibus(f"F: {label}", statistic / q, float(q), df, p)


def robust_coefficients(
    names: tuple[str, ...],
    beta: FloatArray,
    sandwich: Sandwich,
    level: float,
) -> tuple[tuple[Coefficient, ...], list[str]]:
    """The coefficients with cluster-robust inference, and the sentences on what is withheld."""
    out: list[Coefficient] = []
    said: list[str] = []
    for i, name in enumerate(names):
        estimate, ratio = float(beta[i]), float(sandwich.standard[i, i])
        variance = ratio * float(sandwich.unit[i]) ** 2
        if not ratio > 1e-20:
            said.append(
                f"{name}: the residuals leave no robust variance (the clusters agree exactly), so "
                "no robust standard error is given."
            )
            out.append(bare(name, estimate))
            continue
        df = sandwich.df(i)
        if not (np.isfinite(df) and df > 0.0):
            said.append(f"{name}: no degrees of freedom are left, so no robust interval is given.")
            out.append(bare(name, estimate, float(np.sqrt(variance))))
            continue
        full = coefficient(name, estimate, variance, df, level)
        if df < MIN_DF:
            said.append(
                f"{name}: {df:.1f} degrees of freedom are fewer than {MIN_DF:g}, so no robust "
                "p-value is given."
            )
            full = Coefficient(name, full.estimate, full.se, full.ci, None, df)
        out.append(full)
    return tuple(out), said


def as_robust(kind: RobustKind, pooled: Coefficient) -> Robust:
    """The robust record of the pooled effect."""
    return Robust(kind, pooled.se, pooled.df, pooled.ci, pooled.p)


def prediction_interval(
    choice: Prediction,
    estimate: float,
    se: float,
    tau2: float,
    *,
    k: int,
    groups: int,
    test_df: float | None,
    level: float,
) -> tuple[Interval | None, str | None]:
    """Where the true effect of a new study is expected, or the reason why none is given.

    "as-test": the distribution of the test; "t(k-2)": Riley, Higgins & Deeks 2011;
    "t(g-2)": the same with the number of independent groups.
    """
    if choice == "none":
        return None, None
    dfs: dict[str, float | None] = {
        "as-test": test_df,
        "z": None,
        "t(k-p)": k - 1.0,
        "t(k-2)": k - 2.0,
        "t(g-2)": groups - 2.0,
    }
    df = dfs[choice]
    if df is not None and df < 1.0:
        return None, f"No prediction interval: {choice} has no degrees of freedom here."
    return Reference(df).interval(estimate, float(np.sqrt(se**2 + tau2)), level), None
