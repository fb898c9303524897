"""The command line as people use it: real processes, exit codes, messages, files left behind."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from cli import app

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`claimgap ARGUMENTS` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd or ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_help_lists_every_command_and_the_exit_codes() -> None:
    said = run("--help")
    assert said.returncode == 0
    for word in (
        "build",
        "check",
        "query",
        "models",
        "gaps",
        "claims",
        "findings",
        "meta",
        "verify",
        "audit",
        "baseline",
        "ingest",
        "review",
        "watch",
    ):
        assert f" {word} " in said.stdout
    assert "Exit codes" in said.stdout


def _helps(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """Each command that does something, subcommands included, with the text of its help."""
    if not hasattr(command, "list_commands"):
        yield name, command.help or ""
        return
    for each in command.list_commands(None):
        yield from _helps(command.get_command(None, each), f"{name} {each}")


def test_each_commands_help_has_an_example_of_it() -> None:
    helps = dict(_helps(get_command(app), "claimgap"))
    assert len(helps) > 40
    # `screen run` is what `claimgap screen SNAPSHOT` does: its example leaves the word out
    without = [name for name, said in helps.items()
               if f"Example: {name}" not in said and name != "claimgap screen run"]  # fmt: skip
    assert without == []


@pytest.mark.parametrize(
    "arguments", [["nope"], ["build", "--nope"], ["gaps", "--against", "nothing"]]
)
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.returncode == 2
    assert "Traceback" not in said.stderr


def test_build_writes_and_says_what(catalog_copy: Path, tmp_path: Path) -> None:
    database = tmp_path / "new" / "x.duckdb"
    said = run("build", "--catalog", str(catalog_copy), "--db", str(database))
    assert said.returncode == 0, said.stderr
    assert database.exists()
    assert "13 results from 2 tables" in said.stdout
    again = run("build", "--catalog", str(catalog_copy), "--db", str(database), "--if-changed")
    assert "up to date" in again.stdout


def test_a_broken_entry_is_named_and_the_old_build_stays(
    catalog_copy: Path, tmp_path: Path
) -> None:
    database = tmp_path / "x.duckdb"
    run("build", "--catalog", str(catalog_copy), "--db", str(database))
    before = database.read_bytes()
    path = catalog_copy / "models" / "alpha.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("modality: [dna]", "modality: [dnaa]"),
        encoding="utf-8",
    )
    said = run("build", "--catalog", str(catalog_copy), "--db", str(database))
    assert said.returncode == 1
    assert "models/alpha.yaml:4:12: E021" in said.stderr
    assert "did you mean 'dna'?" in said.stderr
    assert "Traceback" not in said.stderr
    assert database.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["x.duckdb"]


def test_check_of_a_clean_catalog(catalog_copy: Path) -> None:
    said = run("check", "--catalog", str(catalog_copy))
    assert said.returncode == 0
    assert "no problems" in said.stdout


def test_a_missing_catalog_and_a_missing_database_are_sentences(tmp_path: Path) -> None:
    said = run("build", "--catalog", str(tmp_path / "none"), "--db", str(tmp_path / "x.duckdb"))
    assert (said.returncode, "E001" in said.stderr) == (1, True)
    said = run("models", "--db", str(tmp_path / "none.duckdb"))
    assert said.returncode == 1
    assert "claimgap build" in said.stderr


def test_models_gaps_and_claims_as_json_and_csv(small_database: Path) -> None:
    db = ("--db", str(small_database))
    models = json.loads(run("models", "alpha", "--format", "json", *db).stdout)
    assert [row["variant"] for row in models] == ["alpha-1"]
    gaps = list(csv.DictReader(io.StringIO(run("gaps", "--format", "csv", *db).stdout)))
    # the median of one paper's -0.04 and 0.08 (see tests/analysis/test_gaps.py)
    assert float(gaps[0]["estimate"]) == pytest.approx(0.02)
    claims = json.loads(run("claims", "--format", "json", *db).stdout)
    assert (claims[0]["own_verdict"], claims[0]["others_verdict"]) == ("supported", "contradicted")
    for column in [
        "claim",
        "publication",
        "method",
        "category",
        "says",
        "predicate",
        "claimed_wins",
        "claimed_n",
        "own_wins",
        "own_ties",
        "own_n",
        "own_verdict",
        "others_verdict",
        "effect",
        "ci_low",
        "ci_high",
        "n_own",
        "n_others",
    ]:
        assert column in claims[0]


def test_an_unknown_finding_says_which_there_are(real_database: Path) -> None:
    said = run("findings", "F99", "--db", str(real_database))
    assert said.returncode == 2
    assert "F01 to F49" in said.stderr


def test_findings_as_csv_are_those_of_json(real_database: Path) -> None:
    given = ("findings", "--db", str(real_database), "--format")
    listed = list(csv.DictReader(io.StringIO(run(*given, "csv").stdout)))
    told = json.loads(run(*given, "json").stdout)
    assert [(row["finding"], row["verdict"]) for row in listed] == [
        (row["finding"], row["verdict"]) for row in told
    ]
    assert len(listed) == 49
