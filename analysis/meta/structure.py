"""From group labels to a working covariance: nested levels, crossed levels, the effect level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.meta.base import Base
from analysis.meta.errors import LevelError
from analysis.meta.inputs import KnownBlock, codes
from analysis.meta.types import FloatArray, IntArray
from analysis.meta.working import Crossed, Nested, Working


@dataclass(frozen=True)
class Levels:
    """Coded levels: grouping levels (nested ones outer first, then crossed ones), and the rest.

    `effect_level`: the innermost nested level has one row per group, so it goes to the diagonal.
    `names` are in the order of the reported components, and `reported` gives for each of them
    its place among the model's components (grouping levels, then the effect level).
    """

    grouping: tuple[IntArray, ...]
    n_nested: int
    effect_level: bool
    names: tuple[str, ...]
    reported: tuple[int, ...]

    @property
    def outermost(self) -> IntArray | None:
        """The outermost nested grouping level, whose groups are independent of each other."""
        return self.grouping[0] if self.n_nested else None


def code_levels(
    levels: Sequence[ArrayLike],
    crossed: Sequence[ArrayLike],
    k: int,
    names: Sequence[str] | None,
) -> Levels:
    """Code the labels: a nested level's groups are its labels within each group of the level above.

    Raises LevelError (M010), ShapeError (M001), GroupError (M015).
    """
    called = list(names or [f"level {i + 1}" for i in range(len(levels))])
    called += [f"crossed {i + 1}" for i in range(len(crossed))][len(called) - len(levels) :]
    nested: list[IntArray] = []
    above = np.zeros(k, dtype=np.intp)
    for at, labels in enumerate(levels):
        own = codes(labels, k, f"The level {called[at]!r}")
        joint = above * (int(own.max()) + 1) + own
        nested.append(pd.factorize(joint)[0].astype(np.intp))
        above = nested[-1]
    free = [
        codes(labels, k, f"The crossed level {called[len(levels) + at]!r}")
        for at, labels in enumerate(crossed)
    ]
    _refuse_indistinct(nested, free, called, k)
    effect_level = bool(nested) and int(nested[-1].max()) + 1 == k
    grouping = nested[:-1] if effect_level else nested
    at_end = (len(grouping) + len(free),) if effect_level else ()
    reported = (
        *range(len(grouping)),
        *at_end,
        *range(len(grouping), len(grouping) + len(free)),
    )
    return Levels((*grouping, *free), len(grouping), effect_level, tuple(called), reported)


def _refuse_indistinct(
    nested: list[IntArray], crossed: list[IntArray], names: list[str], k: int
) -> None:
    """Every level must have more than one group, and no two levels the same groups."""
    seen: list[tuple[IntArray, str]] = []
    for at, level in enumerate([*nested, *crossed]):
        name = names[at]
        groups = int(level.max()) + 1
        if groups == 1:
            raise LevelError(
                f"The level {name!r} has one group, so its variance can't be told from the mean.",
                "Leave this level out; the result then speaks about this one group only.",
            )
        if at >= len(nested) and groups == k:
            raise LevelError(
                f"The crossed level {name!r} has one row per group.",
                "Give it as the innermost nested level instead.",
            )
        for other, other_name in seen:
            if np.array_equal(pd.factorize(level)[0], pd.factorize(other)[0]):
                raise LevelError(
                    f"The levels {other_name!r} and {name!r} have the same groups, so their "
                    "variances can't be told apart.",
                    "Leave one of them out.",
                )
        seen.append((level, name))


def arrange(
    levels: Levels, v: FloatArray, blocks: Sequence[KnownBlock]
) -> tuple[IntArray, Working]:
    """A row order and the working covariance of the rows in that order.

    Nested form where the levels are nested and no known covariance crosses the innermost groups;
    else the crossed form, in which the chain with most groups is still inverted as a nested one.
    """
    n = len(levels.grouping)
    chains = [tuple(range(levels.n_nested)), *((j,) for j in range(levels.n_nested, n))]
    usable = [c for c in chains if c and _holds(levels.grouping[c[-1]], blocks)]
    chain = max(usable, key=lambda c: _groups(levels, c), default=())
    inside = [levels.grouping[j] for j in chain]
    order = np.lexsort(inside[::-1]) if inside else np.arange(v.size)
    place = np.argsort(order)
    moved = [KnownBlock(place[b.rows], b.cov) for b in blocks]
    base = Base(v[order], moved)
    codes_there = [c[order] for c in levels.grouping]
    for j in chain:
        codes_there[j] = np.cumsum(np.diff(codes_there[j], prepend=codes_there[j][0]) != 0)
    if len(chain) == n:
        return order, Nested(base, codes_there, levels.effect_level)
    return order, Crossed(base, codes_there, levels.effect_level, chain)


def _groups(levels: Levels, chain: tuple[int, ...]) -> int:
    """The number of groups in a chain of levels."""
    return sum(int(levels.grouping[j].max()) + 1 for j in chain)


def _holds(innermost: IntArray, blocks: Sequence[KnownBlock]) -> bool:
    """Whether every known block lies within one group."""
    return all(np.all(innermost[b.rows] == innermost[b.rows[0]]) for b in blocks)
