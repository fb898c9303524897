"""Checks at the door: effects, variances, groups and known covariance blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.meta.errors import (
    AllZeroVarianceError,
    BlockError,
    EffectError,
    GroupError,
    ShapeError,
    TooLargeError,
    VarianceError,
)
from analysis.meta.types import FloatArray, IntArray

# A dense Cholesky of 3,000 takes about a second on one core; above it the answer would look hung.
DENSE_LIMIT = 3000


@dataclass(frozen=True)
class KnownBlock:
    """A known sampling covariance of some rows: `rows` (n,) positions, `cov` (n, n)."""

    rows: IntArray
    cov: FloatArray


BlockLike: TypeAlias = KnownBlock | ArrayLike


def _some(rows: IntArray) -> str:
    """Name a few rows, counted from 1."""
    shown = ", ".join(str(int(i) + 1) for i in rows[:5])
    return shown + (f" and {rows.size - 5} more" if rows.size > 5 else "")


def effects_and_variances(y: ArrayLike, v: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """y and v as float arrays of equal length (k,), finite, v > 0; or the refusal.

    Raises ShapeError (M001), EffectError (M002), VarianceError (M003) and
    AllZeroVarianceError (M004).
    """
    effects = _numbers(y, "effects", EffectError)
    variances = _numbers(v, "variances", VarianceError)
    if effects.size == 0:
        raise ShapeError("There is no effect to pool.", "Give at least one effect.")
    if effects.shape != variances.shape:
        raise ShapeError(
            f"There are {effects.size} effects and {variances.size} variances.",
            "Give one sampling variance per effect.",
        )
    bad = np.flatnonzero(~np.isfinite(effects))
    if bad.size:
        raise EffectError(
            f"The effect is missing or infinite in row {_some(bad)}.",
            "Rows are never dropped silently: leave them out yourself, or fill them.",
            tuple(int(i) for i in bad),
        )
    if np.all(variances == 0.0):
        raise AllZeroVarianceError(
            "Every sampling variance is zero: nothing says how much an effect weighs.",
            "Give sampling variances, from n_test or from seeds (docs/methods/effects.md).",
            tuple(range(variances.size)),
        )
    bad = np.flatnonzero(~(np.isfinite(variances) & (variances > 0.0)))
    if bad.size:
        raise VarianceError(
            f"The sampling variance isn't a positive number in row {_some(bad)}.",
            "A missing variance is imputed and flagged (docs/methods/effects.md), never zero.",
            tuple(int(i) for i in bad),
        )
    return effects, variances


def _numbers(
    values: ArrayLike, what: str, error: type[EffectError] | type[VarianceError]
) -> FloatArray:
    """Values as a one-dimensional float array."""
    try:
        array = np.array(values, dtype=np.float64, copy=True)
    except (TypeError, ValueError) as problem:
        raise error(f"The {what} aren't all numbers ({problem}).", "Give numbers only.") from None
    if array.ndim != 1:
        raise ShapeError(
            f"The {what} have {array.ndim} dimensions.", "Give a list of numbers, one per row."
        )
    return array


def codes(labels: ArrayLike, k: int, what: str) -> IntArray:
    """Group labels (k,) of any kind as integer codes 0..G-1, in order of first appearance.

    Raises ShapeError (M001) and GroupError (M015).
    """
    series = pd.Series(labels).reset_index(drop=True)
    if len(series) != k:
        raise ShapeError(
            f"{what} has {len(series)} labels for {k} effects.", "Give one label per effect."
        )
    found, _ = pd.factorize(series)
    missing = np.flatnonzero(found < 0)
    if missing.size:
        raise GroupError(
            f"{what} has no label in row {_some(missing)}.",
            "Name the group: rows without one are neither dropped nor lumped together.",
            tuple(int(i) for i in missing),
        )
    return found.astype(np.intp)


def blocks(V_blocks: Sequence[BlockLike], v: FloatArray) -> list[KnownBlock]:
    """Known covariance blocks with more than one row, checked against v.

    `V_blocks` holds either KnownBlocks (rows in none keep their v alone), or plain matrices that
    cover the rows in their order and so add up to k rows.

    Raises BlockError (M011) and TooLargeError (M012).
    """
    known: list[KnownBlock] = []
    at = 0
    plain = [b for b in V_blocks if not isinstance(b, KnownBlock)]
    if plain and len(plain) != len(V_blocks):
        raise BlockError("Plain matrices are mixed with KnownBlocks.", "Use one of the two.")
    for block in V_blocks:
        if isinstance(block, KnownBlock):
            rows, cov = np.asarray(block.rows, dtype=np.intp), np.asarray(block.cov, np.float64)
        else:
            cov = np.atleast_2d(np.asarray(block, dtype=np.float64))
            rows = np.arange(at, at + cov.shape[0], dtype=np.intp)
            at += cov.shape[0]
        known.append(_checked_block(rows, cov, v))
    if plain and at != v.size:
        raise BlockError(
            f"The covariance matrices cover {at} rows of {v.size}.",
            "They must cover every row once, in order; or use KnownBlock to name rows.",
        )
    everything = np.concatenate([b.rows for b in known]) if known else np.zeros(0, np.intp)
    if np.unique(everything).size != everything.size:
        raise BlockError("A row stands in two covariance blocks.", "Merge these blocks.")
    return [b for b in known if b.rows.size > 1]


def _checked_block(rows: IntArray, cov: FloatArray, v: FloatArray) -> KnownBlock:
    """One block: square, symmetric, positive definite, with its rows' v on the diagonal."""
    where = f"The covariance block of row {_some(rows)}"
    if cov.ndim != 2 or cov.shape != (rows.size, rows.size):
        raise BlockError(f"{where} has the shape {cov.shape}.", "It must be square, one per row.")
    if rows.size > DENSE_LIMIT:
        raise TooLargeError(
            f"{where} has {rows.size} rows.", f"At most {DENSE_LIMIT} can be factored: split it."
        )
    if rows.size and (rows.min() < 0 or rows.max() >= v.size):
        raise BlockError(f"{where} names rows that don't exist.", "Count rows from 0.")
    if not np.isfinite(cov).all() or not np.allclose(cov, cov.T, rtol=1e-10, atol=0.0):
        raise BlockError(f"{where} isn't symmetric and finite.", "Give a covariance matrix.")
    if not np.allclose(np.diag(cov), v[rows], rtol=1e-8, atol=0.0):
        raise BlockError(
            f"{where} has other variances on its diagonal than the effects have.",
            "Give the same sampling variances in both places.",
        )
    scale = np.sqrt(np.diag(cov))
    smallest = float(np.linalg.eigvalsh(cov / np.outer(scale, scale)).min())
    if smallest < 1e-10:
        raise BlockError(
            f"{where} isn't positive definite.",
            "Two effects with a correlation of one are one effect: keep one of them.",
        )
    return KnownBlock(rows, (cov + cov.T) / 2.0)
