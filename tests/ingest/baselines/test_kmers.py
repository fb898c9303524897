"""Counts against hand counts and a plain loop over windows."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.baselines.kmers import (
    canonical_table,
    dyad_counts,
    dyad_table,
    kmer_counts,
    positional,
    reverse_complement,
    words,
)
from ingest.baselines.sequences import pack
from tests.ingest.baselines import made


def number(word: str) -> int:
    value = 0
    for letter in word:
        value = value * 4 + "ACGT".index(letter)
    return value


def as_dict(matrix, row: int) -> dict[int, int]:
    one = matrix[row]
    return dict(zip(one.indices.tolist(), one.data.astype(int).tolist(), strict=True))


def test_canonical_dimers_against_a_hand_count() -> None:
    # ACGTT has AC, CG, GT, TT; GT is AC of the other strand, TT is AA, CG is its own
    table, columns = canonical_table(2)
    found = as_dict(kmer_counts(pack(["ACGTT"]), 2), 0)
    assert found == {int(table[number("AC")]): 2, int(table[number("CG")]): 1, int(table[0]): 1}
    # 16 words: 4 palindromes (AT, CG, GC, TA) and 6 pairs
    assert columns == 10


@pytest.mark.parametrize(
    ("k", "columns"), [(1, 2), (2, 10), (3, 32), (4, 136), (5, 512), (6, 2080)]
)
def test_columns_are_words_up_to_reverse_complement(k: int, columns: int) -> None:
    # (4**k + palindromes) / 2, palindromes 4**(k/2) for even k, none for odd
    assert canonical_table(k)[1] == columns


def test_two_strands_count_alike() -> None:
    rng = np.random.default_rng(1)
    sequences = [made.dna(rng, 57) for _ in range(20)]
    forward = kmer_counts(pack(sequences), 5)
    backward = kmer_counts(pack([made.reverse_complement(s) for s in sequences]), 5)
    assert (forward != backward).nnz == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="ACGTN", max_size=30), min_size=1, max_size=8),
    st.integers(1, 5),
    st.booleans(),
)
def test_counts_equal_a_loop_over_windows(sequences: list[str], k: int, canonical: bool) -> None:
    matrix = kmer_counts(pack(sequences), k, canonical)
    assert matrix.shape == (len(sequences), canonical_table(k)[1] if canonical else 4**k)
    for row, sequence in enumerate(sequences):
        windows = [sequence[i : i + k] for i in range(len(sequence) - k + 1)]
        known = [w for w in windows if "N" not in w]
        if canonical:
            column = canonical_table(k)[0]
            expected = Counter(
                int(column[number(min(w, made.reverse_complement(w)))]) for w in known
            )
        else:
            expected = Counter(number(w) for w in known)
        assert as_dict(matrix, row) == dict(expected)


def test_windows_never_run_into_the_next_sequence() -> None:
    value, valid = words(pack(["AC", "", "GTA"]), 3)
    assert valid.tolist() == [False, False, True, False, False]
    assert value[2] == number("GTA")


def test_reverse_complement_of_a_word() -> None:
    assert reverse_complement(np.array([number("AACGT")]), 5)[0] == number("ACGTT")


def test_dyads_against_a_hand_count() -> None:
    # two 2-words with one base between, in ACTGGA: AC.GG (A C [T] G G) and CT.GA (C T [G] G A);
    # on the other strand CC.GT and TC.AG
    table, columns = dyad_table(2)
    found = as_dict(dyad_counts(pack(["ACTGGA"]), 2, 1), 0)
    assert found == {int(table[number("ACGG")]): 1, int(table[number("CTGA")]): 1}
    assert table[number("ACGG")] == table[number("CCGT")]
    assert table[number("CTGA")] == table[number("TCAG")]
    assert columns == 136


def test_dyads_stay_inside_their_sequence_and_skip_unknown_bases() -> None:
    apart = dyad_counts(pack(["ACTG", "GA"]), 2, 1)
    assert apart.nnz == 0
    # the base in the gap may be anything
    assert dyad_counts(pack(["ACNGG"]), 2, 1).sum() == 1
    assert dyad_counts(pack(["ANTGG"]), 2, 1).sum() == 0


def test_positions_against_a_hand_count() -> None:
    matrix = positional(pack(["ACG", "NCGT"]), 2, 3)
    # position * 16 + word; windows that start beyond length - n are left out
    assert as_dict(matrix, 0) == {0 * 16 + number("AC"): 1, 1 * 16 + number("CG"): 1}
    assert as_dict(matrix, 1) == {1 * 16 + number("CG"): 1}
    assert matrix.shape == (2, 48)


def test_chunks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    packed = pack([made.dna(rng, int(n)) for n in rng.integers(0, 60, 50)])
    whole = [kmer_counts(packed, 4), dyad_counts(packed, 2, 3), positional(packed, 3, 60)]
    monkeypatch.setattr("ingest.baselines.kmers._CHUNK_BASES", 64)
    small = [kmer_counts(packed, 4), dyad_counts(packed, 2, 3), positional(packed, 3, 60)]
    for one, other in zip(whole, small, strict=True):
        assert one.shape == other.shape
        assert (one != other).nnz == 0
