"""Array types and the reading of loosely typed columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.object_]


def numbers(frame: pd.DataFrame, name: str) -> FloatArray:
    """A column as floats, NaN where it is missing or not a number; NaN everywhere without it."""
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    column = pd.to_numeric(frame[name], errors="coerce")
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def texts(frame: pd.DataFrame, name: str, default: str) -> TextArray:
    """A column as strings, `default` where it is missing or absent."""
    if name not in frame.columns:
        return np.full(len(frame), default, dtype=object)
    column = frame[name]
    return np.array([default if pd.isna(value) else str(value) for value in column], dtype=object)


def flags(frame: pd.DataFrame, name: str) -> BoolArray:
    """A column of booleans, False where it is missing or absent."""
    if name not in frame.columns:
        return np.zeros(len(frame), dtype=bool)
    return np.array([not pd.isna(value) and bool(value) for value in frame[name]], dtype=bool)
