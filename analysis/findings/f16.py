"""F16: foundation models gain something on truly novel sequences.

Our own runs are told beside it: none is on a novel split, but they show what a baseline's score on an
ordinary split owes to test items that stand in train.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import Found, insufficient
from analysis.findings.strata import forest_rows, found, gaps_sql, interval, pooled, says
from analysis.findings.thresholds import above, headline

_STRATUM = """CASE
        WHEN list_has_any(t.generalisation, ['homology_split', 'unseen_species']) THEN 'novel'
        WHEN t.generalisation = ['nothing_held_out'] THEN 'nothing held out'
        WHEN len(t.generalisation) > 0 THEN 'other split'
        ELSE 'not recorded'
    END AS stratum"""
_STRATA = gaps_sql(
    "any_comparator",
    more=f"array_to_string(t.generalisation, ', ') AS generalisation, {_STRATUM}",
    joins="JOIN task t ON t.id = g.task",
)
SQL = f"""
WITH tables AS ({_STRATA.strip()})
SELECT *, 'tables' AS source FROM tables
UNION ALL BY NAME
SELECT o.result, o.comparator_result, o.work, o.publication, o.method, o.variant, o.task, o.dataset,
    o.domain, o.metric, o.family, o.protocol, o.relation, o.comparator, o.difference,
    o.skill_difference, e.variance_skill, array_to_string(t.generalisation, ', ') AS generalisation,
    {_STRATUM}, 'own' AS source
FROM gap_own o
JOIN task t ON t.id = o.task
LEFT JOIN pair_effect e ON e.result = o.result AND e.comparator_result = o.comparator_result
WHERE o.against = 'any_comparator'
UNION ALL BY NAME
SELECT l.result, l.task, l.metric, l.method, l.change AS difference, 'leak-free' AS stratum,
    'leak_free' AS source
FROM own_leak_free l
JOIN own_run r ON r.task = l.task AND r.selected_by = l.metric
WHERE l.best_on_dev
ORDER BY source, result
"""


def measure(rows: pd.DataFrame) -> Found:
    """Model minus best comparator on tasks split by homology or species, pooled."""
    ours = rows[rows["source"] != "tables"]
    rows = rows[rows["source"] == "tables"]
    novel = pooled(rows[rows["stratum"] == "novel"])
    ci = interval(novel)
    unrecorded = rows[rows["stratum"] == "not recorded"]["task"].nunique()
    if ci is None:
        thin = insufficient(
            novel.n_publications, "publications", "tables with a comparator on tasks split by "
            "homology or by species, with a known chance level, from at least five publications "
            f"({unrecorded} tasks have no recorded split)",
        )  # fmt: skip
        return replace(thin, says=thin.says + _own_runs(ours))
    other = pooled(rows[rows["stratum"] == "other split"])
    whole = rows[rows["stratum"] == "nothing held out"]["task"].nunique()
    sentence = (
        f"On tasks split by homology or of unseen species models are {says(novel)} against the best "
        f"comparator; on tasks with another recorded split {says(other)}. {whole} tasks hold "
        f"nothing out, {unrecorded} have no recorded split: both are left out.{_own_runs(ours)}"
    )
    return found(above(ci, 0.0), novel, sentence)


def _own_runs(ours: pd.DataFrame) -> str:
    beside = ours[ours["source"] == "own"]
    pairs = ours[ours["source"] == "leak_free"]
    if not len(beside) and not len(pairs):
        return ""
    novel = int((beside["stratum"] == "novel").sum())
    told = (
        f" Left out: {len(beside)} model results beside claimgap's own baselines, {novel} of them on "
        f"novel items; on other splits models are {says(pooled(beside[beside['stratum'] == 'other split']))} "
        "against those."
    )
    if len(pairs):
        lower = int((pairs["difference"] < 0).sum())
        told += (
            f" Without the test items that audits flag, our baseline scores lower on {lower} of "
            f"{len(pairs)} audited tasks (median change {pairs['difference'].median():+.3f})."
        )
    return told


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by how new the test items are."""
    tables = rows[rows["source"] == "tables"]
    gaps = {name: pooled(part) for name, part in tables.groupby("stratum")}
    message = "Too few publications score models on novel sequences to pool them"
    if found.effect is not None:
        message = headline(
            found, "On novel sequences models are {:+.3f} in skill against the best comparator"
        )
    return forest(
        forest_rows({str(name): gap for name, gap in gaps.items()}),
        message, "model minus best comparator, in skill",
        f"n = {found.n} publications with novel test items",
    )  # fmt: skip
