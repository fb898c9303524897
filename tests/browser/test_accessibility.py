"""axe-core on every page, in light and dark: no serious and no critical violation; keys reach everything."""

from __future__ import annotations

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from views.parts.routes import ROUTES

GRAVE = ("serious", "critical")
# pages that need more than their address: one thing opened, a part, an answer
OPENED = (
    "models?model=hyenadna&part=use",
    "compare?methods=scgpt,geneformer,scfoundation",
    "sql?q=SELECT%20domain%2C%20count(*)%20AS%20n%20FROM%20results%20GROUP%20BY%20domain&as=chart",
    "sources?part=flow",
)
NOT_OURS: dict[tuple[str, str], str] = {}
"""Rule and part of a selector in Streamlit's own DOM -> why it can't be mended here."""


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


EVERYTHING = {"resultTypes": ["violations"]}
# nothing but colours differs in the dark
COLOURS = {
    **EVERYTHING,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


def _grave(axe: Axe, page: Page, options: dict[str, object]) -> list[str]:
    found = []
    for violation in axe.run(page, options=options).response["violations"]:
        if violation["impact"] not in GRAVE:
            continue
        for node in violation["nodes"]:
            target = " ".join(map(str, node["target"]))
            if not any(r == violation["id"] and part in target for r, part in NOT_OURS):
                found.append(f"{violation['id']}: {node['html'][:160]}")
    return found


STILL = """() => !document.querySelector('[data-stale="true"]') && document.getAnimations().every(
    each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def _still(page: Page) -> None:
    """Wait until nothing fades any more: what is half faded in has half the contrast."""
    page.evaluate(TWO_FRAMES)
    page.wait_for_function(STILL)
    page.evaluate(TWO_FRAMES)
    page.wait_for_function(STILL)


def _lasting(reader, axe: Axe, page: Page, options: dict[str, object]) -> list[str]:
    """What stays wrong: a rerun that begins while axe looks fades the page for a moment."""
    found: list[str] = []
    for number in range(3):
        reader.settled()
        _still(page)
        now = _grave(axe, page, options)
        found = [each for each in found if each in now] if number else now
        if not found:
            break
    return found


def _both_schemes(reader, axe: Axe, path: str) -> None:
    page = reader.open(path)
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    light = page.evaluate(ground)
    assert _lasting(reader, axe, page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ground} !== '{light}'")
    assert _lasting(reader, axe, page, COLOURS) == []


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_a_page_has_no_grave_violation_in_light_and_dark(reader, axe: Axe, path: str) -> None:
    _both_schemes(reader, axe, path)


@pytest.mark.parametrize("path", OPENED)
def test_an_opened_page_has_none_either(reader, axe: Axe, path: str) -> None:
    _both_schemes(reader, axe, path)


def test_one_claim_has_none_either(reader, axe: Axe, real: duckdb.DuckDBPyConnection) -> None:
    (claim,) = real.execute("SELECT min(claim) FROM claims WHERE others_verdict <> 'untested'").fetchone()  # fmt: skip
    _both_schemes(reader, axe, f"claims?claim={claim}")


def test_a_chart_speaks_its_message_to_a_screen_reader(reader) -> None:
    page = reader.open("")
    charts = page.locator('[data-testid="stVegaLiteChart"]')
    expect(charts).to_have_count(3)
    for chart in charts.all():
        message = chart.get_attribute("aria-label") or ""
        assert len(message) > 40
        # it begins with the message that stands above the chart
        expect(page.get_by_text(message.split(". ")[0], exact=True).first).to_be_visible()


def test_the_keyboard_alone_opens_a_model(reader) -> None:
    page = reader.open("models")
    page.keyboard.press("Tab")
    box = page.get_by_label("Open a model")
    for _ in range(40):
        if box.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.type("HyenaDNA")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("HyenaDNA")
    assert "model=hyenadna" in page.url
    reader.assert_sound()


def test_tab_reaches_every_control_of_a_page(reader) -> None:
    page = reader.open("choose")
    controls = page.locator(
        '[data-testid="stMainBlockContainer"] :is(a[href], button, input, select, textarea, summary):visible'
    )
    # within one row of options the arrow keys move: one of them is the row's stop
    missed = """all => all.filter(e => !e.disabled && e.tabIndex >= 0 && !window.reached.has(e)
        && ![...window.reached].some(r => r.closest && e.closest('[role=radiogroup]')
            && r.closest('[role=radiogroup]') === e.closest('[role=radiogroup]')))
        .map(e => e.outerHTML.slice(0, 200))"""
    page.evaluate("window.reached = new Set()")
    controls.nth(20).wait_for()
    assert len(controls.evaluate_all(missed)) > 10
    seen, stale = 0, 0
    while stale < 60:  # within a table Tab goes from cell to cell, then on
        page.keyboard.press("Tab")
        now = page.evaluate("window.reached.add(document.activeElement), window.reached.size")
        stale, seen = (stale + 1, seen) if now == seen else (0, now)
    assert controls.evaluate_all(missed) == []
