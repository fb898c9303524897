"""What a reader with a phone sees without moving a page or a table sideways."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}


def _right_edge(page: Page, text: str) -> float:
    found = page.locator("[class*='st-key-phone-only-']").get_by_text(text).first
    expect(found).to_be_visible()
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"]


@pytest.mark.parametrize(
    ("path", "verdict", "link"),
    [
        ("claims?others=contradicted", "✗ contradicted", "claims?claim="),
        ("findings?verdict=does_not_hold", "✗ does not hold", "findings?finding=F"),
    ],
)
def test_a_ledger_shows_its_verdicts(reader, path: str, verdict: str, link: str) -> None:
    reader.page.set_viewport_size(PHONE)
    page = reader.open(path)
    assert _right_edge(page, verdict) <= PHONE["width"]
    listed = page.locator("[class*='st-key-phone-only-'] li:visible")
    assert listed.count() > 0
    for each in listed.all():
        expect(each).to_contain_text(verdict)
        assert link in (each.get_by_role("link").get_attribute("href") or "")
    reader.assert_sound()


def test_the_list_for_phones_is_hidden_where_there_is_room(reader) -> None:
    page = reader.open("findings")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.locator("[class*='st-key-phone-only-'] li").first).to_be_hidden()
    reader.assert_sound()


def test_the_buttons_of_a_table_lie_over_no_words_that_count(reader) -> None:
    """Streamlit draws them over what stands above the table: the short line that says how many rows."""
    reader.page.set_viewport_size(PHONE)
    page = reader.open("models?model=hyenadna&part=kin")
    counts = page.get_by_text(re.compile(r"^[\d,]+ of [\d,]+ shown$"))
    assert counts.count() == page.get_by_test_id("stDataFrame").count() > 1
    reader.assert_sound()


def test_a_side_that_nothing_tests_leaves_no_trace_on_the_other(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    """One verdict with a remark beside one without: pandas makes NaN of what is missing."""
    (claim,) = real.execute(
        "SELECT claim FROM claim_verdict GROUP BY claim HAVING count(*) FILTER (remark IS NULL) = 1 "
        "AND count(*) = 2 ORDER BY claim LIMIT 1"
    ).fetchone()
    reader.page.set_viewport_size(PHONE)
    page = reader.open(f"claims?claim={claim}")
    expect(page.get_by_text("On everyone else's evidence")).to_be_visible()
    said = page.get_by_test_id("stMainBlockContainer").inner_text()
    assert not re.search(r"\b(nan|None|NaT)\b", said)
    reader.assert_sound()


def test_every_page_ends_with_the_publications_that_report_its_results(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (n,) = real.execute("SELECT count(DISTINCT publication) FROM results").fetchone()
    page = reader.open("sources")
    expect(page.get_by_text(f"{n} of them report results")).to_be_visible()
    expect(page.get_by_text(f"tables of {n} publications")).to_be_visible()
    reader.assert_sound()


def test_from_a_model_to_its_sibling_the_address_goes_along(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    one, other, name = real.execute(
        "SELECT a.id, b.id, b.name FROM method a JOIN method b ON a.family = b.family AND a.id <> b.id "
        "WHERE a.kind = 'foundation_model' AND b.kind = 'foundation_model' ORDER BY ALL LIMIT 1"
    ).fetchone()
    page = reader.open(f"models?model={one}")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_url(re.compile(f"model={other}$"))
    reader.assert_sound()


def test_a_wrong_name_leads_to_the_right_one(reader) -> None:
    page = reader.open("models?model=HyenDNA")
    expect(page.get_by_text("There is no model")).to_be_visible()
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="HyenaDNA").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HyenaDNA")
    page.wait_for_url(re.compile("model=hyenadna"))
    reader.assert_sound()
