"""Computes every finding and writes its verdict, and the view `findings`."""

from __future__ import annotations

from importlib import import_module
from typing import cast

import duckdb
import pandas as pd

from analysis.findings.base import FindingModule, FindingVerdict, Found, insufficient
from schema.ddl import quoted

COLUMNS = {
    "finding": "The finding",
    "verdict": "holds, holds_in_part, does_not_hold or insufficient_evidence",
    "n": "How many of what unit_of_n says stand behind it",
    "unit_of_n": "What n counts",
    "says": "The measure in one sentence",
    "effect": "Effect, where the measure is one",
    "ci_low": "Lower end of its 95% interval",
    "ci_high": "Upper end of its 95% interval",
    "unit": "Unit of the effect",
    "missing": "What the catalog would have to hold, where evidence is insufficient",
    "sql": "SQL of the rows that decide it",
}


def module_of(finding: str) -> FindingModule:
    """The module that measures a finding. Raises ModuleNotFoundError for an unknown id."""
    return cast(FindingModule, import_module(f"analysis.findings.{finding.lower()}"))


def compute(connection: duckdb.DuckDBPyConnection, finding: str) -> tuple[Found, str]:
    """One finding on the built tables, and the SQL of its rows."""
    module = module_of(finding)
    rows: pd.DataFrame = connection.execute(module.SQL).df()
    return module.measure(rows), module.SQL.strip()


def write_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create finding_result (a row a finding) and the view `findings`."""
    known = [
        row[0]
        for row in connection.execute("SELECT id FROM finding_definition ORDER BY id").fetchall()
    ]
    records = []
    for finding in known:
        found, sql = compute(connection, finding)
        records.append({"finding": finding, **vars(found), "sql": sql})
    kinds = {"n": "INTEGER", "effect": "DOUBLE", "ci_low": "DOUBLE", "ci_high": "DOUBLE"}
    columns = ", ".join(f"{name} {kinds.get(name, 'VARCHAR')}" for name in COLUMNS)
    connection.execute(f"CREATE TABLE finding_result ({columns})")
    if records:
        frame = pd.DataFrame(records)
        frame["verdict"] = frame["verdict"].astype(str)
        connection.register("incoming", frame)
        connection.execute("INSERT INTO finding_result BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")
    connection.execute(
        "COMMENT ON TABLE finding_result IS 'What the catalog says of each finding. A row is one finding.'"
    )
    for name, text in COLUMNS.items():
        connection.execute(f"COMMENT ON COLUMN finding_result.{name} IS {quoted(text)}")


__all__ = ["FindingVerdict", "compute", "insufficient", "module_of", "write_findings"]
