"""What claimgap's own runs of simple baselines add to a finding, told beside its verdict.

They never enter the verdict: they stand in another table than the model's score, and who asks the
question shouldn't supply the answer. A reader sees how many rows are ours and what they would change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.findings.base import Found

TABLES, OWN, WITH_OWN = "tables", "own", "with_own"


def with_own_sql(sql: str, against: str, domains: tuple[str, ...] = ()) -> str:
    """Rows of `sql` (see pooled_sql) as source `tables`, and those of gap_own_pooled beside them."""
    wanted = ", ".join(f"'{d}'" for d in domains)
    where = f"domain IN ({wanted})" if domains else "domain = 'all'"
    scope = f"t.domain IN ({wanted})" if domains else "TRUE"
    return f"""
WITH headline AS ({sql.strip()})
SELECT *, '{TABLES}' AS source, 0 AS n_own, 0 AS n_own_results, 0 AS n_own_tasks FROM headline
UNION ALL BY NAME
SELECT domain AS label, against, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low,
    pi_high, share_positive, status, 'skill' AS unit, message, source, n_own
FROM gap_own_pooled
WHERE source <> '{TABLES}' AND against = '{against}' AND {where}
UNION ALL BY NAME
SELECT 'our results' AS label, 'ran' AS source, count(*) AS n_own_results,
    count(DISTINCT s.task) AS n_own_tasks
FROM scored_all s JOIN task t ON t.id = s.task
WHERE s.evidence_level = 'own_run' AND s.split = 'test' AND {scope}
ORDER BY source = '{TABLES}' DESC, label = 'all' DESC, k DESC
"""


def headline(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that decide: without our own runs."""
    return rows[rows["source"] == TABLES]


def _gap(row: pd.Series) -> str:
    """A gap called what it is: two estimators give two numbers of the same rows."""
    if row["status"] == "descriptive":
        return f"a median over publications of {row['estimate']:+.3f}"
    known = pd.notna(row["ci_low"])
    ci = f"95% {row['ci_low']:+.3f} to {row['ci_high']:+.3f}" if known else "no interval"
    return f"a pooled {row['estimate']:+.3f} ({ci})"


def told(found: Found, rows: pd.DataFrame) -> Found:
    """The finding with a sentence on our own runs; verdict, effect and n stay those of the tables."""
    return replace(found, says=f"{found.says} {sentence(rows)}".strip())


def sentence(rows: pd.DataFrame) -> str:
    """How many rows of claimgap's own there are, what they say alone, and what all say together."""
    ran = rows[rows["source"] == "ran"]
    n_results = int(ran["n_own_results"].sum())
    if not n_results:
        return ""
    tasks = f"{n_results} results of claimgap's own on {int(ran['n_own_tasks'].sum())} tasks"
    alone = rows[(rows["source"] == OWN) & (rows["k"] > 0)]
    if not len(alone):
        return f"Left out: {tasks}, beside which the catalog has no model's score."
    parts = []
    for _, mine in alone.iterrows():
        both, theirs = (
            rows[(rows["source"] == source) & (rows["label"] == mine["label"])]
            for source in (WITH_OWN, TABLES)
        )
        where = "" if mine["label"] == "all" else f"{str(mine['label']).replace('_', ' ')}: "
        parts.append(
            f"{where}{int(mine['n_own'])} model results beside our baseline chosen on dev give "
            f"{_gap(mine)} ({int(mine['k'])} differences, {int(mine['n_publications'])} publications); "
            f"together with the tables' own they give {_gap(both.iloc[0])}"
            + (f", where the tables alone give {_gap(theirs.iloc[0])}" if len(theirs) else "")
        )
    return f"Left out: {tasks}; {'; '.join(parts)}."


def figure_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Strata for a forest plot: the tables' own, then all of them with ours, marked."""
    ours = rows[(rows["source"] == WITH_OWN) & (rows["k"] > 0) & (rows["n_own"] > 0)]
    label = ours["label"].map(lambda d: "all domains" if d == "all" else str(d).replace("_", " "))
    return pd.concat([headline(rows), ours.assign(label=label + ", with our runs")])


def mentioned(found: Found) -> Any:
    """The finding as a chart's message wants it: without the sentence on our own runs."""
    return replace(found, says=found.says.split(" Left out: ")[0])
