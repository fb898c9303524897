"""The gate: which statements may run, judged on DuckDB's own parse tree.

The tree, not the text, is what comments, quotes, capitals and Unicode can't fool. Tables and table
functions are a closed list, since each new DuckDB brings more that read files or take raw
pointers; of the scalar functions, the few that tell about the machine or skip the gate are hidden.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.sandbox.result import QueryError

# A CTE may hold INSERT, UPDATE, DELETE or COPY, and the statement still counts as a SELECT.
READING_NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}

SYSTEM_VIEWS = {
    "duckdb_columns",
    "duckdb_constraints",
    "duckdb_indexes",
    "duckdb_schemas",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "sqlite_master",
    "sqlite_schema",
}
# Not `histogram`, `query` and `query_table`: they take the name of a table as a string.
TABLE_FUNCTIONS = {
    "duckdb_columns",
    "duckdb_constraints",
    "duckdb_functions",
    "duckdb_keywords",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "generate_series",
    "json_each",
    "json_tree",
    "pragma_table_info",
    "range",
    "repeat",
    "repeat_row",
    "unnest",
}
HIDDEN_FUNCTIONS = {
    # tell about the machine and the settings
    "current_setting",
    "getenv",
    "getvariable",
    "json_serialize_plan",
    "write_log",
    # keep a process busy without working
    "pg_sleep",
    "sleep_ms",
    # belong to sequences, which only writers need
    "currval",
    "nextval",
    "setval",
    # read bytes as the engine's own structures
    "combine",
    "finalize",
    "to_aggregate_state",
    "variant_bytes_to_variant",
}
SHOW_NAMES = {'"tables"', "__show_tables_expanded"}  # SHOW TABLES and SHOW ALL TABLES


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds, in lower case: its name, its schemas, its tables and views."""

    database: str
    schemas: frozenset[str]
    tables: frozenset[str]
    table_functions: frozenset[str]  # all that DuckDB has, allowed or not
    macros: frozenset[str]  # table macros of the database itself


def inspect(tree: dict[str, Any], known: Known) -> None:
    """Let a statement pass, or say why not.

    `tree` is one statement of json_serialize_sql. Raises QueryError Q003, Q004 or Q005.
    """
    nodes = list(_nodes(tree))
    ctes = {
        entry["key"].lower()
        for node in nodes
        if "cte_map" in node
        for entry in node["cte_map"]["map"]
    }
    for node in nodes:
        kind = node.get("type")
        if isinstance(kind, str) and kind.endswith("_NODE") and kind not in READING_NODES:
            verb = kind.removesuffix("_NODE").removesuffix("_QUERY")
            raise QueryError("Q003", f"The console only reads, and this has {verb} inside.")
        if kind == "BASE_TABLE":
            _table(node["qualified_name"]["path"], ctes, known)
        elif kind == "SHOW_REF" and node["query"] is None:
            _show(node, known)
        elif kind == "TABLE_FUNCTION":
            _table_function(_name(node["function"]), known)
        elif "function_name" in node:
            _function(_name(node), known)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All dicts of the tree, without recursion: a deep tree mustn't exhaust our own stack."""
    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _table(path: list[str], ctes: set[str], known: Known) -> None:
    *prefix, name = (part.lower() for part in path)
    if name in known.tables and set(prefix) <= {known.database, *known.schemas}:
        return
    if prefix[-1:] == ["information_schema"]:
        return
    # A CTE is a name only inside its own query. Elsewhere the same name would mean a system view
    # or a file, so a CTE may not be called like one.
    if not prefix and (name in SYSTEM_VIEWS or (name in ctes and _plain(name))):
        return
    near = difflib.get_close_matches(name, known.tables, 1)
    hint = f" Did you mean {near[0]}?" if near else " SHOW TABLES lists what there is."
    raise QueryError("Q005", f"There is no table or view {'.'.join(path)!r} here.{hint}")


def _plain(name: str) -> bool:
    return name.isidentifier() and not name.startswith(("duckdb_", "pg_", "pragma_", "sqlite_"))


def _show(node: dict[str, Any], known: Known) -> None:
    name = node["table_name"]
    if node["show_type"] == "SHOW_SPECIAL" and name in SHOW_NAMES:
        return
    if node["show_type"] == "SHOW" and name.lower() in known.tables:
        return
    shown = name.strip('"')
    raise QueryError("Q005", f"The console shows tables and views only, not {shown!r}.")


def _name(function: dict[str, Any]) -> str:
    path: list[str] = function["qualified_name"]["path"]
    return path[-1].lower()


def _table_function(name: str, known: Known) -> None:
    if name not in TABLE_FUNCTIONS | known.macros:
        raise QueryError(
            "Q004",
            f"The table function {name}() is hidden in the console: "
            "read from the tables and views that SHOW TABLES lists.",
        )


def _function(name: str, known: Known) -> None:
    if name in known.table_functions:
        _table_function(name, known)
    if name.startswith("__internal") or name in HIDDEN_FUNCTIONS:
        raise QueryError("Q004", f"The function {name}() is hidden in the console.")
