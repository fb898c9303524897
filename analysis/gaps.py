"""The headline gaps: foundation models against comparators, and authors against others, pooled.

Pooled by the house default (docs/methods/meta.md): three levels, CR2 by publication; below five
publications only described. Across metrics in skill, within one metric family in metric points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from analysis.meta import MetaError, pooled_default

AGAINST = (
    "simple_baseline",
    "kmer_linear",
    "neural_from_scratch",
    "specialist",
    "random_init",
    "any_comparator",
)
EVIDENCE = {
    "everyone": ("self", "affiliated", "rival", "independent"),
    "authors": ("self", "affiliated"),
    "others": ("rival", "independent"),
}
"""Whose evidence: relation of the source to the foundation model."""

# Where nothing is known of any row's sampling variance: one metric point, squared.
FALLBACK_VARIANCE = 1e-4


@dataclass(frozen=True)
class PooledGap:
    """A pooled gap as it is shown; `message` says why there is no interval."""

    status: str
    k: int
    n_datasets: int
    n_publications: int
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    pi_low: float | None
    pi_high: float | None
    share_positive: float | None
    message: str


def pool(gaps: pd.DataFrame, column: str, variance: str) -> PooledGap:
    """Pool one column of differences by the house default.

    `gaps` needs the columns work, dataset, `column` and `variance` (NULL where unknown: those take
    the median of the known ones). Rows without a difference are left out.
    """
    used = gaps[gaps[column].notna()]
    if not len(used):
        return PooledGap("none", 0, 0, 0, None, None, None, None, None, None, "no rows")
    known = used[variance]
    fill = float(known.median()) if known.notna().any() else FALLBACK_VARIANCE
    v = known.fillna(fill).clip(lower=1e-12)
    try:
        p = pooled_default(used[column], v, used["dataset"], used["work"])
    except MetaError as error:
        return PooledGap(
            "refused", len(used), used["dataset"].nunique(), used["work"].nunique(),
            None, None, None, None, None, None, str(error),
        )  # fmt: skip
    ci, pi = p.ci or (None, None), p.prediction_interval or (None, None)
    return PooledGap(
        p.status, p.k, used["dataset"].nunique(), p.n_studies, p.estimate,
        ci[0], ci[1], pi[0], pi[1], p.positive, " ".join(p.warnings),
    )  # fmt: skip


def read_gaps(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """All rows of gap_arms with the variance of each difference, in points and in skill."""
    frame: pd.DataFrame = connection.execute(
        """
        SELECT g.*, va.variance + vb.variance AS variance,
            va.variance_skill + vb.variance_skill AS variance_skill
        FROM gap_arms g
        JOIN arm_variance va ON va.result = g.result
        JOIN arm_variance vb ON vb.result = g.comparator_result
        ORDER BY g.result, g.against
        """
    ).df()
    return frame


def read_reporting(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """All rows of gap_reporting_pairs with the variance of each difference."""
    frame: pd.DataFrame = connection.execute(
        """
        SELECT g.*, va.variance + vb.variance AS variance,
            va.variance_skill + vb.variance_skill AS variance_skill
        FROM gap_reporting_pairs g
        JOIN arm_variance va ON va.result = g.self_result
        JOIN arm_variance vb ON vb.result = g.other_result
        ORDER BY g.self_result, g.other_result
        """
    ).df()
    return frame


def _strata(frame: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """All rows, each domain, each metric family, and each family within each domain."""
    yield "all", "all", frame
    for domain, part in frame.groupby("domain", sort=True):
        yield str(domain), "all", part
    for family, part in frame.groupby("family", sort=True):
        yield "all", str(family), part
    for domain, within in frame.groupby("domain", sort=True):
        for family, part in within.groupby("family", sort=True):
            yield str(domain), str(family), part


def _row(head: dict[str, Any], frame: pd.DataFrame, versus: str, family: str) -> dict[str, Any]:
    unit = "skill" if family == "all" else "points"
    column = "skill_difference" if unit == "skill" else "difference"
    column += "_to_median" if versus == "median" else ""
    pooled = pool(frame, column, "variance_skill" if unit == "skill" else "variance")
    return {**head, "versus": versus, "unit": unit, **vars(pooled)}


def write_pooled(connection: duckdb.DuckDBPyConnection) -> None:
    """Create gap_pooled: a row is one pooled gap of one stratum."""
    rows: list[dict[str, Any]] = []
    gaps = read_gaps(connection)
    for against in AGAINST:
        for whose, relations in EVIDENCE.items():
            part = gaps[(gaps["against"] == against) & gaps["relation"].isin(relations)]
            for domain, family, stratum in _strata(part):
                head = {
                    "gap": "baseline", "against": against, "evidence": whose,
                    "domain": domain, "family": family,
                }  # fmt: skip
                for versus in ("best", "median"):
                    rows.append(_row(head, stratum, versus, family))
    reporting = read_reporting(connection)
    for domain, family, stratum in _strata(reporting):
        head = {
            "gap": "reporting", "against": "others_report", "evidence": "everyone",
            "domain": domain, "family": family,
        }  # fmt: skip
        rows.append(_row(head, stratum, "best", family))
    connection.execute(_TABLE)
    frame = pd.DataFrame(rows)
    if len(frame):
        connection.register("incoming", frame)
        connection.execute("INSERT INTO gap_pooled BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


_TABLE = """
CREATE TABLE gap_pooled (
    gap VARCHAR, against VARCHAR, evidence VARCHAR, domain VARCHAR, family VARCHAR, versus VARCHAR,
    unit VARCHAR, status VARCHAR, k INTEGER, n_datasets INTEGER, n_publications INTEGER,
    estimate DOUBLE, ci_low DOUBLE, ci_high DOUBLE, pi_low DOUBLE, pi_high DOUBLE,
    share_positive DOUBLE, message VARCHAR
);
COMMENT ON TABLE gap_pooled IS 'Pooled gaps. A row is one gap in one stratum: three-level REML with CR2 by publication, or a description where fewer than five publications speak.';
COMMENT ON COLUMN gap_pooled.gap IS 'baseline: foundation model minus comparator; reporting: authors'' value minus others''';
COMMENT ON COLUMN gap_pooled.against IS 'Sort of comparator';
COMMENT ON COLUMN gap_pooled.evidence IS 'Whose evidence: everyone''s, the models'' authors'', or others''';
COMMENT ON COLUMN gap_pooled.domain IS 'Task domain, or all';
COMMENT ON COLUMN gap_pooled.family IS 'Metric family, or all (then in skill)';
COMMENT ON COLUMN gap_pooled.versus IS 'Against the best or the median comparator of each cell';
COMMENT ON COLUMN gap_pooled.unit IS 'points: on the metric''s own scale; skill: 0 at chance, 1 when perfect';
COMMENT ON COLUMN gap_pooled.status IS 'pooled, descriptive (too few publications for an interval), refused, or none';
COMMENT ON COLUMN gap_pooled.k IS 'Differences';
COMMENT ON COLUMN gap_pooled.n_datasets IS 'Datasets among them';
COMMENT ON COLUMN gap_pooled.n_publications IS 'Independent publications among them';
COMMENT ON COLUMN gap_pooled.estimate IS 'Pooled difference; a median of medians where only described';
COMMENT ON COLUMN gap_pooled.ci_low IS 'Lower end of the 95% confidence interval';
COMMENT ON COLUMN gap_pooled.ci_high IS 'Upper end of the 95% confidence interval';
COMMENT ON COLUMN gap_pooled.pi_low IS 'Lower end of the 95% prediction interval for a new publication';
COMMENT ON COLUMN gap_pooled.pi_high IS 'Upper end of the 95% prediction interval';
COMMENT ON COLUMN gap_pooled.share_positive IS 'Share of differences above zero, ties counting half';
COMMENT ON COLUMN gap_pooled.message IS 'What the method has to say about it';
"""
