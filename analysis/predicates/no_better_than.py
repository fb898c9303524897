"""no_better_than: the subject doesn't beat the best rival of its cell (what critiques claim)."""

from __future__ import annotations

from analysis.predicates.decide import Rule, not_greater
from analysis.predicates.select import Context, against_rivals
from schema.records.claim import NoBetterThan


def rows_sql(predicate: NoBetterThan, context: Context) -> str:
    """Subject against the best rival of its cell; a row is one result of the subject."""
    subject = context.subject(predicate.subject)
    return against_rivals(subject, predicate.rivals, predicate.scope, context)


def rule(predicate: NoBetterThan) -> Rule:
    """Not more than the margin."""
    return not_greater(predicate.margin)
