"""outperforms: the subject beats the best rival of each cell by more than the margin."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, against_rivals
from schema.records.claim import Outperforms


def rows_sql(predicate: Outperforms, context: Context) -> str:
    """Subject against the best rival of its cell; a row is one result of the subject."""
    subject = context.subject(predicate.subject)
    return against_rivals(subject, predicate.rivals, predicate.scope, context)


def rule(predicate: Outperforms) -> Rule:
    """More than the margin."""
    return greater(predicate.margin)
