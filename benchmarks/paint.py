"""First useful paint and page switches in real Chromium: today, at ten times the rows, and an empty page.

Three servers stand side by side and are visited in turn, so that what else the machine does falls on all:
the app on today's build, the app on ten times its rows, and a Streamlit app that shows only a title
(what that takes is Streamlit's and Chromium's; the rest is ours). Warm: the server has drawn the page
before, the browser's cache holds the app's files, the tab is new. Useful: the page's heading and its
first text, number, table or control stand. Whole: heading and footer stand and the script has finished.

    python -m benchmarks.paint build/claimgap.duckdb
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.sessions import cpu_seconds, memory_mb, server, streamlit
from benchmarks.tenfold import tenfold

TITLES = ("Overview", "Choose", "Models", "Gaps", "Claims", "Findings", "Compare", "Benchmarks",
          "SQL", "Contribute", "Sources", "About")  # fmt: skip
ROUNDS = 3
USEFUL_LIMIT, SWITCH_LIMIT = 1.5, 0.7
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]  # fmt: skip
PATIENCE = 300_000
EMPTY = """
import streamlit as st
def page(name):
    def draw():
        st.title(name)
        st.write("Nothing else.")
        st.caption("data version none")
    draw.__name__ = name.lower()
    return st.Page(draw, title=name, default=name == "Overview")
st.navigation([page(n) for n in ("Overview", "Choose", "About")], position="top").run()
"""
USEFUL = (
    '[data-testid="stMainBlockContainer"] :is([data-testid="stMarkdown"], [data-testid="stMetric"], '
    '[data-testid="stDataFrame"], [data-testid="stSelectbox"])'
)
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
Times = tuple[float, float]


@contextmanager
def empty_app(folder: Path) -> Iterator[tuple[int, int]]:
    """A Streamlit app with titles only; gives its port and process id."""
    script = folder / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    with streamlit(script, folder) as running:
        yield running


def _times(page: Page, title: str, begun: float) -> Times:
    page.get_by_role("heading", level=1).filter(has_text=title).wait_for()
    page.locator(USEFUL).first.wait_for()
    useful = time.monotonic() - begun
    page.get_by_text("data version", exact=False).last.wait_for()
    page.locator(DONE).wait_for()
    return useful, time.monotonic() - begun


def first_paint(context: BrowserContext, port: int, title: str) -> Times:
    """Seconds from the address until useful and until whole, in a new tab."""
    page = context.new_page()
    begun = time.monotonic()
    page.goto(f"http://127.0.0.1:{port}/{'' if title == 'Overview' else title.lower()}")
    times = _times(page, "" if title == "Overview" else title, begun)
    page.close()
    return times


def switch(page: Page, title: str) -> Times:
    """Seconds from the click in the menu until useful and until whole."""
    link = page.get_by_role("link", name=title, exact=True).first
    begun = time.monotonic()
    link.click()
    return _times(page, "" if title == "Overview" else title, begun)


def measure(context: BrowserContext, port: int, opened: Page, title: str) -> tuple[Times, Times]:
    """First paint, and the switch from another page."""
    paint = first_paint(context, port, title)
    switch(opened, "About" if title != "About" else "Choose")
    return paint, switch(opened, title)


def main() -> None:
    """Print a Markdown table of medians, and say which are over the limits."""
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "build/claimgap.duckdb")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        tenfold(source, folder / "tenfold.duckdb")
        with (
            empty_app(folder) as nothing,
            server(source) as now,
            server(folder / "tenfold.duckdb") as then,
        ):
            ports = [port for port, _ in (nothing, now, then)]
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            # A window of its own for each: a tab in the background is slowed down by Chromium.
            contexts = [
                browser.new_context(viewport={"width": 1280, "height": 1000}) for _ in ports
            ]
            opened = []
            for context, port in zip(contexts, ports, strict=True):
                context.set_default_timeout(PATIENCE)
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}/")
                _times(page, "", 0)
                opened.append(page)
            table(contexts, ports, opened)
            for label, (_, pid) in (("today", now), ("ten times", then)):
                resident, peak = memory_mb(pid)
                print(f"\n{label}: {cpu_seconds(pid):.0f} CPU-s, {resident:.0f} MB, peak {peak:.0f} MB")  # fmt: skip
            print(f"\nload average {os.getloadavg()[0]:.1f}")
            browser.close()


def table(contexts: list[BrowserContext], ports: list[int], opened: list[Page]) -> None:
    """Visit all pages in turn."""
    print("| page | first paint: useful, s | whole | x10 useful | x10 whole | switch: useful, s | whole | x10 useful | x10 whole |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    empty: list[tuple[Times, Times]] = []
    over = []
    for title in TITLES:
        found: tuple[list[tuple[Times, Times]], list[tuple[Times, Times]]] = ([], [])
        for number in range(1 + ROUNDS):
            for i in (1, 2):
                times = measure(contexts[i], ports[i], opened[i], title)
                if number:  # the first warms
                    found[i - 1].append(times)
            empty.append(measure(contexts[0], ports[0], opened[0], "Choose"))
        cells = []
        for kind, limit in ((0, USEFUL_LIMIT), (1, SWITCH_LIMIT)):
            for i in (0, 1):
                useful, whole = (statistics.median(t[kind][j] for t in found[i]) for j in (0, 1))
                cells += [f"{useful:.2f}", f"{whole:.2f}"]
                if (useful if kind == 0 else whole) > limit:
                    over.append(f"{title} {('first paint', 'switch')[kind]} {('today', 'x10')[i]}")
        print(f"| {title} | " + " | ".join(cells) + " |", flush=True)
    base = [statistics.median(t[kind][j] for t in empty) for kind in (0, 1) for j in (0, 1)]
    print(f"| an empty Streamlit page | {base[0]:.2f} | {base[1]:.2f} |  |  | {base[2]:.2f} | {base[3]:.2f} |  |  |")  # fmt: skip
    print(f"\nover {USEFUL_LIMIT} s until useful or {SWITCH_LIMIT} s for a whole switch: {', '.join(over) or 'none'}")  # fmt: skip


if __name__ == "__main__":
    main()
