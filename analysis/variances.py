"""Sampling variances of all scored results, and effects of all pairs that the gaps are made of."""

from __future__ import annotations

import duckdb
import pandas as pd

from analysis.comment import comment_on
from analysis.effects import arm_variances, impute, paired_effects
from analysis.effects.pairs import RHO


def sql_covariance(a: str = "va", b: str = "vb") -> str:
    """Twice the covariance of two rows of arm_variance, whose methods met the same test items."""
    return f"2 * {RHO} * coalesce(sqrt({a}.test_variance * {b}.test_variance), 0)"


_ARMS = """
SELECT result, metric, family, value, higher_is_better, chance, perfect, n_test, n_classes,
    positive_share AS prevalence, uncertainty, uncertainty_low, uncertainty_high, uncertainty_kind,
    uncertainty_over, n_runs,
    CASE metric WHEN 'f1-macro' THEN 'macro' WHEN 'f1-micro' THEN 'micro'
        WHEN 'f1-weighted' THEN 'weighted' END AS average,
    CASE WHEN metric IN ('rmse', 'rmse-de', 'mcrmse', 'l2-distance') THEN 'rmse'
        WHEN metric = 'mae' THEN 'mae' END AS error_kind,
    -- without seeds to draw, training adds no noise: zero, not unknown
    protocol IN ('zero_shot', 'as_released', 'untrained_rule') OR subkind IN (
        'kmer_linear', 'composition', 'linear', 'mean_predictor', 'nearest_neighbour', 'pca',
        'conservation', 'alignment', 'constant', 'no_change'
    ) AS deterministic
FROM scored_all ORDER BY result
"""
_OF_BOTH = (
    "value", "uncertainty", "uncertainty_low", "uncertainty_high", "uncertainty_kind",
    "uncertainty_over", "n_runs", "deterministic",
)  # fmt: skip
_OF_TASK = (
    "metric", "family", "higher_is_better", "chance", "perfect", "n_test", "n_classes", "prevalence",
    "average", "error_kind",
)  # fmt: skip


def write_arm_variance(connection: duckdb.DuckDBPyConnection) -> None:
    """Create arm_variance (a row a scored result) and pair_effect (a row a pair of a gap)."""
    arms: pd.DataFrame = connection.execute(_ARMS).df()
    noise = arm_variances(arms)
    variance, source = impute(
        noise["variance"].to_numpy(dtype=float), noise["source"].to_numpy(dtype=object),
        pd.to_numeric(arms["n_test"], errors="coerce").to_numpy(dtype=float, na_value=float("nan")),
        arms["metric"].to_numpy(dtype=object),
    )  # fmt: skip
    room = (arms["perfect"] - arms["chance"]).astype(float)
    frame = pd.DataFrame(
        {
            "result": arms["result"],
            "variance": variance,
            "test_variance": noise["test"],
            "variance_skill": variance / room.where(room != 0) ** 2,
            "variance_source": [None if s is None else str(s) for s in source],
            "assumed": noise["notes"],
        }
    )
    _table(connection, "arm_variance", frame, _ARM_COMMENTS)
    pairs: pd.DataFrame = connection.execute(
        "SELECT DISTINCT result AS a, comparator_result AS b FROM gap_arms "
        "UNION SELECT DISTINCT result, comparator_result FROM gap_own "
        "UNION SELECT DISTINCT self_result, other_result FROM gap_reporting_pairs ORDER BY 1, 2"
    ).df()
    _table(connection, "pair_effect", pair_effects(pairs, arms), _PAIR_COMMENTS)


def pair_effects(pairs: pd.DataFrame, arms: pd.DataFrame) -> pd.DataFrame:
    """Effect and variance of each pair of results (columns a, b), on its family's scale."""
    by_result = arms.set_index("result")
    a, b = by_result.loc[pairs["a"]], by_result.loc[pairs["b"]]
    both = pd.DataFrame({name: a[name].to_numpy() for name in _OF_TASK})
    for name in _OF_BOTH:
        both[f"{name}_a"], both[f"{name}_b"] = a[name].to_numpy(), b[name].to_numpy()
    found = paired_effects(both)
    return pd.DataFrame(
        {
            "result": pairs["a"],
            "comparator_result": pairs["b"],
            "effect": found["y"],
            "effect_variance": found["v"],
            "effect_scale": found["scale"],
            "variance": found["v_difference"],
            "variance_skill": found["v_skill"],
            "variance_source": [None if s is None else str(s) for s in found["source"]],
            "assumed": found["notes"],
            "problem": found["problem"],
        }
    )


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame, comments: dict[str, str]
) -> None:
    connection.register("incoming", frame)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
    connection.unregister("incoming")
    comment_on(connection, name, comments)


_ARM_COMMENTS = {
    "": "Sampling variance of scored results (docs/methods/effects.md). A row is one result.",
    "result": "The result",
    "variance": "Variance of its value on the metric's own scale: test set and training",
    "test_variance": "The part of it that is the test set's",
    "variance_skill": "Variance of its skill",
    "variance_source": "Where it is from: n_test, seeds, a reported error, or imputed and how",
    "assumed": "What was assumed on the way",
}
_PAIR_COMMENTS = {
    "": "Effect sizes of pairs of results (docs/methods/effects.md). A row is one pair of a gap.",
    "result": "The model's result, or the authors'",
    "comparator_result": "What it is held against",
    "effect": "Difference on the scale that the metric's family is pooled on, positive where the first is better",
    "effect_variance": "Its sampling variance",
    "effect_scale": "That scale: difference, fisher z, log ratio, logit ...",
    "variance": "Sampling variance of the difference in metric points",
    "variance_skill": "Sampling variance of the difference in skill",
    "variance_source": "Where the variance is from",
    "assumed": "What was assumed on the way",
    "problem": "Why there is no effect, where there is none",
}
