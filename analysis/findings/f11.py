"""F11: there was no standard benchmark before 2024."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.timeline import timeline
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import mean_of
from analysis.findings.dates import sql_earlier
from analysis.findings.papers import MODEL_WORKS
from analysis.findings.thresholds import MOST, below, headline, percent

CUT = 2024

SQL = f"""
WITH {MODEL_WORKS},
reports AS (
    SELECT DISTINCT w.work, t.benchmark
    FROM result r
    JOIN evaluation e ON e.id = r.evaluation
    JOIN work w ON w.citekey = e.publication
    JOIN task t ON t.id = r.task
),
public AS (SELECT work, min(first_public) AS public FROM work GROUP BY work),
author AS (
    SELECT DISTINCT w.work, a.name_key FROM publication_author a JOIN work w USING (citekey)
),
related AS (
    SELECT DISTINCT a.work AS a, b.work AS b FROM author a JOIN author b USING (name_key)
),
shared AS (
    SELECT DISTINCT mine.work, mine.benchmark
    FROM reports mine
    JOIN public p ON p.work = mine.work
    JOIN reports other ON other.benchmark = mine.benchmark AND other.work <> mine.work
    JOIN public q ON q.work = other.work AND {sql_earlier("q.public", "p.public")}
    ANTI JOIN related r ON r.a = mine.work AND r.b = other.work
)
SELECT mw.work, array_to_string(mw.modality, ', ') AS modality, mw.public,
    left(mw.public, 4)::INTEGER AS year, count(DISTINCT r.benchmark) AS n_suites,
    count(DISTINCT s.benchmark) AS n_shared,
    array_to_string(list_sort(list(DISTINCT s.benchmark) FILTER (WHERE s.benchmark IS NOT NULL)), ', ') AS shared
FROM model_work mw
LEFT JOIN reports r ON r.work = mw.work
LEFT JOIN shared s ON s.work = mw.work AND s.benchmark = r.benchmark
GROUP BY mw.work, mw.modality, mw.public
ORDER BY mw.public, mw.work
"""


def measure(rows: pd.DataFrame) -> Found:
    """Share of model papers before 2024 that report on a suite another group had reported on."""
    known = rows[rows["n_suites"] > 0]
    on_shared = (known["n_shared"] > 0).astype(float)
    early = known["year"] < CUT
    before = mean_of(on_shared[early], known[early]["work"])
    since = mean_of(on_shared[~early], known[~early]["work"])
    if before.ci is None:
        return insufficient(
            before.n, "publications", f"result tables of at least five model papers before {CUT}"
        )
    missing = int((rows[rows["n_suites"] == 0]["year"] < CUT).sum())
    says = (
        f"{percent(before)} of {before.n} model papers public before {CUT} report on a suite on "
        f"which a group without a common author had reported earlier; since then "
        f"{percent(since)} of {since.n}. {missing} model papers before {CUT} have no result table "
        "in the catalog and are left out."
    )
    return Found(
        below(before.ci, MOST), before.n, "publications", says, before.value, before.ci[0],
        before.ci[1], "share of model papers",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Model papers each year by whether they report on a shared suite."""
    known = rows[rows["n_suites"] > 0]
    words = {True: "on a suite others had used", False: "only on suites new or of their own"}
    counts = known.assign(category=(known["n_shared"] > 0).map(words))
    return timeline(
        counts.groupby(["year", "category"]).size().reset_index(name="n"),
        headline(found, "{:.0%} of model papers before 2024 report on a suite that others had used"), "model papers",
        f"n = {len(known)} model papers with result tables, {found.n} before {CUT}", since=CUT,
    )  # fmt: skip
