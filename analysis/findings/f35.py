"""F35: standing doesn't transfer across domains.

Within each publication: rank of each model among those of its cell, averaged by domain, then
Spearman's correlation of models' standing between each two domains with four shared models or more.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.heatmap import heatmap
from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.judged import judged, mean_of_clusters
from analysis.findings.thresholds import message, signed

SHARED = 4
STRONG = 0.5
SQL = """
WITH best AS (
    SELECT work, domain, dataset, cell, protocol, method, max(score) AS score
    FROM scored
    WHERE kind = 'foundation_model'
    GROUP BY work, domain, dataset, cell, protocol, method
),
ranked AS (
    SELECT *, count(*) OVER c AS n_models,
        rank() OVER (PARTITION BY cell, protocol ORDER BY score) + (count(*) OVER (PARTITION BY cell, protocol, score) - 1) / 2 AS place
    FROM best
    WINDOW c AS (PARTITION BY cell, protocol)
),
by_dataset AS (
    SELECT work, domain, dataset, method, avg((place - 0.5) / n_models) AS standing
    FROM ranked WHERE n_models >= 3
    GROUP BY work, domain, dataset, method
)
SELECT work, domain, method, avg(standing) AS standing, count(*) AS n_datasets
FROM by_dataset
GROUP BY work, domain, method
ORDER BY work, domain, method
"""


def _spearman(a: pd.Series, b: pd.Series) -> float:
    # averages that are equal but for rounding are ties
    x, y = a.round(9).rank().to_numpy(), b.round(9).rank().to_numpy()
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size else float("nan")


def correlations(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a publication and pair of its domains: correlation and number of shared models."""
    found = []
    for work, part in rows.groupby("work", sort=True):
        standing = part.pivot_table(index="method", columns="domain", values="standing")
        for a, b in combinations(sorted(standing.columns), 2):
            both = standing[[a, b]].dropna()
            if len(both) >= SHARED:
                found.append((work, a, b, _spearman(both[a], both[b]), len(both)))
    return pd.DataFrame(found, columns=["work", "a", "b", "correlation", "n_models"])


def measure(rows: pd.DataFrame) -> Found:
    """Mean over publications of their mean correlation between domains."""
    pairs = correlations(rows)
    mean = mean_of_clusters(pairs["correlation"], pairs["work"])
    if mean.ci is None:
        return insufficient(
            mean.n, "publications",
            f"publications that rank {SHARED} models or more in two domains, at least five",
        )  # fmt: skip
    low, high = mean.ci
    if low > STRONG:
        verdict = FindingVerdict.does_not_hold
    elif high < STRONG and low <= 0:
        verdict = FindingVerdict.holds
    else:
        verdict = FindingVerdict.holds_in_part
    return judged(
        verdict, mean, "publications",
        f"Within one publication the standing of models in one domain correlates "
        f"{signed(mean, 2)} with that in another, over {len(pairs)} pairs of domains.",
        "rank correlation",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Mean correlation of each pair of domains."""
    pairs = correlations(rows)
    mean = pairs.groupby(["a", "b"])["correlation"].mean().reset_index()
    turned = mean.rename(columns={"a": "b", "b": "a"})
    cells = pd.concat([mean, turned]).sort_values(["a", "b"])
    shown = pd.DataFrame(
        {
            "x": cells["a"].map(in_words),
            "y": cells["b"].map(in_words),
            "value": cells["correlation"],
        }
    )
    return heatmap(
        shown, message(found, "The standing of models in one domain correlates {:+.2f} with that in another", "How far the standing of models carries from one domain to another"),
        "rank correlation", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
