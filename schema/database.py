"""Writes the base tables of a checked catalog into a DuckDB file."""

from __future__ import annotations

from enum import Enum

import duckdb
import pandas as pd
import pyarrow as pa

from schema.catalog import Catalog
from schema.ddl import SCHEMA_VERSION, comment_statements, enum_statements, table_script
from schema.frames import tables


def write_tables(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Create and fill all base tables, with their constraints and comments, and `meta`."""
    for statement in enum_statements():
        connection.execute(statement)
    connection.execute(table_script())
    for name, frame in tables(catalog):
        if len(frame):
            _insert(connection, name, frame)
    counts = {
        "models": len(catalog.models),
        "variants": sum(len(model.variants) for model in catalog.models.values()),
        "methods": len(catalog.methods),
        "benchmarks": len(catalog.benchmarks),
        "tasks": sum(len(suite.tasks) for suite in catalog.benchmarks.values()),
        "publications": len(catalog.publications),
        "evaluations": len(catalog.results),
        "results": sum(len(table.rows) for table in catalog.results),
        "claims": sum(len(file.claims) for file in catalog.claims.values()),
    }
    meta = {"data_version": catalog.version, "schema_version": SCHEMA_VERSION}
    meta |= {f"count_{name}": str(count) for name, count in counts.items()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    for statement in comment_statements():
        connection.execute(statement)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    # by way of Arrow, so that lists, missing numbers and missing text arrive as what they are
    columns = {
        column: pa.array([_plain(each) for each in frame[column]]) for column in frame.columns
    }
    connection.register("incoming", pa.table(columns))
    connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    item = getattr(value, "item", None)
    return item() if callable(item) else value
