"""The one entry to all models: `fit` checks, standardises, estimates, and reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from analysis.meta import design as designs
from analysis.meta import inference, inputs, options
from analysis.meta.design import Moderators
from analysis.meta.errors import ConvergenceError
from analysis.meta.estimate import estimate
from analysis.meta.inputs import BlockLike
from analysis.meta.options import Options
from analysis.meta.report import report
from analysis.meta.scale import standardise
from analysis.meta.structure import code_levels
from analysis.meta.types import MetaResult, Method, Prediction, Robust, RobustKind, Test


def fit(
    y: ArrayLike,
    v: ArrayLike,
    *,
    moderators: Moderators | None = None,
    levels: Sequence[ArrayLike] | None = None,
    crossed: Sequence[ArrayLike] | None = None,
    cluster: ArrayLike | None = None,
    method: Method = "reml",
    test: Test = "wald",
    robust: RobustKind | None = None,
    prediction: Prediction = "as-test",
    V_blocks: Sequence[BlockLike] | None = None,
    level: float = 0.95,
    kh_floor: bool = True,
    level_names: Sequence[str] | None = None,
) -> MetaResult:
    """Pool effects y (k,) with known sampling variances v (k,); the result is in the units of y.

    moderators: columns by name (design.build); without them the intercept is the pooled effect.
    levels: label arrays (k,), outer first. Each is nested in the one before, and the last, where
      it is unique per row, is the effect level. Without levels the model is univariate.
    crossed: label arrays of random effects that aren't nested (a task that many studies share).
    cluster: labels for the robust variance; without it, those of the outermost level.
    test: "wald" (normal), or "knapp-hartung" (univariate: variance times max(1, Q/(k-p)), t(k-p);
      kh_floor=False leaves the maximum out, whose interval can be far narrower than the normal).
    robust: "cr2" (small-sample corrected), "cr1" (times G/(G-1)), "cr1p" (G/(G-p)), "cr0".
    prediction: the prediction interval's distribution (inference.prediction_interval).
    V_blocks: known sampling covariances (inputs.blocks).

    Raises MetaError, with a code and a remedy. k = 1 isn't refused: the effect itself comes back
    with its normal interval, and no heterogeneity. With fewer than four independent groups
    estimates come back without intervals, and `warnings` says so.
    """
    asked = options.checked(method, test, robust, prediction, level, kh_floor)
    options.refuse_combinations(
        asked,
        has_levels=bool(levels or crossed),
        has_blocks=V_blocks is not None,
        has_clusters=cluster is not None or bool(levels),
    )
    effects, variances = inputs.effects_and_variances(y, v)
    k = effects.size
    design = designs.build(moderators, k)
    clusters = None if cluster is None else inputs.codes(cluster, k, "The cluster")
    if k == 1:
        return _single(float(effects[0]), float(variances[0]), asked)
    known = () if V_blocks is None else tuple(inputs.blocks(V_blocks, variances))
    coded = code_levels(levels or (), crossed or (), k, level_names)
    multilevel = bool(levels or crossed or V_blocks is not None)
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise", under="ignore"):
            scaled = standardise(effects, variances, design.X, known)
            estimated = estimate(scaled, coded, asked, multilevel=multilevel)
            return report(estimated, scaled, design, coded, clusters, asked, multilevel=multilevel)
    except (FloatingPointError, np.linalg.LinAlgError) as problem:
        raise ConvergenceError(
            f"The arithmetic broke down ({problem}).",
            "Look for an effect or a variance that is many orders of magnitude off.",
        ) from None


def _single(y: float, v: float, asked: Options) -> MetaResult:
    """One effect: itself, its normal interval, and nothing about heterogeneity."""
    only = inference.coefficient("intercept", y, v, None, asked.level)
    said = ["There is one effect: it is repeated, not pooled; heterogeneity can't be estimated."]
    if asked.test == "knapp-hartung":
        said.append("The interval is the normal one: Knapp-Hartung needs two effects.")
    if asked.robust is not None:
        said.append("too few independent groups: 1, so there is no robust variance.")
    return MetaResult(
        k=1,
        n_clusters=None,
        estimate=y,
        se=only.se,
        ci=only.ci,
        p=only.p,
        df=None,
        tau2=None,
        tau2_ci=None,
        sigma2=(),
        i2=None,
        h2=None,
        q=None,
        q_df=0,
        q_p=None,
        prediction_interval=None,
        coefficients=(only,),
        robust=None if asked.robust is None else Robust(asked.robust, None, None, None, None),
        method=asked.method,
        test=asked.test,
        warnings=tuple(said),
        prediction=asked.prediction,
        level=asked.level,
        vcov=np.array([[v]]),
    )
