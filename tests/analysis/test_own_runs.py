"""Our own runs: in the evidence base, marked, beside the models, and out of every headline."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest

from analysis.build import build
from analysis.findings.own import sentence
from analysis.findings.run import compute
from tests.analysis import own_catalog


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("own")
    database = folder / "own.duckdb"
    build(own_catalog.write(folder), database)
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def test_they_are_marked_and_nobodys_independent_evidence(own: duckdb.DuckDBPyConnection) -> None:
    found = own.execute(
        "SELECT DISTINCT relation, evidence_level FROM results WHERE publication = 'us2026baselines'"
    ).fetchall()
    assert found == [("own", "own_run")]


@pytest.mark.parametrize("table", ["gap_pooled", "gap_sensitivity", "gap_arms", "finding_result"])
def test_headlines_are_the_same_without_them(
    own: duckdb.DuckDBPyConnection, small: duckdb.DuckDBPyConnection, table: str
) -> None:
    # what the audit says of a task is another matter: its rows are marked
    columns = {
        "gap_arms": "* EXCLUDE (leakage_noted)",
        "finding_result": "finding, verdict, n, effect",
    }
    sql = f"SELECT {columns.get(table, '*')} FROM {table} ORDER BY ALL"
    assert own.execute(sql).fetchall() == small.execute(sql).fetchall()


def test_dev_chooses_the_baseline_that_stands_beside_a_model(
    own: duckdb.DuckDBPyConnection,
) -> None:
    assert own.execute(
        "SELECT method, dev, n_methods FROM own_choice WHERE against = 'simple_baseline'"
    ).fetchall() == [("gc-content", 0.81, 2)]
    pairs = own.execute(
        "SELECT result, comparator_result, round(difference, 6) FROM gap_own "
        "WHERE against = 'simple_baseline' ORDER BY result"
    ).fetchall()
    ours = "us2026baselines/toydata#5"
    assert pairs == [
        ("abel2024alpha/table-1#1", ours, 0.06),
        ("abel2024alpha/table-1#2", ours, 0.01),
        ("cole2025check/table-2#1", ours, -0.04),
        ("cole2025check/table-2#2", ours, 0.02),
    ]


def test_a_comparator_of_the_models_own_table_goes_first(own: duckdb.DuckDBPyConnection) -> None:
    counts = {
        source: (n_rows, n_own)
        for source, n_rows, n_own in own.execute(
            "SELECT source, n_rows, n_own FROM gap_own_pooled "
            "WHERE against = 'simple_baseline' AND domain = 'all'"
        ).fetchall()
    }
    # cole2025check has baselines beside both models on toys/one, abel2024alpha has none
    (tables, none), (alone, mine), (both, added) = (
        counts[s] for s in ("tables", "own", "with_own")
    )
    assert none == 0
    assert alone == mine == 4
    assert (both - tables, added) == (2, 2)


def test_scores_without_offending_items_stand_beside(own: duckdb.DuckDBPyConnection) -> None:
    assert own.execute(
        "SELECT method, best_on_dev, value, n_test, leak_free, leak_free_n_test, round(change, 6) "
        "FROM own_leak_free ORDER BY method"
    ).fetchall() == [
        ("gc-content", True, 0.84, 1000, 0.82, 700, -0.02),
        ("kmer-logistic-regression", False, 0.95, 1000, 0.70, 700, -0.25),
    ]


def test_an_audit_that_finds_a_leak_marks_every_score_on_the_task(
    own: duckdb.DuckDBPyConnection, small: duckdb.DuckDBPyConnection
) -> None:
    (audit,) = own.execute(
        "SELECT verdict, train_seen, leaks_verdict, shortcuts_verdict, leaks, n_flagged, n_test FROM task_audit"
    ).fetchall()
    assert audit == ("serious", True, "serious", "clean", True, 2, 1000)
    sql = "SELECT DISTINCT leakage_noted FROM scored WHERE task = ?"
    assert own.execute(sql, ["toys/one"]).fetchall() == [(True,)]
    assert own.execute(sql, ["toys/two"]).fetchall() == [(False,)]
    assert small.execute(sql, ["toys/one"]).fetchall() == [(False,)]


def test_a_look_up_is_told_in_the_metric_of_its_best_score(own: duckdb.DuckDBPyConnection) -> None:
    # the planted audit: 0.10 in MCC (the first row), 0.55 in accuracy
    found = own.execute("SELECT look_up, look_up_metric FROM task_audit").fetchall()
    assert found == [(0.55, "accuracy")]


def test_what_made_a_run_can_be_asked(own: duckdb.DuckDBPyConnection) -> None:
    assert own.execute(
        "SELECT task, command, selected_by, test_files, test_sha256, code_sha256, seeds FROM own_run"
    ).fetchall() == [
        ("toys/one", "claimgap baseline run toydata/set/1", "accuracy", ["one/test.csv"],
         [own_catalog.TEST], "c" * 64, [0, 1]),
    ]  # fmt: skip


def test_a_median_and_a_pooled_mean_are_called_what_they_are() -> None:
    head = {"label": "all", "n_own": 0, "n_own_results": 0, "n_own_tasks": 0}
    rows = pd.DataFrame(
        [
            {**head, "source": "tables", "status": "pooled", "k": 9, "n_publications": 6,
             "estimate": -0.03, "ci_low": -0.10, "ci_high": 0.04},
            {**head, "source": "own", "status": "descriptive", "k": 4, "n_publications": 2,
             "estimate": -0.01, "n_own": 7},
            {**head, "source": "with_own", "status": "pooled", "k": 13, "n_publications": 8,
             "estimate": -0.02, "ci_low": -0.08, "ci_high": 0.04},
            {**head, "source": "ran", "n_own_results": 5, "n_own_tasks": 2, "k": 0},
        ]
    )  # fmt: skip
    assert sentence(rows) == (
        "Left out: 5 results of claimgap's own on 2 tasks; 7 model results beside our baseline chosen "
        "on dev give a median over publications of -0.010 (4 differences, 2 publications); together "
        "with the tables' own they give a pooled -0.020 (95% -0.080 to +0.040), where the tables "
        "alone give a pooled -0.030 (95% -0.100 to +0.040)."
    )


@pytest.mark.parametrize("finding", ["F12", "F13", "F21"])
def test_findings_tell_them_beside_the_verdict(
    own: duckdb.DuckDBPyConnection, small: duckdb.DuckDBPyConnection, finding: str
) -> None:
    with_us, sql = compute(own, finding)
    without, _ = compute(small, finding)
    assert (with_us.verdict, with_us.n, with_us.effect) == (
        without.verdict, without.n, without.effect,
    )  # fmt: skip
    assert "gap_own_pooled" in sql
    # our runs are on promoters: F21 is about enhancers
    told = "Left out: 4 results of claimgap's own on 1 tasks" in with_us.says
    assert told is (finding != "F21")
    assert "Left out" not in without.says
