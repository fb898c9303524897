"""The SQL console in real Chromium: it answers, refuses in words, says when it cuts, draws and saves."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from playwright.sync_api import expect


def test_the_console_answers_a_linked_query(reader) -> None:
    page = reader.open("sql?q=SELECT%206%20*%207%20AS%20answer")
    expect(page.get_by_text(re.compile(r"^1 of 1 rows shown in"))).to_be_visible()
    expect(page.get_by_label("Query")).to_have_value("SELECT 6 * 7 AS answer")
    reader.assert_sound()


def test_a_typed_query_lands_in_the_address(reader) -> None:
    page = reader.open("sql")
    page.get_by_label("Query").fill("SELECT id FROM benchmark ORDER BY id LIMIT 3")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text(re.compile(r"^3 of 3 rows shown in"))).to_be_visible()
    assert "q=SELECT" in page.url
    reader.assert_sound()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("DROP TABLE result", "Q003"),
        ("SELECT * FROM read_csv('/etc/passwd')", "Q004"),
        ("SELECT no_such_column FROM results", "Q008"),
    ],
)
def test_the_console_refuses_in_words_and_goes_on(reader, query: str, code: str) -> None:
    page = reader.open("sql?q=" + query.replace(" ", "%20"))
    expect(page.get_by_role("alert").first).to_contain_text(code)
    reader.assert_sound()


def test_the_console_says_so_when_it_cuts(reader) -> None:
    page = reader.open("sql?q=SELECT%20*%20FROM%20range(20000)")
    expect(page.get_by_text("10,000 of 20,000 rows shown")).to_be_visible()
    expect(page.get_by_text("This answer was cut")).to_be_visible()


def test_an_answer_is_drawn_and_the_link_to_it_carries_the_axes(reader) -> None:
    query = "SELECT domain, count(*) AS n FROM results GROUP BY domain ORDER BY n DESC LIMIT 5"
    page = reader.open(f"sql?q={quote(query)}&as=chart&mark=point&x=domain&y=n")
    expect(page.locator('[data-testid="stVegaLiteChart"]')).to_have_attribute(
        "aria-label", re.compile(r"^n by domain, points; 5 of 5 rows drawn")
    )
    page.get_by_role("radio", name="Table").click()
    expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible()
    page.wait_for_url(lambda url: "as=chart" not in url)
    reader.assert_sound()


def test_an_answer_is_saved_as_parquet_with_the_same_rows(reader, tmp_path: Path) -> None:
    page = reader.open("sql?q=" + quote("SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL"))
    with page.expect_download() as saving:
        page.get_by_role("button", name="The answer as Parquet").click()
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    assert duckdb.sql(f"SELECT * FROM '{saved}' ORDER BY a").fetchall() == [(1, "x"), (2, None)]
    reader.assert_sound()
