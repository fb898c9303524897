"""What a page costs at ten times today's rows, as a ratio to today's.

Each page runs through Streamlit's own test runner in a process of its own, first with cold caches, then
warm; every query that it sends is timed. CPU time, not wall time: it holds on a busy machine. The test
runner looks through all installed packages for components before each page, which a server does once: a
hundred and fifty milliseconds and more that would hide what a page costs, so that it is left out.

    python -m benchmarks.pages build/claimgap.duckdb
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.tenfold import tenfold

PAGES: dict[str, dict[str, str]] = {
    "overview": {}, "choose": {}, "models": {}, "models?model": {"model": "hyenadna"}, "gaps": {},
    "gaps?switched": {"peer": "1", "clean": "1"}, "gaps?reporting": {"gap": "reporting"},
    "gaps?standing": {"gap": "standing", "domain": "promoter"}, "claims": {}, "findings": {},
    "findings?finding": {"finding": "F12"}, "compare": {"a": "hyenadna", "b": "caduceus"},
    "benchmarks": {}, "benchmarks?meets": {"part": "meets"}, "benchmarks?next": {"part": "next"},
    "benchmarks?split": {"part": "split"}, "sources": {}, "about": {},
}  # fmt: skip
RUNS = 3


def one(page: str) -> dict[str, Any]:
    """Run one page on the database that CLAIMGAP_DATABASE names; CPU-milliseconds, cold and warm."""
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.testing.v1 import AppTest

    from analysis import store

    BidiComponentManager.discover_and_register_components = lambda *_, **__: None  # type: ignore[method-assign]

    queries: list[float] = []
    asked = store.frame

    def timed(*arguments: Any) -> Any:
        begun = time.process_time()
        answer = asked(*arguments)
        queries.append(1000 * (time.process_time() - begun))
        return answer

    store.frame = timed
    module = page.partition("?")[0]
    # imports belong to the start of a server, not to a page
    script = f"from views.{module} import render\nrender()"
    test = AppTest.from_string("import views.overview, views.gaps, views.benchmarks, views.models", default_timeout=600)  # fmt: skip
    test.run()
    cpu = []
    for _ in range(1 + RUNS):
        test = AppTest.from_string(script, default_timeout=600)
        for key, value in PAGES[page].items():
            test.query_params[key] = value
        begun = time.process_time()
        test.run()
        cpu.append(1000 * (time.process_time() - begun))
        if test.exception:
            raise RuntimeError(f"{page}: {test.exception[0].message}")
    return {
        "page": page, "queries": len(queries), "query_ms": sum(queries), "slowest_ms": max(queries, default=0.0),
        "cold_ms": cpu[0], "warm_ms": sorted(cpu[1:])[RUNS // 2],
    }  # fmt: skip


def measure(page: str, database: Path) -> dict[str, Any]:
    """The same in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", "--one", page],
        env={**os.environ, "CLAIMGAP_DATABASE": str(database)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Print a Markdown table: today's CPU time, and the ratio at ten times the rows."""
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "build/claimgap.duckdb")
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "tenfold.duckdb"
        tenfold(source, large)
        print(
            "| page | queries | all queries, cold: ms | x10 | page cold: ms | x10 | page warm: ms | x10 |"
        )
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for page in PAGES:
            now, then = measure(page, source), measure(page, large)
            cells = [page, str(now["queries"])]
            for key in ("query_ms", "cold_ms", "warm_ms"):
                cells += [
                    f"{now[key]:.0f}",
                    f"{then[key]:.0f} ({then[key] / max(now[key], 1):.1f})",
                ]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(sys.argv[2])))
    else:
        main()
