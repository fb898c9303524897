"""Near copies: sequences that share most of their words, found by MinHash and then counted exactly.

Words are canonical 11-mers: chance alone rarely makes two sequences of some hundred bases share one.
Signatures are computed for all words at once; datasketch's LSH proposes pairs, and the exact
Jaccard index of the word sets decides.
"""

from __future__ import annotations

import numpy as np
from datasketch import LeanMinHash, MinHashLSH
from numpy.typing import NDArray
from scipy import sparse

from ingest.baselines.audit.duplicates import Flags, name
from ingest.baselines.audit.report import EXAMPLES, Check, Verdict, grade, share
from ingest.baselines.kmers import reverse_complement, words
from ingest.baselines.sequences import Packed, join
from ingest.baselines.splits import Split

K = 11
JACCARD = 0.5  # half of all words shared: one base changed in 22, or a shift by a third
_LSH_THRESHOLD = 0.35  # lower than JACCARD, so that pairs at the border are proposed too
_PERMUTATIONS = 96
_WORD_CHUNK = 1 << 22


def word_sets(packed: Packed, k: int = K) -> sparse.csr_matrix:
    """Which canonical words occur in which sequence: 0/1, shape (n, 4**k)."""
    value, valid = words(packed, k)
    value = value[valid]
    column = np.minimum(value, reverse_complement(value, k))
    row = packed.owners[valid].astype(np.int64)
    pairs = np.unique(row * 4**k + column)
    pointer = np.searchsorted(pairs, np.arange(len(packed) + 1) * 4**k)
    ones = np.ones(len(pairs), dtype=np.float32)
    return sparse.csr_matrix(
        (ones, (pairs % 4**k).astype(np.int32), pointer), shape=(len(packed), 4**k)
    )


def signatures(sets: sparse.csr_matrix, permutations: int = _PERMUTATIONS) -> NDArray[np.uint32]:
    """MinHash signatures, shape (n, permutations): the least hash of each set under each hash.

    Hashes are multiply-shift (Dietzfelbinger 1997) of a mixed word number, with fixed constants.
    A sequence without words gets the largest value everywhere.
    """
    rng = np.random.default_rng(11)
    factors = rng.integers(1, 2**63, size=permutations, dtype=np.uint64) * 2 + 1
    offsets = rng.integers(0, 2**63, size=permutations, dtype=np.uint64)
    # rows without words would take their neighbour's least value in reduceat
    full = np.diff(sets.indptr) > 0
    result = np.full((sets.shape[0], permutations), 2**32 - 1, dtype=np.uint32)
    rows = np.flatnonzero(full)
    start = 0
    while start < len(rows):
        first = sets.indptr[rows[start]]
        stop = int(np.searchsorted(sets.indptr[rows], first + _WORD_CHUNK, "right"))
        stop = max(stop, start + 1)
        part = rows[start:stop]
        mixed = _mix(sets.indices[first : sets.indptr[part[-1] + 1]].astype(np.uint64))
        at = sets.indptr[part] - first
        for j in range(permutations):
            hashed = (mixed * factors[j] + offsets[j]) >> np.uint64(32)
            result[part, j] = np.minimum.reduceat(hashed, at).astype(np.uint32)
        start = stop
    return result


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # the finaliser of splitmix64, so that neighbouring words get unrelated numbers
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def jaccard(
    sets: sparse.csr_matrix, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Exact Jaccard index of the word sets of pairs of rows, shape (pairs,)."""
    sizes = np.diff(sets.indptr)
    shared = np.zeros(len(left))
    for at in range(0, len(left), 20_000):
        part = slice(at, at + 20_000)
        shared[part] = np.asarray(sets[left[part]].multiply(sets[right[part]]).sum(axis=1)).ravel()
    union = sizes[left] + sizes[right] - shared
    return np.where(union > 0, shared / np.maximum(union, 1), 0.0)


def groups_and_pairs(
    sets: sparse.csr_matrix, threshold: float = JACCARD
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Near copies among the rows of `sets`.

    Returns the group of each row, shape (n,), rows with one signature being one group (their sets
    are all but equal), and the pairs of groups, shape (pairs, 2), whose first members have a Jaccard
    index of at least `threshold`. Grouping first keeps a repeat that stands in the data a thousand
    times from costing a million pairs. Rows without words are groups of their own.
    """
    values = signatures(sets)
    # an empty set's signature is unlike all others', and unlike another empty set's
    blank = np.flatnonzero(np.diff(sets.indptr) == 0)
    values[blank] = np.arange(len(blank), dtype=np.uint32)[:, None]
    unique, first, group = np.unique(values, axis=0, return_index=True, return_inverse=True)
    empty = np.diff(sets.indptr)[first] == 0
    lsh = MinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_PERMUTATIONS)
    left: list[int] = []
    right: list[int] = []
    for number in np.flatnonzero(~empty).tolist():
        minhash = LeanMinHash(seed=1, hashvalues=unique[number], scheme="affine32")
        found = lsh.query(minhash)
        left += found
        right += [number] * len(found)
        lsh.insert(number, minhash)
    pairs = np.stack([np.array(left, np.int64), np.array(right, np.int64)], axis=1)
    alike = jaccard(sets, first[pairs[:, 0]], first[pairs[:, 1]]) >= threshold
    return group.ravel().astype(np.int64), pairs[alike]


def _reached(of: NDArray[np.int64], pairs: NDArray[np.int64], groups: int) -> NDArray[np.bool_]:
    """Groups, shape (groups,), that hold one of the items `of` or have a neighbour that does."""
    holds = np.zeros(groups, dtype=bool)
    holds[of] = True
    reached = holds.copy()
    reached[pairs[holds[pairs[:, 1]], 0]] = True
    reached[pairs[holds[pairs[:, 0]], 1]] = True
    return reached


def check(splits: dict[str, Split]) -> tuple[Check, Flags]:
    """Near copies within and across splits, exact copies included."""
    order = list(splits)
    sets = word_sets(join([splits[s].sequences for s in order]))
    group, pairs = groups_and_pairs(sets)
    groups = int(group.max(initial=-1)) + 1
    bounds = np.cumsum([0] + [len(splits[s]) for s in order])
    of = {s: group[bounds[n] : bounds[n + 1]] for n, s in enumerate(order)}
    counts: dict[str, float] = {}
    examples: list[str] = []
    flags: Flags = {}
    for s in order:
        crowded = np.bincount(of[s], minlength=groups) > 1
        there = np.bincount(of[s], minlength=groups) > 0
        crowded[pairs[there[pairs[:, 1]], 0]] = True
        crowded[pairs[there[pairs[:, 0]], 1]] = True
        counts[f"{s}_items_with_a_near_copy_in_{s}"] = int(crowded[of[s]].sum())
    for a in ("train", "dev"):
        if a not in of or "test" not in of:
            continue
        mask = _reached(of[a], pairs, groups)[of["test"]]
        flags[f"near_copy_in_{a}"] = mask
        counts[f"test_items_with_a_near_copy_in_{a}"] = int(mask.sum())
        for k in np.flatnonzero(mask)[: EXAMPLES - len(examples)].tolist():
            own = of["test"][k]
            near = np.unique(np.r_[own, pairs[(pairs == own).any(axis=1)].ravel()])
            partner = int(np.flatnonzero(np.isin(of[a], near))[0])
            examples.append(f"{name('test', splits['test'], k)} ~ {name(a, splits[a], partner)}")
    found = flags.get("near_copy_in_train")
    portion = share(int(found.sum()), len(found)) if found is not None else 0.0
    return (
        Check(
            id="near-duplicates",
            verdict=grade(portion, 0.005, 0.05) if found is not None else Verdict.not_checked,
            says=(
                f"{portion:.1%} of the test items have a near copy in train "
                f"(half of all {K}-mers shared, either strand)"
            ),
            counts=counts,
            examples=examples,
        ),
        flags,
    )
