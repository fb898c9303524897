"""Splits as published, and splits by rule: the same for everybody, copies kept together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.baselines.registry import DatasetError, find_task, load_registry
from ingest.baselines.sequences import pack
from ingest.baselines.splits import DEV_SHARE, Split, held_out, load
from tests.ingest.baselines import made


def split_of(rows: made.Rows) -> Split:
    return made.data(train=rows).splits["train"]


def test_published_splits_are_left_as_they_are(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    parts = {"train": made.rows(rng, 20), "dev": made.rows(rng, 8), "test": made.rows(rng, 10)}
    folder = made.write_task(tmp_path, **parts)
    _, task = find_task(load_registry(folder / "datasets"), "MADE/Motif/0")
    data = load(task, folder / "data")
    assert (data.dev_rule, data.test_rule, data.classes) == ("published", "published", ["0", "1"])
    for name, rows in parts.items():
        assert data.splits[name].sequences.keys == pack([s for s, _ in rows]).keys
        assert data.splits[name].labels.tolist() == [int(label) for _, label in rows]
        assert data.splits[name].rows.tolist() == list(range(len(rows)))


def test_dev_is_cut_from_train_by_content_alone(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    parts = {"train": made.rows(rng, 200), "test": made.rows(rng, 10)}
    folder = made.write_task(tmp_path, **parts)
    _, task = find_task(load_registry(folder / "datasets"), "made/motif/0")
    data = load(task, folder / "data")
    assert data.dev_rule == "hash"
    assert np.bincount(data.splits["dev"].labels).tolist() == [100 * DEV_SHARE, 100 * DEV_SHARE]
    both = np.concatenate([data.splits["train"].rows, data.splits["dev"].rows])
    assert sorted(both.tolist()) == list(range(200))


def test_the_rule_follows_the_sequences_not_their_order() -> None:
    rng = np.random.default_rng(1)
    rows = made.rows(rng, 60)
    mask = held_out(split_of(rows), 0.2, "dev")
    turned = held_out(split_of(rows[::-1]), 0.2, "dev")
    assert mask.sum() == 12
    assert mask.tolist() == turned[::-1].tolist()
    assert mask.tolist() != held_out(split_of(rows), 0.2, "test").tolist()


def test_copies_on_either_strand_stay_together() -> None:
    rng = np.random.default_rng(2)
    once = [(made.dna(rng, 40), "0") for _ in range(10)] + [(made.dna(rng, 40), "1")] * 2
    rows = [r for s, label in once for r in ((s, label), (made.reverse_complement(s), label))]
    split = split_of(rows)
    for share in (0.05, 0.25, 0.5):
        mask = held_out(split, share, "dev")
        keys = np.array([k.hex() for k in split.sequences.canonical_keys])
        assert not set(keys[mask]) & set(keys[~mask])


def test_row_and_class_counts_must_be_the_registered_ones(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    folder = made.write_task(tmp_path, train=made.rows(rng, 10), test=made.rows(rng, 10))
    registry = folder / "datasets" / "made.yaml"
    text = registry.read_text()
    registry.write_text(text.replace("rows: 10", "rows: 11"))
    _, task = find_task(load_registry(folder / "datasets"), "made/motif/0")
    with pytest.raises(DatasetError, match=r"B024.*has 10 rows, expected 11"):
        load(task, folder / "data")
    registry.write_text(text.replace("classes: 2", "classes: 3"))
    _, task = find_task(load_registry(folder / "datasets"), "made/motif/0")
    with pytest.raises(DatasetError, match=r"B024.*found 2 classes, the registry says 3"):
        load(task, folder / "data")


def test_a_class_never_trained_is_refused(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    test = [*made.rows(rng, 6), (made.dna(rng, 30), "7")]
    folder = made.write_task(tmp_path, train=made.rows(rng, 10), test=test)
    _, task = find_task(load_registry(folder / "datasets"), "made/motif/0")
    with pytest.raises(DatasetError, match=r"B024.*\['7'\] are tested but never in train"):
        load(task, folder / "data")


def test_partial_leaves_out_what_is_not_there(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    parts = {"train": made.rows(rng, 10), "dev": made.rows(rng, 6), "test": made.rows(rng, 8)}
    folder = made.write_task(tmp_path, **parts)
    (folder / "data" / "made" / "train.csv").unlink()
    _, task = find_task(load_registry(folder / "datasets"), "made/motif/0")
    assert set(load(task, folder / "data", partial=True).splits) == {"dev", "test"}
    with pytest.raises(DatasetError, match="B023"):
        load(task, folder / "data")
