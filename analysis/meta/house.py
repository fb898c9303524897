"""The house default: how this project pools paired differences within one metric.

Three levels (result in task in study) by REML, standard errors CR2 by study with Satterthwaite
degrees of freedom, and a prediction interval beside the confidence interval. No p-value below four
degrees of freedom; below five studies only a description. Fixed before any result was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.meta import inference, inputs
from analysis.meta.fit import fit
from analysis.meta.types import FloatArray, IntArray, Interval, MetaResult

# Below this many studies nothing is inferred (docs/methods/meta.md, "The house default").
MIN_STUDIES = 5


@dataclass(frozen=True)
class Pooled:
    """A pooled difference as it is shown, or a description where there are too few studies.

    `estimate` of a description is the median of the studies' own medians, without an interval;
    of a pooled effect the REML estimate with its robust `se`, `df`, `ci` and `p`. `range` are the
    smallest and largest effect, `positive` the share of effects above zero plus half of those at
    zero. `fit` is the whole model, None for a description.
    """

    status: Literal["pooled", "descriptive"]
    k: int
    n_tasks: int
    n_studies: int
    estimate: float
    se: float | None
    df: float | None
    ci: Interval | None
    p: float | None
    prediction_interval: Interval | None
    sigma2: tuple[float, ...]
    level_names: tuple[str, ...]
    range: Interval
    positive: float
    warnings: tuple[str, ...]
    fit: MetaResult | None


def pooled_default(
    y: ArrayLike, v: ArrayLike, task: ArrayLike, study: ArrayLike, *, level: float = 0.95
) -> Pooled:
    """Pool differences y (k,) with variances v (k,), labelled by task and study (k,).

    The prediction interval uses t with the number of studies minus 2, and the robust standard
    error. Raises MetaError.
    """
    effects, variances = inputs.effects_and_variances(y, v)
    k = effects.size
    studies = inputs.codes(study, k, "The study")
    tasks = inputs.codes(task, k, "The task")
    n_studies, n_tasks = int(studies.max()) + 1, int(tasks.max()) + 1
    extent = (float(effects.min()), float(effects.max()))
    positive = float(np.mean((effects > 0.0) + 0.5 * (effects == 0.0)))
    if n_studies < MIN_STUDIES:
        few = (
            f"Descriptive only: {n_studies} of the {MIN_STUDIES} studies that an inference needs.",
        )
        middle = _median_of_medians(effects, studies)
        return Pooled(
            "descriptive",
            k,
            n_tasks,
            n_studies,
            middle,
            None,
            None,
            None,
            None,
            None,
            (),
            (),
            extent,
            positive,
            few,
            None,
        )
    levels, names = _levels(studies, tasks, k)
    result = fit(
        effects,
        variances,
        levels=levels,
        level_names=names,
        cluster=studies,
        robust="cr2",
        prediction="none",
        level=level,
    )
    pooled = result.coefficients[0]
    said = result.warnings
    predicted: Interval | None = None
    if pooled.se is not None:
        predicted, reason = inference.prediction_interval(
            "t(g-2)",
            pooled.estimate,
            pooled.se,
            sum(result.sigma2),
            k=k,
            groups=n_studies,
            test_df=None,
            level=level,
        )
        said += (reason,) if reason else ()
    return Pooled(
        "pooled",
        k,
        n_tasks,
        n_studies,
        pooled.estimate,
        pooled.se,
        pooled.df,
        pooled.ci,
        pooled.p,
        predicted,
        result.sigma2,
        names,
        extent,
        positive,
        said,
        result,
    )


def _levels(studies: IntArray, tasks: IntArray, k: int) -> tuple[list[IntArray], tuple[str, ...]]:
    """Study, task in study, result; levels whose groups are those of the next one are left out."""
    joint = np.unique(studies * (int(tasks.max()) + 1) + tasks, return_inverse=True)[1]
    n_studies, n_joint = int(studies.max()) + 1, int(joint.max()) + 1
    levels: list[IntArray] = []
    names: list[str] = []
    if n_studies < n_joint:
        levels.append(studies)
        names.append("study")
    if n_joint < k:
        levels.append(joint.astype(np.intp))
        names.append("task" if names else "study")
    levels.append(np.arange(k, dtype=np.intp))
    names.append("result" if names else "study")
    return levels, tuple(names)


def _median_of_medians(effects: FloatArray, studies: IntArray) -> float:
    """The median over studies of each study's median effect: no study counts more for its size."""
    return float(
        np.median([np.median(effects[studies == s]) for s in range(int(studies.max()) + 1)])
    )
