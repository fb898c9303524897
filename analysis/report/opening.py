"""What the report says first: the state of the field in plain words, every number with its interval."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from analysis import headline
from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.charts.timeline import timeline
from analysis.report.blocks import Block, Bullets, Figure, Link, Para, Section, Sql, Strong, Words
from analysis.report.read import Row, rows
from analysis.report.words import behind, capital, known, listed, signed

OVERALL = """
SELECT * FROM gap_pooled
WHERE domain = 'all' AND family = 'all' AND versus = 'best' AND evidence = 'everyone' AND k > 0
    AND estimate IS NOT NULL
"""
ADVICE = (
    "SELECT domain, best_supported, strength FROM advice WHERE estimate IS NOT NULL ORDER BY domain"
)
VERDICTS = "SELECT verdict, count(*) AS n FROM findings GROUP BY verdict"
CLAIMS = """
SELECT count(*) AS n, count(*) FILTER (others_verdict <> 'untested') AS tested,
    count(*) FILTER (others_verdict = 'supported') AS supported,
    count(*) FILTER (others_verdict = 'overstated') AS overstated,
    count(*) FILTER (others_verdict = 'contradicted') AS contradicted
FROM claims
"""
SENTENCES = {
    "simple_baseline": "Against the best simple baseline of the same table, foundation models are at",
    "kmer_linear": "Against the best k-mer or composition model, at",
    "neural_from_scratch": "Against the best network trained from scratch, at",
    "specialist": "Against the best specialist tool, at",
    "random_init": "Against the same network without pretraining, at",
    "others_report": "What authors report for their own model, minus what others report for it on the "
    "same task, metric and protocol, is",
}


def lead(facts: dict[str, str]) -> list[Block]:
    """What this is, in two paragraphs."""
    n = {key.removeprefix("count_"): f"{int(v):,}" for key, v in facts.items() if key.startswith("count_")}  # fmt: skip
    return [
        Para(
            "claimgap is a curated evidence base on foundation models for genomes, transcripts and single "
            "cells. It records what each model's authors report, what others report for the same model, "
            "and how simple baselines and specialist tools do on the same tasks, each number with its "
            "source; and it measures the gaps between them."
        ),
        Para(
            f"This data version holds {n['results']} results on {n['tasks']} tasks from {n['evaluations']} "
            f"tables, {n['models']} foundation models, {n['claims']} claims and {n['publications']} "
            "publications. Nothing in this report is typed by hand but what sources print."
        ),
    ]


def chapter(connection: duckdb.DuckDBPyConnection) -> Section:
    """The summary: gaps, claims, findings, advice."""
    pooled = {row["against"]: row for row in rows(connection, OVERALL)}
    gaps: list[Words] = [
        [
            f"{sentence} ",
            Strong(signed(pooled[against]["estimate"])),
            f" in skill ({behind(pooled[against])}). ",
            _reading(pooled[against]),
        ]
        for against, sentence in SENTENCES.items()
        if against in pooled
    ]
    blocks: list[Block] = [
        Para(
            "Skill puts metrics on one scale: 0 is chance, 1 is perfect. A gap of 0.05 is five hundredths "
            "of the way from chance to perfect; above zero the model (or its authors' value) is ahead."
        ),
        Bullets(gaps) if gaps else Para("No comparable results yet."),
    ]
    blocks += _headline(connection)
    blocks += [Bullets([_claims(connection), _findings(connection), *_advice(connection)])]
    blocks += _years(connection)
    return Section("summary", "Summary", blocks)


def _reading(row: Row) -> str:
    if not known(row["ci_low"]):
        return "This describes, and infers nothing."
    if row["ci_low"] > 0:
        return "The whole interval lies above zero."
    if row["ci_high"] < 0:
        return "The whole interval lies below zero."
    return "The interval leaves open which is ahead."


def _headline(connection: duckdb.DuckDBPyConnection) -> list[Block]:
    found = rows(connection, headline.GAPS)
    if not found:
        return []
    data = pd.DataFrame(found)
    numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high"]
    data[numbers] = data[numbers].astype(float)
    data = data.assign(label=[headline.gap_label(row) for row in found])
    figure = forest(data, headline.gap_message(data), headline.GAP_AXIS, headline.GAP_NOTE)
    return [Figure("headline-gaps", figure), Sql(headline.GAPS)]


def _claims(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    (n,) = rows(connection, CLAIMS)
    return [
        Link(f"Of {n['n']} claims", "#claims"),
        f", evidence of others than their authors tests {n['tested']}: it supports {n['supported']}, finds "
        f"{n['overstated']} overstated and contradicts {n['contradicted']}; {n['n'] - n['tested']} nobody "
        "else has tested in a table that the catalog holds.",
    ]  # fmt: skip


def _findings(connection: duckdb.DuckDBPyConnection) -> list[Any]:
    n = {row["verdict"]: row["n"] for row in rows(connection, VERDICTS)}
    total = sum(n.values())
    return [
        Link(f"Of {total} statements about the field", "#findings"),
        f", {n.get('holds', 0)} hold, {n.get('holds_in_part', 0)} hold in part, {n.get('does_not_hold', 0)} "
        f"don't hold, and for {n.get('insufficient_evidence', 0)} the evidence doesn't suffice.",
    ]  # fmt: skip


def _advice(connection: duckdb.DuckDBPyConnection) -> list[list[Any]]:
    advice = rows(connection, ADVICE)
    groups = {
        "A foundation model is best supported in": [a for a in advice if a["best_supported"] == "foundation_model"],
        "Something else is best supported in": [
            a for a in advice if a["best_supported"] not in ("foundation_model", "no_clear_difference", "no_evidence")
        ],
        "No clear difference in": [a for a in advice if a["best_supported"] == "no_clear_difference"],
    }  # fmt: skip
    return [
        [Strong(f"{head} {len(part)} of {len(advice)} domains"), ": ",
         listed([f"{in_words(a['domain'])} ({a['strength']})" for a in part]), ". In brackets: strength of the evidence."]
        for head, part in groups.items()
        if part
    ]  # fmt: skip


def _years(connection: duckdb.DuckDBPyConnection) -> list[Block]:
    counts = pd.DataFrame(rows(connection, headline.YEARS))
    if not len(counts):
        return []
    figure = timeline(
        counts.assign(category=counts["category"].map(lambda c: capital(in_words(c)))),
        headline.year_message(counts), "foundation models", headline.year_note(counts),
    )  # fmt: skip
    return [Figure("models-by-year", figure), Sql(headline.YEARS)]
