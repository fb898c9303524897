"""Plain result files (CSV, TSV, JSON rows) as a table."""

from typing import Any

from ingest.services.reading import MalformedResponseError, read_json
from ingest.tables import delimited
from ingest.tables.grid import Cell, Table


def tables_of(raw: bytes, name: str) -> list[Table]:
    """Tables of a result file. Raises MalformedResponseError, NotATableError."""
    if name.lower().endswith((".json", ".jsonl", ".ndjson")):
        return [from_rows(_json_rows(raw, name), name)]
    return delimited.read_text(delimited.decode(raw, name), name)


def _json_rows(raw: bytes, name: str) -> list[dict[str, Any]]:
    if name.lower().endswith((".jsonl", ".ndjson")):
        lines = [line for line in raw.split(b"\n") if line.strip()]
        data: Any = [read_json(line, f"{name}, line {i}") for i, line in enumerate(lines, 1)]
    else:
        data = read_json(raw, name)
    if isinstance(data, dict):
        rows = next((v for v in data.values() if _is_rows(v)), None)
        if rows is not None:
            return list(rows)
        # {"model": {"metric": value}}: the outer keys are the rows' names.
        if data and all(isinstance(v, dict) for v in data.values()):
            return [{"name": key, **value} for key, value in data.items()]
        return [data]
    if _is_rows(data):
        return list(data)
    raise MalformedResponseError(f"{name}: found no rows, expected a list of objects.")


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def from_rows(rows: list[dict[str, Any]], name: str) -> Table:
    """Objects as a table, nested keys joined by a full stop, in order of appearance."""
    flat = [_flatten(row) for row in rows]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    grid = [[Cell(column, header=True, origin=(0, c)) for c, column in enumerate(columns)]]
    for r, row in enumerate(flat, 1):
        grid.append([Cell(row.get(column, ""), origin=(r, c)) for c, column in enumerate(columns)])
    return Table(grid, header_rows=1, locator=name)


def _flatten(row: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < 5:
            out |= _flatten(value, f"{name}.", depth + 1)
        elif isinstance(value, bool):
            out[name] = "true" if value else "false"
        elif value is not None and not isinstance(value, dict | list):
            out[name] = str(value)
    return out
