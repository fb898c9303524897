"""transfers_to: the subject beats chance or the rivals on tasks foreign to its training."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, against_chance, against_rivals
from schema.records.claim import TransfersTo


def rows_sql(predicate: TransfersTo, context: Context) -> str:
    """Results on the tasks in scope, against chance or the best rival of the cell."""
    subject = context.subject(predicate.subject)
    if predicate.against == "chance":
        return against_chance(subject, predicate.scope, context)
    return against_rivals(subject, predicate.rivals, predicate.scope, context)


def rule(predicate: TransfersTo) -> Rule:
    """More than nothing."""
    return greater(0.0)
