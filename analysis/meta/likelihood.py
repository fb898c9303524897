"""ML and REML of the variance components, by average-information Newton steps within sigma2 >= 0.

The average information is half of y'P Z_i Z_i' P Z_j Z_j' P y: it needs no trace
of a product, is never negative, and so gives a descent direction everywhere. The last digits come
from Newton steps with a numerical Hessian of the exact gradient. Several starts are tried, since a
restricted likelihood can have more than one maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.meta.errors import ConvergenceError
from analysis.meta.types import BoolArray, FloatArray
from analysis.meta.working import Factor, Working

# A component below this share of the largest is a zero: an optimiser's leavings, not an estimate.
ZERO_SHARE = 1e-7
# Newton decrements are in units of log-likelihood: 1e-10 of it is 1e-5 of a standard error.
_COARSE, _FINE, _ACCEPTED = 1e-8, 1e-22, 1e-12


@dataclass(frozen=True)
class Gls:
    """Generalised least squares at one M: coefficients (p,), covariance (p, p), M^-1 X, M^-1 r."""

    beta: FloatArray
    cov: FloatArray
    WX: FloatArray
    Wr: FloatArray
    residuals: FloatArray
    q: float
    logdet_cov: float


@dataclass(frozen=True)
class _Point:
    """Minus the log-likelihood at one place, with gradient and average information."""

    sigma2: FloatArray
    value: float
    gradient: FloatArray
    information: FloatArray


def gls(y: FloatArray, X: FloatArray, factor: Factor) -> Gls:
    """Fit y (k,) on X (k, p) under the covariance that `factor` inverts."""
    solved = factor.solve(np.column_stack([X, y]))
    WX = solved[:, :-1]
    information = X.T @ WX
    information = (information + information.T) / 2.0
    cov = np.linalg.inv(information)
    cov = (cov + cov.T) / 2.0
    beta = cov @ (WX.T @ y)
    residuals = y - X @ beta
    Wr = solved[:, -1] - WX @ beta
    logdet = -float(np.linalg.slogdet(information)[1])
    return Gls(beta, cov, WX, Wr, residuals, float(residuals @ Wr), logdet)


class Likelihood:
    """Minus the (restricted) log-likelihood of a working model, without constants."""

    def __init__(self, y: FloatArray, X: FloatArray, model: Working, *, restricted: bool) -> None:
        """y (k,), X (k, p), both of ordinary size (analysis.meta.scale)."""
        self._y, self._X, self._model, self._restricted = y, X, model, restricted
        self.n = len(model.levels) + int(model.effect_level)

    def value(self, sigma2: FloatArray) -> float:
        """Minus the log-likelihood."""
        factor = self._model.factor(sigma2)
        return self._value(factor, gls(self._y, self._X, factor))

    def _value(self, factor: Factor, fit: Gls) -> float:
        restricted = -fit.logdet_cov if self._restricted else 0.0
        return 0.5 * (factor.logdet + restricted + fit.q)

    def at(self, sigma2: FloatArray, *, information: bool = True) -> _Point:
        """Value, gradient and average information."""
        factor = self._model.factor(sigma2)
        fit = gls(self._y, self._X, factor)
        gradient = 0.5 * factor.traces()
        pushed = np.zeros((self._y.size, self.n))
        for j in range(self.n):
            own = self._model.sums(j, fit.Wr[:, None])
            gradient[j] -= 0.5 * float(np.sum(own**2))
            if self._restricted:
                sums = self._model.sums(j, fit.WX)
                gradient[j] -= 0.5 * float(np.sum((sums.T @ sums) * fit.cov))
            if information:
                pushed[:, j] = self._model.spread(j, own)[:, 0]
        average = np.zeros((self.n, self.n))
        if information:
            projected = factor.solve(pushed)
            if self._restricted:
                projected -= fit.WX @ (fit.cov @ (fit.WX.T @ pushed))
            average = 0.5 * (pushed.T @ projected)
            average = (average + average.T) / 2.0
        return _Point(sigma2, self._value(factor, fit), gradient, average)

    def maximise(self, total: float) -> FloatArray:
        """The components (n,) at the maximum; `total` is a rough size of their sum.

        Raises ConvergenceError (M007).
        """
        if self.n == 0:
            return np.zeros(0)
        ends = [self._descend(start) for start in self._starts(total)]
        best = self._polish(min(ends, key=lambda point: point.value))
        sigma2 = best.sigma2.copy()
        sigma2[sigma2 < ZERO_SHARE * sigma2.max()] = 0.0
        return sigma2

    def _starts(self, total: float) -> list[FloatArray]:
        """An even share for all, then most of it for each in turn."""
        even = np.full(self.n, total / self.n)
        if self.n == 1:
            return [even, even * 0.01]
        return [even] + [
            np.where(np.arange(self.n) == j, 0.9 * total, 0.1 * total / (self.n - 1))
            for j in range(self.n)
        ]

    def _descend(self, start: FloatArray) -> _Point:
        """Projected average-information steps with backtracking, to a coarse optimum."""
        point = self.at(start)
        for _ in range(200):
            free = _free(point)
            if not free.any():
                return point
            step = _newton(point.gradient, point.information, free)
            if -float(point.gradient @ step) < _COARSE:
                return point
            following = self._search(point, step)
            if following is None:
                following = self._search(point, _scaled_gradient(point, free))
            if following is None:
                return point
            point = following
        return point

    def _search(self, point: _Point, step: FloatArray) -> _Point | None:
        """Halve the step, clipped at zero, until the value falls enough."""
        for halving in range(30):
            sigma2 = np.maximum(0.0, point.sigma2 + 0.5**halving * step)
            promised = float(point.gradient @ (sigma2 - point.sigma2))
            if promised < 0.0 and self.value(sigma2) <= point.value + 1e-4 * promised:
                return self.at(sigma2)
        return None

    def _polish(self, point: _Point) -> _Point:
        """Newton steps with a numerical Hessian, until rounding is all that is left."""
        best, least = point, np.inf
        for _ in range(12):
            free = _free(point)
            if not free.any():
                return point
            step = _newton(point.gradient, self._hessian(point, free), free)
            if not float(point.gradient @ step) < 0.0:
                step = _newton(point.gradient, point.information, free)
            decrement = -float(point.gradient @ step)
            if decrement < least:
                best, least = point, decrement
            elif least < _ACCEPTED:
                break
            if decrement < _FINE:
                break
            point = self.at(np.maximum(0.0, point.sigma2 + step))
        if not least < _ACCEPTED:
            raise ConvergenceError(
                "The search for the variance components didn't end at a maximum.",
                "Leave a level out, or look for a variance that is many orders of magnitude off.",
            )
        return best

    def _hessian(self, point: _Point, free: BoolArray) -> FloatArray:
        """Central differences of the gradient, in the free components."""
        hessian = np.eye(self.n)
        scale = max(float(point.sigma2.max()), 1e-12)
        for j in np.flatnonzero(free):
            width = 1e-5 * max(float(point.sigma2[j]), 1e-4 * scale)
            width = min(width, 0.5 * float(point.sigma2[j])) or width
            up, down = point.sigma2.copy(), point.sigma2.copy()
            up[j] += width
            down[j] = max(0.0, down[j] - width)
            above = self.at(up, information=False).gradient
            below = self.at(down, information=False).gradient
            hessian[:, j] = (above - below) / (up[j] - down[j])
        return (hessian + hessian.T) / 2.0


def _free(point: _Point) -> BoolArray:
    """Components that are positive, or at zero with the likelihood rising."""
    free: BoolArray = (point.sigma2 > 0.0) | (point.gradient < 0.0)
    return free


def _newton(
    gradient: FloatArray,
    curvature: FloatArray,
    free: BoolArray,
) -> FloatArray:
    """-curvature^-1 gradient among the free components, zero elsewhere."""
    step = np.zeros_like(gradient)
    part = curvature[np.ix_(free, free)]
    scale = np.sqrt(np.maximum(np.abs(np.diag(part)), 1e-300))
    # lstsq: two components that the data can't tell apart make the information singular.
    solved = np.linalg.lstsq(part / np.outer(scale, scale), gradient[free] / scale, rcond=1e-13)[0]
    step[free] = -solved / scale
    return step


def _scaled_gradient(point: _Point, free: BoolArray) -> FloatArray:
    """A step along the gradient, each component in its own units: what can't fail to descend."""
    size = np.maximum(np.diag(point.information), 1e-300)
    return np.where(free, -point.gradient / size, 0.0)
