"""MinHash signatures estimate, and the exact count decides."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.baselines.audit.homology import mash_distance, nearest
from ingest.baselines.audit.near import groups_and_pairs, jaccard, signatures, word_sets
from ingest.baselines.sequences import pack
from tests.ingest.baselines import made


def test_word_sets_and_jaccard_by_hand() -> None:
    # canonical 3-words: ACGT has ACG only (CGT is its other strand); ACGA has ACG and CGA
    sets = word_sets(pack(["ACGT", "ACGA", "AC"]), 3)
    assert np.diff(sets.indptr).tolist() == [1, 2, 0]
    left, right = np.array([0, 0, 1, 2]), np.array([0, 1, 2, 2])
    assert jaccard(sets, left, right).tolist() == [1.0, 0.5, 0.0, 0.0]


def test_signatures_estimate_the_jaccard_index() -> None:
    rng = np.random.default_rng(0)
    base = made.dna(rng, 4000)
    others = [base[shift:] + made.dna(rng, shift) for shift in (0, 400, 1333, 4000)]
    sets = word_sets(pack([base, *others]))
    exact = jaccard(sets, np.zeros(4, dtype=np.int64), np.arange(1, 5))
    found = signatures(sets, 1024)
    estimated = (found[0] == found[1:]).mean(axis=1)
    # standard error sqrt(j (1 - j) / 1024), at most 0.016
    assert estimated == pytest.approx(exact, abs=0.06)
    assert exact[0] == 1
    assert exact[3] < 0.01


def test_near_pairs_are_found_and_far_ones_are_not() -> None:
    rng = np.random.default_rng(1)
    bases = [made.dna(rng, 200) for _ in range(300)]
    copies = [b[:100] + made.dna(rng, 1) + b[101:] for b in bases]
    far = [b[:60] + made.dna(rng, 140) for b in bases]
    group, pairs = groups_and_pairs(word_sets(pack(bases + copies + far + ["ACG", "ACG"])))
    together = {(int(a), int(b)) for a, b in pairs} | {(int(b), int(a)) for a, b in pairs}
    hits = sum(
        group[i] == group[300 + i] or (int(group[i]), int(group[300 + i])) in together
        for i in range(300)
    )
    assert hits == 300
    assert not any((int(group[i]), int(group[600 + i])) in together for i in range(300))
    # sequences too short for a word are copies of nothing
    assert group[-1] != group[-2]


def test_mash_distance_of_the_papers_formula() -> None:
    # Ondov et al. 2016, eq. 4: D = -1/k ln(2j / (1 + j)); at j = 1/3 that is ln(2) / k
    found = mash_distance(np.array([1.0, 1 / 3, 0.0]), k=11)
    assert found == pytest.approx([0.0, np.log(2) / 11, 1.0])


def test_nearest_neighbours_by_brute_force() -> None:
    rng = np.random.default_rng(2)
    train = [made.dna(rng, 120) for _ in range(60)]
    test = [t[30:] + made.dna(rng, 30) for t in train[:20]] + [made.dna(rng, 120) for _ in range(5)]
    splits = made.data(
        train=[(s, "0") for s in train] + [("A" * 50, "1")], test=[(s, "0") for s in test]
    ).splits
    best, who = nearest(splits["test"], splits["train"])
    sets = word_sets(pack(test + train))
    for i in range(len(test)):
        others = np.arange(len(train)) + len(test)
        exact = jaccard(sets, np.full(len(train), i, dtype=np.int64), others)
        assert best[i] == pytest.approx(exact.max())
        if exact.max() > 0:
            assert exact[who[i]] == exact.max()
        else:
            assert who[i] == -1
