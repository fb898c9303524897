"""F17: cross-species transfer helps sometimes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.bootstrap import Interval, mean_of
from analysis.findings.strata import forest_rows, gaps_sql, pooled, says
from analysis.findings.thresholds import headline, percent

RARELY, NEARLY_ALWAYS = 0.1, 0.9

_SPECIES = """
LEFT JOIN (
    SELECT m.id AS model, list(DISTINCT c.organism) AS organisms,
        bool_and(c.organism SIMILAR TO '[A-Z][a-z]+ [a-z]+.*') AS all_named
    FROM method m
    JOIN variant v ON v.model = m.id
    JOIN variant_corpus vc ON vc.variant = v.id
    JOIN corpus_component c ON c.corpus = vc.corpus
    GROUP BY m.id
) whole ON whole.model = g.method
LEFT JOIN (
    SELECT vc.variant, list(DISTINCT c.organism) AS organisms,
        bool_and(c.organism SIMILAR TO '[A-Z][a-z]+ [a-z]+.*') AS all_named
    FROM variant_corpus vc
    JOIN corpus_component c ON c.corpus = vc.corpus
    GROUP BY vc.variant
) part ON part.variant = g.variant
JOIN task t ON t.id = g.task
"""

SQL = gaps_sql(
    "any_comparator",
    more="""t.organism, CASE
        WHEN list_has_any(string_split(t.organism, '; '), coalesce(part.organisms, whole.organisms)) THEN 'inside'
        WHEN coalesce(part.all_named, whole.all_named) THEN 'outside'
        ELSE 'not known'
    END AS stratum""",
    joins=_SPECIES,
    where="t.organism NOT IN ('many', 'not_reported', 'synthetic')",
)


def sometimes(ci: Interval) -> FindingVerdict:
    """Neither never nor always: the interval of a share lies within a tenth to nine tenths."""
    if ci[1] < RARELY or ci[0] > NEARLY_ALWAYS:
        return FindingVerdict.does_not_hold
    inside = ci[0] >= RARELY and ci[1] <= NEARLY_ALWAYS
    return FindingVerdict.holds if inside else FindingVerdict.holds_in_part


def measure(rows: pd.DataFrame) -> Found:
    """Share of gains on species outside the corpus, and the gap outside and inside."""
    away = rows[rows["stratum"] == "outside"]
    won = (away["difference"] > 0) + 0.5 * (away["difference"] == 0)
    each = away.assign(won=won.astype(float)).groupby(["work", "method", "dataset"])["won"].mean()
    wins = mean_of(each.to_numpy(), [str(key[0]) for key in each.index])
    unknown = int((rows["stratum"] == "not known").sum())
    if wins.ci is None:
        return insufficient(
            wins.n, "publications", "tables with a comparator on a species that the model's corpora "
            f"don't hold, from at least five publications ({unknown} results are of models whose "
            "corpora don't name all their species)",
        )  # fmt: skip
    outside, inside = pooled(away), pooled(rows[rows["stratum"] == "inside"])
    sentence = (
        f"On species outside their corpus models beat the best comparator in {percent(wins)} of "
        f"cases ({wins.n} publications); the gap is {says(outside)}, on species inside "
        f"{says(inside)}. {unknown} results are left out: the corpora don't name all their species."
    )
    return Found(
        sometimes(wins.ci), wins.n, "publications", sentence, wins.value, wins.ci[0], wins.ci[1],
        "share of gains",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by whether the corpus holds the task's species."""
    words = {
        "inside": "species in the corpus", "outside": "species outside the corpus",
        "not known": "species of the corpus not all named",
    }  # fmt: skip
    gaps = {words[str(name)]: pooled(part) for name, part in rows.groupby("stratum")}
    return forest(
        forest_rows(gaps), headline(found, "On species outside their corpus models win {:.0%} of comparisons"),
        "model minus best comparator, in skill", f"n = {found.n} publications outside",
    )  # fmt: skip
