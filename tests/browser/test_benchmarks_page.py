"""The benchmarks page in real Chromium: coverage, who met whom, what to evaluate next, over the years."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import expect

from analysis.next_evaluation import suites

# a matrix has a twin for phones, of which one is hidden
CHARTS = '[data-testid="stVegaLiteChart"]:visible'
DRAWN = f"{CHARTS} canvas, {CHARTS} svg"


@pytest.mark.parametrize(
    ("part", "charts"), [("coverage", 1), ("meets", 1), ("next", 1), ("split", 2)]
)
def test_a_part_draws_its_charts_with_source_and_alternative(
    reader, part: str, charts: int
) -> None:
    page = reader.open(f"benchmarks?part={part}")
    expect(page.locator(CHARTS)).to_have_count(charts)
    for i in range(charts):
        expect(page.locator(DRAWN).nth(i)).to_be_visible()
        alternative = page.locator(CHARTS).nth(i).locator("[aria-label]").first
        assert len(alternative.get_attribute("aria-label") or "") > 40
    assert page.get_by_text(re.compile(r"^Source: claimgap, data version")).count() == charts
    reader.assert_sound()


def test_the_evaluation_that_would_decide_most_is_the_first_of_the_table(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    top = suites(real).iloc[0]
    page = reader.open("benchmarks?part=next")
    said = page.get_by_text(re.compile("^The evaluation that would decide most"))
    expect(said).to_contain_text(top["suite"])
    expect(page.get_by_text(f"It would put {top['claims']} claims to the test")).to_be_visible()
    reader.assert_sound()


def test_models_that_read_the_same_are_picked_and_stay_in_the_address(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute(
        "SELECT count(*) FROM method WHERE kind = 'foundation_model' "
        "AND modality[1] = 'single_cell_rna'"
    ).fetchone()
    page = reader.open("benchmarks?part=meets&reads=single_cell_rna")
    expect(
        page.get_by_text(re.compile(rf"^\d+ of {count} models never met another one"))
    ).to_be_visible()
    assert "reads=single_cell_rna" in page.url
    reader.assert_sound()


def test_the_years_say_how_many_pairs_share_a_task(reader) -> None:
    page = reader.open("benchmarks?part=split")
    expect(page.get_by_text(re.compile(r"^By 20\d\d, \d+% of pairs of models"))).to_be_visible()
    reader.assert_sound()


def test_from_the_front_page_to_what_should_be_evaluated_next_in_two_clicks(reader) -> None:
    page = reader.open("")
    page.get_by_role("link", name="Benchmarks", exact=True).first.click()
    page.get_by_role("radio", name="What to evaluate next").click()
    expect(page.get_by_text(re.compile("^The evaluation that would decide most"))).to_be_visible()
    assert "part=next" in page.url
    reader.assert_sound()


@pytest.mark.parametrize("part", ["coverage", "meets", "next"])
def test_on_a_phone_a_matrix_is_seen_whole(reader, part: str) -> None:
    reader.page.set_viewport_size({"width": 360, "height": 800})
    page = reader.open(f"benchmarks?part={part}")
    expect(page.locator(CHARTS)).to_have_count(1)
    expect(page.locator(DRAWN).first).to_be_visible()
    drawn, there = page.locator(CHARTS).evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert 250 < drawn <= there
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    buttons = page.locator('[data-testid="stButtonGroup"] button')
    edges = buttons.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert len(edges) > 4
    assert max(edges) <= 360 - 16
    expect(page.get_by_text("touch a cell for its number")).to_be_visible()
    reader.assert_sound()
