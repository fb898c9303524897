"""DNA sequences as one array of small integers, and what is read off it without a loop per base.

A=0, C=1, G=2, T=3 (U as T), anything else 4. Sequence i is codes[offsets[i]:offsets[i + 1]].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

UNKNOWN = 4

_CODE = np.full(256, UNKNOWN, dtype=np.uint8)
for _letters, _value in (("Aa", 0), ("Cc", 1), ("Gg", 2), ("TtUu", 3)):
    for _letter in _letters:
        _CODE[ord(_letter)] = _value
_COMPLEMENT = np.array([3, 2, 1, 0, UNKNOWN], dtype=np.uint8)


@dataclass(frozen=True)
class Packed:
    """Sequences laid end to end: codes (bases,) uint8, offsets (n + 1,) int64."""

    codes: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of sequences."""
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Length of each sequence in bases, shape (n,)."""
        return np.diff(self.offsets)

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """Index of the sequence that each base belongs to, shape (bases,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    @cached_property
    def keys(self) -> list[bytes]:
        """Each sequence as bytes of its codes: equal exactly when the sequences are."""
        whole, ends = self.codes.tobytes(), self.offsets.tolist()
        return [whole[a:b] for a, b in pairwise(ends)]

    @cached_property
    def reverse_complement_keys(self) -> list[bytes]:
        """The keys of the reverse complements."""
        # complementing and reversing the whole array reverses the order of the sequences as well
        whole = _COMPLEMENT[self.codes][::-1].tobytes()
        ends = (len(self.codes) - self.offsets).tolist()
        return [whole[b:a] for a, b in pairwise(ends)]

    @cached_property
    def canonical_keys(self) -> list[bytes]:
        """The lesser of each key and its reverse complement's: equal for both strands."""
        pairs = zip(self.keys, self.reverse_complement_keys, strict=True)
        return [min(forward, backward) for forward, backward in pairs]

    def base_counts(self) -> NDArray[np.int64]:
        """Counts of A, C, G, T and unknown bases, shape (n, 5)."""
        flat = self.owners.astype(np.int64) * 5 + self.codes
        return np.bincount(flat, minlength=len(self) * 5).reshape(len(self), 5)

    def gc(self) -> NDArray[np.float64]:
        """Share of G and C among the known bases, shape (n,); 0.5 where none is known."""
        counts = self.base_counts()
        known = counts[:, :4].sum(axis=1)
        share = (counts[:, 1] + counts[:, 2]) / np.maximum(known, 1)
        return np.where(known > 0, share, 0.5)

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Packed:
        """The sequences at `rows` (indices or a mask), in that order."""
        chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else np.asarray(rows)
        lengths = self.lengths[chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        shift = np.repeat(self.offsets[chosen] - offsets[:-1], lengths)
        return Packed(self.codes[np.arange(offsets[-1]) + shift], offsets)


def pack(sequences: Sequence[str] | Sequence[bytes]) -> Packed:
    """Pack sequences given as text or ASCII bytes; letters beyond ACGTU become unknown."""
    raw = [s.encode("ascii", "replace") if isinstance(s, str) else s for s in sequences]
    lengths = np.fromiter((len(s) for s in raw), dtype=np.int64, count=len(raw))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Packed(_CODE[np.frombuffer(b"".join(raw), dtype=np.uint8)], offsets)


def join(parts: Sequence[Packed]) -> Packed:
    """Lay several packs end to end, in order."""
    ends = np.cumsum([0] + [len(p.codes) for p in parts])
    offsets = [p.offsets[1:] + end for p, end in zip(parts, ends, strict=False)]
    codes = np.concatenate([p.codes for p in parts]) if parts else np.empty(0, np.uint8)
    return Packed(codes, np.concatenate([np.zeros(1, np.int64), *offsets]))
