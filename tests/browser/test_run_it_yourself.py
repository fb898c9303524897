"""Run it yourself: commands, audits and scores side by side, with and without our own runs."""

from __future__ import annotations

import re

import duckdb
from playwright.sync_api import expect


def test_every_registered_task_is_there_with_its_command(
    reader, real: duckdb.DuckDBPyConnection
) -> None:
    (count,) = real.execute("SELECT count(*) FROM dataset_task").fetchone()
    page = reader.open("run_it_yourself")
    expect(page.get_by_role("heading", level=1)).to_have_text("Run it yourself")
    expect(page.get_by_text(f"{count:,} of {count:,} shown")).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"^A simple baseline is ahead of every model"))
    ).to_be_visible()
    reader.assert_sound()


def test_a_task_has_its_command_its_audit_and_what_made_our_run(reader) -> None:
    page = reader.open("run_it_yourself?task=gue%2Fmouse-3")
    expect(page.get_by_text("claimgap baseline run gue/mouse/3").first).to_be_visible()
    expect(page.get_by_text("leaks: 73% of test items")).to_be_visible()
    expect(page.get_by_text(re.compile("^Our own run: .*seeds 0, 1, 2, 3, 4"))).to_be_visible()
    reader.assert_sound()


def test_our_own_runs_can_be_switched_off(reader, real: duckdb.DuckDBPyConnection) -> None:
    (ours,) = real.execute(
        "SELECT count(*) FROM results WHERE evidence_level = 'own_run' AND task = 'gue/mouse-3' "
        "AND metric = 'mcc' AND split = 'test'"
    ).fetchone()
    page = reader.open("run_it_yourself?task=gue%2Fmouse-3")
    caption = page.get_by_text(re.compile(r"^\d+ of \d+ shown$")).first
    before = int(caption.inner_text().split()[0])
    page.get_by_text("Without our own runs").click()
    expect(caption).to_have_text(re.compile(rf"^{before - ours} of {before - ours} shown$"))
    expect(page.get_by_text(re.compile("^Our own run: "))).to_have_count(0)
    assert ours > 0
    assert "without-own=1" in page.url
    reader.assert_sound()


def test_a_task_that_is_not_there_is_said(reader) -> None:
    page = reader.open("run_it_yourself?task=gue%2Fnosuch")
    expect(page.get_by_text("There is no task with a baseline to run")).to_be_visible()
