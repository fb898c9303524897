"""Sampling variance of every scored result, so that differences can be weighed."""

from __future__ import annotations

import duckdb


def write_arm_variance(connection: duckdb.DuckDBPyConnection) -> None:
    """Create arm_variance: a row is one scored result with its variance and where that is from."""
    connection.execute(
        "CREATE TABLE arm_variance AS SELECT result, NULL::DOUBLE AS variance, "
        "NULL::DOUBLE AS variance_skill, 'none' AS variance_source FROM scored"
    )
