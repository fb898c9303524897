"""The real app on a free port, in real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None
)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one server: keep them on one worker."""
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """The app on a database of one's own: its address, once the server answers."""
    port = _free_port()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, after the server
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "app", "--port", str(port), "--no-browser", "--db", str(database)],
        cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
        env={**os.environ, "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"},
        start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    deadline, retry = time.monotonic() + 120, threading.Event()
    while True:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    break
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise RuntimeError(f"the app didn't start: {log.read().decode()[-2000:]}") from None
            retry.wait(0.1)  # the server refuses at once until it listens: don't take its core
    try:
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def app(real_database: Path) -> Iterator[str]:
    """The app's address, on the real database; the server answers before the first test starts."""
    with serving(real_database) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its absence is a failure, never a silent skip."""
    assert CHROMIUM, "no Chromium: run `bash tests/browser/ensure_chromium.sh`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Reader:
    """A person at the app: opens pages, waits until they are drawn, and notices what is broken."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.errors: list[str] = []
        # below a page's own address Streamlit first looks for its server, then finds it at the root
        page.on(
            "console",
            lambda m: (
                self.errors.append(f"{m.text} ({m.location.get('url')})")
                if m.type == "error" and "/_stcore/h" not in m.location.get("url", "")
                else None
            ),
        )
        page.on("pageerror", lambda e: self.errors.append(str(e)))

    def open(self, path: str) -> Page:
        """Go to a page and wait until its script has run."""
        self.page.goto(f"{self.address}/{path}")
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until the footer stands, nothing runs any more, and no control is still being fetched."""
        expect(self.page.get_by_text("data version", exact=False).last).to_be_visible()
        expect(
            self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        ).to_be_visible()
        expect(self.page.locator('[data-testid="stSkeleton"]')).to_have_count(0)

    def assert_sound(self) -> None:
        """No exception box, no error in the console."""
        expect(self.page.locator('[data-testid="stException"]')).to_have_count(0)
        assert self.errors == []


@pytest.fixture
def reader(browser: Browser, app: str) -> Iterator[Reader]:
    """A fresh visit."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield Reader(context.new_page(), app)
    context.close()
