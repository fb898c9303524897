"""Findings on advice given to practitioners, on rows made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.findings import f44, f45, f46, f47, f48, f49
from analysis.findings.base import FindingVerdict

HOLDS, PART = FindingVerdict.holds, FindingVerdict.holds_in_part
NO, THIN = FindingVerdict.does_not_hold, FindingVerdict.insufficient_evidence


def _gap(work: str, dataset: str, y: float, **more: object) -> dict[str, object]:
    return {
        "work": work, "dataset": dataset, "domain": "promoter", "method": "m", "metric": "mcc",
        "skill_difference": y, "difference": y, "variance_skill": 1e-4, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "slope", "verdict"), [(0.2, 0.1, HOLDS), (-0.2, 0.1, PART), (0.2, -0.1, NO)]
)
def test_f44_per_tenfold_fewer_labels(level: float, slope: float, verdict: FindingVerdict) -> None:
    # six publications, each with 100, 1,000 and 10,000 labels: 1, 0 and -1 on the axis; their
    # slopes are 0.005 below to 0.005 above the given one, which is their mean
    rows = pd.DataFrame(
        [
            _gap(
                f"p{w}",
                f"d{x}",
                level + 0.01 * w + (slope + 0.002 * (w - 2.5)) * x,
                n_train=10 ** (3 - x),
            )
            for w in range(6)
            for x in (1, 0, -1)
        ]
    ).assign(n_train_varied=None)
    found = f44.measure(rows)
    assert (found.verdict, found.n) == (verdict, 6)
    assert found.effect == pytest.approx(slope, abs=1e-6)
    # the gap at 1,000 labels: its level and the mean of 0.00 to 0.05
    assert f"at 1,000 labels it is {level + 0.025:+.3f}" in found.says
    assert f44.measure(rows.assign(n_train=None)).verdict is THIN


def test_f45_long_minus_short() -> None:
    rows = [_gap(f"l{w}", "d", 0.3 + 0.01 * w, part="gap", long=1) for w in range(6)]
    rows += [_gap(f"s{w}", "d", 0.1 + 0.01 * w, part="gap", long=0) for w in range(6)]
    pairs = [_gap("l0", "d", 0.1, part="same model"), _gap("l0", "d", -0.1, part="same model")]
    found = f45.measure(pd.DataFrame(rows + pairs))
    assert (found.verdict, found.effect) == (HOLDS, pytest.approx(0.2, abs=1e-6))
    assert "better in 50% of 2 pairs (1 publications)" in found.says
    lowered = pd.DataFrame(rows).assign(skill_difference=lambda r: r["skill_difference"] - 0.5)
    assert f45.measure(lowered).verdict is PART
    thin = f45.measure(pd.DataFrame(rows[5:]))
    assert thin.verdict is THIN
    assert "1 publications on one side and 6 on the other" in thin.missing


def _checkpoints(downstream: list[float], works: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "work": f"p{w}", "family": "f", "task": "t", "metric": "loss", "checkpoint": f"{w}{i}",
                "pretraining_score": -3.0 + i, "downstream_skill": y,
            }
            for w in range(works)
            for i, y in enumerate(downstream)
        ]
    )  # fmt: skip


def test_f46_rank_correlation() -> None:
    assert f46.measure(_checkpoints([0.1, 0.2, 0.3], 5)).verdict is NO
    # ranks 1 3 2 against 1 2 3: 1 - 6 * 2 / (3 * 8) = 0.5, not below
    found = f46.measure(_checkpoints([0.1, 0.3, 0.2], 5))
    assert (found.verdict, found.effect) == (PART, pytest.approx(0.5))
    assert f46.measure(_checkpoints([0.3, 0.2, 0.1], 5)).verdict is HOLDS
    thin = f46.measure(_checkpoints([0.3, 0.2, 0.1], 1))
    assert thin.verdict is THIN
    assert "3 checkpoints from 1 publications, 3 of them" in thin.missing


def _models(by: str) -> pd.DataFrame:
    """Six publications with a cell of four models, whose skill follows class, or size."""
    kinds, sizes = ["cnn", "cnn", "transformer", "transformer"], [7.0, 8.0, 7.0, 8.0]
    skill = [0.2, 0.2, 0.6, 0.6] if by == "architecture" else [0.2, 0.6, 0.2, 0.6]
    return pd.DataFrame(
        [
            {
                "work": f"p{w}", "cell": f"c{w}", "protocol": "probe", "variant": f"v{i}",
                "skill": skill[i] + 0.05 * w, "architecture": kinds[i], "tokenizer": "one_hot",
                "objective": "masked_lm", "log_parameters": sizes[i],
            }
            for w in range(6)
            for i in range(4)
        ]
    )  # fmt: skip


def test_f47_what_predicts_publications_left_out() -> None:
    # skill follows the class alone, whatever the level of the cell: all of the variance, and none
    table = f47.errors(f47.sums(_models("architecture")))
    first, size = list(f47.SETS)[:2]
    assert f47.explained(table, first).value == pytest.approx(1.0, abs=1e-4)
    assert f47.explained(table, size).value == pytest.approx(0.0, abs=1e-4)
    assert f47.measure(_models("architecture")).verdict is HOLDS
    found = f47.measure(_models("size"))
    assert (found.verdict, found.effect) == (NO, pytest.approx(-1.0, abs=1e-4))
    assert f47.measure(_models("size").head(16)).verdict is THIN


def test_f47_chance_attributes_predict_nothing() -> None:
    # attributes of their own for each publication can't be had from the others
    rows = _models("architecture")
    found = f47.measure(rows.assign(architecture=rows["work"] + rows["architecture"]))
    assert found.effect == pytest.approx(0.0, abs=1e-4)


def test_f47_names_the_publications_that_its_verdict_hangs_on() -> None:
    # skill follows size in p0 and the class in five, in p5 by twice as much: without p0 it holds
    rows = _models("architecture")
    rows.loc[rows["work"] == "p5", "skill"] *= 2
    odd = _models("size").query("work == 'p0'")
    mixed = pd.concat([odd, rows[rows["work"] != "p0"]])
    first, size = list(f47.SETS)[:2]
    assert f47.hangs_on(f47.sums(mixed), first, size) == ["p0"]
    found = f47.measure(mixed)
    assert found.verdict is PART
    assert "hangs on single publications: without p0 it is another" in found.says
    assert f47.hangs_on(f47.sums(rows), first, size) == []


def test_f48_larger_minus_smaller() -> None:
    rows = pd.DataFrame([_gap(f"p{w}", "d", 0.05 + 0.01 * w) for w in range(5)]).assign(
        parameters=600, smaller_parameters=100, same_corpora=True
    )
    # the mean of 0.05 to 0.09
    found = f48.measure(rows)
    assert (found.verdict, found.effect) == (NO, pytest.approx(0.07, abs=1e-6))
    assert "6 times smaller" in found.says
    turned = rows.assign(skill_difference=-rows["skill_difference"])
    assert f48.measure(turned).verdict is HOLDS
    mixed = rows.assign(skill_difference=[0.1, -0.1, 0.05, -0.05, 0.0])
    assert f48.measure(mixed).verdict is PART
    assert f48.measure(rows.head(4)).verdict is THIN


def test_f49_marks_and_their_slope() -> None:
    # no marks in 2022, two of four known in 2023, four of four in 2024: half a point a year
    years = [2022] * 4 + [2023] * 4 + [2024] * 4
    none, some, full = [False] * 4, [True] * 4, [True] * 4
    rows = pd.DataFrame(
        {
            "work": range(12), "year": years, "simple_baseline": none + some + full,
            "uncertainty": none + some + full, "several_runs": none + none + full,
            "hard_split": None, "outsiders": none + none + full,
        }
    )  # fmt: skip
    assert list(f49.scores(rows)["score"]) == [0.0] * 4 + [0.5] * 4 + [1.0] * 4
    found = f49.measure(rows)
    assert (found.verdict, found.effect, found.n) == (HOLDS, pytest.approx(0.5), 12)
    assert "For 12 no split is recorded" in found.says
    assert f49.measure(rows.assign(year=2046 - rows["year"] + 2000)).verdict is NO
    assert f49.measure(rows.assign(year=2022)).verdict is THIN
    flat = f49.measure(rows.assign(simple_baseline=True, uncertainty=False, several_runs=False, outsiders=np.arange(12) % 2 == 0))  # fmt: skip
    assert flat.verdict is PART
