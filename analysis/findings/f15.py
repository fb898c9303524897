"""F15: the compute isn't justified."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.scatter import scatter
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of
from analysis.findings.moderated import differences, in_words, moderated
from analysis.findings.pooled import MATTERS
from analysis.findings.thresholds import MOST, above, below, headline, of_parts, percent

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


def gains(rows: pd.DataFrame) -> pd.DataFrame:
    """One gain in skill for each model, size (log10 of parameters), dataset and publication."""
    size = np.log10(rows["parameters"].astype(float))
    return differences(rows.assign(size=size), "size")


def dominated(rows: pd.DataFrame) -> Estimate:
    """Share of models that something cheaper equals or beats, cells first averaged by model."""
    each = rows.groupby(["work", "method"])["dominated"].mean().reset_index()
    return mean_of(each["dominated"].astype(float), each["work"])


def measure(rows: pd.DataFrame) -> Found:
    """Gain over the best simple baseline per tenfold parameters, and who is dominated."""
    share = dominated(rows)
    each = gains(rows)
    slope = moderated(each, "size")
    if slope.ci is None or slope.estimate is None or share.ci is None:
        return insufficient(
            slope.n_publications, "publications", "models of known size beside simple baselines, in skill, from at "
            "least five publications",
        )  # fmt: skip
    flops = rows["training_flops"].notna()
    computed = rows[flops]["work"].nunique()
    says = (
        f"Per tenfold parameters the gain over the best simple baseline changes by "
        f"{in_words(slope)}. Something with fewer parameters or "
        f"a simple baseline equals or beats a model in {percent(share)} of the cells that hold "
        f"both ({share.n} publications). Training compute is known for models of {computed} of "
        "these publications; runtimes aren't recorded."
    )
    verdict = of_parts([below(slope.ci, MATTERS), above(share.ci, MOST)])
    return Found(
        verdict, slope.n_publications, "publications", says, slope.estimate, slope.ci[0],
        slope.ci[1],
        "skill per tenfold parameters",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Gain against parameters; which results are on the Pareto front of their cell; the slope."""
    each = gains(rows)
    slope = moderated(each, "size")
    points = rows.dropna(subset=["skill_difference"]).assign(
        x=lambda d: d["parameters"].astype(float),
        y=lambda d: d["skill_difference"].astype(float),
        label=lambda d: d["method"],
        group=lambda d: d["dominated"].map({True: "something cheaper is as good",
                                            False: "nothing cheaper is as good"}),
    )[["x", "y", "label", "group"]]  # fmt: skip
    line = None
    if slope.estimate is not None and slope.at_zero is not None:
        at = np.array([each["size"].min(), each["size"].max()])
        line = pd.DataFrame({"x": 10**at, "y": slope.at_zero + slope.estimate * at})
    return scatter(
        points, headline(found, "Ten times the parameters go with {:+.3f} in skill over the best simple baseline"),
        "parameters", "gain in skill", f"n = {len(points)} results, {found.n} publications",
        line, log_x=True,
    )  # fmt: skip
