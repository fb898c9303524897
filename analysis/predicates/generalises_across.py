"""generalises_across: the subject holds up where test items are new in the named way."""

from __future__ import annotations

from analysis.predicates.decide import Rule, greater
from analysis.predicates.select import Context, against_chance, against_rivals
from schema.records.claim import GeneralisesAcross

NEWNESS = {
    "species": ("unseen_species",),
    "cell_types": ("unseen_cell_type",),
    "perturbations": ("unseen_perturbation",),
    "studies": ("unseen_study",),
    "sequences": ("homology_split", "unseen_chromosome", "unseen_sequence"),
}
"""Which recorded kinds of newness a claim of each sort is tested on."""


def rows_sql(predicate: GeneralisesAcross, context: Context) -> str:
    """Results on tasks with items that are new in that way, against chance or the best rival."""
    words = ", ".join(f"'{word}'" for word in NEWNESS[predicate.over])
    extra = f"list_has_any(a.generalisation, [{words}])"
    subject = context.subject(predicate.subject)
    if predicate.against == "chance":
        return against_chance(subject, predicate.scope, context, extra)
    return against_rivals(subject, predicate.rivals, predicate.scope, context, extra)


def rule(predicate: GeneralisesAcross) -> Rule:
    """More than nothing."""
    return greater(0.0)
