"""F28: models are species-specific.

A species is inside where a component of the model's corpora names it, and outside where all of
them name their species and none is it; corpora of "many" species say neither.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import mean_of_members
from analysis.findings.judged import flags
from analysis.findings.moderated import differences, in_words, moderated
from analysis.findings.strata import COLUMNS, forest_rows, pooled
from analysis.findings.thresholds import MOST, above, message, of_parts, percent

SQL = f"""
WITH organisms AS (
    SELECT v.model, list(DISTINCT cc.organism) AS named
    FROM variant v
    JOIN variant_corpus vc ON vc.variant = v.id
    JOIN corpus_component cc ON cc.corpus = vc.corpus
    GROUP BY v.model
),
counted AS (
    SELECT model, max(species_count) AS species FROM variant GROUP BY model
)
SELECT 'corpus' AS part, m.id AS method, m.family AS work, c.species = 1 AS one_species
FROM method m JOIN counted c ON c.model = m.id
WHERE m.kind = 'foundation_model'
UNION ALL BY NAME
SELECT 'gap' AS part, {COLUMNS}, t.organism, CASE
    WHEN NOT regexp_matches(t.organism, '^[A-Z][a-z]+ [a-z]+$') THEN NULL
    WHEN list_contains(o.named, t.organism) THEN 1
    WHEN len(list_filter(o.named, LAMBDA n: NOT regexp_matches(n, '^[A-Z][a-z]+ [a-z]+$'))) = 0 THEN 0
END AS inside
FROM gap_arms g
LEFT JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
JOIN task t ON t.id = g.task
LEFT JOIN organisms o ON o.model = g.method
WHERE g.against = 'any_comparator'
"""


def measure(rows: pd.DataFrame) -> Found:
    """Share of models of one species, and the gap inside minus outside the corpus's species."""
    corpora = rows[rows["part"] == "corpus"]
    share = mean_of_members(flags(corpora["one_species"]), corpora["work"])
    gaps = rows[rows["part"] == "gap"]
    contrast = moderated(differences(gaps, "inside"), "inside", groups=True)
    if share.ci is None or contrast.ci is None or contrast.estimate is None:
        known = int(corpora["one_species"].notna().sum())
        return insufficient(
            contrast.n_publications, "publications",
            "models beside a comparator on named species inside and outside their corpora, five "
            f"publications each (there are {contrast.missing}, inside and outside); of {known} "
            f"models with a species count {percent(share)} saw one species",
        )  # fmt: skip
    return Found(
        of_parts([above(share.ci, MOST), above(contrast.ci, 0.0)]), contrast.n_publications, "publications",
        f"{percent(share)} of models with a species count were trained on one species. The gap on "
        f"species of the corpus minus that on others: {in_words(contrast)}.",
        contrast.estimate, contrast.ci[0], contrast.ci[1], "skill",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Gaps inside and outside the species of the corpus."""
    gaps = rows[rows["part"] == "gap"]
    strata = {
        "species of the corpus": pooled(gaps[gaps["inside"] == 1]),
        "other species": pooled(gaps[gaps["inside"] == 0]),
        "not known": pooled(gaps[gaps["inside"].isna()]),
    }
    return forest(
        forest_rows(strata), message(found, "The gap on species of the corpus is {:+.3f} in skill against that on others", "Gaps on species inside and outside the pretraining corpus"),
        "model minus best comparator, in skill", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
