"""The working covariance M = V + sum_j sigma2_j Z_j Z_j', in two forms with one face.

Nested levels are inverted from the inside out by Sherman-Morrison, group by group: O(k) whatever
the group sizes. Crossed levels use Woodbury with a dense q x q matrix, q being the number of all
groups: O(q^3), so q is limited. The number of effects isn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy import linalg, sparse

from analysis.meta.base import Base, BaseFactor
from analysis.meta.errors import TooLargeError
from analysis.meta.inputs import DENSE_LIMIT
from analysis.meta.types import FloatArray, IntArray


class Factor(Protocol):
    """M factored at one set of components."""

    logdet: float

    def solve(self, B: FloatArray) -> FloatArray:
        """M^-1 B for B of shape (k, m)."""

    def traces(self) -> FloatArray:
        """tr(Z_j' M^-1 Z_j) for each component j, the effect level last."""


class Working(Protocol):
    """The structure of M, without the sizes of its components."""

    base: Base
    levels: list[IntArray]
    effect_level: bool

    def factor(self, sigma2: FloatArray) -> Factor:
        """M at these components (one per level, then the effect level's where there is one)."""

    def sums(self, j: int, B: FloatArray) -> FloatArray:
        """Z_j' B: the sums of B's rows within the groups of level j."""

    def spread(self, j: int, S: FloatArray) -> FloatArray:
        """Z_j S: each group's row handed back to its effects."""


def _split(sigma2: FloatArray, effect_level: bool) -> tuple[FloatArray, float]:
    return (sigma2[:-1], float(sigma2[-1])) if effect_level else (sigma2, 0.0)


class NestedFactor:
    """Nested M at one set of components."""

    def __init__(self, model: Nested, sigma2: FloatArray) -> None:
        """Walk the levels from the innermost to the outermost."""
        self._model = model
        grouping, sigma2_e = _split(sigma2, model.effect_level)
        self._base = model.base.factor(sigma2_e)
        self.logdet = self._base.logdet()
        k = model.base.v.size
        u = self._base.solve(np.ones((k, 1)))[:, 0]
        # For each level, innermost first: M_inner^-1 1, and the Sherman-Morrison factor by group.
        self._steps: list[tuple[int, FloatArray, FloatArray, FloatArray]] = []
        for j in range(len(model.levels) - 1, -1, -1):
            s = model.sums(j, u[:, None])[:, 0]
            shrink = 1.0 / (1.0 + grouping[j] * s)
            self.logdet -= float(np.log(shrink).sum())
            self._steps.append((j, u, grouping[j] * shrink, s * shrink))
            u = u * model.spread(j, shrink[:, None])[:, 0]

    def solve(self, B: FloatArray) -> FloatArray:
        """M^-1 B for B of shape (k, m)."""
        out = self._base.solve(B)
        for j, u, c, _ in self._steps:
            totals = self._model.sums(j, out) * c[:, None]
            out -= u[:, None] * self._model.spread(j, totals)
        return out

    def traces(self) -> FloatArray:
        """tr(Z_j' M^-1 Z_j): start at level j's own step, then take off what outer steps take."""
        model = self._model
        out = np.zeros(len(model.levels) + int(model.effect_level))
        for at, (j, _, _, own) in enumerate(self._steps):
            out[j] = float(own.sum())
            for outer, u, c, _ in self._steps[at + 1 :]:
                inside = model.sums(j, u[:, None])[:, 0]
                out[j] -= float(np.sum(c[model.parent(j, outer)] * inside**2))
        if model.effect_level:
            out[-1] = float(self._base.inverse_diagonal().sum())
            for outer, u, c, _ in self._steps:
                out[-1] -= float(np.sum(c[model.levels[outer]] * u**2))
        return out


class Nested:
    """Levels nested in each other, outer first; rows sorted so that every group is contiguous.

    Known blocks of V must lie within the groups of the innermost level.
    """

    def __init__(self, base: Base, levels: Sequence[IntArray], effect_level: bool) -> None:
        """`levels` hold codes (k,) that rise with the row number."""
        self.base = base
        self.levels = list(levels)
        self.effect_level = effect_level
        self._starts = [np.flatnonzero(np.diff(c, prepend=-1)) for c in self.levels]
        k = base.v.size
        self._counts = [np.diff(s, append=k) for s in self._starts]

    def factor(self, sigma2: FloatArray) -> NestedFactor:
        """M at these components."""
        return NestedFactor(self, sigma2)

    def sums(self, j: int, B: FloatArray) -> FloatArray:
        """Z_j' B."""
        if j == len(self.levels):
            return B
        sums: FloatArray = np.add.reduceat(B, self._starts[j], axis=0)
        return sums

    def spread(self, j: int, S: FloatArray) -> FloatArray:
        """Z_j S."""
        return S if j == len(self.levels) else np.repeat(S, self._counts[j], axis=0)

    def parent(self, inner: int, outer: int) -> IntArray:
        """For each group of the inner level, its group in the outer one."""
        return self.levels[outer][self._starts[inner]]


class CrossedFactor:
    """Crossed M at one set of components, by Woodbury.

    M^-1 = D^-1 - D^-1 Z S (I + S A S)^-1 S Z' D^-1 with A = Z' D^-1 Z and S = diag(sigma).
    Components of zero are allowed, since S is never inverted.
    """

    def __init__(self, model: Crossed, sigma2: FloatArray) -> None:
        """Factor the q x q core."""
        self._model = model
        grouping, sigma2_e = _split(sigma2, model.effect_level)
        base: BaseFactor = model.base.factor(sigma2_e)
        self._base = base
        inverse = base.inverse()
        self._DZ = sparse.csr_array(inverse @ model.Z)
        self._root = np.sqrt(grouping)[model.of_column]
        self._A = (model.Z.T @ self._DZ).toarray()
        core = self._root[:, None] * self._A * self._root[None, :]
        core[np.diag_indices_from(core)] += 1.0
        self._cholesky = linalg.cho_factor(core, lower=True)
        self.logdet = base.logdet() + 2.0 * float(np.log(np.diag(self._cholesky[0])).sum())

    def solve(self, B: FloatArray) -> FloatArray:
        """M^-1 B for B of shape (k, m)."""
        out = self._base.solve(B)
        inner = linalg.cho_solve(self._cholesky, self._root[:, None] * (self._model.Z.T @ out))
        result: FloatArray = out - self._DZ @ (self._root[:, None] * inner)
        return result

    def traces(self) -> FloatArray:
        """tr(Z_j' M^-1 Z_j), from the diagonal of A - A S core^-1 S A."""
        model = self._model
        scaled = self._root[:, None] * self._A
        diagonal = np.diag(self._A) - np.sum(
            scaled * linalg.cho_solve(self._cholesky, scaled), axis=0
        )
        out = np.zeros(len(model.levels) + int(model.effect_level))
        out[: len(model.levels)] = np.bincount(
            model.of_column, weights=diagonal, minlength=len(model.levels)
        )
        if model.effect_level:
            squared = (self._DZ.T @ self._DZ).toarray()
            squared = self._root[:, None] * squared * self._root[None, :]
            out[-1] = float(self._base.inverse_diagonal().sum()) - float(
                np.trace(linalg.cho_solve(self._cholesky, squared))
            )
        return out


class Crossed:
    """Levels in any relation to each other, and known blocks of V that may cross them."""

    def __init__(self, base: Base, levels: Sequence[IntArray], effect_level: bool) -> None:
        """`levels` hold codes 0..G-1 of shape (k,). Raises TooLargeError (M012)."""
        self.base = base
        self.levels = list(levels)
        self.effect_level = effect_level
        k = base.v.size
        sizes = [int(c.max()) + 1 for c in self.levels]
        if sum(sizes) > DENSE_LIMIT:
            raise TooLargeError(
                f"The crossed levels have {sum(sizes)} groups together, and a dense matrix of that "
                "size would have to be factored again and again.",
                f"At most {DENSE_LIMIT} are taken: nest the levels (their cost is linear), or "
                "leave a crossed level out and cluster by it (robust='cr2').",
            )
        ones = np.ones(k)
        self._Zs = [
            sparse.csr_array((ones, (np.arange(k), c)), shape=(k, g))
            for c, g in zip(self.levels, sizes, strict=True)
        ]
        self.Z = sparse.csr_array(sparse.hstack(self._Zs))
        self.of_column = np.repeat(np.arange(len(sizes)), sizes)

    def factor(self, sigma2: FloatArray) -> CrossedFactor:
        """M at these components."""
        return CrossedFactor(self, sigma2)

    def sums(self, j: int, B: FloatArray) -> FloatArray:
        """Z_j' B."""
        if j == len(self.levels):
            return B
        sums: FloatArray = np.asarray(self._Zs[j].T @ B, dtype=np.float64)
        return sums

    def spread(self, j: int, S: FloatArray) -> FloatArray:
        """Z_j S."""
        return S if j == len(self.levels) else S[self.levels[j]]
