"""Rankings of foundation models by domain: ranks as intervals, agreement between tasks.

A row that ranks is one task under one set of conditions in one table; a model that wasn't measured
there is missing there, and nothing is averaged over it (docs/methods/ranking.md).
"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from analysis.comment import comment_on
from analysis.ranking import (
    RankingError,
    ScoreTable,
    bradley_terry,
    critical_difference,
    friedman,
    rank_intervals,
)

# A model seen on fewer rows says too little for a place in a ranking.
MIN_ROWS = 3
# Half-wins added to each pair, as in the rank intervals: a model that never lost has no maximum.
PRIOR = 0.1
DRAWS = 500

_SQL = """
SELECT domain, cell || '|' || protocol AS task, work, method, max(score) AS score
FROM scored
WHERE kind = 'foundation_model' AND best_configuration
GROUP BY ALL
ORDER BY ALL
"""


def _eligible(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with two or more models, of models on MIN_ROWS rows or more."""
    counts = rows.groupby("method")["task"].nunique()
    rows = rows[rows["method"].isin(counts[counts >= MIN_ROWS].index)]
    several = rows.groupby("task")["method"].nunique()
    return rows[rows["task"].isin(several[several >= 2].index)]


def rank_domain(
    domain: str, rows: pd.DataFrame
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Ranks with intervals of one domain's models, and how far its tasks agree."""
    rows = _eligible(rows)
    if rows["method"].nunique() < 2:
        return [], None
    try:
        table = ScoreTable.from_long(rows["method"], rows["task"], rows["score"], rows["work"])
        intervals = rank_intervals(table, draws=DRAWS)
        fitted = bradley_terry(table, prior=PRIOR)
    except RankingError:
        return [], None
    strength = dict(zip(fitted.methods, zip(fitted.strength, fitted.se, strict=True), strict=True))
    ranked = [
        {
            "domain": domain, "method": each.method, "rank": each.rank, "rank_low": each.low,
            "rank_high": each.high, "share_first": each.best, "n_rows": each.n_rows,
            "n_rows_total": each.n_rows_total, "n_publications": each.n_studies,
            "strength": strength[each.method][0], "strength_se": strength[each.method][1],
        }
        for each in intervals
    ]  # fmt: skip
    return ranked, _agreement(domain, table, rows)


def _agreement(domain: str, table: ScoreTable, rows: pd.DataFrame) -> dict[str, Any] | None:
    """Kendall's W over the most models that share at least five rows."""
    by_coverage = rows.groupby("method")["task"].nunique().sort_values(ascending=False)
    for count in range(len(by_coverage), 2, -1):
        chosen = sorted(by_coverage.index[:count])
        try:
            found = friedman(table.complete(chosen))
        except RankingError:
            continue
        if found.n_tasks >= 5:
            return {
                "domain": domain, "methods": ", ".join(found.methods), "n_methods": count,
                "n_rows": found.n_tasks, "w": found.w, "chi2": found.chi2, "p": found.p,
                "critical_difference": critical_difference(count, found.n_tasks),
            }  # fmt: skip
    return None


def write_rankings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ranking (a row a model in a domain) and ranking_agreement (a row a domain)."""
    rows: pd.DataFrame = connection.execute(_SQL).df()
    ranked: list[dict[str, Any]] = []
    agreed: list[dict[str, Any]] = []
    for domain, part in rows.groupby("domain", sort=True):
        places, agreement = rank_domain(str(domain), part)
        ranked += places
        agreed += [agreement] if agreement else []
    connection.execute(_TABLES)
    for name, records in (("ranking", ranked), ("ranking_agreement", agreed)):
        if records:
            frame = pd.DataFrame(records)
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
            connection.unregister("incoming")
        comment_on(connection, name, _COMMENTS[name])


_TABLES = """
CREATE TABLE ranking (
    domain VARCHAR, method VARCHAR, rank INTEGER, rank_low INTEGER, rank_high INTEGER,
    share_first DOUBLE, n_rows INTEGER, n_rows_total INTEGER, n_publications INTEGER,
    strength DOUBLE, strength_se DOUBLE
);
CREATE TABLE ranking_agreement (
    domain VARCHAR, methods VARCHAR, n_methods INTEGER, n_rows INTEGER, w DOUBLE, chi2 DOUBLE,
    p DOUBLE, critical_difference DOUBLE
);
"""
_COMMENTS = {
    "ranking": {
        "": "Foundation models ranked by domain, by Bradley-Terry over all head-to-heads; a rank is an "
        "interval. A row is one model in one domain.",
        "domain": "The domain",
        "method": "The model, at its best configuration and checkpoint of each cell",
        "rank": "Its rank, 1 being best",
        "rank_low": "Best rank of the 95% interval (bootstrap over publications and tasks); NULL under four publications",
        "rank_high": "Worst rank of the interval",
        "share_first": "Share of bootstrap draws in which it came first",
        "n_rows": "Rows on which it was measured",
        "n_rows_total": "Rows of the domain",
        "n_publications": "Publications that measured it",
        "strength": "Log-strength (Bradley-Terry, centred)",
        "strength_se": "Its standard error, head-to-heads taken as independent: use the rank interval",
    },
    "ranking_agreement": {
        "": "How far the tasks of a domain agree on the order of models. A row is one domain.",
        "domain": "The domain",
        "methods": "The models that share the rows",
        "n_methods": "How many they are",
        "n_rows": "Rows that all of them share",
        "w": "Kendall's W: 0 no agreement, 1 one order",
        "chi2": "Friedman's chi2, corrected for ties",
        "p": "Its p-value, rows taken as independent",
        "critical_difference": "Nemenyi's critical difference of mean ranks at 5%",
    },
}
