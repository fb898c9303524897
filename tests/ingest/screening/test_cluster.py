"""A real cluster, if a small one: Spark's own master and worker as processes of their own, and Spark Connect.

What `local[2]` can't show: that a task, sent to another process's Python, finds claimgap and the shared
folder, and that a driver killed in the middle goes on to the same ledger. Part of `make test-spark`.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from benchmarks.screening_snapshot import write
from ingest.screening import job

pytestmark = pytest.mark.spark
ROOT = Path(__file__).resolve().parents[3]
SMALL = ROOT / "tests" / "fixtures" / "small" / "catalog"
PARTS = 12
WRITTEN = ("ledger.parquet", "counts.json", "set_aside.csv")


@contextmanager
def daemon(command: list[str], ready: str, folder: Path) -> Iterator[str]:
    """A process of Spark's, once it has said what ``ready`` matches; the match's first group."""
    import pyspark

    home = Path(pyspark.__file__).parent
    process = subprocess.Popen(
        [str(home / "bin" / command[0]), *command[1:]], cwd=folder, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
             "SPARK_WORKER_DIR": str(folder)},
    )  # fmt: skip
    try:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(ready, line):
                break
        else:
            pytest.fail("Spark's process ended:\n" + "".join(said[-15:]))
        # whoever doesn't read on stops the writer when the pipe is full
        reader = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        yield found[1]
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
        reader.wait(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """spark://... of a master with one worker of two cores."""
    folder = tmp_path_factory.mktemp("cluster")
    deploy = "org.apache.spark.deploy"
    with ExitStack() as stack:
        address = stack.enter_context(daemon(
            ["spark-class", f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"],
            r"Starting Spark master at (spark://\S+)", folder,
        ))  # fmt: skip
        stack.enter_context(daemon(
            ["spark-class", f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "2", "--memory", "2g",
             "--webui-port", "0", address],
            r"(Successfully registered) with master", folder,
        ))  # fmt: skip
        yield address


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """sc://... of a Spark Connect server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["spark-submit", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]",
               "--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.ui.enabled=false", "spark-internal"]  # fmt: skip
    with daemon(command, r"Spark Connect server started at: \S*:(\d+)", tmp_path_factory.mktemp("connect")) as said:  # fmt: skip
        yield f"sc://127.0.0.1:{said}"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    write(folder, 60_000, files=PARTS, seed=11)
    return folder


@pytest.fixture
def whole(snapshot: Path, small_catalog, no_ledger, quiet, tmp_path: Path) -> dict[str, bytes]:  # fmt: skip
    """What DuckDB writes of it."""
    done = job.screen(snapshot, tmp_path / "duckdb", small_catalog, no_ledger, meter=quiet)
    assert done.counts["candidates"] > 50
    return {name: (tmp_path / "duckdb" / name).read_bytes() for name in WRITTEN}


def screen(snapshot: Path, out: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "screen", str(snapshot), "--out", str(out), "--catalog", str(SMALL),
         "--engine", "spark", *more],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **environment},
    )  # fmt: skip


def test_a_driver_killed_in_the_middle_goes_on_to_the_same_ledger(master: str, snapshot: Path, whole: dict[str, bytes], tmp_path: Path) -> None:  # fmt: skip
    out = tmp_path / "out"
    process = screen(snapshot, out, "--master", master)
    results = out / ".screen"
    while process.poll() is None and not list(results.glob("*.json")):
        pass
    process.kill()
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, "stopped before its end"
    assert not (out / "ledger.parquet").exists()
    kept = {path.name: path.stat().st_mtime_ns for path in results.glob("*.json")}
    assert kept
    again = screen(snapshot, out, "--master", master)
    said, _ = again.communicate(timeout=300)
    assert again.returncode == 0, said
    assert re.search(r"going on: \d+ partitions", said)
    assert {name: (out / name).read_bytes() for name in WRITTEN} == whole
    for name, time in kept.items():
        assert (results / name).stat().st_mtime_ns == time, "done twice"


def test_spark_connect_writes_the_same_ledger(remote: str, snapshot: Path, whole: dict[str, bytes], tmp_path: Path) -> None:  # fmt: skip
    process = screen(snapshot, tmp_path / "out", SPARK_REMOTE=remote)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert {name: (tmp_path / "out" / name).read_bytes() for name in WRITTEN} == whole


@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_where_nobody_answers_is_said_at_once(snapshot: Path, tmp_path: Path, scheme: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: a refused connection
        address = f"{scheme}://127.0.0.1:{taken.getsockname()[1]}"
        more = ("--master", address) if scheme == "spark" else ()
        process = screen(snapshot, tmp_path / "out", *more, SPARK_REMOTE="" if more else address)
        # Spark's own clients try for one minute (and then say it in other words) and for ten
        said, _ = process.communicate(timeout=300)
    assert process.returncode == 1 and "Traceback" not in said
    assert f"no Spark answers at {address}" in said
    assert not (tmp_path / "out" / "ledger.parquet").exists()
