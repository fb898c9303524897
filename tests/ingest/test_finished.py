"""Futures told of as they end, while somebody presses Ctrl-C at any moment."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.finished import Finished

ROOT = Path(__file__).resolve().parents[2]
# With concurrent.futures.wait in place of `Finished` this hung within some hundred rounds.
STORM = """
import faulthandler, os, random, signal
from concurrent.futures import ThreadPoolExecutor
from ingest.finished import Finished
faulthandler.dump_traceback_later(60, exit=True)
signal.signal(signal.SIGALRM, signal.default_int_handler)
chance, caught = random.Random(1), 0
for _ in range(2_000):
    pool, ended = ThreadPoolExecutor(1), Finished()
    left = {ended.watch(pool.submit(os.stat, "/")) for _ in range(8)}
    try:
        signal.setitimer(signal.ITIMER_REAL, chance.uniform(1e-6, 3e-4))
        while True:
            left.difference_update(ended.next(0.5))
    except KeyboardInterrupt:
        caught += 1
    pool.shutdown(wait=True, cancel_futures=True)
print(caught)
"""


def test_an_interrupt_at_any_moment_leaves_no_worker_waiting() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STORM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 2_000, "each round ends by its interrupt"


def test_each_future_is_told_of_once_with_what_it_holds() -> None:
    ended: Finished[int] = Finished()
    with ThreadPoolExecutor(2) as pool:
        left = {ended.watch(pool.submit(lambda n=n: 1 // n)) for n in range(4)}
        told = []
        while len(told) < 4:
            told += ended.next(1.0)
    assert len(told) == len(set(told)) and set(told) == left
    assert [type(f.exception()) for f in told if f.exception()] == [ZeroDivisionError]
    assert sorted(f.result() for f in told if not f.exception()) == [0, 0, 1]


def test_nothing_ended_is_nothing_told() -> None:
    ended: Finished[int] = Finished()
    future = ended.watch(Future())
    assert ended.next(0.01) == []
    future.set_exception(OSError("full"))
    (told,) = ended.next(1.0)
    with pytest.raises(OSError, match="full"):
        told.result()
