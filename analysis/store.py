"""The built database, opened read only: what every reader asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the built database read only.

    Threads must each take a `.cursor()`: a shared connection gave wrong rows silently.
    """
    connection = duckdb.connect(str(database), read_only=True)
    # a name that the file lacks must not be taken for one of our own Python variables
    connection.execute("SET GLOBAL python_enable_replacements = false")
    return connection


def rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of one of our own queries; `?` stands for the parameters in turn."""
    cursor = connection.cursor()
    try:
        result = cursor.execute(sql, list(parameters))
        return [column[0] for column in result.description or []], result.fetchall()
    finally:
        cursor.close()


def frame(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()
) -> pd.DataFrame:
    """The same as a data frame."""
    cursor = connection.cursor()
    try:
        table: pd.DataFrame = cursor.execute(sql, list(parameters)).df()
        return table
    finally:
        cursor.close()


def meta(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Data version, schema version, code version and counts."""
    return dict(rows(connection, "SELECT key, value FROM meta ORDER BY key")[1])
