"""`claimgap query` as a person runs it: real processes, real files."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "catalog").mkdir()
    (home / "build").mkdir()
    with duckdb.connect(str(home / "build" / "claimgap.duckdb")) as connection:
        connection.execute(
            """
            CREATE TABLE results AS FROM (VALUES
                ('linear', 0.8620::DECIMAL(5, 4), 0.862::DOUBLE, ['[CLS]', 'a'], DATE '2024-05-01'),
                ('[mask] hyena', NULL, 'nan'::DOUBLE, NULL, NULL)
            ) v(method_name, printed, value, tags, seen)
            """
        )
    return home


# The command alone starts in a third of the time of the whole command line.
ALONE = "import typer; from commands.query import query; typer.run(query)"
WHOLE = "import sys, cli; sys.argv.insert(1, 'query'); cli.main()"


def claimgap(
    *arguments: str, cwd: Path, stdin: str | None = None, code: str = ALONE
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_json_is_a_list_of_objects(home: Path) -> None:
    done = claimgap("FROM results ORDER BY printed", "--format", "json", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [
        {
            "method_name": "linear",
            "printed": 0.862,
            "value": 0.862,
            "tags": ["[CLS]", "a"],
            "seen": "2024-05-01",
        },
        {"method_name": "[mask] hyena", "printed": None, "value": None, "tags": None, "seen": None},
    ]


def test_it_is_one_of_claimgap_s_commands(home: Path) -> None:
    done = claimgap("SELECT 42 AS n", "--format", "json", cwd=home, code=WHOLE)
    assert (done.returncode, json.loads(done.stdout)) == (0, [{"n": 42}])


def test_csv_reads_back(home: Path) -> None:
    done = claimgap("FROM results ORDER BY printed", "--format", "csv", cwd=home)
    assert done.returncode == 0
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows == [
        ["method_name", "printed", "value", "tags", "seen"],
        ["linear", "0.862", "0.862", '["[CLS]", "a"]', "2024-05-01"],
        ["[mask] hyena", "", "", "", ""],
    ]


def test_table_shows_text_as_it_is_and_all_of_it(home: Path) -> None:
    done = claimgap("SELECT method_name, repeat('long ', 60) || '.' FROM results", cwd=home)
    assert done.returncode == 0
    assert "[mask] hyena" in done.stdout  # no markup
    assert "long " * 60 + "." in done.stdout  # no ellipsis, no folding in a pipe


def test_cut_is_said_on_stderr(home: Path) -> None:
    for form in ("table", "csv", "json"):
        done = claimgap("FROM results", "--max-rows", "1", "--format", form, cwd=home)
        assert done.returncode == 0
        assert done.stderr == "1 of 2 rows shown (cut by max_rows): --max-rows shows more\n"


def test_empty_result_is_an_empty_list(home: Path) -> None:
    done = claimgap("FROM results WHERE false", "--format", "json", cwd=home)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_sql_comes_from_stdin_or_a_file(home: Path, tmp_path: Path) -> None:
    done = claimgap("-", "--format", "json", cwd=home, stdin="SELECT 41 + 1 AS n")
    assert json.loads(done.stdout) == [{"n": 42}]
    (tmp_path / "q.sql").write_text("-- how many\nSELECT count(*) AS n FROM results;\n")
    done = claimgap("--file", str(tmp_path / "q.sql"), "--format", "json", cwd=home)
    assert json.loads(done.stdout) == [{"n": 2}]


@pytest.mark.parametrize(
    ("sql", "code"),
    [("DROP TABLE results", "Q003"), ("FROM '/etc/passwd'", "Q005"), ("SELECT no", "Q008")],
)
def test_refusal_is_a_problem(home: Path, sql: str, code: str) -> None:
    done = claimgap(sql, cwd=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{code}: ")
    assert "Traceback" not in done.stderr


def test_timeout_is_a_problem(home: Path) -> None:
    done = claimgap("SELECT max(random()) FROM range(1e13::BIGINT)", "--timeout", "0.5", cwd=home)
    assert done.returncode == 1
    assert done.stderr.startswith("Q010: Stopped after 0.5 s")


def test_missing_database_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    done = claimgap("SELECT 1", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "claimgap build" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["SELECT 1", "--file", "q.sql"],
        ["--file", "isnt-there.sql"],
        ["SELECT 1", "--format", "xml"],
        ["SELECT 1", "--max-rows", "0"],
        ["SELECT 1", "--timeout", "-1"],
    ],
)
def test_wrong_use(home: Path, arguments: list[str]) -> None:
    done = claimgap(*arguments, cwd=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
