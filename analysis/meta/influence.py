"""Influence of each unit on the fit (Viechtbauer & Cheung 2010; deletion diagnostics).

Everything here refits the model without the unit, variance components included, so a result that
inflates tau2 and so hides itself is still seen. Influence isn't error: an influential result is to
be read again, never dropped for being so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.meta import design as designs
from analysis.meta import inputs
from analysis.meta.deletion import leave_one_out
from analysis.meta.estimate import covariance_at
from analysis.meta.fit import fit
from analysis.meta.structure import code_levels
from analysis.meta.types import FloatArray, MetaResult


@dataclass(frozen=True)
class Influence:
    """Diagnostics of one unit; None where the model without it can't be fitted.

    `hat`: leverage, summed over the unit's rows. `cook`: Cook's distance, (b - b_i)' V^-1 (b - b_i).
    `dfbetas`: shift of each coefficient in its standard errors. `rstudent`, `dffits`: the deleted
    residual and the shift of the fitted value, for units of one row in univariate models.
    """

    unit: str
    hat: float
    cook: float | None
    dfbetas: tuple[float, ...] | None
    rstudent: float | None
    dffits: float | None
    tau2: float | None


def influence(
    y: ArrayLike, v: ArrayLike, *, units: ArrayLike | None = None, **options: Any
) -> tuple[Influence, ...]:
    """Diagnostics for each unit (rows, or `units` labels (k,)); `options` are those of `fit`.

    Moderators are taken as columns of the whole data's design. Raises what `fit` raises.
    """
    effects, variances = inputs.effects_and_variances(y, v)
    k = effects.size
    plain = {n: value for n, value in options.items() if n not in ("robust", "test")}
    whole = fit(effects, variances, **plain)
    design = designs.build(plain.get("moderators"), k)
    columns = {name: design.X[:, i] for i, name in enumerate(design.names) if name != "intercept"}
    plain["moderators"] = columns or None
    deleted = leave_one_out(effects, variances, units=units, **plain)
    labels = np.arange(k) if units is None else inputs.codes(units, k, "The unit")
    place = _Place(effects, variances, design.X, plain)
    beta = np.array([c.estimate for c in whole.coefficients])
    leverage = place.hat(whole)
    out = []
    for unit, left in enumerate(deleted):
        rows = np.flatnonzero(labels == unit)
        hat = float(leverage[rows].sum())
        if left.result is None or len(left.result.coefficients) != beta.size:
            out.append(Influence(left.unit, hat, None, None, None, None, None))
            continue
        without_it = np.array([c.estimate for c in left.result.coefficients])
        shift = beta - without_it
        scale = np.sqrt(np.diag(whole.vcov))
        cook = shift / scale @ np.linalg.solve(whole.vcov / np.outer(scale, scale), shift / scale)
        dfbetas = shift / np.sqrt(np.diag(place.covariance(left.result)))
        student, dffits = None, None
        if rows.size == 1 and not place.multilevel and left.result.tau2 is not None:
            row = int(rows[0])
            x = design.X[row]
            total = float(variances[row]) + left.result.tau2
            spread = total + float(x @ left.result.vcov @ x)
            student = float((effects[row] - x @ without_it) / np.sqrt(spread))
            dffits = float(x @ shift / np.sqrt(hat * total))
        out.append(
            Influence(
                left.unit,
                hat,
                float(cook),
                tuple(float(d) for d in dfbetas),
                student,
                dffits,
                left.result.tau2,
            )
        )
    return tuple(out)


class _Place:
    """The whole data under the components of any result on them."""

    def __init__(
        self, y: FloatArray, v: FloatArray, X: FloatArray, options: dict[str, Any]
    ) -> None:
        self._y, self._v, self._X = y, v, X
        levels, crossed = options.get("levels") or (), options.get("crossed") or ()
        blocks = options.get("V_blocks")
        self.multilevel = bool(levels or crossed or blocks is not None)
        self._levels = code_levels(levels, crossed, y.size, options.get("level_names"))
        self._blocks = tuple(inputs.blocks(blocks, v)) if blocks is not None else ()

    def covariance(self, result: MetaResult) -> FloatArray:
        """The model-based covariance of the coefficients under the result's components."""
        return self._at(result)[0]

    def hat(self, result: MetaResult) -> FloatArray:
        """The diagonal of X (X'WX)^-1 X'W, in the order of the input."""
        cov, WX = self._at(result)
        leverage: FloatArray = np.sum((self._X @ cov) * WX, axis=1)
        return leverage

    def _at(self, result: MetaResult) -> tuple[FloatArray, FloatArray]:
        components = result.sigma2 if self.multilevel else (result.tau2 or 0.0,)
        return covariance_at(self._y, self._v, self._X, self._levels, self._blocks, components)
