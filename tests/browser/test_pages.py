"""Pages in real Chromium: they render, a filter works, a chart draws, a deep link opens."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import expect

PAGES = {
    "overview": "What genomics foundation models claim",
    "models": "Models",
    "gaps": "Gaps",
    "claims": "Claims",
}


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_a_page_renders_without_a_fault(reader, path: str, heading: str) -> None:
    page = reader.open(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    reader.assert_sound()


def test_the_front_page_counts_what_the_database_holds(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute("SELECT count(*) FROM results").fetchone()
    page = reader.open("")
    expect(page.locator('[data-testid="stMetricValue"]').nth(1)).to_have_text(f"{count:,}")


def test_a_chart_draws_with_its_title_and_marks(reader) -> None:
    page = reader.open("gaps")
    drawn = page.locator(
        '[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg'
    )
    expect(drawn.first).to_be_visible()
    box = drawn.first.bounding_box()
    assert box is not None
    assert box["width"] > 400
    assert box["height"] > 100
    reader.assert_sound()


def test_a_filter_narrows_the_models_and_lands_in_the_address(reader) -> None:
    page = reader.open("models")
    caption = page.get_by_text(re.compile(r"^[\d,]+ of [\d,]+ shown$"))
    everything = caption.inner_text()
    page.get_by_label("Name contains").fill("hyena")
    page.get_by_label("Name contains").press("Enter")
    expect(caption).not_to_have_text(everything)
    assert "find=hyena" in page.url
    shown, total = re.findall(r"[\d,]+", caption.inner_text())
    assert 0 < int(shown.replace(",", "")) < int(total.replace(",", ""))
    reader.assert_sound()


def test_a_deep_link_opens_one_models_page(reader) -> None:
    page = reader.open("models?model=hyenadna")
    expect(page.get_by_role("heading", level=1)).to_have_text("HyenaDNA")
    expect(page.get_by_text("Each fact with its source")).to_be_visible()
    reader.assert_sound()


def test_a_deep_link_opens_one_claim(reader, real: duckdb.DuckDBPyConnection) -> None:
    claim, says = real.execute(
        "SELECT claim, says FROM claims WHERE own_verdict <> 'untested' ORDER BY claim LIMIT 1"
    ).fetchone()
    page = reader.open(f"claims?claim={claim}")
    expect(page.get_by_role("heading", level=1)).to_have_text(says)
    expect(page.get_by_text("The rows that decided")).to_be_visible()
    reader.assert_sound()


def test_a_link_with_an_unknown_model_says_so(reader) -> None:
    page = reader.open("models?model=no-such-model")
    expect(page.get_by_text("There is no model")).to_be_visible()
    reader.assert_sound()


def test_a_link_from_another_data_version_says_that_numbers_may_have_moved(reader) -> None:
    page = reader.open("gaps?data=0000000000000000")
    expect(page.get_by_text("Numbers may have moved")).to_be_visible()
