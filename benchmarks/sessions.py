"""Fifty people at once: real sessions over Streamlit's own websocket against the real server.

A light client instead of fifty browsers: a headless page takes 100 MB and more CPU than what it asks
of the server, so that fifty would measure Chromium. The client speaks what the browser speaks (open the
socket, ask for a page, read messages until the script has finished), so the server can't tell. Each
session opens the app and then walks through pages. Without a pause, which people don't do, fifty of
them measure the server's throughput; with a reader's pause between pages (drawn from an exponential
distribution of that mean, the same every run), and arrivals spread over one pause, the waits are what
fifty readers feel.

    python -m benchmarks.sessions build/claimgap.duckdb [sessions] [pages each] [mean pause in s]
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WALK = (
    ("", ""), ("gaps", ""), ("claims", ""), ("models", "model=hyenadna"), ("benchmarks", "part=next"),
    ("findings", "finding=F12"), ("compare", "a=hyenadna&b=caduceus"), ("gaps", "gap=standing&domain=promoter"),
    ("choose", "domain=enhancer"), ("sources", ""),
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[1]
LIMIT_MB = 2048


@contextmanager
def streamlit(script: Path, folder: Path, **environment: str) -> Iterator[tuple[int, int]]:
    """A Streamlit app on a free port, once it answers; gives its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.address=127.0.0.1",
         "--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"],
        env={**os.environ, **environment}, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def server(database: Path) -> Iterator[tuple[int, int]]:
    """The app as `claimgap app` serves it; gives its port and process id."""
    with streamlit(ROOT / "app.py", ROOT, CLAIMGAP_DATABASE=str(database.resolve())) as running:
        yield running


async def session(
    port: int, number: int, pages: int, pause: float, times: list[float], faults: list[str]
) -> None:
    """One reader: opens the app, then one page after another, each a pause after the last is drawn."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(
        address, subprotocols=["streamlit"], origin=f"http://127.0.0.1:{port}", max_size=None, open_timeout=120, ping_interval=None,
    ) as socket_:  # fmt: skip
        reader = random.Random(number)
        for step in range(pages):
            if pause:
                await asyncio.sleep(reader.expovariate(1 / pause))
            page, query = WALK[(number + step) % len(WALK)] if step else WALK[0]
            ask = BackMsg()
            ask.rerun_script.page_name = page
            ask.rerun_script.query_string = query
            begun = time.monotonic()
            await socket_.send(ask.SerializeToString())
            fault = await _drawn(socket_)
            times.append(time.monotonic() - begun)
            if fault:
                faults.append(f"{page}?{query}: {fault}")


async def _drawn(socket_: websockets.ClientConnection) -> str:
    """Read until the script has finished; what went wrong, if anything did."""
    fault = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket_.recv(), timeout=600))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.HasField("exception"):
            fault = message.delta.new_element.exception.message
        if kind == "script_finished":
            status = message.script_finished
            if status == ForwardMsg.FINISHED_SUCCESSFULLY:
                return fault
            if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                return "the script doesn't compile"


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident memory of a process now, and at its highest."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return tuple(int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(
    port: int, sessions: int, pages: int, pause: float
) -> tuple[list[float], list[str]]:
    """All sessions at once."""
    times: list[float] = []
    faults: list[str] = []
    await asyncio.gather(*(session(port, i, pages, pause, times, faults) for i in range(sessions)))
    return times, faults


def measure(database: Path, sessions: int, pages: int, pause: float) -> None:
    """Print one line on a crowd of so many."""
    with server(database) as (port, pid):
        # the first visit pays for imports and caches, whoever it is
        asyncio.run(crowd(port, 1, len(WALK), 0))
        before, cpu = memory_mb(pid)[0], cpu_seconds(pid)
        begun = time.monotonic()
        times, faults = asyncio.run(crowd(port, sessions, pages, pause))
        took = time.monotonic() - begun
        used = cpu_seconds(pid) - cpu
        after, peak = memory_mb(pid)
    times.sort()
    print(
        f"{sessions} sessions x {pages} pages, mean pause {pause:.0f} s: {len(times)} of {sessions * pages} answered, {len(faults)} faults, "
        f"median {times[len(times) // 2]:.2f} s, 95% {times[int(len(times) * 0.95)]:.2f} s, slowest {times[-1]:.2f} s; "
        f"{len(times) / took:.1f} pages/s, {1000 * used / len(times):.0f} ms CPU a page; memory {before:.0f} -> {after:.0f} MB, "
        f"peak {peak:.0f} MB of {LIMIT_MB}; load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )  # fmt: skip
    for fault in faults[:5]:
        print("  fault:", fault)
    if len(times) < sessions * pages or faults or peak > LIMIT_MB:
        raise SystemExit(1)


def main() -> None:
    """One session, then the crowd."""
    database = Path(sys.argv[1] if len(sys.argv) > 1 else "build/claimgap.duckdb")
    sessions, pages = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((2, 50), (3, 4)))
    pause = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
    measure(database, 1, pages, 0)
    measure(database, sessions, pages, pause)


if __name__ == "__main__":
    main()
