"""The headline gaps: foundation models against comparators, and authors against others, pooled.

Pooled by the house default (docs/methods/meta.md): three levels, CR2 by publication; below five
publications only described. Across metrics in skill, within one metric family in metric points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analysis.comment import comment_on
from analysis.effects import sensitivity as variance_sensitivity
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

IN_SKILL = ("domain", "work", "dataset", "method")
IN_FAMILY = (*IN_SKILL, "family", "metric", "effect_scale")
"""Rows that share these are one piece of evidence: in skill, metrics of one dataset are averaged."""

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
    p: float | None = None


def one_each(
    gaps: pd.DataFrame, column: str, variance: str, keys: tuple[str, ...] = IN_SKILL
) -> pd.DataFrame:
    """One difference for each model, dataset and publication: the mean of its rows.

    Checkpoints, configurations and metrics of one model on one dataset are one piece of evidence; the
    variance of their mean is taken as the mean variance, since they share the test set. Rows
    without a difference are left out. Returns the keys with `y` and `v`.
    """
    used = gaps.assign(y=gaps[column].astype(float), v=gaps[variance].astype(float))
    used = used[used["y"].notna()]
    return used.groupby(list(keys), sort=True)[["y", "v"]].mean().reset_index()


def pool(differences: pd.DataFrame) -> PooledGap:
    """Pool what `one_each` gives by the house default.

    Unknown variances take the median of the known ones.
    """
    k = len(differences)
    if not k:
        return PooledGap("none", 0, 0, 0, None, None, None, None, None, None, "no rows")
    known = differences["v"]
    fill = float(known.median()) if known.notna().any() else FALLBACK_VARIANCE
    v = known.fillna(fill).clip(lower=1e-12)
    n_sets, n_works = differences["dataset"].nunique(), differences["work"].nunique()
    try:
        p = pooled_default(differences["y"], v, differences["dataset"], differences["work"])
    except MetaError as error:
        none = (None,) * 6
        return PooledGap("refused", k, n_sets, n_works, *none, str(error))
    ci, pi = p.ci or (None, None), p.prediction_interval or (None, None)
    return PooledGap(
        p.status, p.k, n_sets, p.n_studies, p.estimate, ci[0], ci[1], pi[0], pi[1], p.positive,
        " ".join(p.warnings), p.p,
    )  # fmt: skip


def read_gaps(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """All rows of gap_arms with the variance of each difference, in points and in skill."""
    frame: pd.DataFrame = connection.execute(
        """
        SELECT g.*, e.effect, e.effect_variance, e.effect_scale, e.variance, e.variance_skill,
            e.variance_source
        FROM gap_arms g
        JOIN pair_effect e ON e.result = g.result AND e.comparator_result = g.comparator_result
        ORDER BY g.result, g.against
        """
    ).df()
    return frame


def read_reporting(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """All rows of gap_reporting_pairs with the variance of each difference."""
    frame: pd.DataFrame = connection.execute(
        """
        SELECT g.*, e.effect, e.effect_variance, e.effect_scale, e.variance, e.variance_skill,
            e.variance_source
        FROM gap_reporting_pairs g
        JOIN pair_effect e ON e.result = g.self_result AND e.comparator_result = g.other_result
        ORDER BY g.self_result, g.other_result
        """
    ).df()
    return frame


def _strata(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """All rows, then each domain."""
    yield "all", frame
    for domain, part in frame.groupby("domain", sort=True):
        yield str(domain), part


def _pooled_rows(
    frame: pd.DataFrame, head: dict[str, Any], versus: str
) -> Iterator[dict[str, Any]]:
    """Strata of one gap: by domain in skill, and by metric family in metric points."""
    suffix = "_to_median" if versus == "median" else ""
    skill = one_each(frame, f"skill_difference{suffix}", "variance_skill")
    for domain, part in _strata(skill):
        yield {**head, "versus": versus, "domain": domain, "family": "all", "unit": "skill",
               **vars(pool(part))}  # fmt: skip
    if versus == "median" or head["evidence"] != "everyone":
        return
    effects = one_each(frame, "effect", "effect_variance", IN_FAMILY)
    for family, within in effects.groupby("family", sort=True):
        # a metric near its ceiling is pooled on the logit, others of its family aren't
        for scale, alike in within.groupby("effect_scale", sort=True):
            for domain, part in _strata(alike):
                yield {**head, "versus": versus, "domain": domain, "family": str(family),
                       "unit": str(scale), **vars(pool(part))}  # fmt: skip


def holm(pooled: pd.DataFrame) -> pd.Series:
    """p-values adjusted by Holm (1979) for the domains of one gap, comparator and whose evidence."""
    adjusted = pd.Series(np.nan, index=pooled.index)
    families = ["gap", "against", "evidence", "versus", "family", "unit"]
    for _, group in pooled[(pooled["domain"] != "all") & pooled["p"].notna()].groupby(families):
        p = group["p"].astype(float).sort_values(kind="stable")
        steps = p * np.arange(len(p), 0, -1)
        adjusted[p.index] = steps.cummax().clip(upper=1.0)
    return adjusted


def sensitivity(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The headline gaps under other sampling variances: a row is one gap under one assumption."""
    gaps, reporting = read_gaps(connection), read_reporting(connection)
    parts = {("baseline", a): gaps[gaps["against"] == a] for a in AGAINST}
    parts["reporting", "others_report"] = reporting
    rows = []
    for (gap, against), part in parts.items():
        source = part["variance_source"].to_numpy(dtype=object)
        v = part["variance_skill"].to_numpy(dtype=float)
        for assumption, (kept, other) in variance_sensitivity(v, source).items():
            changed = part[kept].assign(variance_skill=other)
            found = pool(one_each(changed, "skill_difference", "variance_skill"))
            rows.append({"gap": gap, "against": against, "assumption": assumption, **vars(found)})
    return pd.DataFrame(rows)


def write_sensitivity(connection: duckdb.DuckDBPyConnection) -> None:
    """Create gap_sensitivity: do the headline gaps hang on variances that were imputed?"""
    frame = sensitivity(connection)
    connection.register("incoming", frame)
    connection.execute("CREATE TABLE gap_sensitivity AS SELECT * EXCLUDE (p) FROM incoming")
    connection.unregister("incoming")
    comment_on(connection, "gap_sensitivity", _SENSITIVITY)


_SENSITIVITY = {
    "": "The headline gaps in skill, everyone's evidence, under other sampling variances. A row is one "
    "gap under one assumption.",
    "gap": "baseline or reporting",
    "against": "Sort of comparator",
    "assumption": "as_imputed, known_only (rows with an imputed variance left out), all_equal, imputed_half, imputed_double",
    "status": "pooled, descriptive, refused or none",
    "k": "Differences",
    "n_datasets": "Datasets",
    "n_publications": "Publications",
    "estimate": "Pooled difference in skill",
    "ci_low": "Lower end of the 95% interval",
    "ci_high": "Upper end of the 95% interval",
    "pi_low": "Lower end of the prediction interval",
    "pi_high": "Upper end of the prediction interval",
    "share_positive": "Share of differences above zero",
    "message": "What the method has to say about it",
}


def write_pooled(connection: duckdb.DuckDBPyConnection) -> None:
    """Create gap_pooled: a row is one pooled gap of one stratum."""
    rows: list[dict[str, Any]] = []
    gaps = read_gaps(connection)
    for against in AGAINST:
        for whose, relations in EVIDENCE.items():
            part = gaps[(gaps["against"] == against) & gaps["relation"].isin(relations)]
            head = {"gap": "baseline", "against": against, "evidence": whose}
            for versus in ("best", "median"):
                rows += _pooled_rows(part, head, versus)
    head = {"gap": "reporting", "against": "others_report", "evidence": "everyone"}
    rows += _pooled_rows(read_reporting(connection), head, "best")
    connection.execute(_TABLE)
    frame = pd.DataFrame(rows)
    if len(frame):
        frame = frame.assign(p_adjusted=holm(frame))
        connection.register("incoming", frame)
        connection.execute("INSERT INTO gap_pooled BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


_TABLE = """
CREATE TABLE gap_pooled (
    gap VARCHAR, against VARCHAR, evidence VARCHAR, domain VARCHAR, family VARCHAR, versus VARCHAR,
    unit VARCHAR, status VARCHAR, k INTEGER, n_datasets INTEGER, n_publications INTEGER,
    estimate DOUBLE, ci_low DOUBLE, ci_high DOUBLE, pi_low DOUBLE, pi_high DOUBLE,
    share_positive DOUBLE, p DOUBLE, p_adjusted DOUBLE, message VARCHAR
);
COMMENT ON COLUMN gap_pooled.p IS 'p-value of no gap; NULL below four degrees of freedom';
COMMENT ON COLUMN gap_pooled.p_adjusted IS 'The same adjusted by Holm over the domains of one gap, comparator and whose evidence';
COMMENT ON TABLE gap_pooled IS 'Pooled gaps. A row is one gap in one stratum: three-level REML with CR2 by publication, or a description where fewer than five publications speak.';
COMMENT ON COLUMN gap_pooled.gap IS 'baseline: foundation model minus comparator; reporting: authors'' value minus others''';
COMMENT ON COLUMN gap_pooled.against IS 'Sort of comparator';
COMMENT ON COLUMN gap_pooled.evidence IS 'Whose evidence: everyone''s, the models'' authors'', or others''';
COMMENT ON COLUMN gap_pooled.domain IS 'Task domain, or all';
COMMENT ON COLUMN gap_pooled.family IS 'Metric family, or all (then in skill)';
COMMENT ON COLUMN gap_pooled.versus IS 'Against the best or the median comparator of each cell';
COMMENT ON COLUMN gap_pooled.unit IS 'skill (0 at chance, 1 when perfect), or the scale of the metric family: difference in points, fisher z, log ratio, logit';
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
