"""uses_context: the same model scores better with longer input than with shorter."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, paired
from schema.records.claim import UsesContext


def rows_sql(predicate: UsesContext, context: Context) -> str:
    """Longer against shorter input, same model and table; a row is one pair of input lengths."""
    join = (
        "b.evaluation = a.evaluation AND b.method = a.method AND b.task = a.task "
        "AND b.metric = a.metric AND b.split = a.split AND b.setting = a.setting "
        "AND b.protocol = a.protocol AND b.variant IS NOT DISTINCT FROM a.variant "
        "AND a.input_bp > b.input_bp"
    )
    if predicate.long_bp is not None:
        join += f" AND a.input_bp >= {predicate.long_bp}"
    if predicate.short_bp is not None:
        join += f" AND b.input_bp <= {predicate.short_bp}"
    return paired(context.subject(predicate.subject), predicate.scope, context, join)


def rule(predicate: UsesContext) -> Rule:
    """More than the margin."""
    return greater(predicate.margin)
