"""Rankings by domain, adjusted p-values, and results that enter no comparison."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from analysis.gaps import holm
from analysis.rankings import rank_domain


def _rows(orders: dict[str, list[str]], work: str = "w") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"task": task, "work": f"{work}{i}", "method": method, "score": -place}
            for i, (task, order) in enumerate(orders.items())
            for place, method in enumerate(order)
        ]
    )


def test_unanimous_tasks_rank_as_they_say_and_agree_wholly() -> None:
    ranked, agreement = rank_domain("d", _rows({f"t{i}": ["a", "b", "c"] for i in range(6)}))
    assert [(row["method"], row["rank"], row["rank_low"], row["rank_high"]) for row in ranked] == [
        ("a", 1, 1, 1), ("b", 2, 2, 2), ("c", 3, 3, 3),
    ]  # fmt: skip
    assert agreement is not None
    assert agreement["w"] == pytest.approx(1.0)
    # Demsar 2006, table 5: q = 2.343 for three classifiers; CD = q sqrt(3 * 4 / (6 * 6))
    assert agreement["critical_difference"] == pytest.approx(2.343 * (12 / 36) ** 0.5, abs=2e-3)


def test_a_model_that_skips_tasks_is_ranked_by_those_it_met_and_no_other() -> None:
    # c was only measured on three tasks, and beat b on each: a mean rank would say nothing of it
    orders = {f"t{i}": ["a", "b"] for i in range(6)} | {f"u{i}": ["a", "c", "b"] for i in range(3)}
    ranked, _ = rank_domain("d", _rows(orders))
    assert [row["method"] for row in ranked] == ["a", "c", "b"]
    assert {row["method"]: row["n_rows"] for row in ranked} == {"a": 9, "b": 9, "c": 3}


def test_one_model_gives_no_ranking() -> None:
    assert rank_domain("d", _rows({f"t{i}": ["a"] for i in range(6)})) == ([], None)


def test_holm_agrees_with_statsmodels_within_each_family() -> None:
    p = [0.01, 0.04, 0.03, 0.2]
    frame = pd.DataFrame(
        {
            "gap": "baseline", "against": ["x"] * 4 + ["y"], "evidence": "everyone",
            "versus": "best", "family": "all", "unit": "skill", "p": [*p, 0.04],
            "domain": ["d1", "d2", "d3", "d4", "d1"],
        }
    )  # fmt: skip
    expected = multipletests(p, method="holm")[1]
    assert holm(frame).tolist() == pytest.approx([*expected, 0.04])


def test_results_without_a_partner_say_why(small: duckdb.DuckDBPyConnection) -> None:
    reasons = dict(small.execute("SELECT result, reason FROM unpaired").fetchall())
    # by hand: alpha and beta alone on toys/one of the first table; the second table's zero-shot,
    # failed and flagged rows
    assert {key: value.split()[0] for key, value in reasons.items()} == {
        "abel2024alpha/table-1#1": "no",
        "abel2024alpha/table-1#2": "no",
        "cole2025check/table-2#7": "no",
        "cole2025check/table-2#8": "the",
        "cole2025check/table-2#9": "flagged",
    }


def test_sensitivity_covers_every_assumption(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        "SELECT assumption, count(*) FROM gap_sensitivity GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [name for name, _ in rows] == [
        "all_equal", "as_imputed", "imputed_double", "imputed_half", "known_only",
    ]  # fmt: skip
    same = real.execute(
        "SELECT s.estimate, g.estimate FROM gap_sensitivity s JOIN gap_pooled g ON g.gap = s.gap AND "
        "g.against = s.against AND g.evidence = 'everyone' AND g.versus = 'best' AND g.domain = 'all' "
        "AND g.family = 'all' WHERE s.assumption = 'as_imputed' AND s.status = 'pooled'"
    ).fetchall()
    assert len(same) >= 5
    assert all(a == pytest.approx(b, abs=1e-6) for a, b in same)
