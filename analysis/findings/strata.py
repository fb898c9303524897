"""Gaps of the catalog with their variances, pooled by stratum at the house default."""

from __future__ import annotations

import pandas as pd

from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found
from analysis.gaps import PooledGap, one_each, pool

COLUMNS = """g.result, g.comparator_result, g.work, g.publication, g.method, g.variant, g.task,
    g.dataset, g.domain, g.metric, g.family, g.protocol, g.relation, g.comparator, g.difference,
    g.skill_difference, e.variance_skill"""


def gaps_sql(against: str, more: str = "", joins: str = "", where: str = "TRUE") -> str:
    """SELECT of gap_arms against one sort of comparator, with the variance in skill."""
    extra = f", {more}" if more else ""
    return f"""
SELECT {COLUMNS}{extra}
FROM gap_arms g
LEFT JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
{joins}
WHERE g.against = '{against}' AND {where}
ORDER BY g.result
"""


def pooled(rows: pd.DataFrame, column: str = "skill_difference") -> PooledGap:
    """Pool one difference for each model, dataset, metric and publication. Needs variance_skill."""
    return pool(one_each(rows, column, "variance_skill"))


def without_each(rows: pd.DataFrame) -> list[dict[str, object]]:
    """The interval of `pooled` without each publication in turn, for `pooled.hangs_on`."""
    each = one_each(rows, "skill_difference", "variance_skill")
    left = {work: pool(each[each["work"] != work]) for work in sorted(each["work"].unique())}
    return [{"work": work, "low": gap.ci_low, "high": gap.ci_high} for work, gap in left.items()]


def interval(gap: PooledGap) -> tuple[float, float] | None:
    """The 95 % interval of a pooled gap, None where it was only described."""
    if gap.ci_low is None or gap.ci_high is None:
        return None
    return gap.ci_low, gap.ci_high


def says(gap: PooledGap) -> str:
    """Estimate, interval and counts of a pooled gap in words."""
    if gap.estimate is None:
        return "unknown (no differences in skill)"
    ci = interval(gap)
    lone = ", the median of the publications" if gap.status == "descriptive" else " (no interval)"
    shown = f" (95% {ci[0]:+.3f} to {ci[1]:+.3f})" if ci else lone
    return (
        f"{gap.estimate:+.3f} in skill{shown}, {gap.k} differences from "
        f"{gap.n_publications} publications"
    )


def found(verdict: FindingVerdict, gap: PooledGap, sentence: str) -> Found:
    """A finding whose effect is a pooled gap in skill."""
    return Found(
        verdict, gap.n_publications, "publications", sentence, gap.estimate, gap.ci_low,
        gap.ci_high, "skill",
    )  # fmt: skip


def forest_rows(gaps: dict[str, PooledGap]) -> pd.DataFrame:
    """Pooled gaps as rows for charts.forest; those without an estimate are left out."""
    rows = [{"label": in_words(name), **vars(gap)} for name, gap in gaps.items() if gap.k]
    columns = ["label", *PooledGap.__dataclass_fields__]
    frame = pd.DataFrame(rows, columns=columns)
    numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high"]
    frame[numbers] = frame[numbers].astype(float)
    return frame[frame["estimate"].notna()]
