"""Scores as a table: a row is one task in one evaluation, a column a method, NaN where not measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.errors import RepeatedCellError, ScoresError, TooFewError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


@dataclass(frozen=True)
class ScoreTable:
    """`scores` (n, m), larger is better, NaN where a method wasn't measured.

    `methods` (m,) name the columns, `tasks` (n,) and `studies` (n,) the rows: a study (one
    evaluation or publication) is the unit that the bootstrap draws.
    """

    scores: FloatArray
    methods: tuple[str, ...]
    tasks: tuple[str, ...]
    studies: tuple[str, ...]

    @classmethod
    def from_long(
        cls,
        method: ArrayLike,
        task: ArrayLike,
        score: ArrayLike,
        study: ArrayLike | None = None,
        *,
        lower_is_better: bool = False,
    ) -> ScoreTable:
        """Build from parallel columns; methods and rows are in sorted order.

        Without `study` each task is a study of its own. Raises RankingError.
        """
        try:
            values = np.asarray(score, dtype=np.float64)
        except (TypeError, ValueError):
            raise ScoresError("A score isn't a number.", "Give numbers only.") from None
        columns = [pd.Series(c).reset_index(drop=True) for c in (method, task)]
        columns.append(columns[1] if study is None else pd.Series(study).reset_index(drop=True))
        if any(len(c) != values.size for c in columns):
            raise ScoresError("The columns differ in length.", "Give one label per score.")
        if any(c.isna().any() for c in columns):
            raise ScoresError("A method, task or study has no name.", "Name it.")
        if np.isinf(values).any():
            raise ScoresError("A score is infinite.", "Leave the cell out: it is then missing.")
        frame = pd.DataFrame(
            {
                "method": columns[0].astype(str),
                "task": columns[1].astype(str),
                "study": columns[2].astype(str),
                "score": -values if lower_is_better else values,
            }
        ).dropna(subset="score")
        twice = frame.duplicated(["method", "task", "study"])
        if twice.any():
            first = frame[twice].iloc[0]
            raise RepeatedCellError(
                f"{first['method']!r} has two scores on {first['task']!r} in {first['study']!r}.",
                "Choose one by a rule fixed beforehand (the variant, the protocol), or average.",
            )
        wide = frame.pivot(index=["study", "task"], columns="method", values="score")
        wide = wide.sort_index().sort_index(axis=1)
        return cls(
            wide.to_numpy(dtype=np.float64),
            tuple(str(name) for name in wide.columns),
            tuple(str(task) for _, task in wide.index),
            tuple(str(study) for study, _ in wide.index),
        )

    @property
    def shared(self) -> int:
        """The number of rows on which every method was measured."""
        return int(np.isfinite(self.scores).all(axis=1).sum())

    def complete(self, methods: Sequence[str] | None = None) -> ScoreTable:
        """The rows on which all (or the named) methods were measured; the others are left out.

        Raises TooFewError (K002) with fewer than two methods or two such rows.
        """
        wanted = list(self.methods) if methods is None else list(methods)
        unknown = [name for name in wanted if name not in self.methods]
        if unknown:
            raise ScoresError(f"There is no method {unknown[0]!r}.", "Check its name.")
        columns = [self.methods.index(name) for name in wanted]
        part = self.scores[:, columns]
        rows = np.flatnonzero(np.isfinite(part).all(axis=1))
        if len(wanted) < 2:
            raise TooFewError("There is one method.", "A ranking needs two.")
        if rows.size < 2:
            raise TooFewError(
                f"All {len(wanted)} methods were measured together on {rows.size} task(s).",
                "Name fewer methods, or use bradley_terry, which needs no complete tasks.",
            )
        return ScoreTable(
            part[rows],
            tuple(wanted),
            tuple(self.tasks[i] for i in rows),
            tuple(self.studies[i] for i in rows),
        )


def wins(scores: FloatArray, tie: float = 0.0) -> FloatArray:
    """Wins (n, m, m) by row: 1 where column i beats column j, 0.5 for both in a tie, else 0.

    Scores closer than `tie` are ties. A pair that wasn't measured together counts for neither.
    """
    gap = scores[:, :, None] - scores[:, None, :]
    won = np.where(np.abs(gap) <= tie, 0.5, (gap > 0.0).astype(np.float64))
    won = np.where(np.isfinite(gap), won, 0.0)
    own = np.arange(scores.shape[1])
    won[:, own, own] = 0.0
    return won
