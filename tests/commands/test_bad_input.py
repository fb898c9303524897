"""Whatever a command is given, it ends with a line that says what is wrong, and leaves nothing half.

In-process, by the front door: an exception that reaches this test would be a traceback at a prompt.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from analysis import steps
from cli import app
from tests.analysis import own_catalog

RUN = CliRunner()
HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "utf16": "a: 1\n".encode("utf-16"),
    "latin1": b"a: caf\xe9\n",
    "deep": b"[" * 3000,
    "bomb": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c, *%c]\n" % (98 + i, 98 + i, *[97 + i] * 3) for i in range(9)),
    "twice": b"a: 1\na: 2\n",
    "tab": b"\ta: 1\n",
    "list": b"[1, 2, 3]\n",
    "number": b"9" * 5000,
    "unclosed": b'a: "x\n',
}  # fmt: skip


def run(*arguments: object) -> Result:
    return RUN.invoke(app, [str(each) for each in arguments])


def refused(done: Result, code: int = 1) -> None:
    assert isinstance(done.exception, SystemExit), repr(done.exception)
    assert done.exit_code == code, done.output
    assert done.output.strip(), "it ends without a word"


@pytest.fixture
def databases(small_database: Path, tmp_path: Path) -> dict[str, Path]:
    """Files that are no build of this claimgap, each for another reason."""
    found = {
        name: tmp_path / f"{name} é.duckdb" for name in ("folder", "binary", "cut", "other", "old")
    }
    found["folder"].mkdir()
    found["binary"].write_bytes(HOSTILE["binary"])
    raw = small_database.read_bytes()
    found["cut"].write_bytes(raw[: len(raw) // 2])
    with duckdb.connect(str(found["other"])) as connection:
        connection.execute("CREATE TABLE t (a INTEGER)")
    shutil.copy(small_database, found["old"])
    with duckdb.connect(str(found["old"])) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
        connection.execute("DROP VIEW findings")
        connection.execute("DROP VIEW advice_rows")
        connection.execute("DROP VIEW advice")
    return found


@pytest.mark.parametrize("kind", ["folder", "binary", "cut", "other", "old"])
def test_what_is_no_build_of_ours(
    databases: dict[str, Path], kind: str, catalog_copy: Path, small_database: Path, tmp_path: Path
) -> None:
    database, out = databases[kind], tmp_path / "out"
    for command in ("claims", "findings", "gaps", "models"):
        done = run(command, "--db", database)
        refused(done)
        assert "E907" in done.output and "claimgap build" in done.output
    refused(run("app", "--db", database, "--no-browser"))
    refused(run("query", "SELECT * FROM findings", "--db", database))
    refused(run("report", "--out", out, "--db", database))
    refused(run("docs", "--out", out, "--db", database))
    if kind != "old":  # an older build may be exported and compared: its tables are all there
        refused(run("export", "--out", out, "--db", database, "--catalog", catalog_copy))
        refused(run("changes", database, "--db", small_database, "--catalog", catalog_copy))
        refused(run("diff", database, small_database, "--catalog", catalog_copy))
    assert not out.exists()
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_database_that_somebody_writes_is_told(tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('up', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = run("models", "--db", database)
        holder.communicate(b"\n")
    refused(done)
    assert "E907" in done.output and "lock" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--db"),
        ("report", "--out"),
        ("export", "--out"),
        ("docs", "--out"),
        ("diff", "--out"),
        ("reject", "--catalog"),
    ],
)
def test_a_place_that_takes_nothing(
    arguments: tuple[str, str], small_database: Path, catalog_copy: Path
) -> None:
    command, option = arguments
    nowhere = "/proc/nobody/may/write.here"
    given = {
        "build": ["--catalog", catalog_copy],
        "report": ["--db", small_database],
        "export": ["--db", small_database, "--catalog", catalog_copy],
        "docs": ["--db", small_database],
        "diff": [small_database, small_database, "--catalog", catalog_copy],
        "reject": ["a", "--what", "x", "--reason", "other", "--why", "y", "--by", "z"],
    }[command]
    done = run(command, *given, option, nowhere)
    refused(done)
    assert nowhere in done.output


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize(
    "name", ["models/alpha.yaml", "references.bib", "results/abel2024alpha/table-1.csv"]
)
def test_an_entry_of_any_bytes(catalog_copy: Path, name: str, kind: str) -> None:
    path = catalog_copy / name
    path.write_bytes(HOSTILE[kind])
    refused(run("check", "--catalog", catalog_copy))
    refused(run("check", path, "--catalog", catalog_copy))
    database = catalog_copy.parent / "x.duckdb"
    refused(run("build", "--catalog", catalog_copy, "--db", database))
    assert sorted(each.name for each in catalog_copy.parent.iterdir()) == ["catalog"]
    done = run("fmt", path, "--catalog", catalog_copy)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    if done.exit_code:
        assert path.read_bytes() == HOSTILE[kind]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_draft_a_ledger_and_queries_of_any_bytes(
    catalog_copy: Path, tmp_path: Path, kind: str
) -> None:
    raw = HOSTILE[kind]
    folder = tmp_path / "drafts of é"
    folder.mkdir()
    for name in ("draft.yaml", "ledger.csv", "queries.yaml", "info.json"):
        (folder / name).write_bytes(raw)
    refused(run("review", folder, "--reviewer", "A", "--catalog", catalog_copy))
    refused(run("watch", "counts", "--ledger", folder if kind != "empty" else tmp_path))
    out = tmp_path / "out"
    refused(run("watch", "--since", "2026-01-01", "--queries", folder / "queries.yaml", "--ledger",
                out, "--catalog", catalog_copy))  # fmt: skip
    refused(run("screen", folder, "--out", out, "--queries", folder / "queries.yaml", "--catalog",
                catalog_copy))  # fmt: skip
    assert not out.exists()
    (catalog_copy / "terms.yaml").write_bytes(raw)
    refused(run("ingest", "terms", "--write", "--catalog", catalog_copy))
    assert (catalog_copy / "terms.yaml").read_bytes() == raw
    done = run("ingest", "hf", "--from-file", folder / "info.json", "--facts")
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)


def test_what_leaves_out_a_part_of_the_catalog_says_so(catalog_copy: Path, tmp_path: Path) -> None:
    """A comparison with the entries that could be read would look like one with all."""
    (catalog_copy / "references.bib").write_bytes(HOSTILE["latin1"])
    text = tmp_path / "chapter.md"
    text.write_text("[Abel 2024](https://doi.org/10.1000/x)", encoding="utf-8")
    for arguments in (
        ["verify", "--sources", tmp_path],
        ["watch", "--since", "2026-01-01", "--ledger", tmp_path / "l"],
        ["screen", tmp_path, "--out", tmp_path / "o"],
        ["audit", "citations", text],
    ):
        done = run(*arguments, "--catalog", catalog_copy)
        refused(done)
        assert "E002" in done.output
        done = run(*arguments, "--catalog", tmp_path / "nowhere")
        refused(done)
        assert "nowhere" in done.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["claims", "--verdict", "fine"], "one of supported, overstated"),
        (["gaps", "--family", "fine"], "one of all, accuracy"),
        (["gaps", "--against", "fine"], "simple_baseline"),
        (["gaps", "--reporting", "--evidence", "others"], "expected none"),
        (["watch"], "--since"),
        (["findings", "F99"], "E905"),
        (["query", "-"], "can't be read"),
        (
            ["export", "--out", "x", "--release", "v1", "--date", "2026-02-30"],
            "a day of the calendar",
        ),
        (["verify", "--sources", "nowhere"], "E902"),
        (["baseline", "list", "--datasets", "nowhere"], "B001"),
        (["audit", "citations", "nowhere.md"], "E903"),
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], says: str, small_database: Path) -> None:
    asked = arguments[0] in {"claims", "gaps", "findings", "query", "export"}
    given = [*arguments, "--db", str(small_database)] if asked else arguments
    done = RUN.invoke(app, given, input=b"SELECT \xff" if "query" in arguments else None)
    refused(done, 2)
    assert says in done.output


def test_what_couldnt_be_written_is_told_before_the_work(
    catalog_copy: Path, small_database: Path, tmp_path: Path
) -> None:
    """The catalog is broken, the database too: neither is read where the answer has no place."""
    (catalog_copy / "references.bib").write_bytes(HOSTILE["latin1"])
    (tmp_path / "file").write_text("")
    folder = tmp_path / "folder"
    folder.mkdir()
    for place in (folder, tmp_path / "file" / "x.duckdb"):
        done = run("build", "--catalog", catalog_copy, "--db", place)
        refused(done)
        assert "E901" in done.output and "--db" in done.output and "E002" not in done.output
    done = run("report", "--db", small_database, "--out", tmp_path / "file" / "report")
    refused(done)
    assert "E901" in done.output and "--out" in done.output


def test_a_database_of_somebody_else_is_told_without_python(tmp_path: Path) -> None:
    """DuckDB takes a table that isn't there for a Python variable of that name, where it may."""
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (a INT)")
    done = run("gaps", "--db", other)
    refused(done)
    assert "E907" in done.output and "Table with name meta does not exist" in done.output
    assert ".py" not in done.output


def test_a_file_of_a_text_that_isnt_utf8_is_told(catalog_copy: Path, tmp_path: Path) -> None:
    text = tmp_path / "chapter.md"
    text.write_bytes(b"caf\xe9")
    done = run("audit", "citations", text, "--catalog", catalog_copy)
    refused(done)
    assert "E904" in done.output


def test_a_ledger_that_cannot_be_read_makes_no_report(small_database: Path, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_bytes(HOSTILE["binary"])
    done = run("report", "--db", small_database, "--out", tmp_path / "out", "--ledger", tmp_path)
    refused(done)
    assert "E908" in done.output and not (tmp_path / "out").exists()


def test_a_release_record_of_any_bytes(
    small_database: Path, catalog_copy: Path, tmp_path: Path
) -> None:
    for kind, raw in HOSTILE.items():
        record = tmp_path / f"{kind}.json"
        record.write_bytes(raw)
        done = run("changes", record, "--db", small_database, "--catalog", catalog_copy)
        refused(done)
        assert record.name in done.output


def test_an_audit_of_any_bytes(tmp_path: Path) -> None:
    root = own_catalog.write(tmp_path)
    for raw in HOSTILE.values():
        (root / "datasets" / "audits" / "toydata__set__1.yaml").write_bytes(raw)
        refused(run("baseline", "list", "--datasets", root / "datasets"))


def test_words_that_are_no_text(catalog_copy: Path) -> None:
    """Bytes that no terminal can show reach Python as half a character."""
    done = run(
        "reject", "a", "--what", "caf\udce9", "--reason", "other", "--why", "y", "--by", "z",
        "--catalog", catalog_copy,
    )  # fmt: skip
    refused(done)
    assert not (catalog_copy / "rejected.yaml").exists()
    new = ("new", "results", "--publication", "abel2024alpha", "--table", "t9", "--title", "t",
           "--locator", "Table 9", "--catalog", catalog_copy, "--row")  # fmt: skip
    refused(run(*new, "caf\udce9,toys/one,accuracy,0.5"), 2)
    assert not list(catalog_copy.glob("results/*/t9*"))


def test_an_empty_list_takes_its_first_entry(catalog_copy: Path) -> None:
    (catalog_copy / "rejected.yaml").write_text("[]\n", encoding="utf-8")
    done = run("reject", "a", "--what", "x", "--reason", "other", "--why", "y", "--by", "z",
               "--catalog", catalog_copy)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert run("check", catalog_copy / "rejected.yaml", "--catalog", catalog_copy).exit_code == 0


def test_ctrl_c_leaves_the_old_database_and_nothing_half(
    catalog_copy: Path, small_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    database = folder / "claimgap.duckdb"
    shutil.copy(small_database, database)
    before = database.read_bytes()
    seen: list[int] = []

    def interrupt(connection: duckdb.DuckDBPyConnection) -> None:
        seen.append(len(list(folder.iterdir())))
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "STEPS", (steps.Step("writing", interrupt),))
    done = run("build", "--catalog", catalog_copy, "--db", database)
    refused(done, 130)
    assert "stopped" in done.output
    assert seen[0] > 1, "the draft lay beside it when the key was pressed"
    assert [path.name for path in folder.iterdir()] == ["claimgap.duckdb"]
    assert database.read_bytes() == before


def test_what_the_checks_miss_is_told_as_our_mistake(
    catalog_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("INSERT INTO metric SELECT * FROM metric")

    monkeypatch.setattr(steps, "STEPS", (steps.Step("writing", fail),))
    done = run("build", "--catalog", catalog_copy, "--db", tmp_path / "x.duckdb")
    refused(done)
    assert "E909" in done.output and "mistake of claimgap" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["catalog"]
