"""Files are whole or not there, also on a full disk and at Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.files import WriteError, write_atomic
from ingest.http import Fetcher, Policy
from ingest.paging import Pages, PagesError, folder_for
from tests.ingest.loopback import Loopback


def test_a_file_replaces_the_old_one_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.json"
    write_atomic(target, "old")
    write_atomic(target, "new é")
    assert target.read_text("utf-8") == "new é"
    assert [p.name for p in target.parent.iterdir()] == ["a.json"]


def test_a_full_disk_keeps_the_old_file_and_says_what_to_do(tmp_path: Path) -> None:
    """The kernel's own limit on file size stands in for a full disk: the write itself fails."""
    target = tmp_path / "a.json"
    target.write_text("old")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from ingest.files import WriteError, write_atomic\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_atomic(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except WriteError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    assert "was not written" in done.stdout and "make room and run the same command" in done.stdout
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_path_through_a_file_is_told_from_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError, match="check the folder"):
        write_atomic(tmp_path / "file" / "x", b"x")


QUICK = {"default": Policy(interval=0, attempts=1)}


def pages_of(server: Loopback, folder: Path) -> Pages:
    pages = Pages(folder, f"{server.url}/list?cursor=1")
    fetcher = Fetcher(None, policies=QUICK)

    def following(body: bytes, _: str) -> str | None:
        after = json.loads(body)["next"]
        return f"{server.url}/list?cursor={after}" if after else None

    pages.fetch(lambda url: fetcher.get("s", url), following)
    return pages


def serve_pages(server: Loopback, last: int, fails_at: int = 0) -> None:
    for n in range(1, last + 1):
        body = json.dumps({"page": n, "next": n + 1 if n < last else None}).encode()

        def answer(h, body=body, n=n):
            if n == fails_at and h.number == 1:
                h.reply(400, b"{}")
            else:
                h.reply(200, body)

        server.answers[f"/list?cursor={n}"] = answer


def test_pages_go_on_where_they_stopped(server: Loopback, tmp_path: Path) -> None:
    serve_pages(server, 4, fails_at=3)
    with pytest.raises(Exception, match="refused"):
        pages_of(server, tmp_path / "p")
    assert len(Pages(tmp_path / "p", f"{server.url}/list?cursor=1")) == 2
    pages = pages_of(server, tmp_path / "p")
    assert pages.complete
    assert [json.loads(body)["page"] for body, _ in pages.bodies()] == [1, 2, 3, 4]
    # Pages one and two were not asked for again.
    asked = [path for path, _ in server.seen]
    assert asked.count("/list?cursor=1") == 1 and asked.count("/list?cursor=2") == 1


def test_a_damaged_page_is_fetched_again(server: Loopback, tmp_path: Path) -> None:
    serve_pages(server, 3)
    pages_of(server, tmp_path / "p")
    (tmp_path / "p" / "page-0002.body").write_bytes(b"{")
    pages = pages_of(server, tmp_path / "p")
    assert [json.loads(body)["page"] for body, _ in pages.bodies()] == [1, 2, 3]


def test_a_folder_of_another_request_is_refused(tmp_path: Path, server: Loopback) -> None:
    serve_pages(server, 1)
    pages_of(server, tmp_path / "p")
    with pytest.raises(PagesError, match="another request"):
        Pages(tmp_path / "p", "http://127.0.0.1/other")


def test_a_cursor_that_goes_round_ends(server: Loopback, tmp_path: Path) -> None:
    server.answers["/list"] = lambda h: h.reply(200, b'{"next": 1}')
    assert len(pages_of(server, tmp_path / "p")) == 1


def test_folders_are_named_by_their_query(tmp_path: Path) -> None:
    one = folder_for(tmp_path, "openalex", "a b")
    assert one == folder_for(tmp_path, "openalex", "a b") != folder_for(tmp_path, "openalex", "a c")


def test_ctrl_c_between_pages_keeps_whole_pages_and_resumes(
    server: Loopback, tmp_path: Path
) -> None:
    """A real process, a real SIGINT, while the server holds page three back."""
    serve_pages(server, 4)
    held = server.answers["/list?cursor=3"]
    reached = threading.Event()

    def hold(h):
        reached.set()
        h.wait()

    server.answers["/list?cursor=3"] = hold
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from ingest.http import Fetcher, Policy\n"
        "from ingest.paging import Pages\n"
        "url, folder = sys.argv[1:]\n"
        "quick = {'default': Policy(interval=0, attempts=1)}\n"
        "fetcher = Fetcher(None, policies=quick)\n"
        "def following(body, _):\n"
        "    after = json.loads(body)['next']\n"
        "    return f'{url}/list?cursor={after}' if after else None\n"
        "Pages(Path(folder), f'{url}/list?cursor=1').fetch(\n"
        "    lambda u: fetcher.get('s', u), following)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, server.url, str(tmp_path / "p")],
        stderr=subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    assert reached.wait(300)  # a busy machine takes its time to import what is needed
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    assert process.returncode != 0
    kept = sorted(p.name for p in (tmp_path / "p").iterdir())
    assert kept == ["manifest.json", "page-0001.body", "page-0002.body"]
    server.answers["/list?cursor=3"] = held
    pages = pages_of(server, tmp_path / "p")
    assert [json.loads(body)["page"] for body, _ in pages.bodies()] == [1, 2, 3, 4]
