"""pretraining_helps: the subject beats its own architecture without pretraining."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import COMPATIBLE, Context, best_ways, own_rows, paired
from schema.records.claim import PretrainingHelps


def rows_sql(predicate: PretrainingHelps, context: Context) -> str:
    """Pretrained beside trained-from-scratch twins in one cell.

    Frozen random networks and random features are other things, and don't count here.
    """
    rival = f"{own_rows(predicate.scope)} b ON b.cell = a.cell AND {COMPATIBLE} JOIN method mb"
    subject = context.subject(predicate.subject)
    join = (
        "mb.id = b.method AND mb.kind = 'random_init' AND mb.subkind = 'from_scratch' "
        f"AND mb.architecture_of = a.method AND {best_ways(subject)}"
    )
    return paired(subject, predicate.scope, context, join, rival)


def rule(predicate: PretrainingHelps) -> Rule:
    """More than the margin."""
    return greater(predicate.margin)
