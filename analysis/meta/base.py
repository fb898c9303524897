"""The innermost part of the working covariance: D = V + sigma2_e I, V diagonal or in small blocks.

Each block of V is taken apart once (V_b = Q L Q'), after which D is inverted for any sigma2_e at
O(sum of block^2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.meta.inputs import KnownBlock
from analysis.meta.types import FloatArray, IntArray


@dataclass(frozen=True)
class _SameSize:
    """All blocks of one size n: rows (m, n), covariances and eigenvectors (m, n, n), values."""

    rows: IntArray
    cov: FloatArray
    values: FloatArray
    vectors: FloatArray


@dataclass(frozen=True)
class BaseFactor:
    """D factored at one sigma2_e."""

    base: Base
    diagonal: FloatArray
    sigma2_e: float

    def solve(self, B: FloatArray) -> FloatArray:
        """D^-1 B for B of shape (k, m)."""
        out = B / self.diagonal[:, None]
        for same in self.base.sizes:
            inner = np.swapaxes(same.vectors, 1, 2) @ B[same.rows]
            inner /= (same.values + self.sigma2_e)[:, :, None]
            out[same.rows] = same.vectors @ inner
        return out

    def logdet(self) -> float:
        """log |D|."""
        logs = np.log(self.diagonal)
        for same in self.base.sizes:
            logs[same.rows] = np.log(same.values + self.sigma2_e)
        return float(logs.sum())

    def inverse_diagonal(self) -> FloatArray:
        """The diagonal of D^-1, of shape (k,)."""
        out = 1.0 / self.diagonal
        for same in self.base.sizes:
            out[same.rows] = np.einsum(
                "bij,bj->bi", same.vectors**2, 1.0 / (same.values + self.sigma2_e)
            )
        return out

    def inverse(self) -> sparse.csr_array:
        """D^-1 as a sparse matrix."""
        k = self.diagonal.size
        alone = np.ones(k, dtype=bool)
        for same in self.base.sizes:
            alone[same.rows] = False
        at = np.flatnonzero(alone)
        data, row, col = [1.0 / self.diagonal[at]], [at], [at]
        for same in self.base.sizes:
            weighted = same.vectors / (same.values + self.sigma2_e)[:, None, :]
            block = weighted @ np.swapaxes(same.vectors, 1, 2)
            m, n = same.rows.shape
            data.append(block.ravel())
            row.append(np.broadcast_to(same.rows[:, :, None], (m, n, n)).ravel())
            col.append(np.broadcast_to(same.rows[:, None, :], (m, n, n)).ravel())
        parts = (np.concatenate(data), (np.concatenate(row), np.concatenate(col)))
        return sparse.csr_array(parts, shape=(k, k))


class Base:
    """The sampling covariance V, ready to have sigma2_e added to its diagonal."""

    def __init__(self, v: FloatArray, blocks: Sequence[KnownBlock] = ()) -> None:
        """v has shape (k,); rows in no block are independent."""
        self.v = v
        grouped: dict[int, list[KnownBlock]] = defaultdict(list)
        for block in blocks:
            grouped[block.rows.size].append(block)
        self.sizes: list[_SameSize] = []
        for _, same in sorted(grouped.items()):
            cov = np.stack([b.cov for b in same])
            values, vectors = np.linalg.eigh(cov)
            self.sizes.append(_SameSize(np.stack([b.rows for b in same]), cov, values, vectors))

    def factor(self, sigma2_e: float) -> BaseFactor:
        """D at one sigma2_e."""
        return BaseFactor(self, self.v + sigma2_e, sigma2_e)
