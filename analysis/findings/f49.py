"""F49: evaluation is becoming more rigorous.

Five marks of each publication that scores a foundation model; the split is left out where no task
of it has one recorded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.scatter import scatter
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import MIN_CLUSTERS, Estimate, drawn_counts, percentiles
from analysis.findings.judged import flags, judged
from analysis.findings.thresholds import above, message, signed

MARKS = {
    "simple_baseline": "a simple baseline",
    "uncertainty": "uncertainty",
    "several_runs": "several runs",
    "hard_split": "a split by homology or the like",
    "outsiders": "no model of the authors' own",
}
SQL = """
SELECT s.work, min(s.year) AS year,
    bool_or(s.kind = 'simple_baseline') AS simple_baseline,
    bool_or(s.uncertainty IS NOT NULL OR s.uncertainty_low IS NOT NULL) AS uncertainty,
    coalesce(bool_or(s.n_runs > 1), FALSE) AS several_runs,
    bool_or(list_has_any(s.generalisation, ['unseen_chromosome', 'homology_split', 'unseen_species', 'unseen_study', 'unseen_cell_type', 'unseen_perturbation']))
        FILTER (WHERE len(list_filter(s.generalisation, LAMBDA g: g <> 'nothing_held_out')) > 0) AS hard_split,
    NOT bool_or(s.kind = 'foundation_model' AND s.relation IN ('self', 'affiliated')) AS outsiders
FROM scored s
GROUP BY s.work
HAVING bool_or(s.kind = 'foundation_model')
ORDER BY year, s.work
"""


def scores(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a publication: year, and the share of its known marks."""
    marks = pd.DataFrame({name: flags(rows[name]) for name in MARKS})
    return rows[["work", "year"]].assign(year=rows["year"].astype(float), score=marks.mean(axis=1))


def slope(year: pd.Series, score: pd.Series) -> Estimate:
    """Least-squares slope by year; publications are drawn."""
    x = year.to_numpy(dtype=float)
    y = score.to_numpy(dtype=float)
    n = x.size
    if n < MIN_CLUSTERS or np.ptp(x) == 0:
        return Estimate(float("nan"), None, n)
    x = x - x.mean()

    def of(counts: Any) -> Any:
        w = counts.sum(axis=1)
        mx, my = counts @ x / w, counts @ y / w
        with np.errstate(invalid="ignore", divide="ignore"):
            return (counts @ (x * y) / w - mx * my) / (counts @ (x * x) / w - mx * mx)

    return Estimate(float(of(np.ones((1, n)))[0]), percentiles(of(drawn_counts(n))), n)


def measure(rows: pd.DataFrame) -> Found:
    """Change a year in the share of marks."""
    given = scores(rows)
    change = slope(given["year"], given["score"])
    if change.ci is None:
        return insufficient(
            change.n, "publications",
            f"at least {MIN_CLUSTERS} publications that score a foundation model, of two years",
        )  # fmt: skip
    said = ", ".join(f"{text} {flags(rows[name]).mean():.0%}" for name, text in MARKS.items())
    unknown = int(rows["hard_split"].isna().sum())
    return judged(
        above(change.ci, 0.0), change, "publications",
        f"A publication has {given['score'].mean():.0%} of five marks of rigour, changing by "
        f"{signed(change)} a year ({int(given['year'].min())} to {int(given['year'].max())}): "
        f"{said}. For {unknown} no split is recorded or nothing is held out.",
        "share of marks a year",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Share of publications with each mark, by year."""
    by_year = []
    for name, text in MARKS.items():
        shares = flags(rows[name]).groupby(rows["year"].astype(int)).agg(["mean", "count"])
        by_year += [
            (y, r["mean"], f"{text}, n = {int(r['count'])}", "a mark in a year")
            for y, r in shares.iterrows()
            if r["count"]
        ]
    points = pd.DataFrame(by_year, columns=["x", "y", "label", "group"])
    given = scores(rows)
    mean = given.groupby("year")["score"].mean().reset_index()
    line = mean.set_axis(["x", "y"], axis=1)
    return scatter(
        points, message(found, "Publications gain {:+.1%} of five marks of rigour a year", "Marks of rigour by year of publication"), "year",
        "share of publications", f"n = {found.n} {found.unit_of_n}; line: mean of the five", line,
    )  # fmt: skip
