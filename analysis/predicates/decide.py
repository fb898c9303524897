"""From deciding rows to a verdict, by the rules of docs/methods/verdicts.md and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.meta import MetaError, pooled_default
from analysis.predicates import net_wins

MIN_STUDIES = 5
MIN_DATASETS = 5
# Where nothing is known of any row's sampling variance: one metric point, squared.
FALLBACK_VARIANCE = 1e-4

NET_WINS = "net wins"

SLACK = 1e-9
"""What two printed values may differ by more than their difference, as decimals aren't binary."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


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


@dataclass(frozen=True)
class Evidence:
    """Deciding rows as arrays of one length (pandas would take seconds over thousands of subsets).

    Publications, datasets, contests and metrics are numbered; differences are NaN where undefined.
    A contest is what counts as won or lost once: a task and metric, unless the predicate says else.
    """

    work: IntArray
    dataset: IntArray
    contest: IntArray
    metric: IntArray
    points: FloatArray
    skill: FloatArray
    points_median: FloatArray
    skill_median: FloatArray
    variance: FloatArray
    tie: BoolArray
    own: BoolArray
    peer_reviewed: BoolArray
    leakage_noted: BoolArray

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.work)

    def where(self, rows: BoolArray) -> Evidence:
        """The rows that are true."""
        return Evidence(*(getattr(self, field.name)[rows] for field in fields(self)))


def read_evidence(rows: pd.DataFrame) -> Evidence:
    """Rows of a predicate's SQL, with `variance`, as arrays; unknown variances take the median."""

    def code(column: str) -> IntArray:
        return pd.factorize(rows[column].to_numpy(dtype=object), sort=True)[0].astype(np.intp)

    def number(column: str) -> FloatArray:
        values = pd.to_numeric(rows[column], errors="coerce")
        return values.to_numpy(dtype=np.float64, na_value=np.nan)

    def truth(column: str) -> BoolArray:
        return np.array([bool(x) if x == x and x is not None else False for x in rows[column]])

    variance = number("variance")
    known = np.isfinite(variance) & (variance > 0)
    middle = float(np.median(variance[known])) if known.any() else FALLBACK_VARIANCE
    return Evidence(
        code("work"), code("dataset"), code("contest"), code("metric"), number("points"),
        number("skill"), number("points_median"), number("skill_median"),
        np.where(known, variance, middle), truth("tie").astype(bool), truth("own").astype(bool),
        np.array([level == "peer_reviewed" for level in rows["evidence_level"]], dtype=bool),
        truth("leakage_noted").astype(bool),
    )  # fmt: skip


def summarise(rows: Evidence, median: bool = False) -> Summary:
    """Average by dataset in publication, then pool; rows without the unit are counted out.

    The unit is metric points where all rows share one metric, skill across metrics, and net wins
    (+1, 0 or -1 a row) where most rows have no known chance level and so no skill.
    """
    suffix = "_median" if median else ""
    points: FloatArray = getattr(rows, f"points{suffix}")
    y: FloatArray = points
    unit = "points"
    if len(np.unique(rows.metric)) > 1:
        unit, y = "skill", getattr(rows, f"skill{suffix}")
        if 2 * int(np.isfinite(y).sum()) < int(np.isfinite(points).sum()):
            unit, y = NET_WINS, np.where(rows.tie, 0.0, np.sign(points))
    wins, ties, losses = _count(rows, points)
    defined = np.isfinite(y)
    used, y = rows.where(defined), y[defined]
    pairs, group = np.unique(np.stack([used.work, used.dataset]), axis=1, return_inverse=True)
    n = np.bincount(group, minlength=pairs.shape[1])
    means = np.bincount(group, weights=y, minlength=pairs.shape[1]) / np.maximum(n, 1)
    v = np.bincount(group, weights=used.variance, minlength=pairs.shape[1]) / np.maximum(n, 1)
    nothing = (None, None, "none")
    if not len(y):
        estimate, ci, how = nothing
    elif unit == NET_WINS:
        estimate, ci, how = _pool_wins(means, pairs[1], pairs[0], len(y))
    else:
        estimate, ci, how = _pool(means, v, pairs[1], pairs[0])
    return Summary(
        unit=unit, n_rows=len(y), n_datasets=len(np.unique(used.dataset)),
        n_works=len(np.unique(used.work)), estimate=estimate, ci=ci, interval=how,
        differences=tuple(float(x) for x in means) if len(y) else (), wins=wins, ties=ties,
        losses=losses, left_out=len(rows) - len(y),
    )  # fmt: skip


def _count(rows: Evidence, points: FloatArray) -> tuple[int, int, int]:
    """Contests won, tied and lost: a sign needs no common scale.

    Of several variants in one contest the best one speaks, as those who count wins do.
    """
    known = np.isfinite(points)
    contest, y, tie = rows.contest[known], points[known], rows.tie[known]
    order = np.lexsort((y, contest))
    last = (
        np.append(contest[order][1:] != contest[order][:-1], True) if len(y) else order.astype(bool)
    )
    best = order[last.astype(bool)]
    ties = int(tie[best].sum())
    wins = int(((y[best] > 0) & ~tie[best]).sum())
    return wins, ties, len(best) - wins - ties


def _pool(
    y: FloatArray, v: FloatArray, dataset: IntArray, work: IntArray
) -> tuple[float, tuple[float, float] | None, str]:
    if len(np.unique(work)) >= MIN_STUDIES:
        try:
            pooled = pooled_default(y, v, dataset, work)
        except MetaError:
            pass  # falls back to the mean over datasets, which `interval` then says
        else:
            if pooled.ci is not None:
                return pooled.estimate, pooled.ci, "over publications (CR2)"
    means = _means(y, dataset)
    mean = float(means.mean())
    if len(means) < MIN_DATASETS:
        return mean, None, "none"
    half = float(stats.t.ppf(0.975, len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means)))
    return mean, (mean - half, mean + half), "over datasets (t)"


def _means(y: FloatArray, group: IntArray) -> FloatArray:
    return np.array([y[group == g].mean() for g in np.unique(group)])


def _pool_wins(
    y: FloatArray, dataset: IntArray, work: IntArray, n_rows: int
) -> tuple[float, tuple[float, float] | None, str]:
    """Net wins have bounds and no sampling variance: publications, or datasets, count once each."""
    for group, least, over in (
        (work, MIN_STUDIES, "over publications (Wilson)"),
        (dataset, MIN_DATASETS, "over datasets (Wilson)"),
    ):
        if len(means := _means(y, group)) >= least:
            return *net_wins.mean_and_interval(means, n_rows), over
    return float(_means(y, dataset).mean()), None, "none"


Rule = Callable[[Summary], Verdict]


def _judge(summary: Summary, yes: Callable[[float], bool]) -> Verdict:
    """Three-way rule on a monotone criterion `yes`: all of the interval, none of it, or some."""
    held = [yes(x) for x in (summary.ci or summary.differences)]
    if all(held):
        return Verdict.supported
    return Verdict.contradicted if not any(held) else Verdict.overstated


def decidable(summary: Summary, margin: float) -> bool:
    """Whether there are rows, and in a unit in which the margin can be read.

    A margin is one of points or of skill. Net wins have no unit, so that only a margin of zero,
    a matter of the sign alone, can be held against them.
    """
    return summary.estimate is not None and (summary.unit != NET_WINS or margin == 0)


def greater(margin: float) -> Rule:
    """Supported where the whole interval (or every difference) exceeds the margin."""

    def rule(s: Summary) -> Verdict:
        return _judge(s, lambda x: x > margin) if decidable(s, margin) else Verdict.untested

    return rule


def not_worse(margin: float) -> Rule:
    """Supported where the whole interval (or every difference) reaches down to minus the margin."""
    least = -margin - SLACK

    def rule(s: Summary) -> Verdict:
        return _judge(s, lambda x: x >= least) if decidable(s, margin) else Verdict.untested

    return rule


def not_greater(margin: float) -> Rule:
    """For critiques: supported unless the interval (or every difference) exceeds the margin."""

    def rule(s: Summary) -> Verdict:
        if s.estimate is None or not decidable(s, margin):
            return Verdict.untested
        if s.ci is None:
            return _judge(s, lambda x: x <= margin)
        if s.ci[0] > margin:
            return Verdict.contradicted
        return Verdict.supported if s.estimate <= margin else Verdict.overstated

    return rule


def within(margin: float) -> Rule:
    """Supported where the interval (or every difference) lies within the margin of zero.

    Equality is a matter of size, never of signs: net wins can't show it.
    """
    most = margin + SLACK

    def rule(s: Summary) -> Verdict:
        if s.unit == NET_WINS or not decidable(s, margin):
            return Verdict.untested
        if s.ci is not None:
            if -most <= s.ci[0] and s.ci[1] <= most:
                return Verdict.supported
            apart = s.ci[0] > most or s.ci[1] < -most
            return Verdict.contradicted if apart else Verdict.overstated
        return _judge(s, lambda x: abs(x) <= most)

    return rule


def counted(wins: int, of: int, ties: str) -> Rule:
    """Supported where the share of contests won reaches the claimed share."""

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
