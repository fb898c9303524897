"""The gaps page in real Chromium: its three parts, their switches, and their charts' duties."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect

SHOWN = re.compile(r"^[\d,]+ of [\d,]+ shown$")
CHARTS = '[data-testid="stVegaLiteChart"]'


def _pooled_over(page: Page) -> int:
    text = page.get_by_text(re.compile(r"^[\d,]+ differences on \d+ datasets")).first.inner_text()
    return int(text.split(" ")[0].replace(",", ""))


@pytest.mark.parametrize("part", ["baseline", "reporting", "standing"])
def test_every_chart_of_a_part_has_message_source_and_buttons(reader, part: str) -> None:
    page = reader.open(f"gaps?gap={part}")
    # those in closed expanders aren't there to be seen
    charts = page.locator(f"{CHARTS}:visible")
    expect(charts.first).to_be_visible()
    seen = charts.count()
    assert page.get_by_text(re.compile(r"^Source: claimgap, data version")).count() >= seen > 0
    expect(page.get_by_text("Data, SQL and image").first).to_be_visible()
    for i in range(seen):
        # Vega puts the description of the chart on what it draws
        alternative = charts.nth(i).locator("[aria-label]").first
        assert len(alternative.get_attribute("aria-label") or "") > 40
    reader.assert_sound()


def test_a_domain_narrows_rows_and_funnel_and_stays_in_the_address(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    domain, count = real.execute(
        "SELECT domain, count(*) FROM gap_arms WHERE against = 'specialist' GROUP BY domain "
        "ORDER BY count(*) DESC, domain LIMIT 1"
    ).fetchone()
    page = reader.open(f"gaps?against=specialist&domain={domain}")
    expect(page.get_by_text(SHOWN)).to_have_text(f"{min(count, 1000):,} of {count:,} shown")
    page.reload()
    reader.settled()
    expect(page.get_by_text(SHOWN)).to_have_text(f"{min(count, 1000):,} of {count:,} shown")
    assert f"domain={domain}" in page.url
    reader.assert_sound()


def test_leaving_out_suspected_leakage_pools_fewer_differences(reader) -> None:
    page = reader.open("gaps?against=specialist")
    before = _pooled_over(page)
    page.get_by_text("Without suspected leakage").click()
    expect(page.get_by_text(re.compile(rf"^{before:,} differences"))).to_have_count(0)
    reader.settled()
    assert 0 < _pooled_over(page) < before
    assert "clean=1" in page.url
    reader.assert_sound()


def test_own_runs_can_be_left_out(reader, real: duckdb.DuckDBPyConnection) -> None:
    count = real.execute(
        "SELECT count(*) FROM gap_arms WHERE against = 'simple_baseline' "
        "AND evidence_level <> 'own_run'"
    ).fetchone()[0]
    page = reader.open("gaps?theirs=1")
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf" of {count:,} shown$"))
    reader.assert_sound()


def test_a_protocol_pools_its_own_rows(reader, real: duckdb.DuckDBPyConnection) -> None:
    count = real.execute(
        "SELECT count(*) FROM gap_arms WHERE against = 'simple_baseline' AND protocol = 'zero_shot'"
    ).fetchone()[0]
    page = reader.open("gaps?protocol=zero_shot")
    expect(page.get_by_text(SHOWN)).to_have_text(re.compile(rf" of {count:,} shown$"))
    reader.assert_sound()


def test_ranks_are_the_databases_and_change_with_a_switch(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    first, count = real.execute(
        "SELECT arg_min(m.name, r.rank), count(*) FROM ranking r JOIN method m ON m.id = r.method "
        "WHERE r.domain = 'variant_effect'"
    ).fetchone()
    page = reader.open("gaps?gap=standing&domain=variant_effect")
    expect(page.get_by_text(re.compile(rf"^{re.escape(first)} comes first"))).to_be_visible()
    caption = page.get_by_text(re.compile(rf"^{count} of {count} models shown"))
    expect(caption).to_be_visible()
    page.get_by_text("Peer-reviewed sources only").click()
    expect(caption).to_have_count(0)
    assert "peer=1" in page.url
    reader.assert_sound()


def test_size_is_set_against_rating_with_simple_baselines_in_place(reader) -> None:
    page = reader.open("gaps?gap=standing&domain=promoter&kinds=simple_baseline")
    expect(
        page.get_by_text(re.compile(r"^For \d+ of \d+ models of known size on promoter tasks"))
    ).to_be_visible()
    reader.assert_sound()


def test_switches_that_leave_nothing_say_what_is_missing(reader) -> None:
    page = reader.open("gaps?against=kmer_linear&evidence=authors&protocol=fine_tune_peft&peer=1")
    expect(page.get_by_text(re.compile("No rows are left"))).to_be_visible()
    reader.assert_sound()


def test_on_a_phone_the_page_does_not_scroll_sideways(reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("gaps?gap=standing&domain=perturbation")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.assert_sound()


def test_the_funnel_is_drawn_when_opened_and_a_link_opens_it(reader) -> None:
    page = reader.open("gaps?against=specialist")
    message = page.get_by_text(re.compile(r"lie outside what sampling alone explains"))
    expect(message).to_have_count(0)
    page.get_by_text("Do small studies say something else?").click()
    expect(message).to_be_visible()
    assert "funnel=true" in page.url
    page.reload()
    reader.settled()
    expect(message).to_be_visible()
    reader.assert_sound()
