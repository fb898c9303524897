"""matches: the subject isn't worse than the best rival (or, two-sided, not better either)."""

from __future__ import annotations

from analysis.predicates.decide import Rule, not_worse, within
from analysis.predicates.select import Context, against_rivals
from schema.records.claim import Matches


def rows_sql(predicate: Matches, context: Context) -> str:
    """Subject against the best rival of its cell; a row is one result of the subject."""
    subject = context.subject(predicate.subject)
    return against_rivals(subject, predicate.rivals, predicate.scope, context)


def rule(predicate: Matches) -> Rule:
    """Not worse by more than the margin; two-sided: not better by more than it either."""
    return within(predicate.margin) if predicate.two_sided else not_worse(predicate.margin)
