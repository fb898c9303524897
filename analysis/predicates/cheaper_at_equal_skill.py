"""cheaper_at_equal_skill: at least `factor` times as cheap, and not worse by more than the margin."""

from __future__ import annotations

from analysis.predicates.decide import Rule, not_worse
from analysis.predicates.select import (
    COMPATIBLE,
    Context,
    best_ways,
    paired,
    rival_rows,
    selector_sql,
)
from schema.records.claim import CheaperAtEqualSkill

COST = {"parameters": "parameters", "compute": "training_flops", "runtime": "accelerator_hours"}
"""The recorded fact that stands for each cost."""


def rows_sql(predicate: CheaperAtEqualSkill, context: Context) -> str:
    """Subject beside each rival of its cell that costs at least `factor` times as much.

    Costs are the variants' recorded facts; pairs in which one is unknown can't decide.
    """
    column = COST[predicate.cost]
    subject = context.subject(predicate.subject)
    rival = f"{rival_rows(predicate.scope, context)} b ON b.cell = a.cell AND {COMPATIBLE}"
    rival += " JOIN variant va ON va.id = a.variant JOIN variant vb"
    join = (
        f"vb.id = b.variant AND {selector_sql(predicate.rivals, 'b')} AND b.method <> a.method "
        f"AND vb.{column} >= {predicate.factor} * va.{column} AND {best_ways(subject)}"
    )
    return paired(subject, predicate.scope, context, join, rival)


def rule(predicate: CheaperAtEqualSkill) -> Rule:
    """Not worse by more than the margin."""
    return not_worse(predicate.margin)
