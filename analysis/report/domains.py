"""A chapter for each domain of tasks: what to use, what was measured, who leads, who says so."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from analysis.charts.forest import forest
from analysis.charts.rank_intervals import rank_intervals, separable
from analysis.charts.style import in_words
from analysis.report.blocks import Block, Facts, Figure, Link, Para, Section, Sql, Strong, Table
from analysis.report.read import Row, rows
from analysis.report.words import capital, counted, interval, known, listed, signed

ADVICE = "SELECT * FROM advice ORDER BY domain"
GAPS = """
SELECT against, evidence, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low, pi_high,
    share_positive, message
FROM gap_pooled
WHERE domain = ? AND family = 'all' AND versus = 'best' AND k > 0 AND estimate IS NOT NULL
    AND (gap = 'reporting' OR against IN
        ('any_comparator', 'simple_baseline', 'kmer_linear', 'neural_from_scratch', 'specialist', 'random_init'))
ORDER BY against, evidence
"""
RANKS = """
SELECT r.*, m.name AS label FROM ranking r JOIN method m ON m.id = r.method
WHERE r.domain = ? ORDER BY r.rank, r.method
"""
COUNTS = """
SELECT count(*) AS results, count(DISTINCT method) AS models, count(DISTINCT task) AS tasks,
    count(DISTINCT dataset) AS datasets, count(DISTINCT benchmark) AS suites,
    count(*) FILTER (relation IN ('self', 'affiliated')) AS own,
    count(*) FILTER (relation = 'rival') AS rival,
    count(*) FILTER (relation = 'independent') AS independent
FROM results WHERE method_kind = 'foundation_model' AND status = 'ok' AND domain = ?
"""
SOURCES = """
SELECT publication, count(*) AS n FROM results
WHERE method_kind = 'foundation_model' AND status = 'ok' AND domain = ?
GROUP BY publication ORDER BY publication
"""
AGREEMENT = "SELECT * FROM ranking_agreement WHERE domain = ?"


def chapter(connection: duckdb.DuckDBPyConnection) -> Section:
    """All domains in which a foundation model was scored."""
    advice = rows(connection, ADVICE)
    table = Table(
        "What the evidence supports in each domain",
        ["Domain", "Best supported", "Strength", "Model minus the best beside it, skill", "95% interval", "k", "Publications"],
        [
            [
                [Link(_name(a), f"#domain-{a['domain']}")], capital(in_words(a["best_supported"]).removeprefix("best ")),
                str(a["strength"]), signed(a["estimate"]), interval(a["ci_low"], a["ci_high"]) or "–",
                f"{int(a['k'] or 0):,}", str(a["n_publications"]),
            ]
            for a in advice
        ],
        frozenset({3, 4, 5, 6}),
    )  # fmt: skip
    lead: list[Block] = [
        Para(
            "Each domain by itself: the advice that the evidence supports, the pooled gaps with their "
            "intervals, and the models' ranks. The strength of an advice counts publications, the "
            "width of its interval, how far publications agree, and how many are of others than the "
            "models' authors."
        ),
        table,
        Sql(ADVICE),
    ]
    parts = [_domain(connection, each) for each in advice]
    return Section("domains", "Domain by domain", lead, parts)


def _name(row: Row) -> str:
    return capital(in_words(row["domain"]))


def _domain(connection: duckdb.DuckDBPyConnection, advice: Row) -> Section:
    domain = str(advice["domain"])
    blocks: list[Block] = [Para([Strong(advice["advice"])])]
    facts: list[tuple[str, Any]] = [("Strength of evidence", str(advice["strength"]))]
    if advice["weakened_by"]:
        facts.append(("Weakened by", str(advice["weakened_by"])))
    facts.append(("What would change it", str(advice["would_change"])))
    (count,) = rows(connection, COUNTS, domain)
    facts.append((
        "In the catalog",
        f"{counted(count['results'], 'result')} of {counted(count['models'], 'foundation model')} on "
        f"{counted(count['tasks'], 'task')} ({counted(count['datasets'], 'dataset')}, "
        f"{counted(count['suites'], 'suite')}): {count['own']:,} by authors, {count['rival']:,} by "
        f"rivals, {count['independent']:,} by independents",
    ))  # fmt: skip
    blocks.append(Facts(facts))
    gaps = rows(connection, GAPS, domain)
    blocks += _gaps(domain, advice, gaps)
    blocks += _ranks(connection, domain)
    sources = rows(connection, SOURCES, domain)
    said: list[Any] = ["Measured in "]
    for i, source in enumerate(sources):
        said += [", "] if i else []
        said.append(Link(source["publication"], f"#ref-{source['publication']}"))
    blocks.append(Para([*said, "."]))
    return Section(f"domain-{domain}", _name(advice), blocks)


WHO = {
    "everyone": "everyone",
    "authors": "the models' authors",
    "others": "others than the authors",
}


def _gaps(domain: str, advice: Row, gaps: list[Row]) -> list[Block]:
    if not gaps:
        return [
            Para(
                "No table in the catalog holds a foundation model beside a baseline or a tool in this domain: "
                "such a table is what is missing."
            )
        ]
    table = Table(
        f"Pooled gaps, {in_words(domain)}: model minus comparator, in skill",
        ["Against", "Whose evidence", "Gap", "95% interval", "Next publication", "Share ahead", "k, datasets, publications"],
        [
            [
                capital(in_words(g["against"])), WHO[g["evidence"]], signed(g["estimate"]),
                interval(g["ci_low"], g["ci_high"]) or "too few", interval(g["pi_low"], g["pi_high"]) or "–",
                f"{g['share_positive']:.0%}" if known(g["share_positive"]) else "–", f"{g['k']:,}, {g['n_datasets']}, {g['n_publications']}",
            ]
            for g in gaps
        ],
        frozenset({2, 3, 4, 5, 6}),
    )  # fmt: skip
    everyone = pd.DataFrame(
        [g for g in gaps if g["evidence"] == "everyone" and g["against"] != "others_report"]
    )
    found: list[Block] = []
    if len(everyone):
        numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high"]
        everyone[numbers] = everyone[numbers].astype(float)
        drawn = everyone.assign(label=everyone["against"].map(lambda a: capital(in_words(a))))
        found.append(Figure(
            f"gaps-{domain}",
            forest(
                drawn, _message(everyone), "model minus comparator, in skill",
                f"{in_words(domain)}, everyone's evidence; thick line: 95% interval; thin line: where the "
                "next publication may fall; hollow: too few publications for an interval",
            ),
        ))  # fmt: skip
    return [*found, table, Sql(GAPS.replace("?", f"'{domain}'"))]


def _message(gaps: pd.DataFrame) -> str:
    """Which comparators models are clearly ahead of, behind, or neither."""
    said = []
    for lead, picked in (
        ("ahead of", gaps[gaps["ci_low"] > 0]),
        ("behind", gaps[gaps["ci_high"] < 0]),
    ):
        if len(picked):
            said.append(f"{lead} the {listed([in_words(a) for a in picked['against']])}")
    if said:
        return f"Models are {' and '.join(said)}"
    if gaps["ci_low"].isna().all():
        return "Too few publications to say who is ahead"
    return "No comparator is clearly ahead of the models, nor behind them"


def _ranks(connection: duckdb.DuckDBPyConnection, domain: str) -> list[Block]:
    ranks = pd.DataFrame(rows(connection, RANKS, domain))
    if len(ranks) < 2:
        return []
    behind = separable(ranks)
    without = int(ranks["rank_low"].isna().sum())
    first = ranks.iloc[0]["label"]
    message = (
        f"{first} comes first, and is clearly ahead of {behind or 'none'} of {len(ranks) - 1} others"
        if without < len(ranks)
        else f"{first} comes first, on too few publications to say how surely"
    )
    agreed = rows(connection, AGREEMENT, domain)
    note = ""
    if agreed and known(agreed[0]["w"]):
        note = (
            f"; agreement of tasks on the order (Kendall's W): {agreed[0]['w']:.2f} over "
            f"{agreed[0]['n_methods']} models and {agreed[0]['n_rows']} rows"
        )
    figure = rank_intervals(
        ranks, message,
        f"{len(ranks)} models on at least three rows each, Bradley-Terry over all their meetings{note}",
    )  # fmt: skip
    return [Figure(f"ranks-{domain}", figure), Sql(RANKS.replace("?", f"'{domain}'"))]
