"""F20: pretraining itself helps."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.findings.base import Found
from analysis.findings.pooled import forest_figure, helps, pooled_sql

SQL = pooled_sql("random_init")
WHAT = "same network without pretraining"


def measure(rows: pd.DataFrame) -> Found:
    """Pretrained minus random initialisation in the same cell, pooled."""
    whole = rows[rows["label"] == "all"]
    return helps(whole.iloc[0] if len(whole) else None, WHAT)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by domain."""
    return forest_figure(rows, found, WHAT)
