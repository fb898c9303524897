"""wins_at_least: the subject beats every rival on k of n tasks, or in every single row."""

from __future__ import annotations

from analysis.predicates.decide import Rule, counted
from analysis.predicates.select import EACH_RESULT, TASK_AND_METRIC, Context, against_rivals
from schema.records.claim import WinsAtLeast


def rows_sql(predicate: WinsAtLeast, context: Context) -> str:
    """Subject against the best rival of its cell: beating the best is beating every one."""
    subject = context.subject(predicate.subject)
    contest = EACH_RESULT if predicate.every else TASK_AND_METRIC
    return against_rivals(subject, predicate.rivals, predicate.scope, context, contest=contest)


def rule(predicate: WinsAtLeast) -> Rule:
    """At least the claimed share, or all; ties as the claim says."""
    if predicate.wins is None or predicate.of is None:
        return counted(1, 1, predicate.ties)
    return counted(predicate.wins, predicate.of, predicate.ties)
