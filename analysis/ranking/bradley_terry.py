"""Bradley-Terry strengths from all head-to-heads, with standard errors from the Hessian.

P(i beats j) = 1 / (1 + exp(s_j - s_i)), a tie counting as half a win for each (Bradley & Terry
1952). Needs no complete tasks: methods that never met are compared through those they both met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special
from scipy.sparse import csgraph

from analysis.ranking.errors import ChoiceError, DisconnectedError, TooFewError
from analysis.ranking.table import FloatArray, ScoreTable, wins


@dataclass(frozen=True)
class BradleyTerry:
    """Log-strengths that sum to zero, with standard errors and covariance.

    `met` (m, m) counts the tasks on which two methods met: what a comparison rests on. The
    standard errors take head-to-heads as independent, which those of one study aren't: for an
    interval to show use rank_intervals, which draws studies.
    """

    methods: tuple[str, ...]
    strength: tuple[float, ...]
    se: tuple[float, ...]
    covariance: FloatArray
    met: FloatArray
    prior: float

    def probability(self, a: str, b: str) -> tuple[float, tuple[float, float]]:
        """P(a beats b) with its 95 % interval on the log odds."""
        i, j = self.methods.index(a), self.methods.index(b)
        gap = self.strength[i] - self.strength[j]
        variance = self.covariance[i, i] + self.covariance[j, j] - 2.0 * self.covariance[i, j]
        half = 1.959963984540054 * float(np.sqrt(variance))
        low, middle, high = (float(special.expit(x)) for x in (gap - half, gap, gap + half))
        return middle, (low, high)


def bradley_terry(table: ScoreTable, *, tie: float = 0.0, prior: float = 0.0) -> BradleyTerry:
    """Fit by Newton to the wins of every pair over all rows.

    tie: scores closer than this are ties. prior: half-wins added to every pair of methods, whether
    it met or not, each way; 0.1, say, keeps a method that never lost finite, and the result says so.
    Raises DisconnectedError (K004), TooFewError (K002), ChoiceError (K005).
    """
    if prior < 0.0 or tie < 0.0:
        raise ChoiceError("A prior or tie width is negative.", "Give 0 or more.")
    won = wins(table.scores, tie).sum(axis=0)
    met = won + won.T
    if won.shape[0] < 2:
        raise TooFewError("There is one method.", "A ranking needs two.")
    with_prior = won + prior * (1.0 - np.eye(won.shape[0]))
    refuse_unlinked(with_prior, table.methods)
    strength = strengths(with_prior)
    covariance = _covariance(with_prior, strength)
    return BradleyTerry(
        table.methods,
        tuple(float(s) for s in strength),
        tuple(float(s) for s in np.sqrt(np.diag(covariance))),
        covariance,
        met,
        prior,
    )


def refuse_unlinked(won: FloatArray, methods: tuple[str, ...]) -> None:
    """The likelihood has a maximum only if every method beats every other through a chain."""
    count, part = csgraph.connected_components(won > 0.0, directed=True, connection="strong")
    if count == 1:
        return
    groups = [[m for m, g in zip(methods, part, strict=True) if g == c] for c in range(count)]
    smallest = min(groups, key=len)
    weak, _ = csgraph.connected_components(won > 0.0, directed=False)
    what = "were never measured with the others" if weak > 1 else "only won, or only lost"
    raise DisconnectedError(
        f"{', '.join(smallest[:5])}{' and more' if len(smallest) > 5 else ''} {what}, so their "
        "distance has no estimate.",
        "Leave them out, or set a prior (0.1, say), which the result then names.",
    )


def strengths(won: FloatArray, start: FloatArray | None = None) -> FloatArray:
    """The maximum-likelihood log-strengths (m,) of a win matrix (m, m), centred on zero."""
    m = won.shape[0]
    met = won + won.T
    s = np.zeros(m) if start is None else start
    for _ in range(100):
        p = special.expit(s[:, None] - s[None, :])
        gradient = won.sum(axis=1) - (met * p).sum(axis=1)
        weight = met * p * p.T
        hessian = np.diag(weight.sum(axis=1)) - weight
        # The likelihood doesn't know the level: adding a constant there fixes it at no cost.
        step = np.linalg.solve(hessian + np.ones((m, m)) * weight.sum() / m**2, gradient)
        # Far steps overshoot where p is near 0 or 1.
        s = s + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        if float(np.abs(step).max()) < 1e-12 * max(1.0, float(np.abs(s).max())):
            break
    centred: FloatArray = s - s.mean()
    return centred


def _covariance(won: FloatArray, s: FloatArray) -> FloatArray:
    """The inverse Hessian among strengths that sum to zero."""
    p = special.expit(s[:, None] - s[None, :])
    weight = (won + won.T) * p * p.T
    inverse = np.linalg.pinv(np.diag(weight.sum(axis=1)) - weight, hermitian=True)
    return np.asarray(inverse, dtype=np.float64)
