"""The gate on parse trees as DuckDB prints them."""

import json
from typing import Any

import duckdb
import pytest

from analysis.sandbox.gate import TABLE_FUNCTIONS, Known, inspect
from analysis.sandbox.result import QueryError

KNOWN = Known(
    database="claimgap",
    schemas=frozenset({"main"}),
    tables=frozenset({"results"}),
    table_functions=frozenset({"range", "read_text", "unnest", "above"}),
    macros=frozenset({"above"}),
)


def tree(sql: str) -> dict[str, Any]:
    with duckdb.connect() as connection:
        ((text,),) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchall()
    parsed: dict[str, Any] = json.loads(text)["statements"][0]
    return parsed


@pytest.mark.parametrize(
    "sql",
    [
        "FROM results",
        "FROM RESULTS",
        "FROM Main.Results",
        "FROM claimgap.main.results",
        "FROM information_schema.columns",
        "FROM duckdb_tables",
        "WITH x AS (FROM results) FROM x, X",
        "FROM range(3), unnest([1]), above(1)",
        "SELECT range(3)",
    ],
)
def test_passes(sql: str) -> None:
    inspect(tree(sql), KNOWN)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("FROM other.main.results", "Q005"),
        ("FROM pg_catalog.results", "Q005"),
        ('FROM "main.results"', "Q005"),
        ("FROM other.x", "Q005"),
        ("WITH x AS (FROM results) FROM main.x", "Q005"),
        ("WITH pragma_database_list AS (SELECT 1) FROM pragma_database_list", "Q005"),
        ("WITH sqlite_temp_master AS (SELECT 1) FROM sqlite_temp_master", "Q005"),
        ('WITH "a.csv" AS (SELECT 1) FROM "a.csv"', "Q005"),
        ("FROM unheard_of()", "Q004"),
        ("SELECT read_text('x')", "Q004"),
        ("SELECT 1 GROUP BY ALL HAVING current_setting('x')", "Q004"),
        ("SELECT CASE WHEN current_setting('x') THEN 1 END", "Q004"),
        ("SELECT COLUMNS(c -> getvariable(c)) FROM results", "Q004"),
        ("SELECT * REPLACE (current_setting('x') AS a) FROM results", "Q004"),
        ("SELECT * FROM results JOIN results r ON current_setting('x')", "Q004"),
        ("FROM results TABLESAMPLE 10% WHERE x IN (SELECT write_log('x'))", "Q004"),
        ("VALUES (current_setting('x'))", "Q004"),
    ],
)
def test_refuses(sql: str, code: str) -> None:
    with pytest.raises(QueryError) as caught:
        inspect(tree(sql), KNOWN)
    assert caught.value.code == code


def test_every_allowed_table_function_exists() -> None:
    """A name that DuckDB dropped would be a hole, should it come back as something else."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions()"
        ).fetchall()
    assert {name for (name,) in rows} >= TABLE_FUNCTIONS


def test_hidden_functions_were_chosen_for_this_duckdb() -> None:
    """Table functions are a closed list; scalar ones aren't, so a new DuckDB needs a new look.

    Read what its new scalar functions do (duckdb_functions() of both versions), add the dangerous
    ones to HIDDEN_FUNCTIONS, then write the new version here.
    """
    assert duckdb.__version__ == "2.0.0"
