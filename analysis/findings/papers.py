"""Which publications report on which data: shared by the findings on datasets and metrics."""

from __future__ import annotations

from analysis.findings.dates import WORKS

MODEL_WORKS = f"""{WORKS},
model_work AS (
    SELECT w.work, min(w.first_public) AS public, list_sort(list_distinct(flatten(list(m.modality)))) AS modality,
        list_sort(list(DISTINCT m.id)) AS models
    FROM method_publication mp
    JOIN method m ON m.id = mp.method AND m.kind = 'foundation_model'
    JOIN work w USING (citekey)
    GROUP BY w.work
)"""
"""CTEs: publications, and those that introduce a foundation model, with the modalities of these."""
