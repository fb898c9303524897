"""F05: foundation models are rarely compared head to head."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from analysis.charts.bars import bars
from analysis.charts.style import in_words
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import mean_of_pairs
from analysis.findings.thresholds import FEW, below, headline, percent

SQL = """
WITH met AS (
    SELECT a.method AS a, b.method AS b, count(DISTINCT a.work) AS n_publications,
        count(DISTINCT a.work) FILTER (WHERE a.relation = 'independent' AND b.relation = 'independent') AS n_independent
    FROM (
        SELECT DISTINCT cell, protocol, method, work, relation FROM scored
        WHERE kind = 'foundation_model'
    ) a
    JOIN (
        SELECT DISTINCT cell, protocol, method, relation FROM scored
        WHERE kind = 'foundation_model'
    ) b ON b.cell = a.cell AND a.method < b.method AND (
        a.protocol = b.protocol
        OR a.protocol IN ('own_training', 'as_released', 'untrained_rule')
        OR b.protocol IN ('own_training', 'as_released', 'untrained_rule')
    )
    GROUP BY a.method, b.method
)
SELECT a.id AS a, b.id AS b, array_to_string(list_intersect(a.modality, b.modality), ', ') AS modality,
    coalesce(met.n_publications, 0) AS n_publications,
    coalesce(met.n_independent, 0) AS n_independent
FROM method a
JOIN method b ON a.id < b.id AND list_has_any(a.modality, b.modality)
LEFT JOIN met ON met.a = a.id AND met.b = b.id
WHERE a.kind = 'foundation_model' AND b.kind = 'foundation_model'
ORDER BY a.id, b.id
"""


def graph(rows: pd.DataFrame, column: str) -> tuple[list[str], NDArray[np.float64]]:
    """Models, and a symmetric matrix: 1 where a pair met, 0 where not, NaN across modalities."""
    names = sorted({*rows["a"], *rows["b"]})
    at = {name: i for i, name in enumerate(names)}
    pairs = np.full((len(names), len(names)), np.nan)
    i, j = rows["a"].map(at).to_numpy(dtype=int), rows["b"].map(at).to_numpy(dtype=int)
    pairs[i, j] = pairs[j, i] = (rows[column] > 0).to_numpy(dtype=float)
    return names, pairs


def measure(rows: pd.DataFrame) -> Found:
    """Share of same-modality pairs ever scored in one cell, and the graph they make."""
    names, pairs = graph(rows, "n_publications")
    ever = mean_of_pairs(pairs)
    if ever.ci is None:
        return insufficient(len(names), "models", "at least five models of one modality")
    alone = mean_of_pairs(graph(rows, "n_independent")[1])
    edges = np.nan_to_num(pairs)
    parts = connected_components(csr_array(edges), directed=False)[1]
    sizes = np.bincount(parts)
    says = (
        f"{percent(ever)} of {len(rows)} same-modality pairs of {len(names)} models were ever "
        f"scored under the same conditions by anyone, {percent(alone)} by people independent of "
        f"both. {int((edges.sum(axis=1) == 0).sum())} models never met another; the largest "
        f"connected group has {int(sizes.max())}, and {int((sizes > 1).sum())} groups have two or "
        "more."
    )
    return Found(
        below(ever.ci, FEW), len(names), "models", says, ever.value, ever.ci[0], ever.ci[1],
        "share of pairs",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Share of pairs that ever met, by modality."""
    lines = []
    each = rows.assign(modality=rows["modality"].str.split(", ")).explode("modality")
    for modality, part in each.groupby("modality"):
        share = mean_of_pairs(graph(part, "n_publications")[1])
        low, high = share.ci or (np.nan, np.nan)
        lines.append((in_words(str(modality)), share.value, low, high, len(part)))
    data = pd.DataFrame(lines, columns=["label", "estimate", "ci_low", "ci_high", "n"])
    return bars(
        data.sort_values("n", ascending=False),
        headline(found, "{:.0%} of pairs of models were ever compared under the same conditions"),
        "share of pairs in one cell at least once",
        f"n = {found.n} models; in brackets pairs; dashed: a quarter", FEW,
    )  # fmt: skip
