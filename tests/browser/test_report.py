"""The report in real Chromium, from a file, offline: whole, readable on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from analysis.report import write_report
from tests.analysis.report.page import Page as Read


@pytest.fixture(scope="module")
def index(small_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report"
    write_report(small_database, out)
    return out / "index.html"


@pytest.fixture(
    params=[("light", 1280), ("dark", 1280), ("light", 390)], ids=["wide", "dark", "phone"]
)
def opened(request, browser: Browser, index: Path) -> Iterator[tuple[Page, list[str]]]:
    scheme, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    page, heard = context.new_page(), []
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: heard.append(str(e)))
    page.on("request", lambda r: heard.append(r.url) if not r.url.startswith("file:") else None)
    page.goto(index.as_uri())
    yield page, heard
    context.close()


def test_it_opens_from_a_file_and_asks_for_nothing(opened: tuple[Page, list[str]]) -> None:
    page, heard = opened
    assert page.locator("svg.chart").count() > 2
    assert heard == []


def test_the_page_never_scrolls_sideways(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_the_verdicts_stand_on_the_first_screen_of_their_tables(
    browser: Browser, index: Path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(index.as_uri())
    verdicts = page.locator("[id^='claims-'] .verdict")
    assert verdicts.count() > 1
    edges = verdicts.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert max(edges) <= 390
    page.close()


def test_no_serious_fault_of_accessibility(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    faults = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:150]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []


def test_an_html5_parser_finds_what_was_written(browser: Browser, index: Path) -> None:
    """Chromium repairs what isn't HTML: as many elements as tags means there was nothing to repair."""
    read = Read(index.read_text(encoding="utf-8"))
    page = browser.new_page()
    page.goto(index.as_uri())
    found = dict(page.evaluate(
        "Object.entries([...document.querySelectorAll('*')].reduce((n, e) => "
        "(n[e.tagName.toLowerCase()] = (n[e.tagName.toLowerCase()] || 0) + 1, n), {}))"
    ))  # fmt: skip
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    page.close()
    # Python's reader writes SVG's names in lower case
    assert found == dict(read.tags)


def test_the_skip_link_comes_first_and_leads_to_the_text(browser: Browser, index: Path) -> None:
    page = browser.new_page()
    page.goto(index.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.close()


def test_dark_and_light_take_their_inks_from_the_page(browser: Browser, index: Path) -> None:
    inks = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(index.as_uri())
        inks[scheme] = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, "
            "getComputedStyle(document.querySelector('svg.chart .fill-ink')).fill, "
            "getComputedStyle(document.body).color]"
        )
        context.close()
    for ground, chart, text in inks.values():
        assert chart == text != ground
    assert inks["light"][0] != inks["dark"][0]


def test_it_prints_without_its_navigation_aids(browser: Browser, index: Path) -> None:
    page = browser.new_page()
    page.goto(index.as_uri())
    page.emulate_media(media="print")
    assert not page.locator(".files").first.is_visible()
    assert page.locator("details.sql pre").first.is_visible()
    page.close()
