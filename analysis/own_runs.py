"""Gaps with and without claimgap's own runs of simple baselines, pooled the same way.

The headline gaps (gap_pooled) leave our own runs out: they stand in another table than the model's
score, and who asks the question shouldn't supply the answer. Here they are pooled alone and added,
so that a reader sees what they change (docs/baselines.md).
"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from analysis.comment import comment_on
from analysis.gaps import one_each, pool

AGAINST = ("simple_baseline", "kmer_linear", "any_comparator")

_ROWS = """
WITH every AS (
    SELECT g.result, g.comparator_result, g.against, g.domain, g.work, g.dataset, g.method,
        g.skill_difference, FALSE AS own
    FROM gap_arms g
    UNION ALL
    SELECT o.result, o.comparator_result, o.against, o.domain, o.work, o.dataset, o.method,
        o.skill_difference, TRUE
    FROM gap_own o
)
SELECT every.*, e.variance_skill,
    -- a comparator of the model's own table is a stricter comparison than ours: it goes first
    own AND EXISTS (
        SELECT 1 FROM gap_arms g WHERE g.result = every.result AND g.against = every.against
    ) AS doubled
FROM every
LEFT JOIN pair_effect e ON e.result = every.result AND e.comparator_result = every.comparator_result
WHERE every.skill_difference IS NOT NULL
ORDER BY every.result, every.against, own
"""


def write_own(connection: duckdb.DuckDBPyConnection) -> None:
    """Create gap_own_pooled: a row is one gap of one domain, of the tables alone, ours, or both."""
    rows: pd.DataFrame = connection.execute(_ROWS).df()
    mine = rows["own"].astype(bool)
    sources = {"tables": ~mine, "own": mine, "with_own": ~rows["doubled"].astype(bool)}
    found: list[dict[str, Any]] = []
    for against in AGAINST:
        part = rows[rows["against"] == against]
        domains = ["all", *sorted(part.loc[part["own"].astype(bool), "domain"].unique())]
        for source, kept in sources.items():
            for domain in domains:
                chosen = part[kept[part.index] & ((part["domain"] == domain) | (domain == "all"))]
                pooled = pool(one_each(chosen, "skill_difference", "variance_skill"))
                ours = int(chosen["own"].astype(bool).sum())
                found.append({"against": against, "source": source, "domain": domain,
                              "n_rows": len(chosen), "n_own": ours, **vars(pooled)})  # fmt: skip
    frame = pd.DataFrame(found)
    connection.execute(_TABLE)
    connection.register("incoming", frame)
    connection.execute("INSERT INTO gap_own_pooled BY NAME SELECT * EXCLUDE (p) FROM incoming")
    connection.unregister("incoming")
    comment_on(connection, "gap_own_pooled", _COMMENTS)


_TABLE = """
CREATE TABLE gap_own_pooled (
    against VARCHAR, source VARCHAR, domain VARCHAR, n_rows INTEGER, n_own INTEGER, status VARCHAR,
    k INTEGER, n_datasets INTEGER, n_publications INTEGER, estimate DOUBLE, ci_low DOUBLE,
    ci_high DOUBLE, pi_low DOUBLE, pi_high DOUBLE, share_positive DOUBLE, message VARCHAR
)
"""
_COMMENTS = {
    "": "Gaps in skill with and without claimgap's own runs, everyone's evidence, pooled as gap_pooled "
    "is. A row is one gap of one domain.",
    "against": "Sort of comparator",
    "source": "Whose comparator: tables (the model's own table has it; the headline), own (claimgap's run "
    "on the same test file), with_own (the table's where it has one, else claimgap's)",
    "domain": "Task domain, or all",
    "n_rows": "Results of foundation models",
    "n_own": "Of them beside a run of claimgap's own",
    "status": "pooled, descriptive (too few publications for an interval), refused, or none",
    "k": "Differences: one for each model, dataset and publication",
    "n_datasets": "Datasets among them",
    "n_publications": "Publications of the models' results among them",
    "estimate": "Pooled difference in skill, model minus comparator",
    "ci_low": "Lower end of the 95% interval",
    "ci_high": "Upper end of the 95% interval",
    "pi_low": "Lower end of the prediction interval",
    "pi_high": "Upper end of the prediction interval",
    "share_positive": "Share of differences above zero, ties counting half",
    "message": "What the method has to say about it",
}
