"""What a process costs: CPU seconds, wall seconds, and its own peak memory.

Linux keeps a process's peak (ru_maxrss) across exec, and subprocess starts its child by vfork, in
the parent's memory: waited for directly, a small child of a large parent is said to have had the
parent's peak (setmax_mm_hiwater_rss in the kernel's exec_mmap). So a launcher stands between, a bare
Python of some 10 MB, and tells what its children had.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = """
import json, os, resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss / (1 << 20 if sys.platform == 'darwin' else 1 << 10)
os.write(int(sys.argv[1]), json.dumps([status, used.ru_utime + used.ru_stime, peak]).encode())
"""


@dataclass(frozen=True)
class ProcessCost:
    """One finished process, its children included; peak_mb is that of the largest among them."""

    status: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    printed: str
    errors: str


def run(command: list[str], cwd: Path | None = None) -> ProcessCost:
    """Run a command to its end."""
    began = time.monotonic()
    read, write = os.pipe()
    with os.fdopen(read) as told:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(write), *command],
                cwd=cwd, capture_output=True, text=True, pass_fds=[write], check=False,
            )  # fmt: skip
        finally:
            os.close(write)
        answer = told.read()
    if not answer:
        raise RuntimeError(f"{command[0]} didn't start: {done.stderr[-2_000:]}")
    status, cpu, peak = json.loads(answer)
    return ProcessCost(status, cpu, time.monotonic() - began, peak, done.stdout, done.stderr)
