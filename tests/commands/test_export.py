"""claimgap export: whole or not at all, the same each time, and held to a release's record."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import cli
from tests.conftest import SMALL


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def home(tmp_path: Path, small_database: Path) -> Path:
    """A project's folder: catalog, and its build."""
    shutil.copytree(SMALL, tmp_path / "catalog")
    return tmp_path


def exported(home: Path, database: Path, out: str, *more: str) -> tuple[int, str, str]:
    return run(
        "export", "--out", home / out, "--db", database, "--catalog", home / "catalog", *more
    )


def test_two_exports_of_one_build_are_equal_byte_by_byte(home: Path, small_database: Path) -> None:
    assert exported(home, small_database, "a")[0] == 0
    code, said, _ = exported(home, small_database, "b")
    assert code == 0 and "files" in said
    first = (home / "a" / "SHA256SUMS").read_text(encoding="utf-8")
    assert first == (home / "b" / "SHA256SUMS").read_text(encoding="utf-8")
    assert "claimgap.duckdb" in first, "the database's bytes are copied, so they are equal too"


def test_sha256sum_agrees_and_covers_every_file(home: Path, small_database: Path) -> None:
    assert exported(home, small_database, "a")[0] == 0
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"],
        cwd=home / "a", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    files = {p.relative_to(home / "a").as_posix() for p in (home / "a").rglob("*") if p.is_file()}
    listed = {line.split("  ", 1)[1] for line in
              (home / "a" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}  # fmt: skip
    assert files - listed == {"SHA256SUMS"} and listed <= files


def test_an_earlier_export_is_replaced_and_foreign_files_never(
    home: Path, small_database: Path
) -> None:
    assert exported(home, small_database, "a")[0] == 0
    (home / "a" / "left-over.txt").write_text("x", encoding="utf-8")
    assert exported(home, small_database, "a")[0] == 0
    assert not (home / "a" / "left-over.txt").exists()
    (home / "mine").mkdir()
    (home / "mine" / "thesis.tex").write_text("x", encoding="utf-8")
    code, _, error = exported(home, small_database, "mine")
    assert code == 1 and "expected an earlier export" in error
    assert [path.name for path in (home / "mine").iterdir()] == ["thesis.tex"]
    code, _, error = exported(home, small_database, "mine/thesis.tex")
    assert code == 1 and "found a file" in error


def test_a_failure_leaves_the_old_export_and_nothing_half_made(
    home: Path, small_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exported(home, small_database, "a")[0] == 0
    before = (home / "a" / "SHA256SUMS").read_text(encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.export.run.croissant", full)
    code, _, error = exported(home, small_database, "a")
    assert code == 1 and "No space left on device" in error
    assert (home / "a" / "SHA256SUMS").read_text(encoding="utf-8") == before
    assert {path.name for path in home.iterdir()} == {"catalog", "a"}


def test_a_build_of_another_catalog_is_refused(home: Path, small_database: Path) -> None:
    with (home / "catalog" / "errata.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    code, _, error = exported(home, small_database, "a")
    assert code == 1 and "run `claimgap build` first" in error
    assert not (home / "a").exists()


def test_what_is_no_database_is_said(home: Path) -> None:
    (home / "x.duckdb").write_text("text", encoding="utf-8")
    code, _, error = exported(home, home / "x.duckdb", "a")
    assert code == 1 and "expected a database that this claimgap built" in error


def test_a_release_is_recorded_once_and_then_held_to_it(home: Path, small_database: Path) -> None:
    code, _, error = exported(home, small_database, "a", "--release", "v0.1.0")
    assert code == 1 and "found no record of this release" in error
    assert not (home / "a").exists()
    code, said, _ = exported(
        home, small_database, "a", "--release", "v0.1.0", "--date", "2026-11-01", "--record"
    )
    kept = home / "docs" / "releases" / "v0.1.0.json"
    assert code == 0 and "commit it with the release" in said
    record = json.loads(kept.read_text(encoding="utf-8"))
    assert (record["release"], record["date"]) == ("v0.1.0", "2026-11-01")
    assert kept.read_bytes() == (home / "a" / "summary.json").read_bytes()
    assert exported(home, small_database, "b", "--release", "v0.1.0")[0] == 0
    package = json.loads((home / "b" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "0.1.0" and package["created"].startswith("2026-11-01")
    record["data_version"] = "0" * 16
    kept.write_text(json.dumps(record), encoding="utf-8")
    code, _, error = exported(home, small_database, "c", "--release", "v0.1.0")
    assert code == 1 and "found data 0000000000000000" in error
    assert not (home / "c").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--release", "../../x"), "--release: found"),
        (("--release", "v1", "--date", "yesterday"), "expected YYYY-MM-DD"),
        (("--record",), "name it with --release"),
    ],
)
def test_wrong_options_are_wrong_use(
    home: Path, small_database: Path, options: tuple[str, ...], says: str
) -> None:
    code, _, error = exported(home, small_database, "a", *options)
    assert code == 2 and says in error


def test_the_exported_database_opens_and_answers(home: Path, small_database: Path) -> None:
    assert exported(home, small_database, "a")[0] == 0
    with duckdb.connect(str(home / "a" / "claimgap.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (13,)
