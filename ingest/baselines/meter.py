"""What a piece of work costs: wall time, CPU time, and peak memory where the system can say."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Cost:
    """Seconds of wall clock and CPU (all threads), and the process's peak resident megabytes.

    `peak_is_of_block`: the peak was reset when the work began. Where the system can't do that the
    peak is the process's so far, an upper bound.
    """

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    peak_is_of_block: bool = False


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the block; the yielded Cost is filled in when it ends."""
    cost = Cost(peak_is_of_block=_reset_peak())
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield cost
    finally:
        cost.wall_s = time.perf_counter() - wall
        cost.cpu_s = time.process_time() - cpu
        cost.peak_mb = _peak_mb()


def _reset_peak() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text("5")  # Linux: VmHWM starts anew
    except OSError:
        return False
    return True


def _peak_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
