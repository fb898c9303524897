"""F19: the best results need fine-tuning."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import Found, insufficient
from analysis.findings.pooled import hangs_on
from analysis.findings.strata import forest_rows, found, interval, pooled, says, without_each
from analysis.findings.thresholds import above, headline

SQL = """
WITH side AS (
    SELECT s.*, a.variance, a.test_variance, a.variance_skill,
        s.protocol IN ('fine_tune', 'fine_tune_peft') AS tuned
    FROM scored s
    LEFT JOIN arm_variance a ON a.result = s.result
    WHERE s.kind = 'foundation_model'
        AND s.protocol IN ('fine_tune', 'fine_tune_peft', 'linear_probe', 'probe', 'zero_shot')
),
best AS (
    SELECT work, method, coalesce(variant, '') AS variant, task, metric, split, setting,
        coalesce(input_bp, 0) AS input_bp, coalesce(n_train_varied, 0) AS n_train, tuned,
        arg_max(result, (score, result)) AS result
    FROM side
    GROUP BY ALL
)
SELECT t.result AS tuned_result, f.result AS frozen_result, x.work, x.publication, x.method,
    x.variant, x.task, x.dataset, x.domain, x.metric, x.family, x.protocol AS tuned_protocol,
    y.protocol AS frozen_protocol, x.score - y.score AS difference,
    x.skill - y.skill AS skill_difference,
    (x.variance + y.variance - coalesce(sqrt(x.test_variance * y.test_variance), 0))
        / nullif(x.variance / nullif(x.variance_skill, 0), 0) AS variance_skill
FROM best t
JOIN best f USING (work, method, variant, task, metric, split, setting, input_bp, n_train)
JOIN side x ON x.result = t.result
JOIN side y ON y.result = f.result
WHERE t.tuned AND NOT f.tuned
ORDER BY t.result
"""


def measure(rows: pd.DataFrame) -> Found:
    """Best fine-tuned minus best frozen result of one variant on one task, pooled."""
    gap = pooled(rows)
    ci = interval(gap)
    if ci is None or gap.share_positive is None:
        return insufficient(
            gap.n_publications, "publications", "publications (at least five) that fine-tune a model "
            "and also use it frozen or zero-shot on one task, with a known chance level",
        )  # fmt: skip
    sentence = (
        f"Fine-tuned, a model is {says(gap)} against its own best frozen or zero-shot result on the "
        f"same task; fine-tuning wins {gap.share_positive:.0%}."
    )
    verdict = above(ci, 0.0)
    lone = hangs_on(without_each(rows), lambda low, high: above((low, high), 0.0), verdict)
    return found(verdict, gap, sentence + lone)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by what fine-tuning is held against, and by domain."""
    gaps = {"all": pooled(rows)}
    for column in ("frozen_protocol", "domain"):
        for name, part in rows.groupby(column):
            gaps[str(name)] = pooled(part)
    return forest(
        forest_rows(gaps), headline(found, "Fine-tuned, models gain {:+.3f} in skill on their own frozen use"),
        "fine-tuned minus frozen or zero-shot, in skill", f"n = {found.n} publications",
    )  # fmt: skip
