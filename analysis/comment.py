"""Comments on tables that Python writes, so that the database explains itself."""

from __future__ import annotations

import duckdb

from schema.ddl import quoted


def comment_on(connection: duckdb.DuckDBPyConnection, table: str, comments: dict[str, str]) -> None:
    """Comment a table (under "") and its columns."""
    for column, text in comments.items():
        what = f"COLUMN {table}.{column}" if column else f"TABLE {table}"
        connection.execute(f"COMMENT ON {what} IS {quoted(text)}")
