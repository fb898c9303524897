"""wins_at_least: the subject beats every rival on k of n tasks."""

from __future__ import annotations

from analysis.predicates.decide import Rule, counted
from analysis.predicates.select import Context, against_rivals
from schema.records.claim import WinsAtLeast


def rows_sql(predicate: WinsAtLeast, context: Context) -> str:
    """Subject against the best rival of its cell: beating the best is beating every one."""
    subject = context.subject(predicate.subject)
    return against_rivals(subject, predicate.rivals, predicate.scope, context)


def rule(predicate: WinsAtLeast) -> Rule:
    """At least the claimed share of the tasks; ties as the claim says."""
    return counted(predicate.wins, predicate.of, predicate.ties)
