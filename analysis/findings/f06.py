"""F06: a practitioner can't choose a foundation model from what is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.charts.distribution import distribution
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of
from analysis.findings.thresholds import MOST, below, headline, percent
from analysis.ranking import RankingError, ScoreTable, friedman

SQL = """
WITH value AS (
    SELECT work, evaluation, protocol, metric, split, cell, task, domain, dataset, method,
        max(score) AS score
    FROM scored
    WHERE kind = 'foundation_model'
    GROUP BY work, evaluation, protocol, metric, split, cell, task, domain, dataset, method
),
block AS (
    SELECT evaluation, protocol, metric, split, count(*) AS n
    FROM value
    GROUP BY evaluation, protocol, metric, split
    QUALIFY row_number() OVER (PARTITION BY evaluation ORDER BY n DESC, protocol, metric, split) = 1
)
SELECT value.*
FROM value
JOIN block USING (evaluation, protocol, metric, split)
ORDER BY evaluation, cell, method
"""
LEAST = 3
"""Models and cells that a table needs before its order says anything."""


@dataclass(frozen=True)
class Block:
    """The models of one table that were scored in all the cells kept: scores (cells, models)."""

    work: str
    evaluation: str
    models: tuple[str, ...]
    domains: tuple[str, ...]
    scores: NDArray[np.float64]

    @property
    def ranks(self) -> NDArray[np.float64]:
        """Ranks within cells, 1 for the best, ties sharing their mean."""
        return np.asarray(stats.rankdata(-self.scores, axis=1), dtype=np.float64)


def blocks(rows: pd.DataFrame) -> Iterator[Block]:
    """One block a table, in the protocol, metric and split in which it has most values.

    Models scored in at least half of the cells, then the cells that all of them have.
    """
    for (work, evaluation), part in rows.groupby(["work", "evaluation"]):
        wide = part.pivot(index="cell", columns="method", values="score").sort_index()
        wide = wide.loc[:, wide.notna().mean() >= 0.5].dropna()
        if min(wide.shape) < LEAST:
            continue
        domain = part.drop_duplicates("cell").set_index("cell")["domain"]
        yield Block(
            str(work), str(evaluation), tuple(str(m) for m in wide.columns),
            tuple(str(domain[cell]) for cell in wide.index), wide.to_numpy(dtype=float),
        )  # fmt: skip


def next_best(block: Block) -> float:
    """How often the best model by mean rank over the other cells is best in a cell.

    Ties share: of two models with the same mean rank each counts half.
    """
    ranks = block.ranks
    rest = ranks.sum(axis=0)[None, :] - ranks
    chosen = np.isclose(rest, rest.min(axis=1, keepdims=True))
    top = np.isclose(block.scores, block.scores.max(axis=1, keepdims=True), rtol=1e-12, atol=1e-12)
    return float(((chosen & top).sum(axis=1) / chosen.sum(axis=1)).mean())


def concordance(block: Block) -> float:
    """Kendall's W over the cells of a block."""
    n = len(block.scores)
    table = ScoreTable(
        block.scores, block.models, tuple(map(str, range(n))), (block.evaluation,) * n
    )
    try:
        return friedman(table).w
    except RankingError:
        return float("nan")


Order = dict[str, float]


def tau(first: Order, second: Order) -> float:
    """Kendall's tau-b of two orders (mean rank by model); NaN below three models in common."""
    shared = sorted(first.keys() & second.keys())
    if len(shared) < LEAST:
        return float("nan")
    a, b = [first[m] for m in shared], [second[m] for m in shared]
    if len(set(a)) < 2 or len(set(b)) < 2:
        return float("nan")
    return float(stats.kendalltau(a, b).statistic)


def between_publications(found: list[Block]) -> Estimate:
    """Mean tau of the orders of shared models, over pairs of publications."""
    orders = [dict(zip(b.models, b.ranks.mean(axis=0), strict=True)) for b in found]
    taus = [
        (tau(orders[i], orders[j]), f"{min(a.work, b.work)} {max(a.work, b.work)}")
        for (i, a), (j, b) in combinations(enumerate(found), 2)
        if a.work != b.work
    ]
    return mean_of([t for t, _ in taus], [pair for _, pair in taus])


def between_domains(found: list[Block]) -> Estimate:
    """Mean tau of the orders between the domains of one table."""
    taus, works = [], []
    for block in found:
        domain = np.array(block.domains)
        orders = [
            dict(zip(block.models, block.ranks[domain == d].mean(axis=0), strict=True))
            for d in sorted(set(block.domains))
        ]
        for a, b in combinations(orders, 2):
            taus.append(tau(a, b))
            works.append(block.work)
    return mean_of(taus, works)


def measure(rows: pd.DataFrame) -> Found:
    """Chance that the model best elsewhere in a table is best on the next task."""
    found = list(blocks(rows))
    works = [b.work for b in found]
    best = mean_of([next_best(b) for b in found], works)
    if best.ci is None:
        return insufficient(
            best.n, "publications", "tables of at least five publications that score three or more "
            "foundation models on three or more tasks",
        )  # fmt: skip
    blind = mean_of([1 / len(b.models) for b in found], works)
    w = mean_of([concordance(b) for b in found], works)
    papers, domains = between_publications(found), between_domains(found)
    says = (
        f"The model that is best on a table's other tasks is best on the next in {percent(best)} of "
        f"cases ({blind.value:.0%} by blind choice) in {len(found)} tables of {best.n} "
        f"publications. Kendall's W within tables is {w.value:.2f} on average; the mean tau of "
        f"shared models is {papers.value:.2f} between publications ({papers.n} pairs) and "
        f"{domains.value:.2f} between domains of a table ({domains.n} publications)."
    )
    return Found(
        below(best.ci, MOST), best.n, "publications", says, best.value, best.ci[0], best.ci[1],
        "share of tasks",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """How often the best elsewhere is best here, by table."""
    values = pd.Series([next_best(b) for b in blocks(rows)], dtype=float)
    return distribution(
        values, headline(found, "The model that is best elsewhere is best on the next task {:.0%} of the time"),
        "share of a table's tasks", f"n = {len(values)} tables of {found.n} publications",
        MOST, "tables", 12,
    )  # fmt: skip
