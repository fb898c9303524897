"""Verdicts on statements about a pooled gap, shared by the findings that are about one.

Fixed before results were looked at (docs/methods/findings.md): a gap of 0.05 in skill matters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found, insufficient

MATTERS = 0.05
"""A twentieth of the way from chance to perfect: below it two methods are about as good."""
NAMED = 3
"""Publications that a verdict hangs on are named up to this many, and else counted."""

Rule = Callable[[float, float], FindingVerdict]
"""From the ends of an interval to a verdict."""


def pooled_sql(against: str, domains: tuple[str, ...] = (), evidence: str = "everyone") -> str:
    """Rows of gap_pooled: all domains, or the named ones."""
    wanted = ", ".join(f"'{d}'" for d in domains)
    only = f"AND domain IN ({wanted})" if domains else ""
    without = (
        "NULL"
        if domains or evidence != "everyone"
        else f"""CASE WHEN domain = 'all' THEN (
        SELECT list({{'work': w.work, 'low': w.ci_low, 'high': w.ci_high}} ORDER BY w.work)
        FROM gap_without w WHERE w.against = '{against}'
    ) END"""
    )
    return f"""
SELECT domain AS label, against, evidence, k, n_datasets, n_publications, estimate, ci_low, ci_high,
    pi_low, pi_high, share_positive, status, unit, message, {without} AS without
FROM gap_pooled
WHERE gap = 'baseline' AND against = '{against}' AND evidence = '{evidence}' AND versus = 'best'
    AND family = 'all' AND k > 0 {only}
ORDER BY label = 'all' DESC, k DESC
"""


def _sentence(row: pd.Series, what: str) -> str:
    interval = (
        f" (95% {row['ci_low']:+.3f} to {row['ci_high']:+.3f})" if pd.notna(row["ci_low"]) else ""
    )
    return (
        f"Models are {row['estimate']:+.3f} in skill against the {what}{interval} over "
        f"{int(row['k'])} differences on {int(row['n_datasets'])} datasets from "
        f"{int(row['n_publications'])} publications; they win {row['share_positive']:.0%}."
    )


def no_better(rows: pd.DataFrame, what: str) -> Found:
    """ "About as good": the interval ends below the gap that matters; in part where a domain differs."""
    whole = rows[rows["label"] == "all"]
    head = whole.iloc[0] if len(whole) else (rows.iloc[0] if len(rows) else None)
    if head is None or pd.isna(head["ci_low"]):
        n = 0 if head is None else int(head["n_publications"])
        return insufficient(
            n, "publications", f"tables with a foundation model beside a {what} from at least five "
            "independent publications",
        )  # fmt: skip
    better = rows[(rows["label"] != "all") & (rows["ci_low"] > MATTERS)]["label"].tolist()

    def rule(low: float, high: float) -> FindingVerdict:
        if low > MATTERS:
            return FindingVerdict.does_not_hold
        small = high < MATTERS and not better
        return FindingVerdict.holds if small else FindingVerdict.holds_in_part

    says = _sentence(head, what)
    if better:
        says += " Clearly better in: " + ", ".join(in_words(d) for d in better) + "."
    return _found(rule, head, says)


def helps(row: pd.Series | None, what: str) -> Found:
    """ "It helps": the interval lies above zero; in part where only the estimate does."""
    if row is None or pd.isna(row["ci_low"]):
        n = 0 if row is None else int(row["n_publications"])
        return insufficient(
            n, "publications", f"{what} from at least five independent publications"
        )

    def rule(low: float, high: float) -> FindingVerdict:
        if low > 0:
            return FindingVerdict.holds
        return FindingVerdict.does_not_hold if high < 0 else FindingVerdict.holds_in_part

    return _found(rule, row, _sentence(row, what))


def hangs_on(each: Any, rule: Rule, verdict: FindingVerdict) -> str:
    """Which publications the verdict hangs on; nothing where it survives the loss of any one.

    each: a record a publication left out (`work`, and the ends `low` and `high` of the interval
    without it, None where too few are left), or nothing where that wasn't computed.
    """
    if each is None or isinstance(each, float) or not len(each):
        return ""
    lone = [
        str(left["work"])
        for left in each
        if left["low"] is None or pd.isna(left["low"]) or rule(left["low"], left["high"]) != verdict
    ]
    if not lone:
        return ""
    which = (
        " or ".join(lone) if len(lone) <= NAMED else f"any one of {len(lone)} of the {len(each)}"
    )
    return f" The verdict hangs on single publications: without {which} it is another."


def _found(rule: Rule, row: pd.Series, says: str) -> Found:
    low, high = float(row["ci_low"]), float(row["ci_high"])
    verdict = rule(low, high)
    return Found(
        verdict, int(row["n_publications"]), "publications",
        says + hangs_on(row.get("without"), rule, verdict), float(row["estimate"]), low, high, "skill",
    )  # fmt: skip


def forest_figure(rows: pd.DataFrame, found: Found, what: str) -> Any:
    """Forest plot of the strata."""
    drawn = rows.assign(
        label=rows["label"].map(lambda d: "all domains" if d == "all" else in_words(d))
    )
    return forest(drawn, found.says.split(" over ")[0], f"model minus {what}, in skill",
                  f"n = {found.n} {found.unit_of_n}")  # fmt: skip
