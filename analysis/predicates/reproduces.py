"""reproduces: others' values lie within the margin of the authors' own."""

from __future__ import annotations

from analysis.predicates.decide import Rule, within
from analysis.predicates.select import Context, paired
from schema.records.claim import Reproduces


def rows_sql(predicate: Reproduces, context: Context) -> str:
    """Authors' value minus another group's, same model, task, metric, split and protocol."""
    rival = "gap_reporting_pairs g ON g.self_result = a.result JOIN scored b"
    join = "b.result = g.other_result"
    return paired(context.subject(predicate.subject), predicate.scope, context, join, rival)


def rule(predicate: Reproduces) -> Rule:
    """Within the margin."""
    return within(predicate.margin)
