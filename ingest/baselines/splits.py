"""The splits of a task: as published, or made by a rule that needs no random numbers.

The rule `hash`: within each class, sequences are ordered by the SHA-256 of their canonical form
(the lesser of a sequence and its reverse complement); the first share of them is the held-out part.
It depends on nothing but the content, so everybody gets the same split, and copies of a sequence
with one label stay together. With the salt of another use it gives another order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.baselines import store
from ingest.baselines.readers import read_rows
from ingest.baselines.registry import DatasetError, DataTask
from ingest.baselines.sequences import Packed, pack

DEV_SHARE = 0.1


@dataclass(frozen=True)
class Split:
    """Sequences (n), class indices (n,), and the rows of the published split they stand in (n,)."""

    sequences: Packed
    labels: NDArray[np.int64]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of items."""
        return len(self.labels)

    def take(self, chosen: NDArray[np.integer] | NDArray[np.bool_]) -> Split:
        """The items at `chosen` (indices or a mask)."""
        return Split(self.sequences.take(chosen), self.labels[chosen], self.rows[chosen])


@dataclass(frozen=True)
class TaskData:
    """A task ready to be learnt: its splits, its classes' names, how the splits came about."""

    splits: dict[str, Split]
    classes: list[str]
    dev_rule: str  # published | hash
    test_rule: str  # published | hash
    sha256: dict[str, str] = field(default_factory=dict)  # of each file, by path


def hash_order(sequences: Packed, salt: str) -> NDArray[np.int64]:
    """Indices (n,) of the sequences, ordered by the hash of their canonical form."""
    prefix = salt.encode() + b"\0"
    digests = [hashlib.sha256(prefix + key).digest() for key in sequences.canonical_keys]
    return np.array(sorted(range(len(digests)), key=lambda i: (digests[i], i)), dtype=np.int64)


def held_out(split: Split, share: float, salt: str) -> NDArray[np.bool_]:
    """Mask (n,) of the held-out part: the first `share` of each class in hash order, at least one.

    Copies of a sequence that straddle the border all go to the held-out side.
    """
    order = hash_order(split.sequences, salt)
    keys = split.sequences.canonical_keys
    mask = np.zeros(len(split), dtype=bool)
    for label in np.unique(split.labels):
        members = order[split.labels[order] == label]
        count = max(1, round(share * len(members)))
        while count < len(members) and keys[members[count]] == keys[members[count - 1]]:
            count += 1
        mask[members[:count]] = True
    return mask


def load(
    task: DataTask,
    data: Path | None = None,
    cache: Path | None = None,
    progress: store.Progress | None = None,
    partial: bool = False,
) -> TaskData:
    """Read, verify and split a task; with `partial`, of the splits that `data` holds.

    Raises DatasetError: B024 when rows or classes differ from the registry or between splits,
    and those of the store and the readers.
    """
    texts: dict[str, tuple[list[str], list[str]]] = {}
    sums: dict[str, str] = {}
    for name, files in task.splits.items():
        sequences: list[str] = []
        labels: list[str] = []
        for file in files:
            if partial and data and store.find_local(file, data) is None:
                break
            raw = store.get(file, data, cache, progress)
            sums[file.path] = hashlib.sha256(raw).hexdigest()
            found = read_rows(raw, file, task, name)
            if file.rows not in ("not_checked", len(found[0])):
                raise DatasetError(
                    "B024", f"{file.path} has {len(found[0])} rows, expected {file.rows}"
                )
            sequences += found[0]
            labels += found[1]
        else:
            texts[name] = (sequences, labels)
    if not texts:
        raise DatasetError("B023", f"{data} holds no complete split of {task.id}")
    classes = _classes(task, {name: labels for name, (_, labels) in texts.items()})
    index = {c: i for i, c in enumerate(classes)}
    splits = {
        name: Split(
            pack(sequences),
            np.array([index[label] for label in labels], dtype=np.int64),
            np.arange(len(labels)),
        )
        for name, (sequences, labels) in texts.items()
    }
    return complete(splits, classes, task, sums)


def complete(
    splits: Mapping[str, Split], classes: list[str], task: DataTask, sums: dict[str, str]
) -> TaskData:
    """Make the splits that weren't published: test and dev of a whole, dev of a train."""
    done = dict(splits)
    dev_rule = test_rule = "published"
    dev_share = DEV_SHARE
    if "whole" in done and task.derived is not None:
        whole = done.pop("whole")
        test = held_out(whole, task.derived.test_share, "test")
        done |= {"train": whole.take(~test), "test": whole.take(test)}
        test_rule, dev_share = "hash", task.derived.dev_share
    if "dev" not in done and "train" in done:
        train = done["train"]
        dev = held_out(train, dev_share, "dev")
        done |= {"train": train.take(~dev), "dev": train.take(dev)}
        dev_rule = "hash"
    return TaskData(done, classes, dev_rule, test_rule, sums)


def _classes(task: DataTask, labels: dict[str, list[str]]) -> list[str]:
    each = {name: set(values) for name, values in labels.items()}
    every = set().union(*each.values())
    learnt = each.get("train", each.get("whole", every))
    if unknown := every - learnt:
        raise DatasetError(
            "B024", f"{task.id}: classes {sorted(unknown)} are tested but never in train"
        )
    if task.classes not in ("not_checked", len(every)):
        raise DatasetError(
            "B024", f"{task.id}: found {len(every)} classes, the registry says {task.classes}"
        )
    return sorted(every, key=lambda c: (0, int(c), c) if c.isdigit() else (1, 0, c))
