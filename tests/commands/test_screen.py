"""`claimgap screen` as a person runs it: output, kills, small memory, full disks, wrong use."""

import gzip
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import process_cost
from benchmarks.screening_snapshot import Maker, write
from commands.screen import app

RUN = CliRunner()
ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "fixtures" / "small" / "catalog"
PARTS = 8


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    write(folder, 4_000, files=PARTS, seed=5)
    return folder


def command_line(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "cli", "screen", *map(str, arguments), "--catalog", str(SMALL)]


def command(*arguments: object, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command_line(*arguments), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
    )  # type: ignore[call-overload]  # fmt: skip


@pytest.fixture(scope="module")
def whole(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    done = RUN.invoke(app, [str(snapshot), "--out", str(out), "--catalog", str(SMALL)])
    assert done.exit_code == 0, done.output
    return out


def test_it_prints_the_counts_and_the_best(snapshot: Path, whole: Path) -> None:
    done = RUN.invoke(app, [str(snapshot), "--out", str(whole), "--catalog", str(SMALL), "--top", "3"])  # fmt: skip
    assert done.exit_code == 0
    assert "records in: 4,000" in done.stdout and "found by" in done.stdout
    assert f"going on: {PARTS} partitions with 4,000 records are done" in done.stderr
    printed = RUN.invoke(app, [str(snapshot), "--out", str(whole), "--catalog", str(SMALL),
                               "--format", "json"])  # fmt: skip
    assert json.loads(printed.stdout) == json.loads((whole / "counts.json").read_text())


def stopped_in_the_middle(snapshot: Path, folder: Path, how: signal.Signals) -> Path:
    """A run's folder, two partitions or more done and some not.

    On a busy machine the run may end while the signal is on its way; then another one is started.
    """
    for attempt in range(10):
        process = command(snapshot, "--out", (out := folder / str(attempt)), "--workers", 1)
        results = out / ".screen"
        while process.poll() is None and len(list(results.glob("*.json"))) < 2:
            pass
        process.send_signal(how)
        process.communicate(timeout=300)
        assert len(list(results.glob("*.json"))) >= 2
        if process.returncode != 0 and len(list(results.glob("*.json"))) < PARTS:
            assert process.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL)
            return out
    pytest.fail("no run could be stopped in the middle")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_goes_on_to_the_same_ledger(snapshot: Path, whole: Path, tmp_path: Path, how: signal.Signals) -> None:  # fmt: skip
    out = stopped_in_the_middle(snapshot, tmp_path, how)
    results = out / ".screen"
    kept = {path.name: path.stat().st_mtime_ns for path in results.glob("*.json")}
    assert not (out / "ledger.parquet").exists()
    done = RUN.invoke(app, [str(snapshot), "--out", str(out), "--catalog", str(SMALL)])
    assert done.exit_code == 0, done.output
    for name in ("ledger.parquet", "counts.json", "set_aside.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes(), name
    for name, time in kept.items():
        assert (results / name).stat().st_mtime_ns == time, "done twice"
    assert not list(results.glob("spill-*")) and not list(results.glob(".*.parquet.*"))


def test_a_file_larger_than_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """800 MB of lines through 256 MB of DuckDB; the rest is Python with its libraries.

    Packed, as members of one gzip file, since a test needn't fill a disk.
    """
    # linear algebra keeps buffers for every core of the machine, which aren't what is measured
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    maker = Maker(1, ballast=3_500)
    index = json.dumps({f"word{n}": [n] for n in range(80)})
    lines = [maker.openalex(f"A title {n}", index, "A B", "2024-05-06")[1] for n in range(4_000)]
    (tmp_path / "in").mkdir()
    block = ("\n".join(lines) + "\n").encode()
    packed, times = gzip.compress(block, 1), (800 << 20) // len(block) + 1
    with (tmp_path / "in" / "large.jsonl.gz").open("wb") as out:
        for _ in range(times):
            out.write(packed)
    arguments = command_line(
        tmp_path / "in", "--out", tmp_path / "out", "--memory", 256, "--format", "json"
    )
    cost = process_cost.run(arguments, cwd=ROOT)
    assert cost.status == 0, cost.errors
    assert json.loads(cost.printed)["records_in"] >= 100_000
    # imports alone are some 350 MB (scikit-learn, Arrow, DuckDB, ibis); some 420 MB in all, measured
    assert cost.peak_mb < 650


def test_a_full_disk_is_said_and_what_is_done_is_kept(snapshot: Path, tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    process = command(snapshot, "--out", tmp_path / "out", "--workers", 1, preexec_fn=small_files)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "was not written" in errors and "make room" in errors and "Traceback" not in errors
    assert not (tmp_path / "out" / "ledger.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--out", "{tmp}/o"], "nowhere: no such file or folder"),
        (["{tmp}", "--out", "{tmp}/o"], "holds no partitions of works"),
        (["{snapshot}", "--out", "{tmp}/file/o"], "name another folder with --out"),
        (["{snapshot}", "--out", "{tmp}/o", "--since", "soon"], "'soon' is not a date"),
        (["{snapshot}", "--out", "{tmp}/o", "--queries", "{tmp}/q.yaml"], "query mine, column 2"),
        (["convert", "{snapshot}", "--out", "{snapshot}"], "is the snapshot itself"),
    ],
)
def test_wrong_use_is_one_line(snapshot: Path, tmp_path: Path, arguments: list[str], said: str) -> None:  # fmt: skip
    (tmp_path / "file").write_text("")
    (tmp_path / "q.yaml").write_text(
        "queries: [{id: mine, service: openalex, why: w, search: 'a)'}]"
    )
    given = [a.format(tmp=tmp_path, snapshot=snapshot) for a in arguments]
    if given[0] != "convert":
        given += ["--catalog", str(SMALL)]
    done = RUN.invoke(app, given)
    assert done.exit_code == 1, done.output
    assert said in done.stderr and "Traceback" not in done.stderr


def test_without_spark_the_engine_says_what_to_install(snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    done = RUN.invoke(app, [str(snapshot), "--out", str(tmp_path), "--engine", "spark", "--catalog", str(SMALL)])  # fmt: skip
    assert done.exit_code == 1 and "install claimgap[spark]" in done.stderr


def test_help_needs_no_engine_and_names_both_commands() -> None:
    shown = RUN.invoke(app, ["--help"])
    assert shown.exit_code == 0 and "convert" in shown.output and "run" in shown.output
