"""F38: failures and limits go unmentioned.

Only papers that somebody read for it: a field nobody looked at isn't a silence of the authors.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.bars import bars
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import MIN_CLUSTERS, Estimate, mean_of
from analysis.findings.judged import bar_rows, judged
from analysis.findings.thresholds import MOST, above, message, of_parts, percent

SQL = """
SELECT m.id AS model, m.family, f.field, f.state,
    CASE f.state WHEN 'known' THEN lower(f.value) = 'true' WHEN 'not_reported' THEN FALSE END AS mentioned
FROM method m
JOIN fact f ON f.entity_kind = 'model' AND f.entity = m.id
WHERE m.kind = 'foundation_model' AND f.field IN ('limitations_stated', 'negative_results_shown')
ORDER BY f.field, m.id
"""


def _unmentioned(rows: pd.DataFrame, field: str) -> Estimate:
    mine = rows[(rows["field"] == field) & rows["mentioned"].notna()]
    return mean_of((~mine["mentioned"].astype(bool)).astype(float), mine["family"])


def measure(rows: pd.DataFrame) -> Found:
    """Share of models whose papers state no limits, and show no negative results."""
    limits = _unmentioned(rows, "limitations_stated")
    negative = _unmentioned(rows, "negative_results_shown")
    models = rows["model"].nunique()
    if limits.ci is None or negative.ci is None:
        return insufficient(
            min(limits.n, negative.n), "model families",
            f"for each of {models} models: whether its paper states limitations (read for "
            f"{limits.n} families so far) and whether it shows negative results (read for "
            f"{negative.n}); at least {MIN_CLUSTERS} families for both, read whatever the answer",
        )  # fmt: skip
    return judged(
        of_parts([above(limits.ci, MOST), above(negative.ci, MOST)]), negative, "model families",
        f"{percent(limits)} of model papers read for it ({limits.n} families) state no "
        f"limitations, and {percent(negative)} show no negative results.",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Both shares."""
    data = bar_rows(
        {
            "no limitations stated": _unmentioned(rows, "limitations_stated"),
            "no negative results shown": _unmentioned(rows, "negative_results_shown"),
        }
    )
    return bars(
        data, message(found, "{:.0%} of model papers show no negative results", "What model papers leave unsaid"), "share of model papers read for it",
        f"n = {found.n} {found.unit_of_n}; dashed: half", MOST,
    )  # fmt: skip
