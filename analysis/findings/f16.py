"""F16: foundation models gain something on truly novel sequences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import Found, insufficient
from analysis.findings.strata import forest_rows, found, gaps_sql, interval, pooled, says
from analysis.findings.thresholds import above, headline

SQL = gaps_sql(
    "any_comparator",
    more="""array_to_string(t.generalisation, ', ') AS generalisation, CASE
        WHEN list_has_any(t.generalisation, ['homology_split', 'unseen_species']) THEN 'novel'
        WHEN len(t.generalisation) > 0 THEN 'other split'
        ELSE 'not recorded'
    END AS stratum""",
    joins="JOIN task t ON t.id = g.task",
)


def measure(rows: pd.DataFrame) -> Found:
    """Model minus best comparator on tasks split by homology or species, pooled."""
    novel = pooled(rows[rows["stratum"] == "novel"])
    ci = interval(novel)
    unrecorded = rows[rows["stratum"] == "not recorded"]["task"].nunique()
    if ci is None:
        return insufficient(
            novel.n_publications, "publications", "tables with a comparator on tasks split by "
            "homology or by species, with a known chance level, from at least five publications "
            f"({unrecorded} tasks have no recorded split)",
        )  # fmt: skip
    other = pooled(rows[rows["stratum"] == "other split"])
    sentence = (
        f"On tasks split by homology or of unseen species models are {says(novel)} against the best "
        f"comparator; on tasks with another recorded split {says(other)}. {unrecorded} tasks have "
        "no recorded split and are left out."
    )
    return found(above(ci, 0.0), novel, sentence)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by how new the test items are."""
    gaps = {name: pooled(part) for name, part in rows.groupby("stratum")}
    return forest(
        forest_rows({str(name): gap for name, gap in gaps.items()}),
        headline(found, "On novel sequences models are {:+.3f} in skill against the best comparator"), "model minus best comparator, in skill",
        f"n = {found.n} publications with novel test items",
    )  # fmt: skip
