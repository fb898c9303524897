"""What the overview and the report both say first: headline gaps, verdict counts, models by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

GAPS = """
SELECT gap, against, evidence, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low,
    pi_high, share_positive, status, message
FROM gap_pooled
WHERE domain = 'all' AND family = 'all' AND versus = 'best' AND k > 0
    AND (gap = 'reporting' OR against IN ('simple_baseline', 'specialist', 'random_init'))
    AND (gap = 'reporting' OR evidence IN ('authors', 'others'))
ORDER BY gap, list_position(['simple_baseline', 'specialist', 'random_init'], against), evidence
"""
YEARS = """
SELECT year, category, count(*)::INTEGER AS n
FROM (
    SELECT v.model, min(v.release_year) AS year, any_value(m.modality[1]) AS category
    FROM models v JOIN method m ON m.id = v.model
    WHERE v.release_year IS NOT NULL
    GROUP BY v.model
)
GROUP BY year, category ORDER BY year, category
"""
VERDICTS = """
SELECT side, verdict, count(*)::INTEGER AS n
FROM claim_verdict GROUP BY side, verdict ORDER BY side, verdict
"""
GAP_AXIS = "difference in skill (0: no gap; 1: from chance to perfect)"
GAP_NOTE = (
    "in brackets: differences, and publications that they come from; right of zero the model (or its authors' "
    "value) is ahead; thick line: 95% interval; thin line: where the next publication may fall"
)
VERDICT_NOTE = "each claim is judged twice: on its authors' own evidence, and on everyone else's"
_OVER = {
    "simple_baseline": "simple baselines",
    "specialist": "specialist tools",
    "random_init": "the untrained network",
}


def gap_label(row: Mapping[str, Any] | pd.Series) -> str:
    """One line of the headline forest: what the model is set against, and in whose tables."""
    if row["gap"] == "reporting":
        return "Authors' values over others', same model"
    who = "authors" if row["evidence"] == "authors" else "others"
    return f"Models over {_OVER[str(row['against'])]}, by {who}"


def gap_message(gaps: pd.DataFrame) -> str:
    """What the headline gaps come to: counted, so that it stays true when they move."""
    # without an interval too few publications speak to say on which side the pooled value lies
    pooled = gaps[(gaps["gap"] == "baseline") & gaps["ci_low"].notna()]
    wide = pooled.pivot_table(index="against", columns="evidence", values="estimate")
    if {"authors", "others"} - set(wide.columns) or wide.dropna().empty:
        return "How far foundation models are ahead of what they are compared with"
    both = wide.dropna()
    further = int((both["authors"] > both["others"]).sum())
    if further == len(both):
        return "Models look further ahead in their authors' tables than in everyone else's"
    if further == 0:
        return "Models look no further ahead in their authors' tables than in everyone else's"
    return (
        f"In {further} of {len(both)} comparisons models look further ahead in their authors' "
        "tables than in everyone else's"
    )


def verdict_message(counts: pd.DataFrame) -> str:
    """What the verdicts on the claims come to, from rows of VERDICTS."""
    n = counts.set_index(["side", "verdict"])["n"]
    total = int(n["own"].sum())
    tested = total - int(n.get(("others", "untested"), 0))
    held = int(n.get(("others", "supported"), 0))
    return f"Others' evidence tests {tested} of {total} claims, and supports {held} of them"


def year_message(counts: pd.DataFrame) -> str:
    """How young the catalogued models are, from rows of YEARS."""
    since = int(counts["year"].max()) - 2
    share = counts.loc[counts["year"] >= since, "n"].sum() / counts["n"].sum()
    return f"{share:.0%} of the catalogued models came out in {since} or later"


def year_note(counts: pd.DataFrame) -> str:
    """How many models the picture of years holds."""
    return f"n = {int(counts['n'].sum())} models with a known year, by what they read first"
