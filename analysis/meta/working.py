"""The working covariance M = V + sum_j sigma2_j Z_j Z_j', in two forms with one face.

Nested levels are inverted from the inside out by Sherman-Morrison, group by group: O(k) whatever
the group sizes. Crossed levels are put on top of them by Woodbury with a dense q x q matrix, q being
the groups of the levels left over: O(q^3), so q is limited. The number of effects isn't.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy import linalg, sparse

from analysis.meta.base import Base
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

    def solve_sparse(self, B: sparse.csr_array) -> sparse.csr_array:
        """M^-1 B for a sparse B: what stays zero is never touched."""
        out = sparse.csr_array(self._base.inverse() @ B)
        for j, u, c, _ in self._steps:
            Z = _indicator(self._model.levels[j])
            totals = sparse.diags_array(c) @ (Z.T @ out)
            out = sparse.csr_array(out - sparse.diags_array(u) @ (Z @ totals))
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
    """Crossed M at one set of components: M = N + Z S^2 Z', N nested, by Woodbury.

    M^-1 = N^-1 - N^-1 Z S (I + S A S)^-1 S Z' N^-1 with A = Z' N^-1 Z and S = diag(sigma).
    Components of zero are allowed, since S is never inverted.
    """

    def __init__(self, model: Crossed, sigma2: FloatArray) -> None:
        """Factor the q x q core, q being the groups of the levels outside N."""
        self._model = model
        self._inner = model.inner.factor(sigma2[model.inside])
        self._NZ = self._inner.solve_sparse(model.Z)
        self._A = np.asarray((model.Z.T @ self._NZ).toarray(), dtype=np.float64)
        root = np.sqrt(sigma2[model.outside])[model.of_column]
        core = root[:, None] * self._A * root[None, :]
        core[np.diag_indices_from(core)] += 1.0
        cholesky = linalg.cho_factor(core, lower=True)
        self._K = root[:, None] * linalg.cho_solve(cholesky, np.diag(root))
        self.logdet = self._inner.logdet + 2.0 * float(np.log(np.diag(cholesky[0])).sum())

    def solve(self, B: FloatArray) -> FloatArray:
        """M^-1 B for B of shape (k, m)."""
        out = self._inner.solve(B)
        result: FloatArray = out - self._NZ @ (self._K @ (self._model.Z.T @ out))
        return result

    def traces(self) -> FloatArray:
        """tr(Z_j' M^-1 Z_j), each taken off what it is under N alone."""
        model = self._model
        out = np.zeros(len(model.levels) + int(model.effect_level))
        out[model.inside] = self._inner.traces()
        for j in model.inside:
            sums = self._NZ if j == len(model.levels) else model.indicators[j].T @ self._NZ
            out[j] -= float((sums.T @ sums).multiply(self._K).sum())
        diagonal = np.diag(self._A) - np.sum(self._A * (self._K @ self._A), axis=0)
        out[model.outside] = np.bincount(model.of_column, weights=diagonal)
        return out


class Crossed:
    """Levels in any relation to each other, and known blocks of V that may cross them.

    The levels in `inside` are inverted as nested ones, at linear cost; only the groups of the
    others enter the dense core.
    """

    def __init__(
        self, base: Base, levels: Sequence[IntArray], effect_level: bool, inside: Sequence[int]
    ) -> None:
        """`levels` hold codes 0..G-1 of shape (k,), those of `inside` rising with the row number.

        Raises TooLargeError (M012).
        """
        self.base = base
        self.levels = list(levels)
        self.effect_level = effect_level
        n = len(self.levels)
        self.inner = Nested(base, [self.levels[j] for j in inside], effect_level)
        self.inside = np.array([*inside, *([n] if effect_level else [])], dtype=np.intp)
        self.outside = np.array([j for j in range(n) if j not in inside], dtype=np.intp)
        sizes = [int(self.levels[j].max()) + 1 for j in self.outside]
        if sum(sizes) > DENSE_LIMIT:
            raise TooLargeError(
                f"Beside the largest, the crossed levels have {sum(sizes)} groups together, and a "
                "dense matrix of that size would have to be factored again and again.",
                f"At most {DENSE_LIMIT} are taken: nest the levels (their cost is linear), or "
                "leave a crossed level out and cluster by it (robust='cr2').",
            )
        self.indicators = [_indicator(codes) for codes in self.levels]
        self.Z = sparse.csr_array(sparse.hstack([self.indicators[j] for j in self.outside]))
        self.of_column = np.repeat(np.arange(len(sizes)), sizes)

    def factor(self, sigma2: FloatArray) -> CrossedFactor:
        """M at these components."""
        return CrossedFactor(self, sigma2)

    def sums(self, j: int, B: FloatArray) -> FloatArray:
        """Z_j' B."""
        if j == len(self.levels):
            return B
        sums: FloatArray = np.asarray(self.indicators[j].T @ B, dtype=np.float64)
        return sums

    def spread(self, j: int, S: FloatArray) -> FloatArray:
        """Z_j S."""
        return S if j == len(self.levels) else S[self.levels[j]]


def _indicator(codes: IntArray) -> sparse.csr_array:
    """Z (k, G) of a level: a one in each row, in the column of its group."""
    k = codes.size
    return sparse.csr_array((np.ones(k), (np.arange(k), codes)), shape=(k, int(codes.max()) + 1))
