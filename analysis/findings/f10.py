"""F10: reported results don't reproduce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.forest import forest
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.pooled import MATTERS
from analysis.findings.strata import forest_rows, interval
from analysis.findings.thresholds import headline
from analysis.gaps import PooledGap, one_each, pool

SQL = """
WITH used AS (
    SELECT m.id AS model, max(v.code) AS code, max(v.weights) AS weights,
        max(len(v.corpora)) AS n_corpora, max(v.evaluation_code) AS evaluation_code,
        max(coalesce(v.licence_weights, v.licence_code)) AS licence
    FROM method m
    JOIN variant v ON v.model = m.id
    GROUP BY m.id
),
silent AS (
    SELECT entity AS model, field FROM fact
    WHERE entity_kind = 'model' AND state = 'not_reported'
),
shown AS (
    SELECT r.method AS model, bool_or(r.uncertainty IS NOT NULL OR r.uncertainty_low IS NOT NULL) AS has
    FROM result r
    JOIN relation rel ON rel.evaluation = r.evaluation AND rel.method = r.method
    WHERE rel.relation = 'self'
    GROUP BY r.method
),
checklist AS (
    SELECT model, 'code' AS artefact, 'code' AS field, code IS NOT NULL AS has FROM used
    UNION ALL SELECT model, 'open weights', 'weights', weights IS NOT NULL AND weights <> 'closed' FROM used
    UNION ALL SELECT model, 'pretraining data named', 'corpora', n_corpora > 0 FROM used
    UNION ALL SELECT model, 'evaluation code', 'evaluation_code', evaluation_code IS NOT NULL AND evaluation_code <> 'none' FROM used
    UNION ALL SELECT model, 'licence', 'licence_code', licence IS NOT NULL FROM used
)
SELECT 'pair' AS part, g.self_result AS result, g.other_result, g.method, g.benchmark, g.dataset,
    g.domain, g.metric, g.family, g.work, g.self_publication, g.difference, g.skill_difference,
    e.variance_skill, NULL AS artefact, NULL::BOOLEAN AS has
FROM gap_reporting_pairs g
LEFT JOIN pair_effect e ON e.result = g.self_result AND e.comparator_result = g.other_result
UNION ALL
SELECT 'artefact', NULL, NULL, c.model, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    c.artefact,
    CASE
        WHEN c.has THEN TRUE
        WHEN s.field IS NOT NULL OR (c.artefact = 'open weights' AND u.weights = 'closed')
            OR (c.artefact = 'evaluation code' AND u.evaluation_code = 'none') THEN FALSE
    END
FROM checklist c
JOIN used u ON u.model = c.model
LEFT JOIN silent s ON s.model = c.model AND s.field = c.field
UNION ALL
SELECT 'artefact', NULL, NULL, model, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    'uncertainty beside results', has
FROM shown
ORDER BY 1, 2, 3, 4, 15
"""
WIDE = 0.10
"""Limits of agreement beyond a tenth of the way from chance to perfect: docs/methods/findings.md."""


@dataclass(frozen=True)
class Agreement:
    """Mean difference and 95 % limits of agreement (mean +- 1.96 SD); None for fewer than three.

    Bland & Altman 1986, Lancet 327:307-310. Differences of one publication aren't independent:
    the limits describe these differences and have no interval of their own.
    """

    mean: float
    limits: tuple[float, float] | None
    n: int


def agreement(differences: pd.Series) -> Agreement:
    """Agreement of paired values: differences (k,), authors' minus others'."""
    d = differences.dropna().to_numpy(dtype=float)
    if d.size < 3:
        return Agreement(float(d.mean()) if d.size else float("nan"), None, d.size)
    mean, sd = float(d.mean()), float(d.std(ddof=1))
    return Agreement(mean, (mean - 1.96 * sd, mean + 1.96 * sd), d.size)


def each_pair(rows: pd.DataFrame) -> pd.DataFrame:
    """One difference in skill for each model, dataset and other publication."""
    pairs = rows[rows["part"] == "pair"]
    return one_each(pairs, "skill_difference", "variance_skill")


def checklist(rows: pd.DataFrame) -> pd.DataFrame:
    """Models that have each artefact, that lack it, and of which nobody looked."""
    part = rows[rows["part"] == "artefact"]
    has = part["has"].astype("boolean")
    counted = part.assign(have=has.fillna(False), lack=~has.fillna(True), unknown=has.isna())
    return counted.groupby("artefact")[["have", "lack", "unknown"]].sum().reset_index()


def measure(rows: pd.DataFrame) -> Found:
    """Pooled reporting gap, limits of agreement, and which artefacts models come with."""
    each = each_pair(rows)
    gap = pool(each)
    ci = interval(gap)
    listed = "; ".join(
        f"{r['artefact']} {r['have']}, {r['lack']}, {r['unknown']}"
        for _, r in checklist(rows).iterrows()
    )
    alike = agreement(each["y"])
    if ci is None or alike.limits is None or gap.estimate is None:
        return insufficient(
            gap.n_publications, "publications", "authors' and others' values of one model, task and "
            "metric, with a known chance level, from at least five publications",
        )  # fmt: skip
    spread = max(-alike.limits[0], alike.limits[1])
    if ci[0] > MATTERS:
        verdict = FindingVerdict.holds
    elif ci[1] >= MATTERS or spread > WIDE:
        verdict = FindingVerdict.holds_in_part
    else:
        verdict = FindingVerdict.does_not_hold
    says = (
        f"Authors report {gap.estimate:+.3f} in skill (95% {ci[0]:+.3f} to {ci[1]:+.3f}) over what "
        f"others get for the same model, task and metric ({gap.k} mean differences on {gap.n_datasets} "
        f"datasets from {gap.n_publications} publications); 95% limits of agreement "
        f"{alike.limits[0]:+.2f} to {alike.limits[1]:+.2f}. Models that have, lack, or weren't "
        f"looked at for: {listed}. Whether baselines were tuned isn't recorded."
    )
    return Found(
        verdict, gap.n_publications, "publications", says, gap.estimate, ci[0], ci[1], "skill"
    )


def by_suite(rows: pd.DataFrame) -> pd.DataFrame:
    """Agreement by suite: label, mean, limits, k and publications."""
    pairs = rows[(rows["part"] == "pair") & rows["skill_difference"].notna()]
    gaps: dict[str, PooledGap] = {"all suites": pool(each_pair(rows))}
    lines = []
    for suite, part in pairs.groupby("benchmark"):
        each = one_each(part, "skill_difference", "variance_skill")
        alike = agreement(each["y"])
        low, high = alike.limits or (np.nan, np.nan)
        lines.append(
            {
                "label": str(suite), "estimate": alike.mean, "ci_low": np.nan, "ci_high": np.nan,
                "pi_low": low, "pi_high": high, "k": alike.n,
                "n_publications": part["work"].nunique(),
            }
        )  # fmt: skip
    whole = forest_rows(gaps)
    alike = agreement(each_pair(rows)["y"])
    if len(whole) and alike.limits:
        whole[["pi_low", "pi_high"]] = alike.limits
    return pd.concat([whole, pd.DataFrame(lines, columns=whole.columns)], ignore_index=True)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Reporting gap by suite; the thin line is the limits of agreement."""
    return forest(
        by_suite(rows), headline(found, "Authors report {:+.3f} in skill over what others get for the same model"),
        "authors' minus others' value, in skill (thin line: 95% limits of agreement)",
        f"n = {found.n} publications of others",
    )  # fmt: skip
