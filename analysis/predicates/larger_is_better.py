"""larger_is_better: within a model, the variant with more parameters scores better."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, own_rows, paired
from schema.records.claim import LargerIsBetter


def rows_sql(predicate: LargerIsBetter, context: Context) -> str:
    """Larger beside smaller variant of one model in one cell, same protocol and configuration."""
    rival = (
        f"{own_rows(predicate.scope)} b ON b.cell = a.cell AND b.protocol = a.protocol "
        "AND b.configuration = a.configuration JOIN variant va ON va.id = a.variant JOIN variant vb"
    )
    join = "vb.id = b.variant AND b.method = a.method AND va.parameters > vb.parameters"
    return paired(context.subject(predicate.subject), predicate.scope, context, join, rival)


def rule(predicate: LargerIsBetter) -> Rule:
    """More than the margin."""
    return greater(predicate.margin)
