"""A folder of papers: the same tables as one by one, errors collected, stopped and gone on with."""

import csv
import importlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.screening_papers import write_papers
from commands.ingest import app
from ingest.tables.folder import Paper, read_folder, read_one
from ingest.tables.read import read_tables

RUN = CliRunner()
ROOT = Path(__file__).resolve().parents[3]


def test_the_tables_are_those_of_each_file_alone(tmp_path: Path) -> None:
    names = write_papers(tmp_path / "in", 6)
    found = read_folder(tmp_path / "in", tmp_path / "out", 2, lambda paper: None)
    assert [p.name for p in found] == sorted([*names, "broken.xml"])
    assert {p.name: bool(p.error) for p in found} == {n: n == "broken.xml" for n in [*names, "broken.xml"]}  # fmt: skip
    for name in names:
        said = json.loads((tmp_path / "out" / f"{name}.json").read_text())
        assert said["tables"] == [t.to_json() for t in read_tables(tmp_path / "in" / name)]
        assert len(said["tables"]) == 1
    assert not (tmp_path / "out" / "broken.xml.json").exists()


def test_the_command_lists_errors_and_reads_nothing_twice(tmp_path: Path) -> None:
    names = write_papers(tmp_path / "in", 3)
    given = ["table", str(tmp_path / "in"), "--to", str(tmp_path / "out"), "--workers", "1", "--format", "json"]  # fmt: skip
    first, second = RUN.invoke(app, given), RUN.invoke(app, given)
    assert first.exit_code == second.exit_code == 0
    assert json.loads(first.stdout) == {"files": 4, "read_before": 0, "tables": 3, "failed": 1}
    assert json.loads(second.stdout)["read_before"] == 3
    with (tmp_path / "out" / "errors.csv").open() as handle:
        (row,) = csv.DictReader(handle)
    assert row["file"] == "broken.xml" and "not well-formed" in row["error"]
    # a paper that changes is read again
    (tmp_path / "in" / names[0]).write_text("<article/>")
    assert json.loads(RUN.invoke(app, given).stdout)["tables"] == 2


def test_a_paper_that_takes_its_process_down_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    write_papers(tmp_path / "in", 3)
    # spawned processes import this module anew; the reader's weak place is a pipe's worth of memory
    (tmp_path / "sitecustomize.py").write_text(
        "import ingest.tables.read as r, os\n"
        "whole = r.read_tables\n"
        "def read(path, form=None):\n"
        "    if path.name == 'paper00001.xml':\n"
        "        os.abort()\n"
        "    return whole(path, form)\n"
        "r.read_tables = read\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    found = read_folder(tmp_path / "in", tmp_path / "out", 2, lambda paper: None)
    errors = {p.name: p.error for p in found if p.error}
    assert len(found) == 4 and set(errors) == {"broken.xml", "paper00001.xml"}
    assert errors["paper00001.xml"] == "takes the reading process down"


def test_a_paper_that_takes_too_long_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    (name,) = write_papers(tmp_path / "in", 1)

    def endless(path: Path) -> list[object]:
        while True:
            pass

    monkeypatch.setattr("ingest.tables.folder.read_tables", endless)
    paper = read_one(str(tmp_path / "in" / name), str(tmp_path / "in"), str(tmp_path / "out"), 1)
    assert paper.error == "not read within 1 s; read it alone to wait for it"


def deaf_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A reader that spawned processes can import: deaf to its alarm, like one long step in C."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "deaf.py").write_text(
        "import os, signal, threading\n"
        "from ingest.tables.folder import read_one\n"
        "def read(path, root, out, seconds):\n"
        "    if path.endswith('paper00001.xml'):\n"
        "        open(os.path.join(out, '.paper00001.xml.json.half'), 'w').close()\n"
        "        open(os.path.join(out, 'begun'), 'w').write(str(os.getpid()))\n"
        "        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
        "        threading.Event().wait()\n"
        "    return read_one(path, root, out, seconds)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    return importlib.import_module("deaf").read


def test_a_reader_deaf_to_its_alarm_loses_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    write_papers(tmp_path / "in", 4)
    (out := tmp_path / "out").mkdir()
    reader = deaf_reader(tmp_path, monkeypatch)
    found = read_folder(tmp_path / "in", out, 2, lambda paper: None, 5, reader=reader, grace=5)
    errors = {p.name: p.error for p in found if p.error}
    assert len(found) == 5 and set(errors) == {"broken.xml", "paper00001.xml"}
    assert errors["paper00001.xml"] == "not read within 5 s, and its process had to be ended"
    assert not list(out.glob(".*"))
    with pytest.raises(ProcessLookupError):
        os.kill(int((out / "begun").read_text()), 0)


def test_ctrl_c_doesnt_wait_for_a_slow_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    write_papers(tmp_path / "in", 4)
    (out := tmp_path / "out").mkdir()
    reader = deaf_reader(tmp_path, monkeypatch)

    def interrupted(paper: Paper) -> None:
        if (out / "begun").exists():
            raise KeyboardInterrupt

    (tmp_path / "in" / "paper00001.xml").replace(tmp_path / "in" / "a.paper00001.xml")
    with pytest.raises(KeyboardInterrupt):
        read_folder(tmp_path / "in", out, 2, interrupted, reader=reader)
    with pytest.raises(ProcessLookupError):
        os.kill(int((out / "begun").read_text()), 0)


def test_no_paper_is_lost_where_its_process_is_killed(tmp_path: Path) -> None:
    names = write_papers(tmp_path / "in", 24, rows=40, words=2_000)
    killed: list[int] = []

    def kill(paper: Paper) -> None:
        # the reader of the next one, or one that has just finished: both must be survived
        workers = multiprocessing.active_children()
        if len(killed) < 3 and workers:
            killed.append(workers[0].pid or 0)
            workers[0].kill()

    found = read_folder(tmp_path / "in", tmp_path / "out", 2, kill)
    assert len(killed) == 3
    assert [p.name for p in found] == sorted([*names, "broken.xml"])
    assert [p.name for p in found if p.error] == ["broken.xml"]
    assert len(list((tmp_path / "out").glob("*.json"))) == len(names)


def test_what_cannot_be_looked_at_is_told_and_ends_nothing(tmp_path: Path) -> None:
    write_papers(tmp_path / "in", 2)
    long = "n" * 248 + ".xml"
    (tmp_path / "in" / long).write_text("<article/>")
    (tmp_path / "in" / "gone.xml").symlink_to("nowhere.xml")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/caf\xe9.xml")).write_text("<article/>")
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "linked.xml").write_text("<article/>")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "else")
    given = ["table", str(tmp_path / "in"), "--to", str(tmp_path / "out"), "--workers", "1", "--format", "json"]  # fmt: skip
    done = RUN.invoke(app, given)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"files": 7, "read_before": 0, "tables": 2, "failed": 4}
    with (tmp_path / "out" / "errors.csv").open() as handle:
        told = {row["file"]: row["error"] for row in csv.DictReader(handle)}
    assert set(told) == {"broken.xml", "gone.xml", long, "caf\ufffd.xml"}
    assert "too long" in told[long] and "isn't UTF-8" in told["caf\ufffd.xml"]
    assert "leads to no file" in told["gone.xml"]
    assert (tmp_path / "out" / "more" / "linked.xml.json").exists()


def test_a_paper_exchanged_without_a_new_time_is_read_again(tmp_path: Path) -> None:
    (name,) = write_papers(tmp_path / "in", 1)
    path = tmp_path / "in" / name
    read_one(str(path), str(tmp_path / "in"), str(tmp_path / "out"))
    stat = path.stat()
    path.write_bytes(b"<article/>".ljust(stat.st_size))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    paper = read_one(str(path), str(tmp_path / "in"), str(tmp_path / "out"))
    assert paper.tables == 0 and not paper.kept


def test_ctrl_c_keeps_what_is_read(tmp_path: Path) -> None:
    write_papers(tmp_path / "in", 400, rows=40, words=2_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "ingest", "table", str(tmp_path / "in"), "--to", str(tmp_path / "out"), "--workers", "1"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while process.poll() is None and len(list((tmp_path / "out").glob("*.json"))) < 2:
        pass
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130 and "what is read is kept" in errors
    kept = sorted((tmp_path / "out").glob("*.json"))
    assert 2 <= len(kept) < 400
    assert all(json.loads(path.read_text())["tables"] for path in kept)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{in}"], "name where its tables go with --to"),
        (["{empty}", "--to", "{out}"], "no full texts"),
        (["{in}", "--to", "{in}/figure.png"], "not a folder"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    write_papers(tmp_path / "in", 1)
    (tmp_path / "empty").mkdir()
    places = {"in": tmp_path / "in", "empty": tmp_path / "empty", "out": tmp_path / "out"}
    done = RUN.invoke(app, ["table", *[a.format(**places) for a in arguments]])
    assert done.exit_code == 1 and said in done.stderr
