"""A pooled verdict that one publication decides says so; cases by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from analysis.findings.pooled import helps, no_better


def _row(low: float, high: float, without: Any) -> pd.DataFrame:
    return pd.DataFrame([{
        "label": "all", "estimate": (low + high) / 2, "ci_low": low, "ci_high": high, "k": 9,
        "n_datasets": 9, "n_publications": 6, "share_positive": 0.5, "without": without,
    }])  # fmt: skip


def _left(**ends: tuple[float | None, float | None]) -> np.ndarray:
    return np.array([{"work": w, "low": a, "high": b} for w, (a, b) in ends.items()], dtype=object)


@pytest.mark.parametrize(
    ("without", "said"),
    [
        # still below 0.05 without either: nothing to say
        (_left(a=(-0.10, 0.04), b=(-0.20, 0.03)), ""),
        # 0.06 holds the gap that matters: in part
        (_left(a=(-0.10, 0.06), b=(-0.20, 0.03)), "without a it is another"),
        (_left(a=(-0.10, 0.06), b=(0.06, 0.2)), "without a or b it is another"),
        # too few left for an interval is another verdict too
        (_left(a=(None, None), b=(-0.20, 0.03)), "without a it is another"),
        (_left(**dict.fromkeys("abcd", (-0.1, 0.06))), "any one of 4 of the 4 it is another"),
        (None, ""),
    ],
)
def test_about_as_good_names_what_it_hangs_on(without: Any, said: str) -> None:
    found = no_better(_row(-0.1, 0.048, without), "best rival")
    assert found.verdict == "holds"
    assert (said in found.says) if said else ("hangs" not in found.says)


def test_help_names_what_it_hangs_on() -> None:
    # without b the interval holds zero
    row = _row(0.02, 0.2, _left(a=(0.01, 0.2), b=(-0.01, 0.2))).iloc[0]
    found = helps(row, "its own network")
    assert found.verdict == "holds"
    assert found.says.endswith("The verdict hangs on single publications: without b it is another.")


def test_each_publication_is_left_out_once(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        "SELECT w.against, count(*), count(DISTINCT w.work), min(w.n_publications), "
        "max(w.n_publications), any_value(g.n_publications), sum(g.k - w.k) = any_value(g.k) "
        "FROM gap_without w JOIN gap_pooled g ON g.against = w.against AND g.evidence = 'everyone' "
        "AND g.domain = 'all' AND g.family = 'all' AND g.versus = 'best' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [row[0] for row in rows] == [
        "kmer_linear", "random_init", "simple_baseline", "specialist",
    ]  # fmt: skip
    for _, n, works, fewest, most, publications, all_left_once in rows:
        assert n == works == publications
        assert fewest == most == publications - 1
        assert all_left_once
