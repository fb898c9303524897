"""F48: bigger isn't reliably better.

The largest against the smallest variant of one model in one cell, run the same way. Pairs that
share their corpora are told apart in the sentence: other pairs differ in more than size.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.bootstrap import mean_of
from analysis.findings.pooled import hangs_on
from analysis.findings.strata import forest_rows, found, interval, pooled, says, without_each
from analysis.findings.thresholds import message, percent
from analysis.variances import sql_covariance

SQL = f"""
WITH sized AS (
    SELECT s.*, v.parameters, v.corpora FROM scored s JOIN variant v ON v.id = s.variant
    WHERE s.kind = 'foundation_model' AND v.parameters IS NOT NULL
),
ends AS (
    SELECT cell, protocol, method, configuration, arg_max(result, (parameters, result)) AS larger,
        arg_min(result, (parameters, result)) AS smaller
    FROM sized
    GROUP BY cell, protocol, method, configuration
    HAVING max(parameters) > min(parameters)
)
SELECT a.result, b.result AS comparator_result, a.work, a.method, a.variant, b.variant AS smaller_variant,
    a.task, a.dataset, a.domain, a.metric, a.protocol, a.parameters, b.parameters AS smaller_parameters,
    a.corpora IS NOT DISTINCT FROM b.corpora AND a.corpora IS NOT NULL AS same_corpora,
    a.score - b.score AS difference, a.skill - b.skill AS skill_difference,
    (va.variance + vb.variance - {sql_covariance()})
        * va.variance_skill / nullif(va.variance, 0) AS variance_skill
FROM ends
JOIN sized a ON a.result = ends.larger
JOIN sized b ON b.result = ends.smaller
LEFT JOIN arm_variance va ON va.result = a.result
LEFT JOIN arm_variance vb ON vb.result = b.result
ORDER BY a.result
"""


def measure(rows: pd.DataFrame) -> Found:
    """Larger minus smaller, pooled; wins on all metrics beside it."""
    gap = pooled(rows)
    won = ((rows["difference"] > 0) + 0.5 * (rows["difference"] == 0)).astype(float)
    wins = mean_of(won, rows["work"])
    ci = interval(gap)
    if ci is None:
        return insufficient(
            gap.n_publications, "publications",
            "two sizes of one model in one cell, from at least five publications",
        )  # fmt: skip

    def rule(low: float, high: float) -> FindingVerdict:
        if low > 0:
            return FindingVerdict.does_not_hold
        return FindingVerdict.holds if high < 0 else FindingVerdict.holds_in_part

    verdict = rule(*ci)
    lone = hangs_on(without_each(rows), rule, verdict)
    alike = pooled(rows[rows["same_corpora"].astype(bool)])
    ratio = (rows["parameters"].astype(float) / rows["smaller_parameters"].astype(float)).median()
    return found(
        verdict, gap,
        f"The largest variant of a model minus its smallest, {ratio:.0f} times smaller at the "
        f"median: {says(gap)}; it wins {percent(wins)}. With the same corpora: {says(alike)}.{lone}",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Larger minus smaller by model."""
    strata = {"all": pooled(rows)}
    strata |= {str(m): pooled(part) for m, part in rows.groupby("method")}
    return forest(
        forest_rows(strata), message(found, "The largest variant of a model is {:+.3f} in skill against its smallest", "The largest variant of a model against its smallest"),
        "larger minus smaller, in skill", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
