"""The tests touch nothing of whoever runs them: what a shell or a git hook has set isn't theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_a_git_hook_may_run_the_tests(tmp_path: Path) -> None:
    """A hook sets GIT_DIR and GIT_INDEX_FILE; with these `git -C folder commit` commits elsewhere."""
    home = tmp_path / "theirs"
    subprocess.run(["git", "init", "-q", str(home)], check=True)
    settings = tmp_path / "gitconfig"
    settings.write_text("[commit]\n gpgsign = true\n[core]\n hooksPath = /nowhere\n")
    given = {"GIT_DIR": f"{home}/.git", "GIT_INDEX_FILE": f"{home}/.git/index", "GIT_WORK_TREE": str(home),
             "GIT_CONFIG_GLOBAL": str(settings), "CLAIMGAP_HOME": "/nowhere"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/schema/test_changed.py"],
        cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert not (home / ".git" / "index").exists() and not list((home / ".git").glob("refs/heads/*"))
