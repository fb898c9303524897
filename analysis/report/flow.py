"""The counts of the PRISMA flow, from the database and, where there is one, the screening ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from analysis.charts.prisma import Step, prisma
from analysis.charts.style import in_words
from analysis.report.words import counted

SQL = """
SELECT
    (SELECT count(*) FROM publication) AS publications,
    (SELECT count(DISTINCT publication) FROM evaluation) AS with_tables,
    (SELECT count(DISTINCT publication) FROM claim) AS with_claims,
    (SELECT count(DISTINCT citekey) FROM fact
        WHERE citekey NOT IN (SELECT publication FROM evaluation)
        AND citekey NOT IN (SELECT publication FROM claim)) AS only_facts,
    (SELECT count(*) FROM wanted) AS wanted,
    (SELECT count(DISTINCT publication) FROM wanted
        WHERE publication NOT IN (SELECT publication FROM evaluation)) AS wanted_without_table,
    (SELECT count(*) FROM evaluation) AS evaluations,
    (SELECT count(*) FROM result) AS results,
    (SELECT count(*) FROM result WHERE status <> 'ok') AS not_ok,
    (SELECT count(*) FROM result WHERE status = 'ok' AND origin = 'quoted') AS quoted,
    (SELECT count(*) FROM result WHERE status = 'ok' AND origin <> 'quoted' AND NOT pooled) AS flagged,
    (SELECT count(*) FROM scored) AS scored,
    (SELECT count(*) FROM scored WHERE kind = 'foundation_model') AS scored_models,
    (SELECT count(DISTINCT s.result) FROM scored s JOIN gap_arms g ON g.result = s.result) AS compared,
    (SELECT count(*) FROM erratum) AS errata
"""
POOLED = """
SELECT k, n_datasets, n_publications FROM gap_pooled
WHERE gap = 'baseline' AND against = 'any_comparator' AND evidence = 'everyone' AND versus = 'best'
    AND domain = 'all' AND family = 'all'
"""
FLAGS = """
SELECT flag, count(*) AS n FROM (SELECT unnest(flags) AS flag FROM result
    WHERE status = 'ok' AND origin <> 'quoted' AND NOT pooled)
GROUP BY flag ORDER BY n DESC, flag
"""


def flow(
    connection: duckdb.DuckDBPyConnection, screening: Mapping[str, Any] | None = None
) -> list[Step]:
    """The boxes of the flow. `screening` is what `claimgap watch counts` says, or nothing."""
    (values,) = connection.execute(SQL).fetchall()
    names = [column[0] for column in connection.description or []]
    n: dict[str, int] = dict(zip(names, map(int, values), strict=True))
    steps = _screened(screening) if screening else []
    elsewhere = n["publications"] - n["with_tables"]
    steps.append(
        Step(
            "Publications in the catalog",
            [counted(n["publications"], "publication")],
            [
                f"{elsewhere:,} without a result table here:",
                f"{n['wanted_without_table']:,} of them wanted, and not to be had",
                "the others give claims, facts of models,",
                "corpora and methods, or are compared with",
            ],
        )
    )
    flags = connection.execute(FLAGS).fetchall()
    steps.append(
        Step(
            "Result tables read",
            [
                f"{counted(n['evaluations'], 'table')} of {counted(n['with_tables'], 'publication')}",
                f"{n['results']:,} results",
                f"{n['errata']:,} known errors of sources dealt with",
            ],
            [
                f"{n['not_ok']:,} failed, degenerate or suspect runs",
                f"{n['quoted']:,} quoted: counted where measured",
                f"{n['flagged']:,} withheld by their marks, such as:",
                *(f"– {in_words(flag)} ({count:,})" for flag, count in flags[:4]),
            ],
        )
    )
    steps.append(
        Step(
            "Results that may be compared",
            [f"{n['scored']:,} results", f"{n['scored_models']:,} of them of foundation models"],
            [
                f"{n['scored_models'] - n['compared']:,} of foundation models stand beside",
                "no comparator in one table, task, metric,",
                "split and setting",
            ],
        )
    )
    found = connection.execute(POOLED).fetchall()
    k, datasets, publications = map(int, found[0]) if found else (0, 0, 0)
    steps.append(
        Step(
            "Foundation models beside a baseline or tool",
            [f"{n['compared']:,} results"],
            ["rows of one model, dataset and publication", "are averaged: one piece of evidence", "without a known chance level: no skill"],
        )
    )  # fmt: skip
    steps.append(
        Step(
            "Pooled in skill",
            [f"{counted(k, 'difference')} on {counted(datasets, 'dataset')}", f"from {counted(publications, 'publication')}"],
        )
    )  # fmt: skip
    return steps


def _screened(screening: Mapping[str, Any]) -> list[Step]:
    reasons = screening.get("excluded_by_reason") or {}
    return [
        Step(
            "Records found by searches",
            [f"{int(screening['identified']):,} records"],
            [
                f"{int(screening['duplicates_removed']):,} duplicates",
                f"{int(screening['known_removed']):,} already in the catalog",
            ],
        ),
        Step(
            "Records screened",
            [
                f"{int(screening['screened']):,} screened by a person",
                f"{int(screening['included']):,} to be included",
            ],
            [
                f"{int(screening['excluded']):,} excluded",
                *(f"– {in_words(reason)} ({int(n):,})" for reason, n in sorted(reasons.items())),
                f"{int(screening['unsure']):,} unsure, {int(screening['waiting']):,} waiting",
            ],
        ),
    ]


def drawn(steps: list[Step], narrow: bool = False) -> Any:
    """The flow as a chart, under what it comes to; `narrow` for a phone."""
    first, last = steps[0].kept[0], steps[-1]
    return prisma(
        steps, f"From {first} to {' '.join(last.kept)}", "counted from the catalog; grey boxes: what stays out, and why",
        narrow,
    )  # fmt: skip
