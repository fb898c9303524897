"""Claims that execute: each predicate is one file that gives its rows (SQL) and its rule."""

from __future__ import annotations

from types import ModuleType

from analysis.predicates import (
    cheaper_at_equal_skill,
    fine_tuning_helps,
    generalises_across,
    has_attribute,
    larger_is_better,
    matches,
    no_better_than,
    outperforms,
    pretraining_helps,
    reproduces,
    transfers_to,
    uses_context,
    wins_at_least,
    works_zero_shot,
)

PREDICATES: dict[str, ModuleType] = {
    module.__name__.rsplit(".", 1)[-1]: module
    for module in (
        cheaper_at_equal_skill,
        fine_tuning_helps,
        generalises_across,
        has_attribute,
        larger_is_better,
        matches,
        no_better_than,
        outperforms,
        pretraining_helps,
        reproduces,
        transfers_to,
        uses_context,
        wins_at_least,
        works_zero_shot,
    )
}
