"""The parent's side: answers, ends, restarts; and the walls behind the gate, one at a time."""

import math
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from analysis.sandbox import Column, Limits, QueryError, SandboxSession, run_query
from analysis.sandbox import session as parent
from tests.conftest import SKIPS

pytestmark = pytest.mark.xdist_group("sandbox")
QUICK = Limits(max_seconds=1.0, max_count_seconds=0.3)


@pytest.fixture(scope="module")
def warm(database: Path) -> Iterator[SandboxSession]:
    """One child for the tests that don't look at children."""
    with SandboxSession(database) as session:
        yield session


def test_rows_come_with_their_columns(database: Path) -> None:
    result = run_query(database, "SELECT * FROM score ORDER BY method")
    assert result.columns == (
        Column("method", "VARCHAR"),
        Column("value", "DOUBLE"),
        Column("printed", "DECIMAL(5,3)"),
        Column("seen", "DATE"),
    )
    assert result.rows == [
        ["hyena", 0.91, 0.91, "2023-11-30"],
        ["linear", 0.862, 0.862, "2024-05-01"],
        ["mean", None, None, None],
    ]
    assert (result.cut, result.truncated, result.total) == (None, False, 3)
    assert 0 < result.elapsed < 60


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("DATE '2024-02-29'", "2024-02-29"),
        ("DATE 'infinity'", "infinity"),
        ("TIMESTAMP '2024-02-29 12:00:00.25'", "2024-02-29 12:00:00.25"),
        ("TIMESTAMPTZ '2024-02-29 12:00:00+02'", "2024-02-29 10:00:00+00"),
        ("INTERVAL 3 MONTHS", "3 months"),
        ("'\\x00ab'::BLOB", "\\x00ab"),
        ("uuid '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'", "4ac7a9e9-607c-4c8a-84f3-843f0191e3fd"),
        ("170141183460469231731687303715884105727::HUGEINT", 2**127 - 1),
        ("9999999999999999999999999999.9999999999", Decimal("9999999999999999999999999999.9999999999")),
        ("0.862::DECIMAL(5, 3)", 0.862),
        ("0.1::DOUBLE + 0.2", 0.1 + 0.2),
        ("'inf'::DOUBLE", math.inf),
        ("[1, NULL, 3]", [1, None, 3]),
        ("{'a': 1, 'b': [DATE '2024-02-29']}", {"a": 1, "b": ["2024-02-29"]}),
        ("MAP {'k': 1.5}", {"k": 1.5}),
        ("'{\n\"a\":\n1}'::JSON", {"a": 1}),
        ("'say \"é\" \\ [x]'", 'say "é" \\ [x]'),
        ("repeat('9', 5000)::BIGNUM", "9" * 5000),
        ("true", True),
        ("NULL", None),
    ],
)  # fmt: skip
def test_value_survives(warm: SandboxSession, sql: str, value: object) -> None:
    (row,) = warm.run(f"SELECT {sql} AS it").rows
    assert row == [value]
    assert type(row[0]) is type(value)


def test_nan_survives(warm: SandboxSession) -> None:
    ((value, inside),) = warm.run("SELECT 'nan'::FLOAT, ['nan'::DOUBLE]").rows
    assert math.isnan(value)
    assert math.isnan(inside[0])


def test_value_nested_beyond_reading_is_refused(warm: SandboxSession) -> None:
    with pytest.raises(QueryError, match=r"Q007.*unnest"):
        warm.run("SELECT (repeat('[', 100000) || repeat(']', 100000))::JSON")


def test_order_of_rows_is_kept(warm: SandboxSession) -> None:
    result = warm.run("SELECT range FROM range(9000) ORDER BY (range * 7919) % 9001")
    assert [value for (value,) in result.rows] == sorted(range(9000), key=lambda i: i * 7919 % 9001)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM results",
        "SELECT * FROM main.results",
        "SELECT * FROM claimgap.main.results",
        "SELECT method_name FROM results -- with a comment",
        "SELECT method_name FROM results; -- after the end",
        "SELECT method_name, ';' FROM results /* ; */ ;",
        "\n\nSELECT\nmethod_name\nFROM\tresults\n",
        "WITH results AS (SELECT 1 AS a) FROM results",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 3) FROM r",
        "VALUES (1, 2)",
        "TABLE score",
        "DESCRIBE score",
        "SUMMARIZE results",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "SHOW score",
        "FROM above(0.9)",
        "PIVOT score ON method IN ('linear', 'mean') USING max(value)",
        "UNPIVOT (SELECT value, value AS again FROM score) ON value, again",
        "SELECT a.method FROM score a ASOF JOIN score b ON a.value >= b.value",
        "SELECT row_number() OVER (ORDER BY value) FROM score QUALIFY row_number() OVER () = 1",
        "SELECT unnest([1, 2]), list_transform([1], lambda x: x + 1) FROM range(2)",
        "SELECT comment, column_name FROM duckdb_columns() WHERE table_name = 'score'",
        "SELECT table_name FROM information_schema.tables",
        "FROM duckdb_views() SELECT view_name WHERE NOT internal",
        "SELECT 1 WHERE false",
    ],
)
def test_honest_statement_passes(warm: SandboxSession, sql: str) -> None:
    with duckdb.connect(str(warm.database), read_only=True) as connection:
        expected = len(connection.execute(sql).fetchall())
    assert len(warm.run(sql).rows) == expected


def test_repeated_names_are_numbered(warm: SandboxSession) -> None:
    result = warm.run("SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS a_1")
    assert [column.name for column in result.columns] == ["a", "a_1", "A_2", "a_1_1"]


def test_mistake_points_at_the_person_s_own_line(warm: SandboxSession) -> None:
    for sql in ("SELECT 1,\n  methd FROM score", "SELECT 1,\n  method::INT FROM score"):
        with pytest.raises(QueryError) as caught:
            warm.run(sql)
        assert caught.value.code == "Q008"
        assert "LINE 2:" in caught.value.message


def test_near_name_is_offered(warm: SandboxSession) -> None:
    with pytest.raises(QueryError, match="Did you mean results"):
        warm.run("FROM resutls")


def test_cut_says_how_many_there_are(database: Path) -> None:
    limits = Limits(max_rows=2)
    result = run_query(database, "FROM score ORDER BY method", limits)
    assert (len(result.rows), result.cut, result.total) == (2, "max_rows", 3)
    assert result.shown() == "2 of 3 rows shown (cut by max_rows)"
    assert run_query(database, "FROM score LIMIT 2", limits).cut is None


def test_cut_without_a_count_in_time(database: Path) -> None:
    with SandboxSession(database, QUICK) as session:
        result = session.run("SELECT * FROM range(100000000000000)")
        assert (len(result.rows), result.total) == (10_000, None)
        assert result.shown() == "10,000 of more than 10,000 rows shown (cut by max_rows)"
        assert session.run("SELECT 1").rows == [[1]]


def test_limits_can_be_raised(database: Path) -> None:
    sql = "SELECT len(list(range)) FROM range(40000000)"  # 320 MB of BIGINT, twice while it grows
    with pytest.raises(QueryError, match="Q011"):
        run_query(database, sql, Limits(max_memory_mb=64, max_seconds=60))
    large = Limits(max_memory_mb=2048, max_process_mb=4096, max_seconds=60)
    assert run_query(database, sql, large).rows == [[40_000_000]]


def test_no_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"Q020.*claimgap build"):
        run_query(tmp_path / "claimgap.duckdb", "SELECT 1")


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "claimgap.duckdb"
    broken.write_text("not a database, though it is long enough to be asked about" * 100)
    with pytest.raises(QueryError, match="Q021"):
        run_query(broken, "SELECT 1")


def test_rebuilt_database_is_opened_anew(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "claimgap.duckdb"
    shutil.copy(database, copy)
    with SandboxSession(copy) as session:
        assert session.run("SELECT count(*) FROM score").rows == [[3]]
        new = tmp_path / "new.duckdb"
        shutil.copy(database, new)
        with duckdb.connect(str(new)) as connection:
            connection.execute("DELETE FROM score WHERE value IS NULL")
        new.replace(copy)  # as the build does
        assert session.run("SELECT count(*) FROM score").rows == [[2]]


def test_session_keeps_its_child_and_ends_it(database: Path) -> None:
    with SandboxSession(database, QUICK) as session:
        session.run("SELECT 1")
        first = session._child
        with pytest.raises(QueryError, match="Q008"):
            session.run("SELECT nothing")
        session.run("SELECT 1")
        assert first is not None
        assert session._child is first
        with pytest.raises(QueryError, match="Q010"):
            session.run("SELECT count(*) FROM range(10000000000000) WHERE random() > 2")
        assert first.poll() is not None
        session.run("SELECT 1")
        last = session._child
    assert last is not None
    assert last.poll() is not None


def test_nothing_is_left_behind(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with SandboxSession(database) as session:
        session.run("SELECT 1")
        assert list(tmp_path.iterdir()) == []  # already gone while the child lives


def test_threads_take_turns(database: Path) -> None:
    answers: dict[int, object] = {}
    with SandboxSession(database) as session:

        def ask(i: int) -> None:
            for _ in range(10):
                answers[i] = session.run(f"SELECT {i} FROM range(50)").rows[-1][0]
                assert answers[i] == i

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {i: i for i in range(8)}


def test_interrupted_question_leaves_no_answer_to_the_next(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SandboxSession(database) as session:
        session.run("SELECT 1")
        with monkeypatch.context() as patch:
            patch.setattr(session, "_reply", _interrupt)
            with pytest.raises(KeyboardInterrupt):
                session.run("SELECT 'first'")
        assert session.run("SELECT 'second'").rows == [["second"]]


def _interrupt(_: float) -> None:
    raise KeyboardInterrupt


def test_child_that_does_not_start_says_why(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "BOOT", "raise ImportError('no duckdb on this machine')")
    with pytest.raises(QueryError, match=r"Q022.*no duckdb on this machine"):
        run_query(database, "SELECT 1")


# Behind the gate: the same child, with the gate replaced, so that each wall stands for itself.
OPEN_GATE = (
    "import sys; sys.path.append(sys.argv.pop(1)); import analysis.sandbox.child as child; "
    "child.inspect = lambda *_: {}; child.main()"
)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM '/etc/passwd'",
        "FROM read_text('/etc/passwd')",
        "FROM read_csv('/etc/passwd')",
        "FROM glob('/*')",
        "FROM read_parquet('http://127.0.0.1:1/x.parquet')",
        "FROM read_duckdb('/etc/passwd')",
        "FROM duckdb_extensions()",
        "FROM sqlite_scan('x.db', 't')",
        "FROM connection",
        "FROM enable_logging(storage := 'file', storage_config := {'path': 'log'})",
        "FROM enable_profiling(save_location := 'profile.json')",
        "WITH x AS (COPY score TO 'out.csv') FROM x",
        "WITH x AS (INSERT INTO score VALUES ('x', 1, 1, NULL) RETURNING method) FROM x",
        "WITH x AS (DELETE FROM score RETURNING method) FROM x",
    ],
)
def test_duckdb_refuses_without_the_gate(
    database: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.setattr(parent, "BOOT", OPEN_GATE.format("None"))
    with pytest.raises(QueryError, match="Q008"):
        run_query(database, sql)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason=SKIPS["linux"])
@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("open('/etc/passwd').read()", "Q012"),
        ("open('/proc/self/fd/1', 'w')", "Q012"),
        ("__import__('socket').socket()", "Q012"),
        ("__import__('subprocess').run(['true'])", "Q012"),
        ("__import__('os').open('new', 0o101)", "Q012"),
        ("bytearray(3 << 30)", "Q011"),
        ("__import__('os').abort()", "Q012"),
        ("all(True for _ in iter(int, 1))", "Q010"),
    ],
)
def test_kernel_stops_code_that_broke_out(
    database: Path, monkeypatch: pytest.MonkeyPatch, deed: str, code: str
) -> None:
    monkeypatch.setattr(parent, "BOOT", OPEN_GATE.format(deed))
    with pytest.raises(QueryError) as caught:
        run_query(database, "SELECT 1", Limits(max_seconds=2.0, max_process_mb=1024))
    assert caught.value.code == code
    monkeypatch.setattr(parent, "BOOT", OPEN_GATE.format("None"))
    assert run_query(database, "SELECT 1").rows == [[1]]


def test_child_has_no_secrets_in_its_environment(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMGAP_TEST_SECRET", "hunter2")
    deed = "sys.exit(7 if set(__import__('os').environ) <= {'LANG', 'LC_CTYPE'} else 8)"
    monkeypatch.setattr(parent, "BOOT", OPEN_GATE.format(deed))
    with pytest.raises(QueryError, match="status 7"):
        run_query(database, "SELECT 1")


def test_child_imports_no_heavy_library(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deed = "sys.exit(8 if {'pandas', 'numpy', 'pyarrow'} & set(sys.modules) else 7)"
    monkeypatch.setattr(parent, "BOOT", OPEN_GATE.format(deed))
    with pytest.raises(QueryError, match="status 7"):
        run_query(database, "SELECT 1")


def test_loopback_is_out_of_reach(database: Path) -> None:
    """A real server is listening; no statement makes the child knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for sql in (
            f"FROM 'http://127.0.0.1:{port}/x.csv'",
            f"FROM read_csv('http://127.0.0.1:{port}/x')",
        ):
            with pytest.raises(QueryError):
                run_query(database, sql)
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()
