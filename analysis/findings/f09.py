"""F09: favourable results are picked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.bars import bars
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import (
    MIN_CLUSTERS,
    Estimate,
    drawn_counts,
    mean_of,
    percentiles,
)
from analysis.findings.moderated import differences, moderated
from analysis.findings.papers import MODEL_WORKS
from analysis.findings.thresholds import EVERY, above, below, headline, of_parts, percent, signed

SQL = f"""
WITH {MODEL_WORKS},
bout AS (
    SELECT a_method AS method, work, a_relation AS relation, sign(difference) AS won
    FROM comparison WHERE a_kind = 'foundation_model' AND a_method <> b_method
    UNION ALL
    SELECT b_method, work, b_relation, -sign(difference)
    FROM comparison WHERE b_kind = 'foundation_model' AND a_method <> b_method
),
used AS (
    SELECT DISTINCT mw.work, r.task, t.benchmark
    FROM model_work mw
    JOIN work w ON w.work = mw.work
    JOIN evaluation e ON e.publication = w.citekey
    JOIN result r ON r.evaluation = e.id
    JOIN task t ON t.id = r.task
)
SELECT 'win_rate' AS part, work, method AS label, relation, NULL AS metric, NULL AS family,
    NULL AS domain, avg((won + 1) / 2) AS value, count(*) AS n, NULL::DOUBLE AS variance
FROM bout
GROUP BY work, method, relation
UNION ALL
SELECT 'coverage', u.work, b.id, NULL, NULL, NULL, NULL,
    count(DISTINCT u.task) / s.n_tasks, s.n_tasks, NULL
FROM used u
JOIN benchmark b ON b.id = u.benchmark
JOIN work w ON w.citekey = b.citekey AND w.work <> u.work
JOIN (SELECT benchmark, count(*) AS n_tasks FROM task GROUP BY benchmark) s
    ON s.benchmark = b.id AND s.n_tasks >= 5
GROUP BY u.work, b.id, s.n_tasks
UNION ALL
SELECT 'gap', g.work, g.dataset, g.method, g.metric, g.family, g.domain, g.skill_difference,
    r.n_test, e.variance_skill
FROM gap_arms g
JOIN scored r ON r.result = g.result
JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
WHERE g.against = 'any_comparator' AND g.relation = 'self' AND g.skill_difference IS NOT NULL
    AND r.n_test > 0
ORDER BY 1, 2, 3, 4
"""


def win_rates(rows: pd.DataFrame) -> tuple[Estimate, dict[str, float]]:
    """Self-reported minus others' win rate of the models that have both; mean rate by relation.

    A publication's win rate of a model counts once; publications are drawn.
    """
    kept = rows[rows["relation"].isin(["self", "rival", "independent"])]
    own = kept["relation"] == "self"
    models = sorted(set(kept[own]["label"]) & set(kept[~own]["label"]))
    kept = kept[kept["label"].isin(models)]
    by_relation = {str(k): float(v) for k, v in kept.groupby("relation")["value"].mean().items()}
    works, at_work = np.unique(kept["work"].to_numpy(dtype=str), return_inverse=True)
    if not models:
        return Estimate(float("nan"), None, 0), by_relation
    at_model = kept["label"].map({m: i for i, m in enumerate(models)}).to_numpy(dtype=int)
    value = kept["value"].to_numpy(dtype=float)
    sums, sizes = (np.zeros((2, len(works), len(models))) for _ in range(2))
    at_side = (kept["relation"] == "self").to_numpy().astype(int)
    np.add.at(sums, (at_side, at_work, at_model), value)
    np.add.at(sizes, (at_side, at_work, at_model), 1.0)
    counts = np.vstack([np.ones(len(works)), drawn_counts(len(works))])
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (counts @ sums) / (counts @ sizes)
        apart = rate[1] - rate[0]
        known = np.isfinite(apart)
        drawn = np.where(known, apart, 0.0).sum(axis=1) / known.sum(axis=1)
    ci = percentiles(drawn[1:]) if len(works) >= MIN_CLUSTERS else None
    return Estimate(float(drawn[0]), ci, len(works)), by_relation


def small_study_slope(rows: pd.DataFrame) -> Estimate:
    """Egger's slope in its multilevel form: of gaps on 1/sqrt(n_test), CR2 by publication.

    On the number of test items, since variances are partly imputed (docs/methods/meta.md).
    """
    gaps = rows.rename(
        columns={"label": "dataset", "relation": "method", "value": "skill_difference",
                 "variance": "variance_skill"}
    )  # fmt: skip
    error = 1 / np.sqrt(gaps["n"].astype(float))
    each = differences(gaps.assign(error=error), "error")
    slope = moderated(each, "error")
    value = float("nan") if slope.estimate is None else slope.estimate
    return Estimate(value, slope.ci, slope.n_publications)


def parts(rows: pd.DataFrame) -> tuple[Estimate, dict[str, float], Estimate, Estimate]:
    """Win-rate difference, win rates, share of a suite's tasks reported, small-study slope."""
    rate, by_relation = win_rates(rows[rows["part"] == "win_rate"])
    covered = rows[rows["part"] == "coverage"]
    return (
        rate, by_relation, mean_of(covered["value"].astype(float), covered["work"]),
        small_study_slope(rows[rows["part"] == "gap"]),
    )  # fmt: skip


def measure(rows: pd.DataFrame) -> Found:
    """Three signs of picking: win rates by relation, suites in part, small-study asymmetry."""
    rate, by_relation, covered, slope = parts(rows)
    signs = [
        sign
        for sign in (
            above(rate.ci, 0.0) if rate.ci else None,
            below(covered.ci, EVERY) if covered.ci else None,
            above(slope.ci, 0.0) if slope.ci else None,
        )
        if sign is not None
    ]
    if len(signs) < 2 or rate.ci is None:
        return insufficient(
            rate.n, "publications", "self-reported and others' results of the same models from at "
            "least five publications, and suites of others or test-set sizes in as many",
        )  # fmt: skip
    shown = ", ".join(f"{name} {value:.0%}" for name, value in sorted(by_relation.items()))
    says = (
        f"(a) The same models win {signed(rate, 2)} more of their comparisons in self-reports than "
        f"elsewhere (win rates: {shown}; {rate.n} publications). (b) Model papers report "
        f"{percent(covered)} of the tasks of a suite by others ({covered.n} publications). (c) "
    )
    says += (
        f"Self-reported gaps change by {signed(slope, 2)} skill per 1/sqrt(test items) "
        f"({slope.n} publications)."
        if slope.ci
        else f"Small-study asymmetry can't be tested ({slope.n} publications with test-set sizes)."
    )
    return Found(
        of_parts(signs), rate.n, "publications", says, rate.value, rate.ci[0], rate.ci[1],
        "difference of win rates",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Win rates of the same models by who reports, and the share of suites reported."""
    wins = rows[rows["part"] == "win_rate"]
    own = set(wins[wins["relation"] == "self"]["label"])
    both = own & set(wins[wins["relation"].isin(["rival", "independent"])]["label"])
    lines = []
    for relation in ("self", "affiliated", "rival", "independent"):
        part = wins[(wins["relation"] == relation) & wins["label"].isin(both)]
        rate = mean_of(part["value"].astype(float), part["work"])
        if rate.n:
            low, high = rate.ci or (np.nan, np.nan)
            lines.append((f"win rate, {relation} reports", rate.value, low, high, rate.n))
    data = pd.DataFrame(lines, columns=["label", "estimate", "ci_low", "ci_high", "n"])
    return bars(
        data, headline(found, "The same models win {:+.2f} more of their comparisons in self-reports"),
        "share of comparisons won (a publication's mean counts once)",
        f"n = {found.n} publications, {len(both)} models with both sorts of reports", 0.5,
    )  # fmt: skip
