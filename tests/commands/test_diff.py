"""claimgap diff: a pull request in a real git repository, sides of every kind, what can go wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from tests.conftest import ROOT, SMALL

TABLE = "catalog/results/cole2025check/table-2.csv"
FLIP = ("1,alpha,alpha-1,toys/one,accuracy,,0.80,", "1,alpha,alpha-1,toys/one,accuracy,,0.90,")


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def git(folder: Path, *arguments: str) -> str:
    # a developer's own settings (hooks, signing, default branch) are none of this test's business
    clean = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments],
        check=True, capture_output=True, text=True, env=clean,
    ).stdout  # fmt: skip


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def pull_request(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the fixture catalog on main, and one commit on a branch `contribution`."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(SMALL, folder / "catalog")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "catalog")
    git(folder, "commit", "--quiet", "-m", "The catalog")
    git(folder, "checkout", "--quiet", "-b", "contribution")
    edit(folder / TABLE, *FLIP)
    git(folder, "commit", "--quiet", "-am", "Correct a value that was misread")
    return folder


def test_a_pull_request_that_flips_a_verdict_gives_one_preview_naming_it(
    pull_request: Path,
) -> None:
    code, said, _ = run("diff", "main", "contribution", "--catalog", pull_request / "catalog")
    assert code == 0
    assert said.count("<!-- claimgap-preview -->") == 1 and said.startswith("<!--")
    assert "**1 verdict flips**, 1 of them severe" in said
    flips = [line for line in said.splitlines() if line.startswith("| severe |")]
    (flip,) = flips
    assert "abel2024alpha-1" in flip and "contradicted → **supported**" in flip
    assert "others' evidence" in flip and "-0.060" in flip and "+0.040" in flip
    assert "different code" not in said
    code, document, _ = run("diff", "main", "contribution", "--catalog", pull_request / "catalog",
                            "--format", "json")  # fmt: skip
    found = json.loads(document)
    assert code == 0 and found["n_flips"] == 1 and found["same_code"] is True
    first = found["changes"][0]
    assert (first["kind"], first["id"], first["side"], first["severity"]) == (
        "claim", "abel2024alpha-1", "others", "severe")  # fmt: skip
    assert (first["before"]["verdict"], first["after"]["verdict"]) == ("contradicted", "supported")


def test_the_second_preview_builds_nothing(
    pull_request: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = pull_request / "catalog"
    first = run("diff", "main", "--catalog", catalog)

    def never(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("analysis.changes.sides.build", never)
    assert run("diff", "main", "--catalog", catalog) == first
    assert first[0] == 0 and "`main`" in first[1] and "`working tree`" in first[1]


def test_folders_files_and_refs_are_all_sides(
    pull_request: Path, small_database: Path, tmp_path: Path
) -> None:
    catalog = pull_request / "catalog"
    by_ref = json.loads(run("diff", "main", "--catalog", catalog, "-f", "json")[1])
    by_file = json.loads(run("diff", small_database, "--catalog", catalog, "-f", "json")[1])
    by_folder = json.loads(run("diff", SMALL, catalog, "--catalog", catalog, "-f", "json")[1])
    for found in (by_ref, by_file, by_folder):
        found.pop("names")
    assert by_ref == by_file == by_folder
    out = tmp_path / "preview.md"
    assert run("diff", small_database, small_database, "--out", out)[:2] == (0, "")
    assert "**No verdict flips.**" in out.read_text(encoding="utf-8")


def test_a_catalog_with_problems_still_gives_a_preview_that_says_so(tmp_path: Path) -> None:
    broken = shutil.copytree(SMALL, tmp_path / "catalog")
    edit(broken / "claims" / "abel2024alpha.yaml", "category: performance", "category: '<b>@me'")
    code, said, _ = run("diff", SMALL, "--catalog", broken)
    assert code == 1 and said.startswith("<!-- claimgap-preview -->\n## No preview yet")
    assert "E021" in said and "<b>" not in said and "@me" not in said
    code, said, _ = run("diff", SMALL, "--catalog", broken, "--format", "json")
    assert code == 1 and json.loads(said)["n_problems"] == 1


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("no-such-branch", "found neither a file, a folder nor a commit"),
        ("--upload-pack=x", "found neither a file, a folder nor a commit"),
        ("nowhere.duckdb", "found no such file"),
        (".", "found no references.bib in it"),
    ],
)
def test_a_side_that_is_not_there_is_said(
    pull_request: Path, base: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pull_request)
    code, _, error = run("diff", "--catalog", "catalog", "--", base)
    assert code == 1 and says in error and "expected" in error


def test_a_file_that_is_no_database_and_a_folder_outside_git_are_said(tmp_path: Path) -> None:
    text = tmp_path / "x.duckdb"
    text.write_text("no database", encoding="utf-8")
    code, _, error = run("diff", text, text)
    assert code == 1 and "expected a database that this claimgap built" in error
    copy = shutil.copytree(SMALL, tmp_path / "catalog")
    clean = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    done = subprocess.run(
        [str(ROOT / ".venv/bin/claimgap"), "diff", "main", "--catalog", str(copy)],
        capture_output=True, text=True, env={**os.environ, **clean}, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "not a git repository" in done.stderr


@pytest.fixture(scope="module")
def with_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with its own code on two commits, the second of which can't be imported."""
    folder = tmp_path_factory.mktemp("with-code")
    shutil.copytree(SMALL, folder / "catalog")
    for room in ("schema", "analysis"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    git(folder, "init", "--quiet", "--initial-branch=main")
    with (folder / "analysis" / "gaps.py").open("a", encoding="utf-8") as code:
        code.write("# other code\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Other code")
    git(folder, "tag", "other")
    (folder / "analysis" / "build.py").write_text("import nothing_of_that_name\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "-am", "Broken code")
    return folder


def test_sides_built_by_different_code_are_told_apart(with_code: Path) -> None:
    catalog = with_code / "catalog"
    code, said, _ = run("diff", "other", "--catalog", catalog)
    assert code == 0 and "**The two sides were built by different code**" in said
    assert "**No verdict flips.**" in said
    code, said, _ = run("diff", "other", "--catalog", catalog, "--same-code")
    assert code == 0 and "different code" not in said and "Nothing else differs" in said


def test_code_that_cannot_build_is_said_without_a_traceback(with_code: Path) -> None:
    code, _, error = run("diff", "main", "--catalog", with_code / "catalog")
    assert code == 1 and "nothing_of_that_name" in error and "try --same-code" in error
    assert "Traceback" not in error and "/tmp/" not in error
