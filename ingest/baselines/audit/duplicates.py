"""Copies of a sequence, and of its reverse complement, within and across splits; label conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest.baselines.audit.report import EXAMPLES, Check, Verdict, grade, share
from ingest.baselines.splits import Split

Flags = dict[str, NDArray[np.bool_]]
"""Masks over the test items, by reason."""


def name(split: str, data: Split, index: int) -> str:
    """`test:17`, the row counted from 1 in published order."""
    return f"{split}:{data.rows[index] + 1}"


@dataclass
class Copies:
    """Group numbers of each split's items: `exact` same strand, `either` whichever strand."""

    exact: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    either: dict[str, NDArray[np.int64]] = field(default_factory=dict)


def group(splits: dict[str, Split]) -> Copies:
    """Number equal sequences alike across all splits."""
    copies = Copies()
    for attribute, keys in (("exact", "keys"), ("either", "canonical_keys")):
        seen: dict[bytes, int] = {}
        for split, data in splits.items():
            of = getattr(data.sequences, keys)
            numbers = np.fromiter((seen.setdefault(k, len(seen)) for k in of), np.int64, len(of))
            getattr(copies, attribute)[split] = numbers
    return copies


def within(splits: dict[str, Split], copies: Copies) -> Check:
    """Items that aren't the first of their kind in their own split."""
    counts: dict[str, float] = {}
    examples: list[str] = []
    worst = 0.0
    for split, data in splits.items():
        _, first, inverse = np.unique(copies.either[split], return_index=True, return_inverse=True)
        later = np.flatnonzero(first[inverse] != np.arange(len(data)))
        exact_first = np.unique(copies.exact[split], return_index=True)[1]
        counts[f"{split}_copies"] = len(later)
        counts[f"{split}_copies_on_other_strand_only"] = len(exact_first) - len(first)
        worst = max(worst, share(len(later), len(data)))
        for i in later[: EXAMPLES - len(examples)]:
            examples.append(
                f"{name(split, data, int(i))} = {name(split, data, int(first[inverse[i]]))}"
            )
    return Check(
        id="duplicates-within-split",
        verdict=grade(worst, 0.001, 0.05),
        says=f"at most {worst:.1%} of a split's items repeat an earlier one of the same split",
        counts=counts,
        examples=examples,
    )


def across(splits: dict[str, Split], copies: Copies) -> tuple[Check, Flags]:
    """Items whose sequence, on either strand, stands in another split as well."""
    counts: dict[str, float] = {}
    examples: list[str] = []
    flags: Flags = {}
    test_share = 0.0
    order = ["train", "dev", "test"]
    for b in order[1:]:
        for a in order[: order.index(b)]:
            if a not in splits or b not in splits:
                continue
            exact = np.isin(copies.exact[b], copies.exact[a])
            either = np.isin(copies.either[b], copies.either[a])
            same, other = _labels_agree(splits, copies, a, b, either)
            counts[f"{b}_in_{a}"] = int(exact.sum())
            counts[f"{b}_in_{a}_on_other_strand_only"] = int((either & ~exact).sum())
            counts[f"{b}_in_{a}_same_label"] = same
            counts[f"{b}_in_{a}_other_label"] = other
            if b == "test":
                flags[f"copy_in_{a}"] = either
                if a == "train":
                    test_share = share(int(either.sum()), len(either))
            first = {int(g): i for i, g in reversed(list(enumerate(copies.either[a])))}
            for i in np.flatnonzero(either)[: EXAMPLES - len(examples)]:
                partner = name(a, splits[a], first[int(copies.either[b][i])])
                examples.append(f"{name(b, splits[b], int(i))} = {partner}")
    verdict = grade(test_share, 0.0, 0.01)
    if verdict is Verdict.clean and any(counts.values()):
        verdict = Verdict.notice
    return (
        Check(
            id="duplicates-across-splits",
            verdict=verdict if {"train", "test"} <= set(splits) else Verdict.not_checked,
            says=f"{test_share:.1%} of the test items stand in train, on one strand or the other",
            counts=counts,
            examples=examples,
        ),
        flags,
    )


def _labels_agree(
    splits: dict[str, Split], copies: Copies, a: str, b: str, both: NDArray[np.bool_]
) -> tuple[int, int]:
    pairs = {(int(g), int(c)) for g, c in zip(copies.either[a], splits[a].labels, strict=True)}
    own = zip(copies.either[b][both], splits[b].labels[both], strict=True)
    same = sum((int(g), int(c)) in pairs for g, c in own)
    return same, int(both.sum()) - same


def conflicts(splits: dict[str, Split], copies: Copies) -> tuple[Check, Flags]:
    """Sequences that carry more than one label somewhere."""
    groups = np.concatenate([copies.either[s] for s in splits])
    labels = np.concatenate([d.labels for d in splits.values()])
    pairs = np.unique(np.stack([groups, labels], axis=1), axis=0)
    number, times = np.unique(pairs[:, 0], return_counts=True)
    torn = number[times > 1]
    masks = {s: np.isin(copies.either[s], torn) for s in splits}
    items = sum(int(m.sum()) for m in masks.values())
    examples = [
        name(s, splits[s], int(i)) for s, m in masks.items() for i in np.flatnonzero(m)[:EXAMPLES]
    ]
    portion = share(items, len(groups))
    return (
        Check(
            id="label-conflicts",
            verdict=grade(portion, 0.0, 0.005),
            says=f"{len(torn)} sequences carry two or more labels ({items} items)",
            counts={
                "sequences": len(torn),
                **{f"{s}_items": int(m.sum()) for s, m in masks.items()},
            },
            examples=examples[:EXAMPLES],
        ),
        {"label_conflict": masks["test"]} if "test" in masks else {},
    )
