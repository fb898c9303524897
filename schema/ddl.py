"""The base tables' SQL, with its remarks turned into comments of the database."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from schema import vocabularies as words

SQL = Path(__file__).parent / "sql"

SCHEMA_VERSION = "3"
"""Raised when a table, a column or the meaning of one changes."""

ENUMS: dict[str, type[StrEnum]] = {
    "evidence_level": words.EvidenceLevel,
    "publication_role": words.Role,
    "method_kind": words.MethodKind,
    "metric_family": words.MetricFamily,
    "domain": words.Domain,
    "split": words.Split,
    "protocol": words.Protocol,
    "status": words.Status,
}

_TABLE = re.compile(r"^CREATE TABLE (\w+) \( -- (.+)$")
_COLUMN = re.compile(r"^    (\w+) .*?,? -- (.+)$")


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def enum_statements() -> list[str]:
    """CREATE TYPE for each vocabulary that a column is bound to."""
    return [
        f"CREATE TYPE {name} AS ENUM ({', '.join(quoted(each.value) for each in values)})"
        for name, values in ENUMS.items()
    ]


def comments() -> dict[tuple[str, str | None], str]:
    """Comment of each base table (column None) and of each of its columns, from tables.sql."""
    found: dict[tuple[str, str | None], str] = {}
    table = ""
    for line in (SQL / "tables.sql").read_text(encoding="utf-8").splitlines():
        if opening := _TABLE.match(line):
            table = opening[1]
            found[table, None] = opening[2]
        elif (column := _COLUMN.match(line)) and table:
            found[table, column[1]] = column[2]
    return found


def comment_statements() -> list[str]:
    """COMMENT ON for each base table and column."""
    return [
        f"COMMENT ON TABLE {table} IS {quoted(text)}"
        if column is None
        else f"COMMENT ON COLUMN {table}.{column} IS {quoted(text)}"
        for (table, column), text in comments().items()
    ]


def table_script() -> str:
    """All CREATE TABLE statements, in an order that foreign keys allow."""
    return (SQL / "tables.sql").read_text(encoding="utf-8")
