"""One moderator of a gap at the house default: a contrast of two groups or a slope.

Three levels by REML, CR2 by publication; five publications, of each group where there are two.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.findings.bootstrap import MIN_CLUSTERS, Interval
from analysis.gaps import FALLBACK_VARIANCE, IN_SKILL, one_each
from analysis.meta import MetaError, fit


@dataclass(frozen=True)
class Moderated:
    """Coefficient of the moderator `x` and the intercept (the gap at x = 0), with intervals.

    Without an interval, `missing` says why.
    """

    k: int
    n_publications: int
    estimate: float | None = None
    ci: Interval | None = None
    at_zero: float | None = None
    at_zero_ci: Interval | None = None
    missing: str = ""
    sides: tuple[int, int] | None = None
    """Publications where x is 1 and where it is 0, of a contrast."""


def differences(rows: pd.DataFrame, x: str) -> pd.DataFrame:
    """One difference in skill for each model, dataset, publication and value of the moderator x."""
    known = rows[rows[x].notna()].astype({x: float})
    return one_each(known, "skill_difference", "variance_skill", (*IN_SKILL, x))


def moderated(given: pd.DataFrame, x: str, *, groups: bool = False) -> Moderated:
    """Fit what `differences` gives; with `groups`, x is 0 or 1 and both need five publications."""
    k, n = len(given), int(given["work"].nunique())
    both: tuple[int, int] | None = None
    if groups:
        sides = {side: int(part["work"].nunique()) for side, part in given.groupby(x)}
        both = (sides.get(1.0, 0), sides.get(0.0, 0))
        fewest = min(both)
        if fewest < MIN_CLUSTERS:
            return Moderated(
                k, n, missing=f"{sides.get(1.0, 0)} publications on one side and "
                f"{sides.get(0.0, 0)} on the other",
            )  # fmt: skip
    if n < MIN_CLUSTERS:
        return Moderated(k, n, missing=f"{n} publications")
    known = given["v"]
    fill = float(known.median()) if known.notna().any() else FALLBACK_VARIANCE
    v = known.fillna(fill).clip(lower=1e-12)
    try:
        result = fit(
            given["y"], v, moderators={x: given[x].to_numpy()}, levels=_levels(given),
            cluster=given["work"], robust="cr2", prediction="none",
        )  # fmt: skip
    except MetaError as error:
        return Moderated(k, n, missing=str(error))
    at_zero, slope = result.coefficients[0], result.coefficients[1]
    missing = "" if slope.ci else " ".join(result.warnings[:1])
    return Moderated(k, n, slope.estimate, slope.ci, at_zero.estimate, at_zero.ci, missing, both)


def _levels(given: pd.DataFrame) -> list[pd.Series]:
    """Publication, dataset in it, difference; a level that groups nothing is left out."""
    outer = given["work"].astype(str)
    inner = outer + "|" + given["dataset"].astype(str)
    levels = []
    if outer.nunique() < inner.nunique():
        levels.append(outer)
    if inner.nunique() < len(given):
        levels.append(inner)
    return [*levels, pd.Series(range(len(given)), index=given.index)]


def in_words(found: Moderated) -> str:
    """Coefficient with its interval and counts."""
    if found.estimate is None:
        return f"unknown ({found.missing})"
    ci = f" (95% {found.ci[0]:+.3f} to {found.ci[1]:+.3f})" if found.ci else ""
    sides = (
        f" ({found.sides[0]} on the one side, {found.sides[1]} on the other)" if found.sides else ""
    )
    return (
        f"{found.estimate:+.3f} in skill{ci}, {found.k} differences from "
        f"{found.n_publications} publications{sides}"
    )
