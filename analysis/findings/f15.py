"""F15: the compute isn't justified."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.scatter import scatter
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import MIN_CLUSTERS, Estimate, mean_of
from analysis.findings.pooled import MATTERS
from analysis.findings.thresholds import MOST, of_parts, percent, signed
from analysis.gaps import FALLBACK_VARIANCE
from analysis.meta import MetaError, fit

SQL = """
WITH sized AS (
    SELECT model, any_value(parameters) AS parameters
    FROM variant
    GROUP BY model
    HAVING count(*) = 1 AND count(parameters) = 1
),
entry AS (
    SELECT s.*, coalesce(v.parameters, sized.parameters) AS parameters, v.training_flops
    FROM scored s
    LEFT JOIN variant v ON v.id = s.variant
    LEFT JOIN sized ON sized.model = s.method AND s.variant IS NULL
    WHERE s.kind IN ('foundation_model', 'simple_baseline')
),
cheaper AS (
    SELECT f.result, count(*) AS n_cheaper, bool_or(c.score >= f.score) AS dominated
    FROM entry f
    JOIN entry c ON c.cell = f.cell AND c.result <> f.result
        AND (c.kind = 'simple_baseline' OR c.parameters < f.parameters)
        AND (
            c.protocol = f.protocol
            OR c.protocol IN ('own_training', 'as_released', 'untrained_rule')
            OR f.protocol IN ('own_training', 'as_released', 'untrained_rule')
        )
    WHERE f.kind = 'foundation_model' AND f.parameters IS NOT NULL
    GROUP BY f.result
)
SELECT f.result, f.work, f.task, f.dataset, f.domain, f.metric, f.protocol, f.method, f.variant,
    f.parameters, f.training_flops, c.n_cheaper, c.dominated, g.comparator, g.skill_difference,
    e.variance_skill
FROM cheaper c
JOIN entry f ON f.result = c.result
LEFT JOIN gap_arms g ON g.result = f.result AND g.against = 'simple_baseline'
LEFT JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
ORDER BY f.result
"""


def gains(rows: pd.DataFrame, cost: str = "parameters") -> pd.DataFrame:
    """One gain in skill for each checkpoint, dataset and publication, with log10 of its cost."""
    used = rows.dropna(subset=["skill_difference", cost])
    used = used.assign(size=np.log10(used[cost].astype(float)))
    keys = ["work", "dataset", "method", "size"]
    columns = {"skill_difference": "y", "variance_skill": "v"}
    return used.groupby(keys)[list(columns)].mean().rename(columns=columns).reset_index()


def slope_on_size(each: pd.DataFrame) -> tuple[Estimate, float]:
    """Gain in skill per tenfold cost, and the gain at the mean cost.

    A three-level meta-regression with CR2 by publication; no interval below five publications.
    """
    n = each["work"].nunique()
    none = Estimate(float("nan"), None, n), float("nan")
    if n < MIN_CLUSTERS:
        return none
    v = each["v"].astype(float)
    v = v.fillna(float(v.median()) if v.notna().any() else FALLBACK_VARIANCE).clip(lower=1e-12)
    joint = each["work"] + " " + each["dataset"]
    levels: list[Any] = [each["work"], joint, np.arange(len(each))]
    if joint.nunique() == len(each):
        levels.pop(1)
    centred = each["size"] - each["size"].mean()
    try:
        result = fit(
            each["y"], v, moderators={"log10 cost": centred}, levels=levels,
            cluster=each["work"], robust="cr2", prediction="none",
        )  # fmt: skip
    except MetaError:
        return none
    level, slope = result.coefficients
    return Estimate(slope.estimate, slope.ci, n), level.estimate


def dominated(rows: pd.DataFrame) -> Estimate:
    """Share of models that something cheaper equals or beats, cells first averaged by model."""
    each = rows.groupby(["work", "method"])["dominated"].mean().reset_index()
    return mean_of(each["dominated"].astype(float), each["work"])


def measure(rows: pd.DataFrame) -> Found:
    """Gain over the best simple baseline per tenfold parameters, and who is dominated."""
    share = dominated(rows)
    each = gains(rows)
    slope, _ = slope_on_size(each)
    if slope.ci is None or share.ci is None:
        return insufficient(
            slope.n, "publications", "models of known size beside simple baselines, in skill, from at "
            "least five publications",
        )  # fmt: skip
    flops = rows["training_flops"].notna()
    computed = rows[flops]["work"].nunique()
    says = (
        f"Per tenfold parameters the gain over the best simple baseline changes by {signed(slope)} "
        f"in skill ({len(each)} gains, {slope.n} publications). Something with fewer parameters or "
        f"a simple baseline equals or beats a model in {percent(share)} of the cells that hold "
        f"both ({share.n} publications). Training compute is known for models of {computed} of "
        "these publications; runtimes aren't recorded."
    )
    verdict = of_parts([slope.ci[1] < MATTERS, share.ci[0] > MOST])
    return Found(
        verdict, slope.n, "publications", says, slope.value, slope.ci[0], slope.ci[1],
        "skill per tenfold parameters",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Gain against parameters; which results are on the Pareto front of their cell; the slope."""
    each = gains(rows)
    slope, middle = slope_on_size(each)
    points = rows.dropna(subset=["skill_difference"]).assign(
        x=lambda d: d["parameters"].astype(float),
        y=lambda d: d["skill_difference"].astype(float),
        label=lambda d: d["method"],
        group=lambda d: d["dominated"].map({True: "something cheaper is as good",
                                            False: "on the Pareto front of its cell"}),
    )[["x", "y", "label", "group"]]  # fmt: skip
    line = None
    if np.isfinite(slope.value) and len(each):
        at = np.array([each["size"].min(), each["size"].max()])
        line = pd.DataFrame({"x": 10**at, "y": middle + slope.value * (at - each["size"].mean())})
    return scatter(
        points, "Gain over the best simple baseline against the size of the model",
        "parameters", "gain in skill", f"n = {len(points)} results, {found.n} publications",
        line, log_x=True,
    )  # fmt: skip
