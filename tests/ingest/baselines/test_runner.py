"""Runs on generated tasks: chance stays chance, what is planted is found, the same twice."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from ingest.baselines.audit.report import Audit
from ingest.baselines.audit.run import audit
from ingest.baselines.learners import METHODS, choose
from ingest.baselines.metrics import METRICS
from ingest.baselines.registry import DatasetError
from ingest.baselines.runner import Run, run
from ingest.baselines.splits import TaskData
from tests.ingest.baselines import made

QUICK = choose(["gc-content-logistic", "kmer-logistic", "kmer-svm", "dyad-svm"])
MOTIF = "GATTACCAGCTG"


def task(seed: int = 0, motif: str | None = MOTIF, **sizes: int) -> TaskData:
    rng = np.random.default_rng(seed)
    sizes = sizes or {"train": 400, "dev": 100, "test": 200}
    return made.data(**{n: made.rows(rng, size, 80, motif) for n, size in sizes.items()})


def no_flags() -> Audit:
    return Audit(task="made/motif/0", files={}, sizes={}, checks=[], flagged=[])


def do(data: TaskData, found: Audit | None = None, methods=QUICK, **more: int) -> Run:
    return run("made/motif/0", data, "mcc", methods, found or no_flags(), **more)


def scores(done: Run, items: str = "all") -> dict[str, dict]:
    return {r["method"]: r["scores"]["mcc"] for r in done.rows if r["items"] == items}


def without_costs(done: Run) -> str:
    kept = done.as_data()
    kept["candidates"] = [{k: v for k, v in c.items() if k != "cost"} for c in kept["candidates"]]
    return json.dumps(kept)


def test_a_motif_is_learnt_and_gc_content_is_not_enough() -> None:
    found = scores(do(task()))
    assert found["kmer-logistic"]["value"] > 0.8
    assert found["dyad-svm"]["low"] > 0.6
    assert abs(found["gc-content-logistic"]["value"]) < 0.25
    assert found["majority-class"]["value"] == 0


def test_shuffled_labels_score_at_chance() -> None:
    """Every method on labels that mean nothing: none may do better than such labels allow."""
    data = task(1, train=400, dev=150, test=400)
    rng = np.random.default_rng(2)
    shuffled = {
        name: replace(split, labels=rng.permutation(split.labels))
        for name, split in data.splits.items()
    }
    done = do(replace(data, splits=shuffled), methods=choose(None), seeds=2)
    assert {r["method"] for r in done.rows} == set(METHODS)
    # sd of MCC without association is 1 / sqrt(n) = 0.05; 13 correlated methods, four sd
    assert max(abs(s["value"]) for s in scores(done).values()) < 0.2
    assert min(r["p_above_majority"] for r in done.rows) > 1e-4


def test_a_leak_lifts_the_score_and_leaving_leaked_items_out_takes_it_back() -> None:
    """Noise labels, half of the test items standing in train: all skill is memory."""
    rng = np.random.default_rng(3)
    train = made.rows(rng, 300, 80)
    test = train[:150] + made.rows(rng, 150, 80)
    data = made.data(train=train, dev=made.rows(rng, 100, 80), test=test)
    found = audit("made/motif/0", data, "mcc")
    assert {f.row for f in found.flagged} == set(range(1, 151))
    done = do(data, found)
    leaked, clean = scores(done)["kmer-svm"], scores(done, "clean")["kmer-svm"]
    assert leaked["value"] > 0.25
    assert abs(clean["value"]) < 0.25
    assert {r["n_test"] for r in done.rows if r["items"] == "clean"} == {150}


def test_the_same_rows_twice() -> None:
    methods = choose(["kmer-svm", "composition-boosting", "combined-logistic"])
    first, second = (without_costs(do(task(), methods=methods, seeds=2)) for _ in range(2))
    assert first == second


def test_test_labels_don_t_move_the_choice() -> None:
    data = task()
    flipped = replace(data.splits["test"], labels=1 - data.splits["test"].labels)
    other = replace(data, splits={**data.splits, "test": flipped})
    here, there = do(data), do(other)
    chosen = [(r["method"], r["configuration"], r["dev"], r["best_on_dev"]) for r in here.rows]
    assert chosen == [
        (r["method"], r["configuration"], r["dev"], r["best_on_dev"]) for r in there.rows
    ]
    assert scores(there)["kmer-svm"]["value"] == pytest.approx(-scores(here)["kmer-svm"]["value"])


def test_each_candidate_and_its_dev_score_is_written() -> None:
    done = do(task())
    for method in QUICK:
        tried = [c for c in done.candidates if c["method"] == method.id]
        assert len(tried) == len(list(method.candidates()))
        row = next(r for r in done.rows if r["method"] == method.id)
        assert row["dev"] == max(c["dev"] for c in tried)
        first_best = next(c for c in tried if c["dev"] == row["dev"])
        assert row["configuration"] == first_best["configuration"]
    costs = [c["cost"] for c in done.candidates]
    assert all(c["fit_wall_s"] >= 0 and c["peak_mb"] > 10 for c in costs)
    assert sum(r["best_on_dev"] for r in done.rows) == 1


def test_a_dev_part_cut_by_rule_is_learnt_from_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def watched(candidate, matrix, labels, seed):
        sizes.append(len(labels))
        return original(candidate, matrix, labels, seed)

    import ingest.baselines.runner as runner

    original = runner.train
    monkeypatch.setattr(runner, "train", watched)
    methods = choose(["gc-content-logistic"])
    do(task(), methods=methods)
    assert sizes == [400, 400]
    sizes.clear()
    do(replace(task(), dev_rule="hash"), methods=methods)
    assert sizes == [400, 400, 500, 500]


def test_seeds_are_fits_of_methods_that_draw() -> None:
    done = do(task(), methods=choose(["composition-boosting"]), seeds=3)
    counts = {r["method"]: r["n_seeds"] for r in done.rows}
    assert counts == {"majority-class": 1, "composition-boosting": 3}
    per_seed = scores(done)["composition-boosting"]["per_seed"]
    assert len(per_seed) == 3
    assert scores(done)["composition-boosting"]["value"] == pytest.approx(
        np.mean(per_seed), abs=1e-6
    )


def test_pairs_are_counted_item_by_item() -> None:
    done = do(task())
    best = next(r["method"] for r in done.rows if r["best_on_dev"])
    assert {p["first"] for p in done.pairs} == {best}
    n = {r["method"]: round(r["scores"]["accuracy"]["value"] * r["n_test"]) for r in done.rows}
    for pair in done.pairs:
        difference = n[pair["first"]] - n[pair["second"]]
        assert pair["only_first_right"] - pair["only_second_right"] == difference


def test_three_classes_and_every_metric() -> None:
    rng = np.random.default_rng(4)
    motifs = {"a": None, "b": MOTIF, "c": "CCATGTGTACGA"}
    parts = {}
    for name, n in (("train", 300), ("dev", 90), ("test", 120)):
        rows = [
            (made.with_motif(rng, 60, m) if m else made.dna(rng, 60), label)
            for label, m in motifs.items()
            for _ in range(n // 3)
        ]
        parts[name] = [rows[i] for i in rng.permutation(len(rows))]
    done = do(made.data(**parts))
    row = next(r for r in done.rows if r["method"] == "kmer-svm")
    assert set(row["scores"]) == set(METRICS)
    assert row["scores"]["mcc"]["value"] > 0.7
    assert row["scores"]["auroc"]["value"] > 0.9


def test_too_few_clean_items_give_no_row() -> None:
    data = task()
    most = [{"row": r, "reasons": ["copy_in_train"]} for r in range(1, 190)]
    found = no_flags().model_copy(update={"flagged": Audit.model_validate(
        {**no_flags().model_dump(), "flagged": most}).flagged})  # fmt: skip
    assert {r["items"] for r in do(data, found).rows} == {"all"}


def test_what_can_t_be_run_is_said() -> None:
    data = task()
    with pytest.raises(DatasetError, match=r"B003.*no train"):
        do(replace(data, splits={"test": data.splits["test"]}))
    with pytest.raises(DatasetError, match=r"B003.*0 seeds"):
        do(data, seeds=0)
    with pytest.raises(DatasetError, match=r"B002.*no method knn; there are majority-class"):
        choose(["knn"])
