"""A skip that nobody declared fails: it would look like a pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, SKIPS

TESTS = """
import pytest

@pytest.mark.skip(reason="because")
def test_marked(): pass

def test_lazy(): pytest.skip("no time")

def test_declared(): pytest.skip({declared!r})
"""


def test_only_declared_reasons_skip(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(TESTS.format(declared=SKIPS["shared"]))
    (tmp_path / "test_y.py").write_text(
        'import pytest\npytest.skip("all", allow_module_level=True)'
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider",
         "-p", "no:xdist", "--rootdir", str(tmp_path), "-c", "/dev/null",
         "--continue-on-collection-errors", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "1 failed, 1 skipped, 2 errors" in done.stdout, done.stdout
    assert done.returncode == 1
