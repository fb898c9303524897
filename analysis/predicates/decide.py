"""From deciding rows to a verdict, by the rules of docs/methods/verdicts.md and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import stats

from analysis.meta import MetaError, pooled_default

MIN_STUDIES = 5
MIN_DATASETS = 5


class Verdict(StrEnum):
    """What the rows say of a claim."""

    supported = "supported"
    overstated = "overstated"
    contradicted = "contradicted"
    untested = "untested"


ORDER = [Verdict.contradicted, Verdict.overstated, Verdict.supported]
"""From worst to best, for the worst of several."""


@dataclass(frozen=True)
class Summary:
    """What one side's rows come to; `unit` is `points` or `skill`."""

    unit: str
    n_rows: int
    n_datasets: int
    n_works: int
    estimate: float | None
    ci: tuple[float, float] | None
    interval: str
    differences: tuple[float, ...]
    wins: int
    ties: int
    losses: int
    left_out: int


def choose_unit(rows: pd.DataFrame) -> str:
    """Metric points where all rows share one metric, skill across metrics."""
    return "points" if rows["metric"].nunique() <= 1 else "skill"


def summarise(rows: pd.DataFrame, median: bool = False) -> Summary:
    """Average by dataset in publication, then pool; rows without the unit are counted out."""
    unit = choose_unit(rows)
    column = f"{unit}_median" if median else unit
    used = rows[pd.to_numeric(rows[column], errors="coerce").notna()]
    y = used[column].astype(float)
    by_set = (
        used.assign(y=y, v=used["variance"].astype(float))
        .groupby(["work", "dataset"], sort=True)
        .agg(y=("y", "mean"), v=("v", "mean"))
        .reset_index()
    )
    # of several variants on one task the best one speaks, as those who count wins do
    best = used.assign(y=y).sort_values("y", kind="stable").groupby("task", sort=True).tail(1)
    ties = int(best["tie"].astype(bool).sum())
    wins = int(((best["y"] > 0) & ~best["tie"].astype(bool)).sum())
    empty = len(by_set) == 0
    estimate, ci, how = (None, None, "none") if empty else _pool(by_set)
    return Summary(
        unit=unit, n_rows=len(used), n_datasets=used["dataset"].nunique(),
        n_works=used["work"].nunique(), estimate=estimate, ci=ci, interval=how,
        differences=tuple(by_set["y"]), wins=wins, ties=ties,
        losses=len(best) - wins - ties, left_out=len(rows) - len(used),
    )  # fmt: skip


def _pool(by_set: pd.DataFrame) -> tuple[float, tuple[float, float] | None, str]:
    if by_set["work"].nunique() >= MIN_STUDIES:
        try:
            pooled = pooled_default(by_set["y"], by_set["v"], by_set["dataset"], by_set["work"])
        except MetaError:
            pass  # falls back to the mean over datasets, which `interval` then says
        else:
            if pooled.ci is not None:
                return pooled.estimate, pooled.ci, "over publications (CR2)"
    means = by_set.groupby("dataset")["y"].mean().to_numpy(dtype=float)
    mean = float(means.mean())
    if len(means) < MIN_DATASETS:
        return mean, None, "none"
    half = float(stats.t.ppf(0.975, len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means)))
    return mean, (mean - half, mean + half), "over datasets (t)"


Rule = Callable[[Summary], Verdict]


def _judge(summary: Summary, yes: Callable[[float], bool]) -> Verdict:
    """Three-way rule on a monotone criterion `yes`: all of the interval, none of it, or some."""
    if summary.estimate is None:
        return Verdict.untested
    held = [yes(x) for x in (summary.ci or summary.differences)]
    if all(held):
        return Verdict.supported
    return Verdict.contradicted if not any(held) else Verdict.overstated


def greater(margin: float) -> Rule:
    """Supported where the whole interval (or every difference) exceeds the margin."""
    return lambda s: _judge(s, lambda x: x > margin)


def not_worse(margin: float) -> Rule:
    """Supported where the whole interval (or every difference) exceeds minus the margin."""
    return lambda s: _judge(s, lambda x: x > -margin)


def not_greater(margin: float) -> Rule:
    """For critiques: supported unless the interval (or every difference) exceeds the margin."""

    def rule(s: Summary) -> Verdict:
        if s.estimate is None:
            return Verdict.untested
        if s.ci is None:
            return _judge(s, lambda x: x <= margin)
        if s.ci[0] > margin:
            return Verdict.contradicted
        return Verdict.supported if s.estimate <= margin else Verdict.overstated

    return rule


def within(margin: float) -> Rule:
    """Supported where the interval (or every difference) lies within the margin of zero."""

    def rule(s: Summary) -> Verdict:
        if s.estimate is None:
            return Verdict.untested
        if s.ci is not None:
            if -margin <= s.ci[0] and s.ci[1] <= margin:
                return Verdict.supported
            apart = s.ci[0] > margin or s.ci[1] < -margin
            return Verdict.contradicted if apart else Verdict.overstated
        return _judge(s, lambda x: abs(x) <= margin)

    return rule


def counted(wins: int, of: int, ties: str) -> Rule:
    """Supported where the share of tasks won reaches the claimed share."""

    def rule(s: Summary) -> Verdict:
        n = s.wins + s.ties + s.losses
        if n == 0:
            return Verdict.untested
        won = s.wins + {"win": 1.0, "half": 0.5, "loss": 0.0}[ties] * s.ties
        claimed = wins / of if of else 1.0
        # a share, since a side may have fewer of the tasks than were claimed
        if won / n >= claimed - 1e-12:
            return Verdict.supported
        return Verdict.contradicted if won / n < claimed / 2 else Verdict.overstated

    return rule


def direction_only(summary: Summary) -> Summary:
    """The same summary reduced to its estimate."""
    if summary.estimate is None:
        return summary
    return replace(summary, ci=(summary.estimate, summary.estimate))


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of several verdicts; untested where there is none."""
    judged = [v for v in verdicts if v is not Verdict.untested]
    return ORDER[min(ORDER.index(v) for v in judged)] if judged else Verdict.untested


def typical_variance(rows: pd.DataFrame) -> pd.DataFrame:
    """Fill rows without a sampling variance with the median of the others, else one point squared."""
    if "variance" not in rows or not len(rows):
        return rows.assign(variance=1e-4)
    variance = pd.to_numeric(rows["variance"], errors="coerce")
    middle = float(np.nanmedian(variance)) if variance.notna().any() else 1e-4
    return rows.assign(variance=variance.fillna(middle))
