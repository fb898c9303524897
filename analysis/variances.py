"""Sampling variance of every scored result, so that differences can be weighed."""

from __future__ import annotations

import duckdb

from schema.ddl import quoted


def write_arm_variance(connection: duckdb.DuckDBPyConnection) -> None:
    """Create arm_variance: a row is one scored result with its variance and where that is from."""
    connection.execute(
        "CREATE TABLE arm_variance AS SELECT result, NULL::DOUBLE AS variance, "
        "NULL::DOUBLE AS variance_skill, 'none' AS variance_source FROM scored"
    )
    for column, text in _COMMENTS.items():
        what = f"COLUMN arm_variance.{column}" if column else "TABLE arm_variance"
        connection.execute(f"COMMENT ON {what} IS {quoted(text)}")


_COMMENTS = {
    "": "Sampling variance of scored results. A row is one result.",
    "result": "The result",
    "variance": "Variance of its value on the metric's own scale",
    "variance_skill": "Variance of its skill",
    "variance_source": "Where the variance is from",
}
