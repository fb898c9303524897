"""Faults planted in generated tasks are found, by name and row; generated tasks without are clean."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from ingest.baselines.audit.report import Audit, Check, Verdict
from ingest.baselines.audit.run import audit, clean_rows
from tests.ingest.baselines import made


def checks(found: Audit) -> dict[str, Check]:
    return {c.id: c for c in found.checks}


def fair(seed: int = 0, n: int = 400) -> dict[str, made.Rows]:
    """A task with a motif to find and nothing wrong with it."""
    rng = np.random.default_rng(seed)
    motif = "GATTACCAGCTG"  # three of each base: GC content stays fair
    sizes = {"train": n, "dev": n // 4, "test": n // 2}
    return {name: made.rows(rng, size, 100, motif) for name, size in sizes.items()}


def test_a_fair_task_is_clean() -> None:
    found = audit("made/fair", made.data(**fair()), "mcc")
    assert {c.id: c.verdict for c in found.checks if c.verdict is not Verdict.clean} == {}
    assert found.flagged == []
    assert found.sizes == {"train": 400, "dev": 100, "test": 200}


def test_copies_across_splits_on_either_strand() -> None:
    parts = fair()
    same, turned = parts["train"][3], parts["train"][5]
    parts["test"][10] = same
    parts["test"][20] = (made.reverse_complement(turned[0]), turned[1])
    found = audit("made/copies", made.data(**parts), "mcc")
    check = checks(found)["duplicates-across-splits"]
    assert check.verdict is Verdict.serious
    assert check.counts["test_in_train"] == 1
    assert check.counts["test_in_train_on_other_strand_only"] == 1
    assert check.counts["test_in_train_same_label"] == 2
    assert check.examples == ["test:11 = train:4", "test:21 = train:6"]
    assert {f.row: f.reasons for f in found.flagged} == {
        11: ["copy_in_train", "near_copy_in_train"],
        21: ["copy_in_train", "near_copy_in_train"],
    }


def test_copies_within_a_split() -> None:
    parts = fair()
    parts["train"][8] = parts["train"][2]
    parts["train"][9] = (made.reverse_complement(parts["train"][2][0]), parts["train"][2][1])
    found = audit("made/within", made.data(**parts), "mcc")
    check = checks(found)["duplicates-within-split"]
    assert check.verdict is Verdict.notice
    assert (check.counts["train_copies"], check.counts["train_copies_on_other_strand_only"]) == (
        2,
        1,
    )
    assert check.examples == ["train:9 = train:3", "train:10 = train:3"]


def test_label_conflicts() -> None:
    parts = fair()
    sequence, label = parts["train"][0]
    parts["test"][7] = (made.reverse_complement(sequence), "1" if label == "0" else "0")
    found = audit("made/torn", made.data(**parts), "mcc")
    check = checks(found)["label-conflicts"]
    assert check.verdict is not Verdict.clean
    assert check.counts == {"sequences": 1, "train_items": 1, "test_items": 1}
    assert check.examples == ["train:1", "test:8"]
    across = checks(found)["duplicates-across-splits"]
    assert across.counts["test_in_train_other_label"] == 1
    assert [f.row for f in found.flagged] == [8]


@pytest.mark.parametrize("turn", [False, True])
def test_near_copies(turn: bool) -> None:
    """A few changed bases, or a window moved by a fifth, on either strand."""
    parts = fair()
    rng = np.random.default_rng(5)
    planted = []
    for row in range(0, 40, 2):
        sequence, label = parts["train"][row]
        if row % 4:
            edited = sequence[20:] + made.dna(rng, 20)
        else:
            at = int(rng.integers(10, 90))
            edited = sequence[:at] + made.dna(rng, 1) + sequence[at + 1 :]
        parts["test"][row] = (made.reverse_complement(edited) if turn else edited, label)
        planted.append(row + 1)
    found = audit("made/near", made.data(**parts), "mcc")
    check = checks(found)["near-duplicates"]
    assert check.verdict is Verdict.serious
    assert {f.row for f in found.flagged if "near_copy_in_train" in f.reasons} == set(planted)
    assert check.counts["test_items_with_a_near_copy_in_train"] == len(planted)
    homology = checks(found)["homology-to-train"]
    assert homology.verdict is Verdict.serious
    assert homology.counts["nearer_than_0.1"] == len(planted)
    assert homology.counts["label_agreement_of_the_near"] == 1


def test_shuffled_negatives_and_the_look_up() -> None:
    """Each negative is a positive shuffled, its partner in any split: a look-up needs no model."""
    rng = np.random.default_rng(6)
    pairs = []
    for _ in range(400):
        positive = made.dna(rng, 101)
        negative = made.dinucleotide_shuffle(rng, positive)
        dimers = [Counter(s[i : i + 2] for i in range(100)) for s in (positive, negative)]
        assert dimers[0] == dimers[1]
        assert positive != negative
        pairs += [(positive, "1"), (negative, "0")]
    mixed = [pairs[i] for i in rng.permutation(len(pairs))]
    parts = {"train": mixed[:600], "dev": mixed[600:700], "test": mixed[700:]}
    found = audit("made/shuffled", made.data(**parts), "mcc")
    check = checks(found)["shuffled-partners"]
    assert check.verdict is Verdict.serious
    with_partner = check.counts["test_items_with_a_partner_in_train"]
    # 600 of the 799 others are in train
    assert 0.6 < with_partner / 100 < 0.9
    assert check.counts["of_those_with_the_other_label"] == with_partner
    assert check.counts["look_up_accuracy_where_a_partner_is"] == 1
    assert check.counts["look_up_mcc"] > 0.6
    assert len(found.flagged) == with_partner
    # what a shuffle keeps is no shortcut by itself
    assert checks(found)["gc-shortcut"].verdict is Verdict.clean
    assert checks(found)["edited-partners"].verdict is Verdict.clean


def test_negatives_edited_from_positives() -> None:
    """Twelve of twenty parts replaced, as some promoter sets make their negatives."""
    rng = np.random.default_rng(7)
    pairs = []
    for _ in range(300):
        positive = made.dna(rng, 300)
        parts = [positive[i : i + 15] for i in range(0, 300, 15)]
        for i in rng.permutation(20)[:12]:
            parts[i] = made.dna(rng, 15)
        pairs += [(positive, "1"), ("".join(parts), "0")]
    mixed = [pairs[i] for i in rng.permutation(len(pairs))]
    found = audit(
        "made/edited", made.data(train=mixed[:450], dev=mixed[450:500], test=mixed[500:]), "mcc"
    )
    check = checks(found)["edited-partners"]
    assert check.verdict is Verdict.serious
    assert check.counts["test_items_with_a_partner_in_train"] > 60
    assert (
        check.counts["of_those_with_the_other_label"]
        == check.counts["test_items_with_a_partner_in_train"]
    )
    assert check.counts["look_up_accuracy_where_a_partner_is"] == 1
    # the nearest training item carries the wrong label: copying it is worse than chance
    assert checks(found)["homology-to-train"].counts["nearest_neighbour_mcc"] < -0.4


def labelled(rng: np.random.Generator, n: int, gc: float, length: int) -> made.Rows:
    """Positives differ in GC content or length, and in nothing else."""
    made_rows = [(made.dna(rng, 100), "0") for _ in range(n // 2)]
    made_rows += [(made.dna(rng, length, gc), "1") for _ in range(n // 2)]
    return [made_rows[i] for i in rng.permutation(n)]


@pytest.mark.parametrize(
    ("gc", "length", "caught"), [(0.65, 100, "gc-shortcut"), (0.5, 110, "length-shortcut")]
)
def test_shortcuts(gc: float, length: int, caught: str) -> None:
    rng = np.random.default_rng(8)
    sizes = {"train": 400, "dev": 100, "test": 300}
    parts = {name: labelled(rng, n, gc, length) for name, n in sizes.items()}
    found = checks(audit("made/short", made.data(**parts), "mcc"))
    assert found[caught].verdict is Verdict.serious
    assert found[caught].counts["mcc"] > 0.7
    other = {"gc-shortcut", "length-shortcut"} - {caught}
    assert found[other.pop()].verdict is Verdict.clean


def test_unknown_bases_in_one_class() -> None:
    parts = fair()
    for name, rows in parts.items():
        parts[name] = [(s[:-3] + "NNN" if label == "1" else s, label) for s, label in rows]
    found = checks(audit("made/n", made.data(**parts), "mcc"))
    assert found["unknown-base-shortcut"].verdict is Verdict.serious


def test_balance() -> None:
    rng = np.random.default_rng(9)
    rows = [(made.dna(rng, 50), "1" if i % 30 == 0 else "0") for i in range(300)]
    check = checks(audit("made/uneven", made.data(train=rows, test=rows[:60]), "mcc"))[
        "label-balance"
    ]
    assert check.verdict is Verdict.serious
    assert (check.counts["train_0"], check.counts["train_1"]) == (290, 10)


def test_without_train_the_rest_is_still_checked() -> None:
    parts = fair()
    parts["test"][4] = parts["dev"][6]
    found = audit("made/half", made.data(dev=parts["dev"], test=parts["test"]), "mcc")
    verdicts = {c.id: c.verdict for c in found.checks}
    for needs_train in ("near-duplicates", "homology-to-train", "gc-shortcut"):
        assert verdicts[needs_train] is Verdict.not_checked
    assert checks(found)["duplicates-across-splits"].counts["test_in_dev"] == 1
    assert [f.row for f in found.flagged] == [5]
    assert verdicts["shuffled-partners"] is Verdict.clean


def test_without_train_partners_are_looked_for_in_dev() -> None:
    rng = np.random.default_rng(10)
    positives = [made.dna(rng, 101) for _ in range(100)]
    dev = [(s, "1") for s in positives] + [(made.dna(rng, 101), "0") for _ in range(100)]
    test = [(made.dinucleotide_shuffle(rng, s), "0") for s in positives[:80]]
    test += [(made.dna(rng, 101), "1") for _ in range(80)]
    check = checks(audit("made/half", made.data(dev=dev, test=test), "mcc"))["shuffled-partners"]
    assert check.verdict is Verdict.serious
    assert check.counts["test_items_with_a_partner_in_dev"] == 80
    assert check.examples[0] == "test:1 / dev:1"


def test_clean_rows_are_those_without_a_flag() -> None:
    parts = fair()
    parts["test"][10] = parts["train"][3]
    task = made.data(**parts)
    mask = clean_rows(task.splits["test"], audit("made/copies", task, "mcc"))
    assert np.flatnonzero(~mask).tolist() == [10]
