"""Verdicts: the rules of docs/methods/verdicts.md on hand-made rows, and nothing but the rows."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.predicates import PREDICATES
from analysis.predicates.decide import (
    Summary,
    Verdict,
    counted,
    greater,
    not_greater,
    not_worse,
    read_evidence,
    summarise,
    within,
    worst,
)
from analysis.predicates.select import Context
from analysis.verdicts import CRITERIA, judge, read_claim, why_untested
from schema.records.claim import HasAttribute, Matches, Outperforms, Selector, WinsAtLeast


def _summary(estimate: float | None, ci=None, differences=(), wins=0, ties=0, losses=0) -> Summary:
    return Summary("points", 9, 9, 1, estimate, ci, "", tuple(differences), wins, ties, losses, 0)


def _rows(differences: list[float], **columns: object) -> pd.DataFrame:
    n = len(differences)
    frame = {
        "work": ["w"] * n, "dataset": [f"d{i}" for i in range(n)], "contest": [f"t{i}" for i in range(n)],
        "metric": ["mcc"] * n, "points": differences, "skill": differences,
        "points_median": differences, "skill_median": differences, "variance": [1e-4] * n,
        "tie": [False] * n, "own": [True] * n, "evidence_level": ["peer_reviewed"] * n,
        "leakage_noted": [False] * n,
    }  # fmt: skip
    return pd.DataFrame({**frame, **columns})


# The table of docs/methods/verdicts.md, one line a case.
CASES = [
    (greater(0), _summary(0.1, (0.05, 0.15)), "supported"),
    (greater(0), _summary(0.1, (-0.05, 0.25)), "overstated"),
    (greater(0), _summary(-0.1, (-0.15, -0.05)), "contradicted"),
    (greater(0), _summary(0.1, None, (0.1, 0.2)), "supported"),
    (greater(0), _summary(0.1, None, (0.3, -0.1)), "overstated"),
    (greater(0), _summary(-0.1, None, (-0.1, 0.0)), "contradicted"),
    (greater(0.05), _summary(0.1, (0.04, 0.15)), "overstated"),
    (not_worse(0.02), _summary(0.0, (-0.01, 0.01)), "supported"),
    (not_worse(0.02), _summary(-0.05, (-0.08, -0.03)), "contradicted"),
    (not_greater(0), _summary(-0.01, (-0.05, 0.03)), "supported"),
    (not_greater(0), _summary(0.01, (-0.03, 0.05)), "overstated"),
    (not_greater(0), _summary(0.05, (0.01, 0.09)), "contradicted"),
    (within(0.05), _summary(0.0, (-0.04, 0.04)), "supported"),
    (within(0.05), _summary(0.1, (0.06, 0.14)), "contradicted"),
    (within(0.05), _summary(0.05, (0.01, 0.09)), "overstated"),
    # printed 0.83 and 0.85 are 0.02 apart, though not in binary: not more than the margin
    (not_worse(0.02), _summary(-0.02, None, (0.83 - 0.85,)), "supported"),
    (not_worse(0.02), _summary(-0.03, None, (0.82 - 0.85,)), "contradicted"),
    (not_worse(0.0), _summary(0.0, None, (0.0,)), "supported"),  # a tie isn't worse
    (within(0.02), _summary(0.02, None, (0.85 - 0.83,)), "supported"),
    (
        within(0.02),
        _summary(0.03, None, (0.85 - 0.82,)),
        "contradicted",
    ),  # better, and so not equal
    # 12 of 18 claimed: two thirds. 6 of 9 is two thirds, 5 of 9 less, 2 of 9 less than a third
    (counted(12, 18, "loss"), _summary(0.1, wins=6, losses=3), "supported"),
    (counted(12, 18, "loss"), _summary(0.1, wins=5, ties=1, losses=3), "overstated"),
    (counted(12, 18, "win"), _summary(0.1, wins=5, ties=1, losses=3), "supported"),
    (counted(12, 18, "half"), _summary(0.1, wins=5, ties=1, losses=3), "overstated"),
    (counted(12, 18, "loss"), _summary(0.1, wins=2, losses=7), "contradicted"),
    (counted(12, 18, "loss"), _summary(None), "untested"),
    (greater(0), _summary(None), "untested"),
]


@pytest.mark.parametrize(("rule", "summary", "verdict"), CASES)
def test_the_rules_as_the_docs_state_them(rule, summary: Summary, verdict: str) -> None:
    assert rule(summary) == verdict


# +1, -1 and +1 of comparisons won and lost: a mean of a third, in no unit of any metric.
_NET = Summary("net wins", 3, 3, 1, 1 / 3, None, "none", (1.0, -1.0, 1.0), 2, 0, 1, 0)


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        (greater(0), "overstated"),
        (not_greater(0), "overstated"),
        (not_worse(0), "overstated"),
        # sizes, which signs don't tell
        (greater(0.05), "untested"),
        (not_greater(0.05), "untested"),
        (not_worse(0.02), "untested"),
        (within(0.02), "untested"),
        (within(0.0), "untested"),
    ],
)
def test_a_margin_cant_be_read_in_wins(rule, verdict: str) -> None:
    assert rule(_NET) == verdict


def test_untested_is_told_why() -> None:
    matches = Matches(kind="matches", rivals=Selector(methods=["r"]), margin=0.02)
    context = replace(CLAIM, predicate=matches)
    rows = _rows([0.1, 5.0], metric=["kbet", "mse"], skill=[None, None])
    judged = judge(context, read_evidence(rows), "own")
    assert (judged.verdict, judged.summary.unit) == ("untested", "net wins")
    assert "margin" in str(why_untested(judged))
    assert why_untested(judge(context, read_evidence(rows[:0]), "own")) == "no row bears on it"
    assert why_untested(judge(CLAIM, read_evidence(rows), "own")) is None


def test_equally_well_is_tested_from_both_sides() -> None:
    # 0.03 ahead: not worse by more than 0.02, and yet not equal within 0.02
    rows = read_evidence(_rows([0.03]))
    verdicts = {
        both: judge(
            replace(CLAIM, predicate=Matches(kind="matches", rivals=Selector(), margin=0.02,
                                             two_sided=both)), rows, "own").verdict
        for both in (False, True)
    }  # fmt: skip
    assert verdicts == {False: "supported", True: "contradicted"}


def test_five_datasets_of_one_paper_give_a_t_interval() -> None:
    y = [0.01, 0.02, 0.03, 0.04, 0.10]
    summary = summarise(read_evidence(_rows(y)))
    # scipy's own interval for a mean: an independent route to the same numbers
    low, high = stats.t.interval(0.95, 4, loc=np.mean(y), scale=stats.sem(y))
    assert summary.estimate == pytest.approx(0.04)
    assert summary.ci == pytest.approx((low, high))
    assert summary.interval == "over datasets (t)"


def test_net_wins_keep_within_their_bounds_whoever_they_are_counted_over() -> None:
    # a row in each of two metrics without skill; won everywhere but for one draw
    def side(same_work: bool) -> Summary:
        y = [0.1, 5.0] * 6
        rows = _rows(y, metric=["kbet", "mse"] * 6, skill=[None] * 12)
        rows["dataset"] = [f"d{i // 2}" for i in range(12)]
        rows["work"] = "w" if same_work else [f"w{i // 2}" for i in range(12)]
        rows.loc[0, "tie"] = True
        return summarise(read_evidence(rows))

    for same_work, over in (
        (True, "over datasets (Wilson)"),
        (False, "over publications (Wilson)"),
    ):
        found = side(same_work)
        assert (found.unit, found.interval) == ("net wins", over)
        assert found.estimate == pytest.approx(11 / 12)
        assert found.ci is not None
        assert 0 < found.ci[0] < found.ci[1] < 1


def test_a_fact_of_one_variant_isnt_left_out_for_that_of_another() -> None:
    # one of three variants reaches what is claimed of the family, as its one publication says
    atleast = HasAttribute(kind="has_attribute", field="cells", at_least=33e6)
    judged = judge(replace(CLAIM, predicate=atleast), read_evidence(_rows([1, -1, -1])), "own")
    assert (judged.verdict, judged.robustness) == ("supported", "within_one_study")
    assert judged.dial["leave_one_out"] == "untested"


def test_four_datasets_give_no_interval() -> None:
    assert summarise(read_evidence(_rows([0.1, 0.2, 0.3, 0.4]))).ci is None


def test_rows_on_one_dataset_of_one_paper_count_once() -> None:
    summary = summarise(read_evidence(_rows([0.1, 0.3, 0.5], dataset=["d0", "d0", "d1"])))
    assert summary.differences == pytest.approx((0.2, 0.5))
    assert summary.estimate == pytest.approx(0.35)
    assert (summary.n_rows, summary.n_datasets) == (3, 2)


def test_of_several_variants_in_one_contest_the_best_counts_for_wins() -> None:
    summary = summarise(
        read_evidence(_rows([-0.1, 0.2, 0.0], contest=["t0", "t0", "t1"], tie=[False, False, True]))
    )
    assert (summary.wins, summary.ties, summary.losses) == (1, 1, 0)


def test_several_metrics_are_compared_in_skill_and_rows_without_skill_counted_out() -> None:
    rows = _rows([0.1, 0.2, 30.0], metric=["mcc", "auroc", "mse"], skill=[0.1, 0.4, None])
    summary = summarise(read_evidence(rows))
    assert (summary.unit, summary.left_out) == ("skill", 1)
    assert summary.estimate == pytest.approx(0.25)


def test_worst_of_several() -> None:
    assert worst([Verdict.supported, Verdict.untested, Verdict.overstated]) == "overstated"
    assert worst([Verdict.untested]) == "untested"


CLAIM = Context(
    "c-1", ("m",), Outperforms(kind="outperforms", rivals=Selector(methods=["r"])), "w0"
)
KINDS = {
    "outperforms": CLAIM.predicate,
    "matches": Matches(kind="matches", rivals=Selector(), margin=0.02),
    "equal": Matches(kind="matches", rivals=Selector(), margin=0.02, two_sided=True),
    "every": WinsAtLeast(kind="wins_at_least", every=True, rivals=Selector()),
}


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(["outperforms", "matches", "equal", "every"]),
    n_metrics=st.integers(1, 3),
    differences=st.lists(st.floats(-1, 1).map(lambda x: round(x, 3)), min_size=1, max_size=12),
    seed=st.integers(0, 10_000),
)
def test_a_verdict_is_a_function_of_the_rows_alone(
    kind: str, n_metrics: int, differences: list[float], seed: int
) -> None:
    """Neither the order of rows nor what anything is called changes any verdict."""
    rng = np.random.default_rng(seed)
    n = len(differences)
    rows = _rows(
        differences,
        work=[f"w{rng.integers(0, 7)}" for _ in range(n)],
        metric=[f"m{rng.integers(0, n_metrics)}" for _ in range(n)],
        contest=[f"c{rng.integers(0, 5)}" for _ in range(n)],
        skill=[d if rng.random() < 0.5 else None for d in differences],
    )
    claim = replace(CLAIM, predicate=KINDS[kind])
    first = judge(claim, read_evidence(rows), "own")
    shuffled = rows.sample(frac=1, random_state=seed)
    renamed = shuffled.assign(
        work=shuffled["work"].map(lambda w: f"z{9 - int(w[1:])}"),
        dataset="x" + shuffled["dataset"],
        metric=shuffled["metric"].map(lambda m: f"z{9 - int(m[1:])}"),
        contest=shuffled["contest"].map(lambda c: f"z{9 - int(c[1:])}"),
    )
    for again in (judge(claim, read_evidence(each), "own") for each in (shuffled, renamed)):
        assert again.dial == first.dial
        assert again.summary.estimate == pytest.approx(first.summary.estimate, abs=1e-8)
        assert (again.summary.wins, again.summary.losses) == (
            first.summary.wins,
            first.summary.losses,
        )


def test_the_dial_has_the_declared_criteria() -> None:
    judged = judge(CLAIM, read_evidence(_rows([0.2, 0.3])), "own")
    assert tuple(judged.dial) == CRITERIA


def test_peer_review_and_clean_rows_are_criteria_of_their_own() -> None:
    rows = _rows(
        [0.2, -0.3], evidence_level=["peer_reviewed", "preprint"], leakage_noted=[True, False]
    )
    dial = judge(CLAIM, read_evidence(rows), "own").dial
    assert (dial["main"], dial["peer_reviewed"], dial["clean"]) == (
        "overstated",
        "supported",
        "contradicted",
    )


@pytest.mark.parametrize(
    ("differences", "works", "robustness"),
    [
        ([0.1, 0.2, 0.3], ["w1", "w1", "w2"], "robust"),
        ([0.1, 0.2, 0.3], ["w1", "w1", "w1"], "within_one_study"),
        ([0.1], ["w1"], "within_one_study"),
        ([0.1, 0.2, -0.3], ["w1", "w1", "w2"], "not_robust"),  # without w2 it is supported
        ([0.1, 0.2, 0.005], ["w1", "w1", "w2"], "not_robust"),  # w2 has no point to spare
        ([], [], "untested"),
    ],
)
def test_only_what_two_publications_agree_on_is_robust(
    differences: list[float], works: list[str], robustness: str
) -> None:
    judged = judge(CLAIM, read_evidence(_rows(differences, work=works)), "own")
    assert judged.robustness == robustness


def test_where_nothing_can_be_left_out_that_criterion_isnt_survived() -> None:
    judged = judge(CLAIM, read_evidence(_rows([0.1])), "own")
    assert (judged.dial["main"], judged.dial["leave_one_out"]) == ("supported", "untested")


def test_both_sides_of_the_fixtures_claim(small: duckdb.DuckDBPyConnection) -> None:
    # Table 1: alpha 90.0 against beta 85.0; the independent table: 0.80 against 0.86
    rows = small.execute(
        "SELECT side, verdict, effect, n_rows FROM claim_verdict ORDER BY side"
    ).fetchall()
    assert rows == [
        ("others", "contradicted", pytest.approx(-0.06), 1),
        ("own", "supported", pytest.approx(0.05), 1),
    ]


def test_every_predicate_runs_on_the_fixture(small: duckdb.DuckDBPyConnection) -> None:
    examples = {
        "cheaper_at_equal_skill": {"cost": "parameters", "rivals": {}},
        "generalises_across": {"over": "species", "against": "chance"},
        "has_attribute": {"field": "parameters", "at_least": 1000},
        "matches": {"rivals": {}, "margin": 0.01},
        "no_better_than": {"rivals": {"kinds": ["simple_baseline"]}},
        "outperforms": {"rivals": {"kinds": ["simple_baseline"]}},
        "reproduces": {"margin": 0.02},
        "transfers_to": {"against": "chance"},
        "wins_at_least": {"wins": 1, "of": 1, "rivals": {"kinds": ["simple_baseline"]}},
        "works_zero_shot": {"against": "chance"},
    }
    n = {}
    for kind, module in PREDICATES.items():
        predicate = {"kind": kind, **examples.get(kind, {})}
        import json

        context = read_claim(
            {
                "id": "x",
                "methods": ["alpha"],
                "predicate": json.dumps(predicate),
                "work": "abel2024alpha",
            }
        )
        n[kind] = len(small.execute(module.rows_sql(context.predicate, context)).fetchall())
    # counted by hand on the fixture: k-mer rows beside alpha on toys/one and toys/three; one zero-shot
    # MCC row; one pair of values for reproduction; two recorded parameter counts are one model's each
    assert n["outperforms"] == n["no_better_than"] == n["wins_at_least"] == 2
    assert n["works_zero_shot"] == 1
    assert n["reproduces"] == 1
    assert n["has_attribute"] == 1
    assert n["pretraining_helps"] == n["larger_is_better"] == n["uses_context"] == 0
    # chance is known for accuracy (0.5, two rows) and MCC (two clean rows), not for MSE
    assert n["transfers_to"] == 4
