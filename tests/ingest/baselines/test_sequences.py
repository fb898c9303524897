"""Packing, strands, selection."""

from __future__ import annotations

import numpy as np

from ingest.baselines.sequences import join, pack


def test_letters_of_either_case_and_rna_are_bases_and_the_rest_is_unknown() -> None:
    assert pack(["ACGTacgtUuN-R"]).codes.tolist() == [0, 1, 2, 3, 0, 1, 2, 3, 3, 3, 4, 4, 4]


def test_other_strand_keys() -> None:
    packed = pack(["AACG", "", "CGTT", "TTN"])
    assert packed.reverse_complement_keys == pack(["CGTT", "", "AACG", "NAA"]).keys
    assert packed.canonical_keys[0] == packed.canonical_keys[2]
    assert packed.keys[0] != packed.keys[2]


def test_gc_leaves_unknown_bases_out() -> None:
    assert pack(["GGCA", "NNGA", "NN", ""]).gc().tolist() == [0.75, 0.5, 0.5, 0.5]


def test_take_and_join_keep_sequences_whole() -> None:
    packed = pack(["AC", "GGG", "", "T"])
    assert packed.take(np.array([3, 1, 1])).keys == pack(["T", "GGG", "GGG"]).keys
    assert packed.take(np.array([True, False, True, False])).keys == pack(["AC", ""]).keys
    assert join([packed, pack(["AAA"])]).keys == pack(["AC", "GGG", "", "T", "AAA"]).keys
    assert len(join([])) == 0


def test_no_sequences_at_all() -> None:
    packed = pack([])
    assert (len(packed), packed.keys, packed.gc().tolist()) == (0, [], [])
