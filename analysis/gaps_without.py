"""The headline gaps without each publication in turn: a verdict that hangs on one says so."""

from __future__ import annotations

import duckdb
import pandas as pd

from analysis.comment import comment_on
from analysis.gaps import one_each, pool, read_gaps

AGAINST = ("simple_baseline", "kmer_linear", "specialist", "random_init")
"""Comparators that a finding about a pooled gap stands on (F12, F13, F14, F20)."""

_COLUMNS = {
    "": "The headline gaps in skill, everyone's evidence, with one publication left out. A row is one "
    "gap and the publication that is missing in it.",
    "against": "Sort of comparator",
    "work": "The publication left out, a preprint and its published version being one",
    "k": "Differences left",
    "n_publications": "Publications left",
    "estimate": "Pooled difference in skill without it",
    "ci_low": "Lower end of the 95% interval; NULL where fewer than five publications are left",
    "ci_high": "Upper end of the 95% interval",
}


def without_each(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Each gap of AGAINST, pooled anew without each of its publications: the columns of the table."""
    gaps = read_gaps(connection)
    rows = []
    for against in AGAINST:
        part = gaps[gaps["against"] == against]
        each = one_each(part, "skill_difference", "variance_skill")
        for work in sorted(each["work"].unique()):
            left = pool(each[each["work"] != work])
            rows.append((
                against, work, left.k, left.n_publications, left.estimate, left.ci_low, left.ci_high,
            ))  # fmt: skip
    names = [name for name in _COLUMNS if name]
    kinds = {"k": int, "n_publications": int, "estimate": float, "ci_low": float, "ci_high": float}
    return pd.DataFrame(rows, columns=names).astype({"against": str, "work": str, **kinds})


def write_without(connection: duckdb.DuckDBPyConnection) -> None:
    """Create gap_without (a row a gap and publication left out)."""
    connection.register("incoming", without_each(connection))
    connection.execute(
        "CREATE TABLE gap_without AS SELECT against::VARCHAR AS against, work::VARCHAR AS work, "
        "k::INTEGER AS k, n_publications::INTEGER AS n_publications, "
        "CASE WHEN NOT isnan(estimate) THEN estimate END AS estimate, "
        "CASE WHEN NOT isnan(ci_low) THEN ci_low END AS ci_low, "
        "CASE WHEN NOT isnan(ci_high) THEN ci_high END AS ci_high FROM incoming"
    )
    connection.unregister("incoming")
    comment_on(connection, "gap_without", _COLUMNS)
