"""Counting words in sequences with array operations: no Python step per base.

A word of k bases is the number sum of code[j] * 4**(k - 1 - j), so AAA..A is 0 and TTT..T is
4**k - 1. Windows with an unknown base, or across the end of a sequence, count nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ingest.baselines.sequences import UNKNOWN, Packed

_Chunk = Callable[[Packed], tuple[NDArray[np.int32], NDArray[np.int64]]]
"""From a chunk to the row and column of each word that counts."""

_CHUNK_BASES = 1 << 20  # one chunk's temporary arrays stay below some 100 MB


def words(packed: Packed, k: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The word that starts at each base and whether it is one: two arrays of shape (bases,)."""
    n = len(packed.codes)
    wide = packed.codes.astype(np.int64)
    value = np.zeros(n, dtype=np.int64)
    valid = np.zeros(n, dtype=bool)
    usable = n - k + 1
    if usable <= 0:
        return value, valid
    known = packed.codes != UNKNOWN
    valid[:usable] = True
    for j in range(k):
        value[:usable] = value[:usable] * 4 + (wide[j : j + usable] & 3)
        valid[:usable] &= known[j : j + usable]
    # the last k - 1 starts of each sequence would run into the next one
    for j in range(1, k):
        ends = packed.offsets[1:] - j
        valid[ends[ends >= packed.offsets[:-1]]] = False
    return value, valid


def reverse_complement(word: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The words of the other strand, same shape."""
    result = np.zeros_like(word)
    left = word.copy()
    for _ in range(k):
        result = result * 4 + (3 - (left & 3))
        left >>= 2
    return result


@lru_cache(maxsize=16)
def canonical_table(k: int) -> tuple[NDArray[np.int32], int]:
    """Column of each of the 4**k words when both strands count as one, and the columns in all.

    There are (4**k + p) / 2 columns, p = 4**(k/2) palindromes for even k, 0 for odd.
    """
    every = np.arange(4**k, dtype=np.int64)
    canonical = np.minimum(every, reverse_complement(every, k))
    kept, column = np.unique(canonical, return_inverse=True)
    return column.astype(np.int32), len(kept)


@lru_cache(maxsize=16)
def dyad_table(w: int) -> tuple[NDArray[np.int32], int]:
    """Column of each pair of w-words (first * 4**w + second), both strands as one."""
    every = np.arange(16**w, dtype=np.int64)
    first, second = every // 4**w, every % 4**w
    other = reverse_complement(second, w) * 4**w + reverse_complement(first, w)
    kept, column = np.unique(np.minimum(every, other), return_inverse=True)
    return column.astype(np.int32), len(kept)


def kmer_counts(packed: Packed, k: int, canonical: bool = True) -> sparse.csr_matrix:
    """Counts of the words of k bases, shape (n, columns), float32.

    With `canonical`, a word and its reverse complement share one column (see canonical_table).
    """
    table, columns = canonical_table(k) if canonical else (None, 4**k)

    def chunk(part: Packed) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        value, valid = words(part, k)
        column = value[valid]
        return part.owners[valid], table[column].astype(np.int64) if table is not None else column

    return _counted(packed, columns, chunk)


def dyad_counts(packed: Packed, w: int, gap: int) -> sparse.csr_matrix:
    """Counts of two words of w bases with `gap` bases of any kind between, shape (n, columns).

    Both strands count as one: (a, gap, b) and (rc(b), gap, rc(a)) share a column.
    """
    table, columns = dyad_table(w)
    step = w + gap

    def chunk(part: Packed) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        value, valid = words(part, w)
        first, second = slice(0, max(len(value) - step, 0)), slice(step, None)
        both = valid[first] & valid[second] & (part.owners[first] == part.owners[second])
        pair = value[first][both] * 4**w + value[second][both]
        return part.owners[first][both], table[pair].astype(np.int64)

    return _counted(packed, columns, chunk)


def positional(packed: Packed, n: int, length: int) -> sparse.csr_matrix:
    """One-hot words of n bases by position from the start, shape (items, length * 4**n).

    Windows that start beyond `length` - n are left out, so sequences of other lengths fit.
    """
    blocks = []
    for part in _chunks(packed, 1):
        value, valid = words(part, n)
        place = np.arange(len(part.codes)) - part.offsets[part.owners]
        chosen = valid & (place <= length - n)
        column = (place[chosen] * 4**n + value[chosen]).astype(np.int32)
        pointer = np.zeros(len(part) + 1, dtype=np.int64)
        np.cumsum(np.bincount(part.owners[chosen], minlength=len(part)), out=pointer[1:])
        ones = np.ones(len(column), dtype=np.float32)
        shape = (len(part), length * 4**n)
        blocks.append(sparse.csr_matrix((ones, column, pointer), shape=shape))
    return _stacked(blocks, length * 4**n)


def _stacked(blocks: list[sparse.csr_matrix], columns: int) -> sparse.csr_matrix:
    if not blocks:
        return sparse.csr_matrix(np.empty((0, columns), dtype=np.float32))
    return sparse.csr_matrix(sparse.vstack(blocks, format="csr"))


def _counted(packed: Packed, columns: int, chunk: _Chunk) -> sparse.csr_matrix:
    """Count (row, column) pairs chunk by chunk into one sparse matrix."""
    blocks = []
    for part in _chunks(packed, columns):
        row, column = chunk(part)
        flat = np.bincount(row.astype(np.int64) * columns + column, minlength=len(part) * columns)
        at = np.flatnonzero(flat)
        pointer = np.searchsorted(at, np.arange(len(part) + 1) * columns)
        shape = (len(part), columns)
        counted = (flat[at].astype(np.float32), (at % columns).astype(np.int32), pointer)
        blocks.append(sparse.csr_matrix(counted, shape=shape))
    return _stacked(blocks, columns)


def _chunks(packed: Packed, columns: int) -> list[Packed]:
    # both the bases of a chunk and its dense table of counts are bounded
    rows = max(1, (8 * _CHUNK_BASES) // columns)
    chunks, start = [], 0
    while start < len(packed):
        stop = int(np.searchsorted(packed.offsets, packed.offsets[start] + _CHUNK_BASES, "right"))
        stop = min(max(stop - 1, start + 1), start + rows, len(packed))
        first, last = packed.offsets[start], packed.offsets[stop]
        chunks.append(Packed(packed.codes[first:last], packed.offsets[start : stop + 1] - first))
        start = stop
    return chunks
