"""The arguments of `fit` with some rows taken out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.meta import inputs
from analysis.meta.inputs import KnownBlock
from analysis.meta.types import BoolArray, FloatArray


def without(arguments: dict[str, Any], v: FloatArray, keep: BoolArray) -> dict[str, Any]:
    """Keyword arguments of `fit` for the rows in `keep` (k,) alone."""
    out = dict(arguments)
    for name in ("levels", "crossed"):
        if out.get(name):
            out[name] = [_rows(labels, keep) for labels in out[name]]
    if out.get("cluster") is not None:
        out["cluster"] = _rows(out["cluster"], keep)
    if out.get("moderators") is not None:
        items = out["moderators"].items()
        out["moderators"] = {str(name): _rows(values, keep) for name, values in items}
    if out.get("V_blocks") is not None:
        place = np.cumsum(keep) - 1
        left = []
        for block in inputs.blocks(out["V_blocks"], v):
            inside = keep[block.rows]
            if inside.sum() > 1:
                rows = place[block.rows[inside]]
                left.append(KnownBlock(rows, block.cov[np.ix_(inside, inside)]))
        out["V_blocks"] = left
    return out


def _rows(values: ArrayLike, keep: BoolArray) -> pd.Series[Any]:
    return pd.Series(values).reset_index(drop=True)[keep]
