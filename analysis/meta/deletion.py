"""Leave-one-out: what the pooled effect would be without one result, one evaluation or one paper.

A pooled effect that one paper makes is that paper's effect. Units may be rows or any labels; the
whole model is fitted again without each, variance components included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.meta import inputs
from analysis.meta.errors import MetaError
from analysis.meta.fit import fit
from analysis.meta.subset import without
from analysis.meta.types import MetaResult


@dataclass(frozen=True)
class LeftOut:
    """The model without one unit: `result`, or None and the `reason` why it can't be fitted."""

    unit: str
    rows: int
    result: MetaResult | None
    reason: str | None


def leave_one_out(
    y: ArrayLike, v: ArrayLike, *, units: ArrayLike | None = None, **options: Any
) -> tuple[LeftOut, ...]:
    """Fit without each unit in turn, in order of first appearance; `options` are those of `fit`.

    `units` (k,) are labels (of results, evaluations, papers); without them each row is one.
    Raises what `fit` raises on the whole data; a deletion that can't be fitted is reported.
    """
    effects, variances = inputs.effects_and_variances(y, v)
    k = effects.size
    labels = pd.Series(np.arange(1, k + 1) if units is None else units).reset_index(drop=True)
    of_unit = inputs.codes(labels, k, "The unit")
    fit(effects, variances, **options)
    out = []
    for unit in range(int(of_unit.max()) + 1):
        keep = of_unit != unit
        name, rows = str(labels[int(np.argmin(keep))]), int((~keep).sum())
        if not keep.any():
            out.append(LeftOut(name, rows, None, "Nothing is left without it."))
            continue
        try:
            rest = fit(effects[keep], variances[keep], **without(options, variances, keep))
            out.append(LeftOut(name, rows, rest, None))
        except MetaError as problem:
            out.append(LeftOut(name, rows, None, str(problem)))
    return tuple(out)
