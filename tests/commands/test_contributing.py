"""CONTRIBUTING.md: a newcomer types what stands there, in that order, and it works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schema.index import names_in, read_index
from tests.conftest import ROOT, SMALL

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)

# The page names entries of the real catalog; the repository that its commands run in here has the
# fixture's, so that the preview is built in seconds.
STAND_INS = {"dnabert-2": "alpha", "hyenadna": "beta", "gue/tf-0": "toys/two"}
ADDRESS = "https://github.com/YOUR-NAME/claimgap"


def git(home: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    command = ["git", "-C", str(home), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """What a fork would be, with the fixture's catalog; pushing to it works."""
    home = tmp_path / "upstream"
    shutil.copytree(SMALL, home / "catalog")
    shutil.copy(ROOT / "Makefile", home / "Makefile")
    shutil.copy(ROOT / ".gitignore", home / ".gitignore")
    git(home.parent, "init", "-q", "-b", "main", str(home))
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "all")
    bare = tmp_path / "fork.git"
    git(tmp_path, "clone", "-q", "--bare", str(home), str(bare))
    return bare


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """`claimgap` as this checkout has it, and a `make env` that makes just the activation script."""
    tools = tmp_path / "tools"
    tools.mkdir()
    python = f'PYTHONPATH="{ROOT}" exec "{sys.executable}"'
    (tools / "claimgap").write_text(f'#!/bin/sh\n{python} -m cli "$@"\n', encoding="utf-8")
    (tools / "make").write_text(
        '#!/bin/sh\ngrep -q "^$1:" Makefile && mkdir -p .venv/bin && : > .venv/bin/activate\n',
        encoding="utf-8",
    )
    for each in tools.iterdir():
        each.chmod(0o755)
    names = {"GIT_AUTHOR_NAME": "Jane Doe", "GIT_AUTHOR_EMAIL": "jane@example.org",
             "GIT_COMMITTER_NAME": "Jane Doe", "GIT_COMMITTER_EMAIL": "jane@example.org"}  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if key != "CLAIMGAP_HOME"}
    return kept | names | {"PATH": f"{tools}:{os.environ['PATH']}"}


def test_the_pages_commands_lead_from_a_fork_to_a_pushed_branch(
    fork: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    script = "\necho @@@\n".join(["set -euo pipefail", *BLOCKS])
    assert ADDRESS in script
    script = script.replace(ADDRESS, f"{shlex.quote(str(fork))} claimgap")
    for real, fixture in STAND_INS.items():
        assert real in script
        script = script.replace(real, fixture)
    work = tmp_path / "home"
    work.mkdir()
    done = subprocess.run(
        ["bash", "-c", script], cwd=work, env=environment, capture_output=True, text=True, timeout=500,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.split("@@@\n")[1:]
    assert "no problems in 1 file: references.bib" in told[1]
    assert "written: catalog/results/doe2026example/table-2.csv" in told[2]
    assert "next: claimgap check" in told[2]
    assert "no problems in 3 files" in told[3] and "0 files laid out" in told[3]
    assert "doe2026example" in told[4]  # the preview speaks of the new table
    pushed = git(fork, "ls-tree", "-r", "--name-only", "doe2026-table-2")
    assert "catalog/results/doe2026example/table-2.yaml" in pushed.splitlines()
    assert "build/" not in pushed


def test_the_page_names_entries_that_the_catalog_has() -> None:
    names = names_in(read_index(ROOT / "catalog"))
    for real in STAND_INS:
        assert real in (names.tasks if "/" in real else names.scored)


def test_every_command_and_file_that_the_page_names_exists() -> None:
    from cli import COMMANDS
    from schema.new_entry.questions import Kind

    named = set(re.findall(r"claimgap ([a-z]+)", TEXT))
    assert named - {"new"} and named <= COMMANDS.keys()
    assert set(re.findall(r"claimgap new ([a-z]+)", TEXT)) <= set(Kind) | {"writes", "write"}
    assert {f"claimgap new {kind.value}" for kind in Kind} <= set(
        re.findall(r"`(claimgap new \w+)`", TEXT)
    )
    for target in re.findall(r"`make ([a-z]+)`", TEXT):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for link in re.findall(r"\]\(([^)h][^)]*)\)", TEXT):
        assert (ROOT / link).exists()
