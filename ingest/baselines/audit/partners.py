"""Negatives made from positives: shuffles that keep composition, or edits that keep positions.

Where a negative is a positive rearranged, the two share what the rearrangement keeps. A partner in
the other split then gives a test item's label away, without any model: it is the other one. Two
kinds of trace are looked for: equal counts of all dinucleotides (what a dinucleotide-preserving
shuffle keeps), and words at equal positions (what replacing parts of a sequence keeps).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.baselines.audit.duplicates import Flags, name
from ingest.baselines.audit.report import EXAMPLES, Check, Verdict, grade, share
from ingest.baselines.kmers import kmer_counts, positional
from ingest.baselines.metrics import Prediction, score
from ingest.baselines.sequences import Packed
from ingest.baselines.splits import Split

Index = NDArray[np.int64]
"""Partner of each asked item among the others, or -1, shape (n,)."""

N = 6  # bases of a word at a position: two unrelated sequences share one at 1 position in 4096
SHARED = 0.12  # share of positions with the same word that makes partners; chance is 0.0002
_ROWS = 256
_LEARN = 4000  # training items from which the rule of the look-up is learnt


def _composition_keys(packed: Packed) -> list[bytes]:
    counts = kmer_counts(packed, 2, canonical=False).toarray().astype(np.int32)
    return [row.tobytes() for row in counts]


def by_composition(asked: Packed, others: Packed, themselves: bool = False) -> Index:
    """Partners with equal counts of all 16 dinucleotides but another sequence.

    With `themselves`, `asked` is `others`.
    """
    where: dict[bytes, list[int]] = {}
    for i, key in enumerate(_composition_keys(others)):
        where.setdefault(key, []).append(i)
    other_keys, own_keys = others.canonical_keys, asked.canonical_keys
    index = np.full(len(asked), -1, dtype=np.int64)
    for i, key in enumerate(_composition_keys(asked)):
        for j in where.get(key, ()):
            if other_keys[j] != own_keys[i] and not (themselves and i == j):
                index[i] = j
                break
    return index


def by_position(asked: Packed, others: Packed, themselves: bool = False) -> Index:
    """Partners with at least SHARED of all N-base words at the same positions, sequence not equal.

    Of several, the one that shares most. Items are compared from their first base.
    """
    length = int(min(asked.lengths.max(initial=0), others.lengths.max(initial=0)))
    index = np.full(len(asked), -1, dtype=np.int64)
    if length < 4 * N:
        return index
    left, right = positional(asked, N, length), positional(others, N, length).T.tocsr()
    own_keys, other_keys = asked.canonical_keys, others.canonical_keys
    need = np.maximum(SHARED * (asked.lengths - N + 1), 4)
    for start in range(0, len(asked), _ROWS):
        product = (left[start : start + _ROWS] @ right).tocoo()
        row, column, shared = product.row + start, product.col, product.data
        keep = shared >= need[row]
        row, column, shared = row[keep], column[keep], shared[keep]
        for k in np.lexsort((column, -shared, row)):
            i, j = int(row[k]), int(column[k])
            if index[i] < 0 and other_keys[j] != own_keys[i] and not (themselves and i == j):
                index[i] = j
    return index


_KINDS = {
    "shuffled-partners": (by_composition, "equal counts of all dinucleotides"),
    "edited-partners": (by_position, "words at the same positions"),
}


def check(splits: dict[str, Split], classes: int, metric: str) -> tuple[list[Check], Flags]:
    """Partners of test items in train, whether they carry the other label, and what that scores.

    Where train isn't there, dev stands in for it: fewer partners, but the same trace.
    """
    checks: list[Check] = []
    flags: Flags = {}
    where = "train" if "train" in splits else "dev"
    for kind, (find, what) in _KINDS.items():
        if not {where, "test"} <= set(splits):
            says = "needs test, and train or dev"
            checks.append(Check(id=kind, verdict=Verdict.not_checked, says=says))
            continue
        train, test = splits[where], splits["test"]
        learn = train.take(np.arange(min(_LEARN, len(train))))
        inside = find(learn.sequences, learn.sequences, themselves=True)
        paired = inside >= 0
        opposite = learn.labels[inside[paired]] != learn.labels[paired]
        rate = float(opposite.mean()) if paired.any() else 0.5
        index = find(test.sequences, train.sequences)
        has = index >= 0
        differs = has & (train.labels[np.maximum(index, 0)] != test.labels)
        guess = _look_up(test, train, index, rate, classes)
        value = score(test.labels, Prediction(guess, np.eye(classes)[guess]), metric)
        counts: dict[str, float] = {
            "test_items": len(test),
            f"test_items_with_a_partner_in_{where}": int(has.sum()),
            "of_those_with_the_other_label": int(differs.sum()),
            f"{where}_items_looked_at": len(learn),
            f"{where}_items_with_a_partner_in_{where}": int(paired.sum()),
            "of_those_with_another_label": int(opposite.sum()),
            f"look_up_{metric}": round(value, 4),
        }
        if has.any():
            right = float((guess[has] == test.labels[has]).mean())
            counts["look_up_accuracy_where_a_partner_is"] = round(right, 4)
        flags[kind.replace("partners", "partner") + f"_in_{where}"] = differs
        portion = share(int(differs.sum()), len(test))
        # partners by chance or by homology carry either label; made ones carry the other
        made = int(differs.sum()) > 2 * int((has & ~differs).sum())
        checks.append(
            Check(
                id=kind,
                verdict=grade(portion, 0.005, 0.05) if made else grade(portion, 0.02, 1.01),
                says=(
                    f"{portion:.1%} of the test items have a partner with the other label in {where} "
                    f"({what}); looking "
                    f"partners up scores {metric} {value:.3f}"
                ),
                counts=counts,
                examples=[
                    f"{name('test', test, int(i))} / {name(where, train, int(index[i]))}"
                    for i in np.flatnonzero(differs)[:EXAMPLES]
                ],
            )
        )
    return checks, flags


def _look_up(
    test: Split, train: Split, index: NDArray[np.int64], rate: float, classes: int
) -> NDArray[np.int64]:
    """The other label of a partner where partners in train mostly differ, else the same."""
    majority = int(np.bincount(train.labels, minlength=classes).argmax())
    partner = train.labels[np.maximum(index, 0)]
    told = (1 - partner) if classes == 2 and rate > 0.5 else partner
    return np.where(index >= 0, told, majority)
