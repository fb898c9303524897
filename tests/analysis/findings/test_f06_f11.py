"""Findings on choice and benchmarking, on rows made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.findings import f06, f07, f08, f09, f10, f11
from analysis.findings.base import FindingVerdict

HOLDS, PART = FindingVerdict.holds, FindingVerdict.holds_in_part
NO, THIN = FindingVerdict.does_not_hold, FindingVerdict.insufficient_evidence


def _table(work: str, scores: list[list[float]]) -> list[dict[str, object]]:
    """Rows of one table: cells by models."""
    return [
        {
            "work": work, "evaluation": f"{work}/t", "cell": f"{work}{i}", "domain": f"domain{i % 2}",
            "method": f"m{j}", "score": score,
        }
        for i, line in enumerate(scores) for j, score in enumerate(line)
    ]  # fmt: skip


def test_f06_best_elsewhere_is_best_next() -> None:
    # one order in all cells: always best again, W = 1 (Clopper-Pearson of 6 of 6 from 0.54)
    steady = [[3.0, 2.0, 1.0]] * 4
    rows = pd.DataFrame([row for i in range(6) for row in _table(f"w{i}", steady)])
    found = f06.measure(rows)
    assert (found.verdict, found.n, found.effect) == (NO, 6, 1.0)
    assert "W within tables is 1.00" in found.says
    # a Latin square: whoever is best elsewhere is never best next (each is best once), W = 0
    square = [[3.0, 2.0, 1.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]]
    rows = pd.DataFrame([row for i in range(6) for row in _table(f"w{i}", square)])
    found = f06.measure(rows)
    assert (found.verdict, found.effect) == (HOLDS, 0.0)
    assert "W within tables is 0.00" in found.says


def test_f06_leaves_out_models_that_are_mostly_missing() -> None:
    table = [row for row in _table("w", [[3.0, 2.0, 1.0, 9.0]] * 4)
             if row["method"] != "m3" or row["cell"] == "w0"]  # fmt: skip
    (block,) = f06.blocks(pd.DataFrame(table))
    assert block.models == ("m0", "m1", "m2")
    assert block.scores.shape == (4, 3)


def test_f06_tau_by_hand() -> None:
    # orders 1 2 3 and 1 3 2: two concordant pairs, one discordant: (2 - 1) / 3
    assert f06.tau({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 2}) == pytest.approx(1 / 3)
    assert np.isnan(f06.tau({"a": 1, "b": 2}, {"a": 1, "b": 2}))


def _uses(by_work: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"w{i}", "dna", d, [f"s/{d}"]) for i, used in enumerate(by_work) for d in used],
        columns=["work", "modality", "dataset", "tasks"],
    )


def test_f07_pairs_of_papers_without_a_common_dataset() -> None:
    # nobody shares anything: 1, Clopper-Pearson of 12 papers from 0.735, so 3/4 is inside
    lonely = f07.measure(_uses([[f"d{i}"] for i in range(12)]))
    assert (lonely.verdict, lonely.effect) == (PART, 1.0)
    assert "100% of which a single one" in lonely.says
    # 15 papers: from 0.782
    assert f07.measure(_uses([[f"d{i}"] for i in range(15)])).verdict is HOLDS
    assert f07.measure(_uses([["d"]] * 8)).verdict is NO
    # three papers; one pair of three shares
    assert f07.measure(_uses([["a"], ["a", "b"], ["c"]])).verdict is THIN


def test_f08_tasks_and_metrics() -> None:
    columns = ["work", "dataset", "metric", "modality"]
    # all report one dataset, each in a metric of its own: both parts hold
    rows = pd.DataFrame([(f"w{i}", "d", f"m{i}", "dna") for i in range(12)], columns=columns)
    assert f08.measure(rows).verdict is HOLDS
    # one metric for all: neither, none of 12 being up to 1 - 0.025^(1/12) = 0.265, below a third
    assert f08.measure(rows.assign(metric="mcc")).verdict is NO
    # half the shared datasets in another metric, for the one pair there is
    pair = pd.DataFrame(
        [("a", "d", "mcc", "dna"), ("b", "d", "f1", "dna"), ("a", "e", "f1", "dna"),
         ("b", "e", "f1", "dna"), ("b", "e", "mcc", "dna")], columns=columns)  # fmt: skip
    assert f08.other_metric(pair)[0, 1] == pytest.approx(0.5)


def _part(part: str, rows: list[tuple[str, str, str | None, float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["work", "label", "relation", "value", "n"])
    return frame.assign(part=part, metric="mcc", family="mcc", domain="promoter", variance=1e-3)


def test_f09_win_rates_and_coverage() -> None:
    wins = _part("win_rate", [
        *((f"own{i}", f"m{i}", "self", 0.9, 10.0) for i in range(5)),
        *((f"other{i}", f"m{i}", "independent", 0.4, 10.0) for i in range(5)),
        ("own9", "m9", "self", 0.0, 10.0),  # nobody else scored it
    ])  # fmt: skip
    covered = _part("coverage", [(f"p{i}", "gue", None, 0.5, 28.0) for i in range(5)])
    found = f09.measure(pd.concat([wins, covered]))
    # 0.9 - 0.4, and half of a suite; small-study asymmetry can't be tested
    assert (found.verdict, found.n, found.effect) == (HOLDS, 10, pytest.approx(0.5))
    assert "can't be tested (0 publications" in found.says
    whole = _part("coverage", [(f"p{i}", "gue", None, 1.0, 28.0) for i in range(5)])
    assert f09.measure(pd.concat([wins, whole])).verdict is PART
    assert f09.measure(wins).verdict is THIN


def test_f09_small_study_slope() -> None:
    # gaps that lie on 0.1 + 2/sqrt(n_test), but for what sampling adds
    rng = np.random.default_rng(3)
    rows = [(f"w{i}", f"d{j}", "m", 0.1 + 2 / np.sqrt(n) + rng.normal(0, 0.002), n)
            for i in range(12) for j, n in enumerate((100, 400, 1600, 6400))]  # fmt: skip
    slope = f09.small_study_slope(_part("gap", rows))
    assert slope.value == pytest.approx(2.0, abs=0.05)
    assert slope.ci is not None
    assert 0 < slope.ci[0] < 2.0 < slope.ci[1] + 0.05


def _reported(differences: list[float]) -> pd.DataFrame:
    n = len(differences)
    pairs = pd.DataFrame(
        {
            "part": "pair", "method": "m", "benchmark": "gue", "dataset": "d", "domain": "promoter",
            "metric": "mcc", "family": "mcc", "work": [f"w{i}" for i in range(n)],
            "difference": differences, "skill_difference": differences, "variance_skill": 1e-6,
            "artefact": None, "has": None,
        }
    )  # fmt: skip
    code = pd.DataFrame({"part": "artefact", "artefact": "code", "has": [True, False, None]})
    return pd.concat([pairs, code], ignore_index=True)


def test_f10_bland_altman_by_hand() -> None:
    # mean 0.02, SD sqrt(((0.02)^2 * 2) / 2) = 0.02: limits 0.02 -+ 0.0392
    alike = f10.agreement(pd.Series([0.0, 0.02, 0.04]))
    assert alike.mean == pytest.approx(0.02)
    assert alike.limits == pytest.approx((-0.0192, 0.0592))
    assert f10.agreement(pd.Series([0.1, 0.2])).limits is None


def test_f10_measure() -> None:
    close = f10.measure(_reported([0.00, 0.01, -0.01, 0.005, -0.005, 0.002]))
    assert (close.verdict, close.n) == (NO, 6)
    assert "code 1, 1, 1" in close.says
    far = f10.measure(_reported([0.20, 0.21, 0.19, 0.20, 0.22, 0.18]))
    assert (far.verdict, far.effect) == (HOLDS, pytest.approx(0.20, abs=1e-3))
    # no mean difference, but values far apart
    assert f10.measure(_reported([0.3, -0.3, 0.2, -0.2, 0.1, -0.1])).verdict is PART
    assert f10.measure(_reported([0.1] * 4)).verdict is THIN


def test_f11_papers_on_shared_suites_before_2024() -> None:
    def papers(shared: list[int], year: int) -> pd.DataFrame:
        return pd.DataFrame(
            {"work": [f"{year}-{i}" for i in range(len(shared))], "year": year, "n_suites": 2,
             "n_shared": shared}
        )  # fmt: skip

    late = papers([1, 1], 2025)
    # 1 of 10 before 2024
    found = f11.measure(pd.concat([papers([1] + [0] * 9, 2022), late]))
    assert (found.verdict, found.n, found.effect) == (HOLDS, 10, pytest.approx(0.1))
    assert f11.measure(pd.concat([papers([1] * 10, 2022), late])).verdict is NO
    # without a result table it isn't known
    unknown = papers([0] * 9, 2022).assign(n_suites=0)
    assert f11.measure(pd.concat([unknown, papers([1] * 4, 2023)])).verdict is THIN
