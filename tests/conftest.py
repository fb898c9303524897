"""What the tests share: the hand-made fixture catalog, built once, and the real one."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import duckdb
import pytest

from analysis.build import build, is_current

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "fixtures" / "small" / "catalog"
SHARED = ROOT.parent / "shared"

SKIPS = {
    "shared": "extra check: ../shared isn't there, and nothing needs it",
    "linux": "the kernel's limits of the sandbox are Linux's (docs/console.md)",
}
"""Every reason for which a test may be skipped. A skip for any other reason fails, in CI as at home:
what nobody declared would look like a pass."""


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture catalog, built."""
    database = tmp_path_factory.mktemp("small") / "claimgap.duckdb"
    build(SMALL, database)
    return database


@pytest.fixture
def small(small_database: Path):
    """The fixture database, open."""
    with duckdb.connect(str(small_database), read_only=True) as connection:
        yield connection


@pytest.fixture
def catalog_copy(tmp_path: Path) -> Path:
    """A copy of the fixture catalog to spoil."""
    return shutil.copytree(SMALL, tmp_path / "catalog")


@pytest.fixture(scope="session")
def real_database() -> Path:
    """The real catalog, built once for all workers: the file that the app would serve."""
    database = ROOT / "build" / "claimgap.duckdb"
    database.parent.mkdir(exist_ok=True)
    lock = database.with_suffix(".lock")
    import fcntl

    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not is_current(ROOT / "catalog", database):
            build(ROOT / "catalog", database)
    return database


@pytest.fixture
def real(real_database: Path):
    """The real database, open."""
    with duckdb.connect(str(real_database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def shared() -> Path:
    """The given material beside the repository; tests that want it say so when it isn't there."""
    if not SHARED.is_dir():
        pytest.skip(SKIPS["shared"])
    return SHARED


def _undeclared(report: pytest.TestReport | pytest.CollectReport) -> bool:
    if not report.skipped or hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return False
    return str(report.longrepr[2]).removeprefix("Skipped: ") not in SKIPS.values()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """Turn a skip that SKIPS doesn't declare into a failure."""
    report = (yield).get_result()
    if _undeclared(report):
        report.outcome = "failed"
        report.longrepr = f"{report.longrepr[2]}: not a reason of SKIPS in tests/conftest.py"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report():
    """The same for a module that skips itself whole."""
    report = (yield).get_result()
    if _undeclared(report):
        report.outcome = "failed"
        report.longrepr = f"{report.longrepr[2]}: not a reason of SKIPS in tests/conftest.py"


# What a developer's shell, or a git hook that runs the tests, may have set: with GIT_DIR the tests'
# own repositories would be the one that is being committed to.
UNSET = ("GIT_", "CLAIMGAP_", "SPARK_REMOTE")
# No signing, hooks, templates or default branch of somebody's; a checkout of another owner is read.
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
}  # fmt: skip


def pytest_configure() -> None:
    """Keep the app's processes from phoning home, and the tests from reading somebody's settings."""
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    for name in [name for name in os.environ if name.startswith(UNSET)]:
        del os.environ[name]
    os.environ.update(GIT)
    # Whatever a script starts in the background ignores Ctrl-C, and so would all that tests start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
