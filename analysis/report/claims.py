"""The claims ledger: what publications claim, and what became of it on both sides' evidence."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import duckdb
import pandas as pd

from analysis.charts.style import in_words
from analysis.charts.verdict_bars import verdict_bars
from analysis.headline import VERDICT_NOTE, VERDICTS, verdict_message
from analysis.report.blocks import Block, Figure, Link, Para, Section, Sql, Table, Verdict
from analysis.report.read import Row, rows
from analysis.report.words import interval, known, signed

LEDGER = "SELECT * FROM claims ORDER BY publication, claim"
TITLES = "SELECT citekey, title FROM publication WHERE citekey IN (SELECT publication FROM claim)"


def chapter(connection: duckdb.DuckDBPyConnection) -> Section:
    """The counts of verdicts, then every claim by publication."""
    claims = rows(connection, LEDGER)
    titles = {row["citekey"]: row["title"] for row in rows(connection, TITLES)}
    lead: list[Block] = [
        Para(
            "Each claim is a paraphrase with its place in the source, and a test that a program runs: "
            "once on the evidence of the claim's own authors, once on everyone else's. Supported: the "
            "whole interval lies on the claimed side. Overstated: part of it. Contradicted: none. "
            "Untested: no row in the catalog decides."
        )
    ]
    if not claims:
        lead.append(Para("The catalog holds no claims yet."))
        return Section("claims", "The claims ledger", lead)
    counts = pd.DataFrame(rows(connection, VERDICTS))
    lead += [
        Figure("claims", verdict_bars(counts, verdict_message(counts), VERDICT_NOTE)),
        Sql(VERDICTS, "SQL of the counts"),
    ]
    parts = [
        _publication(citekey, titles.get(citekey, citekey), list(group))
        for citekey, group in groupby(claims, key=lambda c: str(c["publication"]))
    ]
    return Section("claims", "The claims ledger", [*lead, Sql(LEDGER, "SQL of the ledger")], parts)


def _publication(citekey: str, title: str, claims: list[Row]) -> Section:
    table = Table(
        f"Claims of {citekey}",
        ["Claim, and its place", "Authors' evidence", "Others' evidence", "Sort", "Effect (95% interval)", "Rows: theirs, others'"],
        [_row(claim) for claim in claims],
        frozenset({5}),
        [f"claim-{claim['claim']}" for claim in claims],
    )  # fmt: skip
    source: list[Any] = [Link(citekey, f"#ref-{citekey}"), f": {title}"]
    return Section(f"claims-{citekey}", citekey, [Para(source), table])


def _row(claim: Row) -> list[Any]:
    unit = f" {in_words(claim['unit'])}" if claim["unit"] and known(claim["effect"]) else ""
    ends = interval(claim["ci_low"], claim["ci_high"])
    ends = f" ({ends})" if ends else ""
    says: list[Any] = [f"{claim['says']} ({claim['locator']})"]
    if claim["reply"]:
        says.append(f" The authors reply: {claim['reply']}")
    return [
        says, [Verdict(claim["own_verdict"])], [Verdict(claim["others_verdict"])], in_words(claim["category"]),
        f"{signed(claim['effect'])}{unit}{ends}", f"{claim['n_own']:,}, {claim['n_others']:,}",
    ]  # fmt: skip
