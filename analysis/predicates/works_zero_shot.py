"""works_zero_shot: without labels of the task, the subject beats chance or the rivals."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, against_chance, against_rivals
from schema.records.claim import WorksZeroShot

ZERO_SHOT = "a.protocol = 'zero_shot'"


def rows_sql(predicate: WorksZeroShot, context: Context) -> str:
    """Zero-shot results of the subject against chance, or against the best rival of the cell."""
    subject = context.subject(predicate.subject)
    if predicate.against == "chance":
        return against_chance(subject, predicate.scope, context, ZERO_SHOT)
    return against_rivals(subject, predicate.rivals, predicate.scope, context, ZERO_SHOT)


def rule(predicate: WorksZeroShot) -> Rule:
    """More than nothing."""
    return greater(0.0)
