"""The build on the hand-made fixture: what the file holds, and that a bad catalog changes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analysis.build import build, is_current
from schema.problems import CatalogError

CONTRACT = [
    "publication",
    "doi",
    "year",
    "evidence_level",
    "method",
    "method_name",
    "method_kind",
    "variant",
    "benchmark",
    "task",
    "task_name",
    "domain",
    "organism",
    "metric",
    "higher_is_better",
    "value",
    "value_printed",
    "uncertainty",
    "uncertainty_kind",
    "n_runs",
    "split",
    "protocol",
    "setting",
    "relation",
    "locator",
    "evaluation",
]
"""The columns that the SQL contract promises for `results` (issue 1, item 5)."""


def test_results_keep_the_contract(small: duckdb.DuckDBPyConnection) -> None:
    columns = [row[0] for row in small.execute("DESCRIBE results").fetchall()]
    assert [c for c in CONTRACT if c not in columns] == []


def test_every_row_of_every_file_is_in_the_database(small: duckdb.DuckDBPyConnection) -> None:
    assert small.execute("SELECT count(*) FROM results").fetchone() == (13,)


def test_percentages_and_fractions_share_a_scale(small: duckdb.DuckDBPyConnection) -> None:
    row = small.execute(
        "SELECT value, value_printed, uncertainty FROM results WHERE result = 'abel2024alpha/table-1#1'"
    ).fetchone()
    assert row == (pytest.approx(0.90), "90.0", pytest.approx(0.01))


def test_every_table_and_column_has_a_comment(small: duckdb.DuckDBPyConnection) -> None:
    bare = small.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert bare == []


def test_foreign_keys_and_checks_stand(small: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(
        small.execute(
            "SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY 1"
        ).fetchall()
    )
    assert kinds["FOREIGN KEY"] >= 20
    assert kinds["CHECK"] >= 5


def test_the_same_catalog_gives_the_same_rows_in_the_same_order(
    tmp_path: Path, small_database: Path
) -> None:
    again = tmp_path / "again.duckdb"
    build(Path(__file__).parents[1] / "fixtures" / "small" / "catalog", again)
    with (
        duckdb.connect(str(small_database), read_only=True) as first,
        duckdb.connect(str(again), read_only=True) as second,
    ):
        tables = [
            r[0]
            for r in first.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        ]
        assert len(tables) > 20
        for table in tables:
            assert (
                first.execute(f"FROM {table}").fetchall()
                == second.execute(f"FROM {table}").fetchall()
            ), table


def test_a_bad_catalog_leaves_the_old_file_in_place(catalog_copy: Path, tmp_path: Path) -> None:
    database = tmp_path / "out" / "claimgap.duckdb"
    build(catalog_copy, database)
    before = database.read_bytes()
    (catalog_copy / "models" / "alpha.yaml").write_text("id: alpha\nid: alpha\n", encoding="utf-8")
    with pytest.raises(CatalogError):
        build(catalog_copy, database)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["claimgap.duckdb"]


def test_up_to_date_means_this_catalog_and_this_code(catalog_copy: Path, tmp_path: Path) -> None:
    database = tmp_path / "claimgap.duckdb"
    assert not is_current(catalog_copy, database)
    build(catalog_copy, database)
    assert is_current(catalog_copy, database)
    csv = catalog_copy / "results" / "cole2025check" / "table-2.csv"
    csv.write_text(csv.read_text(encoding="utf-8").replace("0.82", "0.83"), encoding="utf-8")
    assert not is_current(catalog_copy, database)
