"""Probability of superiority: on what share of tasks is A better than B?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.ranking.errors import ChoiceError, ScoresError

# Fewer studies than this say nothing about other studies: no interval.
MIN_STUDIES = 4


@dataclass(frozen=True)
class Superiority:
    """`share` = (wins + ties / 2) / n with its interval, None below four studies.

    0.5 is neither better; the share says nothing about by how much.
    """

    share: float
    ci: tuple[float, float] | None
    wins: int
    ties: int
    losses: int
    n: int
    n_studies: int
    warnings: tuple[str, ...]


def probability_of_superiority(
    difference: ArrayLike,
    study: ArrayLike,
    *,
    tie: float = 0.0,
    level: float = 0.95,
    draws: int = 10_000,
    seed: int = 0,
) -> Superiority:
    """The share of positive differences (k,), A minus B by task, ties counting half.

    Differences up to `tie` in size are ties. The interval is the percentile bootstrap over studies
    (k,), which keeps the tasks of one study together; where all studies agree, the exact binomial's.
    The same seed gives the same interval.
    Raises ScoresError (K001), ChoiceError (K005).
    """
    d = np.asarray(difference, dtype=np.float64)
    codes, names = pd.factorize(pd.Series(study).reset_index(drop=True))
    if d.ndim != 1 or d.size == 0 or d.size != codes.size:
        raise ScoresError(
            f"There are {d.size} differences and {codes.size} studies.", "Give one of each a task."
        )
    if not np.isfinite(d).all() or np.any(codes < 0):
        raise ScoresError(
            "A difference or its study is missing.",
            "Leave the pair out yourself and list it with its reason.",
        )
    if not (0.0 < level < 1.0 and draws >= 100 and tie >= 0.0):
        raise ChoiceError("The level, draws or tie width is out of range.", "See the docstring.")
    score = np.where(np.abs(d) <= tie, 0.5, (d > 0.0).astype(np.float64))
    ties = int(np.sum(score == 0.5))
    won = int(np.sum(score == 1.0))
    share = float(score.mean())
    n_studies = len(names)
    said: tuple[str, ...] = ()
    ci: tuple[float, float] | None = None
    if n_studies < MIN_STUDIES:
        said = (f"too few independent groups: {n_studies} studies, so no interval is given.",)
    else:
        sums = np.bincount(codes, weights=score)
        counts = np.bincount(codes).astype(np.float64)
        picks = np.random.default_rng(seed).integers(0, n_studies, (draws, n_studies))
        shares = sums[picks].sum(axis=1) / counts[picks].sum(axis=1)
        tail = (1.0 - level) / 2.0
        ci = (float(np.quantile(shares, tail)), float(np.quantile(shares, 1.0 - tail)))
        if np.ptp(sums / counts) == 0.0:
            ci, said = _unanimous(share, n_studies, tail)
    return Superiority(share, ci, won, ties, d.size - won - ties, d.size, n_studies, said)


def _unanimous(
    share: float, n_studies: int, tail: float
) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    """Every study has the same share: a bootstrap would give an interval of width zero.

    Where all agree on 1 (or 0), each study is one trial that came out that way, and the interval
    is the exact binomial's (Clopper-Pearson).
    """
    if share not in (0.0, 1.0):
        return None, ("Every study has the same share, so their spread says nothing.",)
    said = (
        f"All {n_studies} studies agree, so the interval is the exact binomial's of {n_studies} "
        "trials instead of a bootstrap's.",
    )
    far = tail ** (1.0 / n_studies)
    return ((far, 1.0) if share == 1.0 else (0.0, 1.0 - far)), said
