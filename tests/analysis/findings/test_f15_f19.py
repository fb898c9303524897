"""Findings on limited gains, on rows made by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from analysis.build import build
from analysis.findings import f15, f16, f17, f18, f19, f49
from analysis.findings.base import FindingVerdict

HOLDS, PART = FindingVerdict.holds, FindingVerdict.holds_in_part
NO, THIN = FindingVerdict.does_not_hold, FindingVerdict.insufficient_evidence


def _gaps(values: list[float], **more: object) -> pd.DataFrame:
    """One difference a publication."""
    n = len(values)
    frame = pd.DataFrame(
        {
            "work": [f"w{i}" for i in range(n)], "dataset": [f"d{i}" for i in range(n)],
            "domain": "promoter", "metric": "mcc", "family": "mcc", "method": "m", "task": "s/t",
            "difference": values, "skill_difference": values, "variance_skill": 1e-4,
        }
    )  # fmt: skip
    return frame.assign(**more)


ABOVE = [0.20, 0.22, 0.18, 0.21, 0.19, 0.20]
"""Six publications around 0.2 with a spread of 0.014: the interval is within 0.15 to 0.25."""
BELOW = [-v for v in ABOVE]
MIXED = [0.3, -0.3, 0.2, -0.2, 0.25, -0.25]
"""Mean zero, spread 0.28: the interval holds zero."""


def _sizes(slope: float, dominated: bool) -> pd.DataFrame:
    """Eight publications, each with a model of 1e6 to 1e9 parameters, gains rising by `slope`."""
    noise = np.random.default_rng(5).normal(0, 0.003, 32)
    rows = [
        (f"w{i}", "d", f"m{j}", 10.0 ** (6 + j), 0.1 + slope * j + noise[4 * i + j], 1e-5)
        for i in range(8) for j in range(4)
    ]  # fmt: skip
    columns = ["work", "dataset", "method", "parameters", "skill_difference", "variance_skill"]
    return pd.DataFrame(rows, columns=columns).assign(
        domain="promoter", dominated=dominated, training_flops=np.nan
    )


def test_f15_slope_per_tenfold_parameters() -> None:
    steep = f15.measure(_sizes(0.2, dominated=False))
    assert (steep.verdict, steep.n, steep.effect) == (NO, 8, pytest.approx(0.2, abs=0.005))
    flat = f15.measure(_sizes(0.0, dominated=True))
    assert (flat.verdict, flat.effect) == (HOLDS, pytest.approx(0.0, abs=0.005))
    assert "in 100% (95%" in flat.says
    assert f15.measure(_sizes(0.0, dominated=False)).verdict is PART
    few = _sizes(0.0, dominated=True)
    assert f15.measure(few[few["work"].isin(["w0", "w1"])]).verdict is THIN


def test_f16_where_nothing_is_held_out_no_split_is_easy_or_hard(
    catalog_copy: Path, tmp_path: Path
) -> None:
    suite = catalog_copy / "benchmarks" / "toys.yaml"
    text = suite.read_text(encoding="utf-8")
    for data, kind in (("one", "nothing_held_out"), ("two", "homology_split")):
        text = text.replace(f"toy-{data},", f"toy-{data}, generalisation: [{kind}],")
    suite.write_text(text, encoding="utf-8")
    build(catalog_copy, tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        rows = connection.execute(f16.SQL).df()
        marks = connection.execute(f49.SQL).df().set_index("work")["hard_split"]
    strata = rows[rows["source"] == "tables"].groupby("task")["stratum"].unique().str[0]
    assert strata.to_dict() == {
        "toys/one": "nothing held out", "toys/two": "novel", "toys/three": "not recorded",
    }  # fmt: skip
    # abel scores toys/one and toys/two, cole toys/two too: a hard split, whatever else isn't split
    assert marks.to_dict() == {"abel2024alpha": True, "cole2025check": True}


def test_f16_novel_against_other_splits() -> None:
    other = _gaps(BELOW, stratum="other split", source="tables")
    found = f16.measure(pd.concat([_gaps(ABOVE, stratum="novel", source="tables"), other]))
    # equal variances, one a publication: the pooled gap is the mean, 0.2
    assert (found.verdict, found.n, found.effect) == (HOLDS, 6, pytest.approx(0.2))
    assert f16.measure(_gaps(MIXED, stratum="novel", source="tables")).verdict is PART
    assert f16.measure(_gaps(BELOW, stratum="novel", source="tables")).verdict is NO
    thin = f16.measure(pd.concat([_gaps(ABOVE[:4], stratum="novel", source="tables"), other]))
    assert (thin.verdict, thin.n) == (THIN, 4)


def test_f17_sometimes_is_neither_never_nor_always() -> None:
    # five of ten publications: bootstrap interval about 0.2 to 0.8
    found = f17.measure(_gaps([0.1] * 5 + [-0.1] * 5, stratum="outside"))
    assert (found.verdict, found.n, found.effect) == (HOLDS, 10, pytest.approx(0.5))
    assert f17.sometimes((0.92, 0.99)) is NO
    assert f17.sometimes((0.0, 0.05)) is NO
    assert f17.sometimes((0.5, 0.95)) is PART
    assert f17.measure(_gaps(ABOVE, stratum="inside")).verdict is THIN


def test_f18_above_chance_and_above_simple_baselines() -> None:
    chance = _gaps(ABOVE, against="chance")
    better = pd.concat([chance, _gaps(ABOVE, against="simple_baseline")])
    assert f18.measure(better).verdict is HOLDS
    worse = pd.concat([chance, _gaps(BELOW, against="simple_baseline")])
    assert (f18.measure(worse).verdict, f18.measure(worse).effect) == (NO, pytest.approx(-0.2))
    # no five publications with simple baselines
    alone = f18.measure(chance)
    assert (alone.verdict, alone.effect) == (PART, pytest.approx(0.2))
    assert f18.measure(_gaps(MIXED, against="chance")).verdict is NO
    assert f18.measure(_gaps(ABOVE[:3], against="chance")).verdict is THIN


def test_f19_fine_tuned_minus_frozen() -> None:
    found = f19.measure(_gaps(ABOVE))
    assert (found.verdict, found.n, found.effect) == (HOLDS, 6, pytest.approx(0.2))
    assert f19.measure(_gaps(MIXED)).verdict is PART
    assert f19.measure(_gaps(BELOW)).verdict is NO
    assert f19.measure(_gaps(ABOVE[:4])).verdict is THIN
