"""Statements that nobody should get away with, and the console alive after each."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.sandbox import Limits, QueryError, SandboxSession

pytestmark = pytest.mark.xdist_group("sandbox")  # one warm child serves the whole file

READS = [  # files and the network
    "FROM '/etc/passwd'",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM "/etc/passwd"',
    "FROM 'claimgap.duckdb'",
    "FROM '../*.csv'",
    "FROM 'https://example.org/x.parquet'",
    "FROM 's3://bucket/x.parquet'",
    "FROM read_csv('/etc/passwd', header = false)",
    "FROM read_csv_auto('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM read_json('/etc/passwd')",
    "FROM read_json_objects('/etc/passwd')",
    "FROM read_ndjson_auto('http://127.0.0.1:1/x')",
    "FROM read_parquet('http://127.0.0.1:1/x.parquet')",
    "FROM parquet_scan('x.parquet')",
    "FROM parquet_metadata('x.parquet')",
    "FROM parquet_kv_metadata('x.parquet')",
    "FROM read_duckdb('claimgap.duckdb', table_name = 'score')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM glob('/*')",
    "FROM sqlite_scan('x.db', 't')",
    "FROM postgres_scan('host=127.0.0.1', 'public', 't')",
    "FROM st_read('/etc/passwd')",
    "SELECT (SELECT content FROM read_text('/etc/passwd'))",
    "WITH a AS (FROM read_text('/etc/passwd')) FROM a",
    "FROM score, LATERAL (FROM read_text('/etc/' || method))",
    "SELECT 1 WHERE EXISTS (FROM glob('/etc/*'))",
    "SELECT list_transform([1], x -> (SELECT count(*) FROM glob('/*')))",
    "DESCRIBE '/etc/passwd'",
    "SUMMARIZE FROM read_csv('/etc/passwd')",
    "PIVOT read_csv('/etc/passwd') ON column0 IN ('root')",
    "FROM read_csv(['/etc/passwd'])",
    "FROM read_text('file:///etc/passwd')",
    "FROM read_text('/proc/self/maps')",
    "FROM read_blob('/dev/zero')",
    "FROM read_csv('/dev/stdin')",
    "FROM read_json('hf://datasets/x/y')",
    "FROM 'gs://bucket/x.parquet'",
    "FROM 'azure://container/x'",
    "FROM 'data:text/csv,a'",
    'FROM "https://example.org/x.csv"',
    "FROM delta_scan('x')",
    "FROM iceberg_scan('x')",
    "FROM read_xlsx('x.xlsx')",
    "FROM mysql_query('x', 'y')",
    "FROM parquet_schema('x')",
    "FROM parquet_bloom_probe('x', 'a', 1)",
]
WRITES = [
    "CREATE TABLE t (a INT)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE OR REPLACE TEMP MACRO f(x) AS x",
    "CREATE TEMP VIEW v AS FROM score",
    "INSERT INTO score VALUES ('x', 1, 1, NULL)",
    "UPDATE score SET value = 1",
    "DELETE FROM score",
    "TRUNCATE score",
    "DROP TABLE score",
    "ALTER TABLE score ADD COLUMN x INT",
    "MERGE INTO score USING score s ON s.method = score.method WHEN MATCHED THEN DELETE",
    "COPY score TO 'out.csv'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "COPY score FROM '/etc/passwd'",
    "COPY FROM DATABASE claimgap TO other",
    "EXPORT DATABASE 'out'",
    "IMPORT DATABASE 'out'",
    "CHECKPOINT",
    "VACUUM",
    "ANALYZE",
    "COMMENT ON TABLE score IS 'x'",
    "BEGIN TRANSACTION",
    "WITH x AS (INSERT INTO score VALUES ('x', 1, 1, NULL) RETURNING method) FROM x",
    "WITH x AS (DELETE FROM score RETURNING method) FROM x",
    "WITH x AS (UPDATE score SET value = 1 RETURNING method) FROM x",
    "WITH x AS (COPY score TO 'out.csv') FROM x",
    "SELECT (WITH x AS (COPY score TO 'out.csv') SELECT 1 FROM x)",
    "INSERT INTO score FROM score",
    "SELECT 1 INTO x",
    "CREATE SCHEMA s",
    "CREATE SEQUENCE q",
    "CREATE TYPE t AS ENUM ('a')",
    "CREATE INDEX i ON score (method)",
    "DROP VIEW results",
    "DROP MACRO TABLE above",
    "ROLLBACK",
    "EXECUTE IMMEDIATE 'DROP TABLE score'",
    "DO $$ BEGIN DROP TABLE score; END $$",
]
SETTINGS = [  # settings, extensions, other databases, prepared statements
    "SET threads = 8",
    "SET memory_limit = '100GB'",
    "SET GLOBAL enable_external_access = true",
    "RESET lock_configuration",
    "SET VARIABLE a = 1",
    "PRAGMA enable_profiling",
    "PRAGMA database_list",
    "PRAGMA table_info('score')",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '/tmp/evil.duckdb_extension'",
    "FORCE INSTALL spatial FROM community",
    "ATTACH ':memory:' AS m",
    "ATTACH 'claimgap.duckdb' AS again (READ_WRITE)",
    "DETACH claimgap",
    "CREATE SECRET (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "CALL duckdb_settings()",
    "CALL pragma_version()",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "DEALLOCATE p",
    "EXPLAIN ANALYZE SELECT 1",
    "FROM enable_logging(storage := 'file', storage_config := {'path': 'log'})",
    "FROM enable_profiling(save_location := 'profile.json')",
    "FROM truncate_duckdb_logs()",
    "FROM checkpoint()",
    "SELECT write_log('x')",
    "SELECT setval('s', 1)",
    "FROM create_external_resource('x')",
    "UPDATE EXTENSIONS",  # a kind of statement that DuckDB's Python side doesn't know
    "SET SESSION threads = 1",
    "SET python_enable_replacements = true",
    "RESET ALL",
    "PRAGMA database_size",
    "ATTACH 'http://127.0.0.1:1/x.duckdb'",
    "ATTACH '/etc/passwd' (TYPE sqlite)",
    "ATTACH OR REPLACE ':memory:' AS claimgap",
    "DETACH DATABASE IF EXISTS system",
    "CREATE PERSISTENT SECRET (TYPE http, BEARER_TOKEN 'x')",
    "DROP SECRET x",
]
LEAKS = [  # what the machine and the settings are
    "FROM duckdb_settings()",
    "SELECT * FROM duckdb_settings() AS results",
    "FROM DUCKDB_SETTINGS()",
    'FROM "duckdb_settings"()',
    "FROM system.main.duckdb_settings()",
    "FROM duckdb_databases()",
    "FROM duckdb_databases",
    "FROM main.duckdb_databases",
    "FROM system.main.duckdb_databases",
    "FROM pragma_database_list",
    "FROM pg_settings",
    "FROM pg_catalog.pg_settings",
    "FROM duckdb_secrets()",
    "FROM duckdb_extensions()",
    "FROM duckdb_variables()",
    "FROM duckdb_temporary_files()",
    "FROM duckdb_logs",
    "FROM duckdb_memory()",
    "FROM duckdb_prepared_statements()",
    "FROM which_secret('s3://x', 's3')",
    "FROM histogram(pg_settings, name)",
    "FROM query('FROM duckdb_settings()')",
    "FROM query_table('score')",
    "FROM query_table(['score'])",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM duckdb_settings()'))",
    "SELECT json_serialize_plan('FROM duckdb_settings()')",
    "SHOW DATABASES",
    "SHOW threads",
    "SHOW VARIABLES",
    "FROM (SHOW DATABASES)",
    "SELECT (SHOW DATABASES)",
    "WITH x AS (SHOW DATABASES) FROM x",
    "SELECT current_setting('home_directory')",
    "SELECT Current_Setting('temp_directory')",
    "SELECT main.current_setting('secret_directory')",
    "SELECT system.main.current_setting('secret_directory')",
    "SELECT 'temp_directory'.current_setting()",
    "SELECT list_transform(['threads'], lambda x: current_setting(x))",
    "SELECT 1 ORDER BY current_setting('threads')",
    "SELECT count(*) FILTER (current_setting('threads') = 1) FROM score",
    "SELECT sum(value) OVER (ORDER BY current_setting('threads')) FROM score",
    "FROM score LIMIT (SELECT current_setting('threads')::INT)",
    "SELECT getvariable('x')",
    "SELECT getenv('HOME')",
    "FROM sys",  # Python variables of the child
    "FROM connection",
    "FROM limits",
    # a CTE's name, used where it isn't that CTE
    "WITH a AS (WITH pg_settings AS (SELECT 1) FROM pg_settings) FROM a, pg_settings",
    'WITH a AS (WITH "/etc/passwd" AS (SELECT 1) SELECT 2) FROM a, "/etc/passwd"',
    "FROM pandas_scan(1)",
    "FROM arrow_scan(1, 2, 3)",
    "SELECT finalize('\\x00'::BLOB)",
    "SELECT __internal_decompress_string(1::UTINYINT)",
]
TRICKS = [  # several statements, comments, encodings
    "",
    "   ",
    "-- nothing",
    "/* nothing",
    ";",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE score",
    "SELECT 1; -- \n DROP TABLE score",
    "SELECT 1 /* ; */; /* */ DELETE FROM score",
    "SELECT $$;$$; DELETE FROM score",
    "SELECT 1\0; DROP TABLE score",
    "SELECT 1 \u202e;erocs ELBAT PORD",
    "SELECT '\ufeff'",
    "SELECT 1) AS result; DROP TABLE score; SELECT * FROM (SELECT 1",
    "SELECT 1) AS a, duckdb_settings() AS b --",
    "SELECT 1) UNION ALL (SELECT name FROM duckdb_settings()",
    "dr/**/op table score",
    "ＳＥＬＥＣＴ 1",
    "FROM du\u0441kdb_settings()",  # a Cyrillic es
    "FROM U&'duckdb_settings'()",
    "SELECT E'\\x27; DROP TABLE score",
    "SELECT $1",
    "SELECT " + "x" * 200_000,
    "\\copy score to 'x'",
    ".open /etc/passwd",
    "SELECT 1;;SELECT 2",
    "SELECT 1;\u00a0SELECT 2",
    "SELECT 1\u2028; DROP TABLE score",
    "SELECT 1\uff1b DROP TABLE score",  # a full-width semicolon
    "SELECT 1 -- \r\n; DROP TABLE score",
    "/*/* nested */ SELECT 1; */ DROP TABLE score",
    "SELECT/**/*/**/FROM/**/read_text/**/('/etc/passwd')",
    "SELECT * FROM read\u200b_text('/etc/passwd')",
    "SELECT * FROM \"read_text\"('/etc/passwd')",
    "SELECT * FROM READ_TEXT(E'\\x2fetc\\x2fpasswd')",
    "SELECT * FROM read_text(chr(47) || 'etc/passwd')",
    "SELECT * FROM read_text(unhex('2F6574632F706173737764')::VARCHAR)",
    "SELECT * FROM read_text(from_base64('L2V0Yy9wYXNzd2Q=')::VARCHAR)",
    "FROM read_text(getenv('HOME') || '/.ssh/id_rsa')",
    "SELECT $tag$;$tag$; DROP TABLE score",
    "SELECT 'a' 'b'; DROP TABLE score --'",
    "SELECT 1 UNION SELECT * FROM duckdb_secrets() --",
    "' OR 1=1; --",
    "\ufeffDROP TABLE score",
    "\x1b[2JDROP TABLE score",
    "DROP\u00a0TABLE score",
]
BOMBS = [  # time, memory, depth
    "SELECT count(*) FROM range(10000000000000) WHERE random() > 2",
    "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 1",
    "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
    "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r a, r b) SELECT count(*) FROM r",
    "SELECT length(repeat('a', 1000000000) || repeat('b', 1000000000))",
    "SELECT repeat(repeat('a', 1000000), 1000000)",
    "SELECT lpad('a', 2000000000, 'b')",
    "SELECT range(1000000000)",
    "SELECT list(i) FROM range(1000000000) t(i)",
    "SELECT string_agg(i, ',') FROM range(1000000000) t(i)",
    "SELECT count(DISTINCT md5(i::VARCHAR)) FROM range(1000000000) t(i)",
    "SELECT DISTINCT md5(i::VARCHAR) FROM range(1000000000) t(i) ORDER BY 1",
    "SELECT list_reduce(range(3000000), lambda x, y: x + y + length(repeat('a', 9999)))",
    "SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))",
    "SELECT factorial(30) FROM range(1000000000000) t(i) ORDER BY random()",
    "SELECT sleep_ms(600000)",
    "SELECT pg_sleep(600)",
    "SELECT " + "(" * 40_000 + "1" + ")" * 40_000,
    "SELECT - 1" + " + 1" * 20_000,
    "SELECT " + "[" * 30_000 + "]" * 30_000,
    "SELECT 1" + " + 1" * 5_000,
    "SELECT " + "abs(" * 300 + "1" + ")" * 300,
    "SELECT * FROM " + "(SELECT * FROM " * 3_000 + "score" + ")" * 3_000,
    "SELECT 1" + " UNION SELECT 1" * 5_000,
    "SELECT repeat('a', 100000000) FROM range(1000)",
    "SELECT format('{:1000000000}', 1)",
    "SELECT printf('%1000000000d', 1)",
    "SELECT list_resize([1], 2000000000)",
    "SELECT array_to_string(range(100000000), ',')",
    "SELECT json_object('a', repeat('x', 200000000))",
    "SELECT sum(x) FROM (SELECT unnest(range(i)) AS x FROM range(1000000) t(i))",
    "SELECT quantile_cont(random(), 0.5) FROM range(1000000000)",
    "SELECT map_from_entries([(i, repeat('x', 1000000)) for i in range(1000000)])",
    "SELECT damerau_levenshtein(repeat('a', 100000), repeat('b', 100000))",
    "SELECT count(*) FROM range(100000) a JOIN range(100000) b ON a.range < b.range WHERE a.range * b.range % 7 = 8",
    "WITH RECURSIVE r(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM r) SELECT length(max(s)) FROM r",
    "WITH RECURSIVE r USING KEY (i) AS (SELECT 1 AS i, 0 AS n UNION SELECT i, n + 1 FROM r) FROM r",
    "SELECT count(*) FROM (SELECT 1 FROM range(30) t(a) GROUP BY CUBE ("
    + ", ".join(f"a + {i}" for i in range(25))
    + "))",
]
HOSTILE = READS + WRITES + SETTINGS + LEAKS + TRICKS + BOMBS
TOO_MUCH = {  # results that are cut, and by what
    "SELECT * FROM range(1000000000000)": "max_rows",
    "FROM score a, score b, range(1000000)": "max_rows",
    "SELECT unnest(range(100000))": "max_rows",
    "SELECT repeat('a', 100000) FROM range(100)": "max_bytes",
    "SELECT repeat('é', 30000), range FROM range(200)": "max_bytes",
    "SELECT "
    + ", ".join(f"repeat('x', 100) AS c{i}" for i in range(60))
    + " FROM range(400)": "max_bytes",
}
LIMITS = Limits(
    max_seconds=1.0,
    max_count_seconds=0.3,
    max_rows=500,
    max_bytes=1_000_000,
    max_memory_mb=128,
    max_process_mb=1024,
)


@pytest.fixture(scope="module")
def session(database: Path) -> Iterator[SandboxSession]:
    with SandboxSession(database, LIMITS) as session:
        yield session


def assert_alive(session: SandboxSession) -> None:
    assert session.run("SELECT count(*), max(value) FROM results").rows == [[3, 0.91]]


def short(sql: str) -> str:
    return repr(sql if len(sql) <= 70 else f"{sql[:40]}...{len(sql)}")


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (READS, 40),
        (WRITES, 30),
        (SETTINGS, 35),
        (LEAKS, 45),
        (TRICKS, 40),
        (BOMBS, 30),
        (TOO_MUCH, 6),
    ],
    ids=["reads", "writes", "settings", "leaks", "tricks", "bombs", "too_much"],
)
def test_there_are_enough_of_each_kind(kind, least: int) -> None:
    assert len(set(kind)) >= least


def test_no_kind_of_statement_ends_the_child(session: SandboxSession) -> None:
    """Refused by name, by the child that goes on: not by its death (Q012)."""
    session.run("SELECT 1")
    child = session._child
    for sql in WRITES + SETTINGS:
        with pytest.raises(QueryError) as caught:
            session.run(sql)
        assert caught.value.code != "Q012", sql
    assert session._child is child


@pytest.mark.parametrize("sql", HOSTILE, ids=short)
def test_hostile_statement_is_refused_in_words(session: SandboxSession, sql: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError) as caught:
        session.run(sql)
    # Within the limit and a start, on a machine that is busy with other things.
    assert time.monotonic() - begun < LIMITS.max_seconds + 20
    message = caught.value.message
    assert message.strip()
    assert "Traceback" not in message
    for place in ("/tmp", str(session.database.parent), os.path.expanduser("~/")):
        assert place not in message.replace(sql, "")
    assert_alive(session)


@pytest.mark.parametrize(("sql", "reason"), TOO_MUCH.items(), ids=short)
def test_result_that_is_too_large_is_cut(session: SandboxSession, sql: str, reason: str) -> None:
    result = session.run(sql)
    assert result.cut == reason
    assert 0 < len(result.rows) <= LIMITS.max_rows
    assert_alive(session)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("-- nothing", "Q001"),
        ("SELECT 1; SELECT 2", "Q002"),
        ("COPY score TO 'out.csv'", "Q003"),
        ("WITH x AS (COPY score TO 'out.csv') FROM x", "Q003"),
        ("FROM read_text('/etc/passwd')", "Q004"),
        ("SELECT current_setting('threads')", "Q004"),
        ("FROM '/etc/passwd'", "Q005"),
        ("SELECT 1\0", "Q006"),
        ("SELECT " + "abs(" * 300 + "1" + ")" * 300, "Q007"),
        ("SELECT nothing", "Q008"),
        ("SELECT count(*) FROM range(10000000000000) WHERE random() > 2", "Q010"),
        ("SELECT range(1000000000)", "Q011"),
    ],
    ids=short,
)
def test_refusal_names_the_right_reason(session: SandboxSession, sql: str, code: str) -> None:
    with pytest.raises(QueryError) as caught:
        session.run(sql)
    assert caught.value.code == code


def test_nothing_was_written(session: SandboxSession, tmp_path: Path) -> None:
    before = session.database.read_bytes()
    for sql in WRITES:
        with pytest.raises(QueryError):
            session.run(sql)
    assert session.database.read_bytes() == before
    assert [path.name for path in session.database.parent.iterdir()] == [session.database.name]
