"""F04: each new foundation model claims a marginal gain over the last."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.distribution import distribution
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import mean_of, median_of
from analysis.findings.dates import MODEL_DATES, sql_earlier
from analysis.findings.thresholds import below, headline, percent, signed
from analysis.variances import sql_covariance

POINT = 0.01
"""One metric point."""

FAMILIES = """('accuracy', 'f1', 'mcc', 'auroc', 'auprc', 'pearson', 'spearman', 'correlation', 'r2',
        'rate')"""
"""Metrics of which a hundredth is a point."""

# Authors claim a gain over what stands beside their model in their table: numbers that they quote
# from other papers, and numbers that the catalog holds in another table already, are part of it.
SQL = f"""
WITH {MODEL_DATES},
dated AS (
    SELECT s.*, coalesce(v.released, d.released) AS released
    FROM scored s
    JOIN model_date d ON d.model = s.method
    LEFT JOIN variant v ON v.id = s.variant
    WHERE s.family IN {FAMILIES}
),
printed AS (
    SELECT r.id AS result, r.evaluation, r.task, r.metric, r.split, r.setting, r.input_bp,
        r.n_train, r.protocol, r.method, r.origin, coalesce(v.released, d.released) AS released,
        CASE WHEN me.higher_is_better THEN r.value ELSE -r.value END AS score
    FROM result r
    JOIN metric me ON me.id = r.metric
    JOIN relation rel ON rel.evaluation = r.evaluation AND rel.method = r.method
    JOIN model_date d ON d.model = r.method
    LEFT JOIN variant v ON v.id = r.variant
    WHERE r.status = 'ok' AND NOT list_has_any(r.flags, ['relative_score', 'not_a_score'])
        AND rel.relation <> 'self'
),
best AS (
    SELECT cell, protocol, method, work, arg_max(result, (score, result)) AS result
    FROM dated WHERE relation = 'self'
    GROUP BY cell, protocol, method, work
),
rival AS (
    SELECT b.result, arg_max(o.result, (o.score, o.result)) AS earlier_result
    FROM best b
    JOIN dated s ON s.result = b.result
    JOIN printed o ON o.evaluation = s.evaluation AND o.task = s.task AND o.metric = s.metric
        AND o.split = s.split AND o.setting = s.setting AND o.protocol = s.protocol
        AND o.input_bp IS NOT DISTINCT FROM s.input_bp
        AND o.n_train IS NOT DISTINCT FROM s.n_train_varied
        AND o.method <> s.method AND {sql_earlier("o.released", "s.released")}
    GROUP BY b.result
)
SELECT s.work, s.publication, s.method, s.released, s.task, s.dataset, s.domain, s.metric,
    s.protocol, s.result, r.earlier_result, o.method AS earlier_method,
    o.released AS earlier_released, o.origin AS earlier_origin, s.score - o.score AS gain,
    va.variance + vb.variance - {sql_covariance()} AS variance
FROM rival r
JOIN dated s ON s.result = r.result
JOIN printed o ON o.result = r.earlier_result
LEFT JOIN arm_variance va ON va.result = s.result
LEFT JOIN arm_variance vb ON vb.result = o.result
ORDER BY s.result
"""


def measure(rows: pd.DataFrame) -> Found:
    """Median over publications of the median self-reported gain, in metric points."""
    each = rows.groupby(["work", "dataset", "metric"])[["gain", "variance"]].mean().reset_index()
    gain = median_of(each["gain"].astype(float), each["work"])
    if gain.ci is None:
        return insufficient(
            gain.n, "publications", "tables of at least five publications in which authors score "
            "their model beside an earlier one",
        )  # fmt: skip
    small = mean_of((each["gain"] < POINT).astype(float), each["work"])
    noise = each.dropna(subset=["variance"])
    within = mean_of(
        (noise["gain"] < 2 * np.sqrt(noise["variance"].clip(lower=0))).astype(float), noise["work"]
    )
    says = (
        f"Authors report a median gain of {signed(gain)} over the best earlier model of the cell "
        f"({len(each)} gains from {gain.n} publications, each publication weighing the same); "
        f"{percent(small)} of gains are below one metric point, losses among them, and "
        f"{percent(within)} are below two standard errors."
    )
    return Found(
        below(gain.ci, POINT), gain.n, "publications", says, gain.value, gain.ci[0], gain.ci[1],
        "metric value",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Distribution of self-reported gains."""
    each = rows.groupby(["work", "dataset", "metric"])["gain"].mean()
    return distribution(
        each, headline(found, "By their authors, new models gain {:+.3f} on the best earlier one (median)"),
        "gain in metric value (0.01 is one point, dashed)",
        f"n = {len(each)} gains from {found.n} publications", POINT, "gains",
    )  # fmt: skip
