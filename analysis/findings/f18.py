"""F18: zero-shot use of foundation models is of value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.pooled import MATTERS
from analysis.findings.strata import forest_rows, interval, pooled, says
from analysis.findings.strata import found as found_gap
from analysis.gaps import PooledGap

SQL = """
SELECT 'chance' AS against, s.result, NULL AS comparator_result, s.work, s.dataset, s.domain,
    s.metric, s.family, s.method, s.skill AS skill_difference, a.variance_skill
FROM scored s
LEFT JOIN arm_variance a ON a.result = s.result
WHERE s.kind = 'foundation_model' AND s.protocol = 'zero_shot' AND s.skill IS NOT NULL
UNION ALL
SELECT g.against, g.result, g.comparator_result, g.work, g.dataset, g.domain, g.metric, g.family,
    g.method, g.skill_difference, e.variance_skill
FROM gap_arms g
LEFT JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
WHERE g.protocol = 'zero_shot' AND g.against IN ('simple_baseline', 'specialist')
    AND g.skill_difference IS NOT NULL
ORDER BY 1, 2
"""
WORDS = {
    "chance": "above chance", "simple_baseline": "against the best simple baseline",
    "specialist": "against the best specialist tool",
}  # fmt: skip


def gaps(rows: pd.DataFrame) -> dict[str, PooledGap]:
    """Pooled zero-shot skill above chance, and gaps to simple baselines and specialists."""
    return {name: pooled(rows[rows["against"] == name]) for name in WORDS}


def measure(rows: pd.DataFrame) -> Found:
    """Of value: clearly above chance, and above the best simple baseline."""
    found = gaps(rows)
    chance, simple = interval(found["chance"]), interval(found["simple_baseline"])
    if chance is None:
        return insufficient(
            found["chance"].n_publications, "publications",
            "zero-shot results with a known chance level from at least five publications",
        )  # fmt: skip
    if chance[0] <= MATTERS or (simple is not None and simple[1] < 0):
        verdict = FindingVerdict.does_not_hold
    elif simple is not None and simple[0] > 0:
        verdict = FindingVerdict.holds
    else:
        verdict = FindingVerdict.holds_in_part
    sentence = "Zero-shot, models are " + "; ".join(
        f"{words} {says(found[name])}" for name, words in WORDS.items()
    )
    head = found["simple_baseline"] if simple is not None else found["chance"]
    return found_gap(verdict, head, sentence + ".")


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot: chance, simple baselines, specialists."""
    pooled_gaps = {WORDS[name]: gap for name, gap in gaps(rows).items()}
    return forest(
        forest_rows(pooled_gaps), found.says.split(" (")[0], "zero-shot model minus what it is held "
        "against, in skill", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
