"""F47: architecture matters more than size.

Models of one cell share its difficulty, so skill is taken from the cell's mean, and attributes
likewise. Least squares on each set of attributes, fitted without a publication, predicts that
publication: the share of variance between models so predicted can't be had by many dummies alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.charts.bars import bars
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.bootstrap import MIN_CLUSTERS, Estimate, drawn_counts, percentiles
from analysis.findings.judged import bar_rows, judged
from analysis.findings.thresholds import above, signed

FloatArray = NDArray[np.float64]
RIDGE = 1e-3
"""Of the mean squared column: only so that dummies which a fold lacks are solvable."""
SQL = """
WITH attributed AS (
    SELECT s.work, s.cell, s.protocol, s.method, v.id AS variant, avg(s.skill) AS skill,
        v.architecture, v.tokenizer, array_to_string(list_sort(v.objective), '+') AS objective,
        log10(v.parameters) AS log_parameters
    FROM scored s JOIN variant v ON v.id = s.variant
    WHERE s.kind = 'foundation_model' AND s.skill IS NOT NULL AND v.parameters > 0
        AND v.architecture IS NOT NULL AND v.tokenizer IS NOT NULL AND v.objective IS NOT NULL
    GROUP BY ALL
)
SELECT *, count(*) OVER (PARTITION BY cell, protocol) AS n_in_cell
FROM attributed
QUALIFY n_in_cell >= 2
ORDER BY work, cell, protocol, variant
"""
SETS = {
    "architecture, tokenizer, objective": ("architecture", "tokenizer", "objective"),
    "size": ("log_parameters",),
    "both": ("architecture", "tokenizer", "objective", "log_parameters"),
}


def _design(rows: pd.DataFrame, columns: tuple[str, ...]) -> FloatArray:
    parts = []
    for column in columns:
        if pd.api.types.is_numeric_dtype(rows[column]):
            parts.append(rows[[column]].astype(float).to_numpy())
        else:
            parts.append(pd.get_dummies(rows[column]).astype(float).to_numpy())
    return np.hstack(parts)


def _centred(values: FloatArray, cell: NDArray[np.intp]) -> FloatArray:
    counts = np.bincount(cell).astype(float)
    means = np.vstack([np.bincount(cell, column) / counts for column in values.T]).T
    return np.asarray(values - means[cell])


@dataclass(frozen=True)
class Sums:
    """What least squares needs of each publication: y'y (n), and by set X'X (n, p, p), X'y (n, p).

    Each publication counts once: cells are averaged within it.
    """

    works: tuple[str, ...]
    total: FloatArray
    gram: dict[str, FloatArray]
    moment: dict[str, FloatArray]

    def without(self, work: str) -> Sums:
        """The same of all publications but one."""
        kept = np.array([w != work for w in self.works])
        return Sums(
            tuple(w for w in self.works if w != work), self.total[kept],
            {name: each[kept] for name, each in self.gram.items()},
            {name: each[kept] for name, each in self.moment.items()},
        )  # fmt: skip


def sums(rows: pd.DataFrame) -> Sums:
    """Sums of squares and products within cells, by publication."""
    keys = rows["cell"].astype(str) + "|" + rows["protocol"].astype(str)
    cell = pd.factorize(keys)[0]
    work, names = pd.factorize(rows["work"])
    y = _centred(rows[["skill"]].astype(float).to_numpy(), cell)[:, 0]
    weight = 1.0 / np.bincount(work)[work]
    mine = [work == w for w in range(len(names))]
    gram, moment = {}, {}
    for name, columns in SETS.items():
        x = _centred(_design(rows, columns), cell)
        weighted = x * weight[:, None]
        gram[name] = np.stack([weighted[m].T @ x[m] for m in mine])
        moment[name] = np.stack([weighted[m].T @ y[m] for m in mine])
    total = np.bincount(work, weight * y**2).astype(np.float64)
    return Sums(tuple(map(str, names)), total, gram, moment)


def errors(each: Sums) -> pd.DataFrame:
    """A row a publication: its variance within cells, and what each set leaves unpredicted.

    The set is fitted without the publication: |y - Xb|^2 = y'y - 2 b'X'y + b'X'X b.
    """
    table = {"total": each.total}
    for name in SETS:
        gram, moment = each.gram[name], each.moment[name]
        kept = gram.sum(axis=0) - gram
        size = kept.shape[-1]
        small = RIDGE * np.maximum(np.trace(kept, axis1=1, axis2=2) / size, 1e-12)
        ridged = kept + small[:, None, None] * np.eye(size)
        beta = np.linalg.solve(ridged, (moment.sum(axis=0) - moment)[..., None])[..., 0]
        fitted = np.einsum("wi,wij,wj->w", beta, gram, beta)
        table[name] = each.total - 2.0 * np.einsum("wi,wi->w", beta, moment) + fitted
    return pd.DataFrame(table, index=pd.Index(each.works, name="work"))


def explained(table: pd.DataFrame, name: str, minus: str | None = None) -> Estimate:
    """Share of variance that a set predicts in publications left out, or how much more than `minus`."""
    total = table["total"].to_numpy()
    gained = (table[minus] if minus else table["total"]).to_numpy() - table[name].to_numpy()
    if not total.sum() > 0:
        return Estimate(float("nan"), None, len(table))
    value = float(gained.sum() / total.sum())
    if len(table) < MIN_CLUSTERS:
        return Estimate(value, None, len(table))
    counts = drawn_counts(len(table))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Estimate(value, percentiles(counts @ gained / (counts @ total)), len(table))


def hangs_on(each: Sums, first: str, second: str) -> list[str]:
    """Publications without any one of which the verdict would be another, fitted anew."""

    def verdict(given: Sums) -> FindingVerdict | None:
        more = explained(errors(given), first, second)
        return above(more.ci, 0.0) if more.ci else None

    whole = verdict(each)
    return [work for work in each.works if verdict(each.without(work)) not in (whole, None)]


def measure(rows: pd.DataFrame) -> Found:
    """Predicted by architecture, tokenizer and objective minus predicted by size."""
    works = rows["work"].nunique()
    if works < MIN_CLUSTERS:
        return insufficient(
            works, "publications",
            f"tables with two models of recorded architecture, tokenizer, objective and size, "
            f"from at least {MIN_CLUSTERS} publications",
        )  # fmt: skip
    each = sums(rows)
    table = errors(each)
    first, second = list(SETS)[:2]
    more = explained(table, first, second)
    if more.ci is None:
        return insufficient(works, "publications", "cells in which models differ in skill")
    shares = {name: explained(table, name) for name in (first, second)}
    neither = (
        " Neither predicts better than no difference."
        if all(e.value <= 0 for e in shares.values())
        else ""
    )
    lone = hangs_on(each, first, second)
    single = (
        f" The verdict hangs on single publications: without {' or '.join(lone)} it is another."
        if lone
        else ""
    )
    return judged(
        above(more.ci, 0.0), more, "publications",
        f"Of the variance in skill between models of one cell, architecture, tokenizer and "
        f"objective predict {signed(shares[first], 2)} in publications left out, log "
        f"parameters {signed(shares[second], 2)}: a difference of {signed(more, 2)}. "
        f"Below 0 means worse than predicting no difference.{neither}{single}",
        "share of variance",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Predicted share of variance by set of attributes."""
    table = errors(sums(rows)) if len(rows) else pd.DataFrame()
    shares = {name: explained(table, name) for name in SETS} if len(rows) else {}
    return bars(
        bar_rows(shares), _message(shares),
        "share of the variance between models of one cell",
        f"n = {found.n} {found.unit_of_n}; below 0: worse than predicting nothing", 0.0,
    )  # fmt: skip


def _message(shares: dict[str, Estimate]) -> str:
    known = {name: each.value for name, each in shares.items() if each.value == each.value}
    best = max(known, key=lambda name: known[name], default="")
    if not best:
        return "What predicts which model is better: too little to say"
    if known[best] <= 0:
        return "Nothing recorded of a model predicts which is better in publications left out"
    return f"Best predictor of which model is better in publications left out: {best}"
