"""Feature families: what a simple method sees of a sequence.

Each family is fitted on training sequences only (document frequencies, means, the length that
positions are counted to) and then applied to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import StandardScaler

from ingest.baselines.kmers import dyad_counts, kmer_counts, positional
from ingest.baselines.sequences import Packed

Matrix = NDArray[np.float64] | sparse.csr_matrix
Counter = Callable[[Packed], sparse.csr_matrix]

KMER_SIZES = (3, 4, 5, 6)
GAPS = {2: tuple(range(1, 11)), 3: tuple(range(1, 7))}  # bases between the two words of w
DYAD_WINDOWS = 40_000_000  # keeps 50,000 sequences of 500 bases below 4 GB in liblinear's format
MAX_POSITIONS = 1000  # positions beyond this add columns by the thousand and rarely a signal


@dataclass
class Block:
    """One family's features: `fit` on training sequences gives their matrix, `apply` others'."""

    name: str
    fit: Callable[[Packed], Matrix]
    apply: Callable[[Packed], Matrix]


def _dense(name: str, compute: Callable[[Packed], NDArray[np.float64]]) -> Block:
    scaler = StandardScaler()
    return Block(
        name,
        lambda p: np.asarray(scaler.fit_transform(compute(p))),
        lambda p: np.asarray(scaler.transform(compute(p))),
    )


def gc_block() -> Block:
    """Share of G and C, and its square so that a linear method can prefer a middle."""
    return _dense("gc", lambda p: np.column_stack([p.gc(), p.gc() ** 2]))


def length_block() -> Block:
    """Length in bases and its logarithm."""
    return _dense("length", lambda p: np.column_stack([p.lengths, np.log1p(p.lengths)]))


def _shares(packed: Packed, sizes: tuple[int, ...], canonical: bool) -> NDArray[np.float64]:
    parts = []
    for k in sizes:
        counts = kmer_counts(packed, k, canonical).toarray().astype(np.float64)
        parts.append(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))
    return np.hstack(parts)


def composition_block(largest: int) -> Block:
    """Shares of mono-, di- ... up to `largest`-nucleotides, strand as given, standardised."""
    sizes = tuple(range(1, largest + 1))
    return _dense(f"composition-{largest}", lambda p: _shares(p, sizes, canonical=False))


def canonical_shares_block(k: int) -> Block:
    """Shares of mono-, di-, trinucleotides and of canonical k-mers, dense: for trees."""
    return _dense(
        f"composition-3+shares-{k}",
        lambda p: np.hstack([_shares(p, (1, 2, 3), False), _shares(p, (k,), True)]),
    )


def _tfidf(name: str, count: Counter) -> Block:
    # sublinear: the second copy of a word says less than the first; rows are scaled to length 1
    weights = TfidfTransformer(sublinear_tf=True)
    return Block(
        name,
        lambda p: sparse.csr_matrix(weights.fit_transform(count(p))),
        lambda p: sparse.csr_matrix(weights.transform(count(p))),
    )


def kmer_block(sizes: tuple[int, ...]) -> Block:
    """TF-IDF of reverse-complement-canonical k-mers of one or several sizes."""
    label = str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]}-{sizes[-1]}"
    return _tfidf(f"kmer-{label}", lambda p: _beside([kmer_counts(p, k) for k in sizes]))


def dyad_block(w: int) -> Block:
    """TF-IDF of two w-words at each of the gaps, both strands as one.

    The widest gaps are left out where training would hold more than DYAD_WINDOWS pairs of words.
    """
    gaps = GAPS[w]

    def count(packed: Packed) -> sparse.csr_matrix:
        return _beside([dyad_counts(packed, w, g) for g in gaps])

    block = _tfidf(f"dyad-{w}", count)

    def fit(packed: Packed) -> Matrix:
        nonlocal gaps
        gaps = GAPS[w][: max(1, DYAD_WINDOWS // max(len(packed.codes), 1))]
        return block.fit(packed)

    return Block(block.name, fit, block.apply)


def positional_block(n: int) -> Block:
    """One-hot n-grams by position, counted to the longest training sequence, rows of length 1."""
    length = 0

    def matrix(packed: Packed) -> Matrix:
        return positional(packed, n, length) * np.float32(1 / np.sqrt(max(length - n + 1, 1)))

    def fit(packed: Packed) -> Matrix:
        nonlocal length
        length = min(int(packed.lengths.max(initial=1)), MAX_POSITIONS)
        return matrix(packed)

    return Block(f"positional-{n}", fit, matrix)


def combined(blocks: list[Block]) -> Block:
    """Several families side by side."""
    return Block(
        "+".join(b.name for b in blocks),
        lambda p: _beside([b.fit(p) for b in blocks]),
        lambda p: _beside([b.apply(p) for b in blocks]),
    )


def _beside(parts: list[Any]) -> sparse.csr_matrix:
    if len(parts) == 1:
        return sparse.csr_matrix(parts[0])
    return sparse.csr_matrix(sparse.hstack(parts, format="csr", dtype=np.float32))


BUILDERS: dict[str, Callable[[], Block]] = {
    "gc": gc_block,
    "length": length_block,
    **{f"composition-{n}": (lambda n=n: composition_block(n)) for n in (1, 2, 3)},  # type: ignore[misc]
    **{f"kmer-{k}": (lambda k=k: kmer_block((k,))) for k in KMER_SIZES},  # type: ignore[misc]
    "kmer-3-6": lambda: kmer_block(KMER_SIZES),
    "dyad-2": lambda: dyad_block(2),
    "dyad-3": lambda: dyad_block(3),
    **{f"positional-{n}": (lambda n=n: positional_block(n)) for n in (1, 2, 3)},  # type: ignore[misc]
    "shares-4": lambda: canonical_shares_block(4),
    "kmer-6+positional-2": lambda: combined([kmer_block((6,)), positional_block(2)]),
    "kmer-5+positional-1": lambda: combined([kmer_block((5,)), positional_block(1)]),
    "kmer-6+dyad-2": lambda: combined([kmer_block((6,)), dyad_block(2)]),
    "kmer-6+dyad-3": lambda: combined([kmer_block((6,)), dyad_block(3)]),
    "kmer-6+dyad-2+positional-2": lambda: combined(
        [kmer_block((6,)), dyad_block(2), positional_block(2)]
    ),
}
"""Feature families by the name that candidates use."""


@dataclass
class FeatureCache:
    """Matrices of one task: each family is computed once for train, and once for each split."""

    train: Packed
    others: dict[str, Packed]
    _kept: dict[str, dict[str, Matrix]] = field(default_factory=dict)

    def get(self, family: str) -> dict[str, Matrix]:
        """Matrices of a family by split, `train` among them. Only the latest family is kept."""
        if family not in self._kept:
            self._kept.clear()  # candidates come family by family; all at once would not fit
            block = BUILDERS[family]()
            matrices = {"train": block.fit(self.train)}
            matrices |= {name: block.apply(packed) for name, packed in self.others.items()}
            self._kept[family] = matrices
        return self._kept[family]
