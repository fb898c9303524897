"""f23: for gene expression simple models often suffice."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.findings.base import Found
from analysis.findings.pooled import forest_figure, no_better, pooled_sql

SQL = pooled_sql("simple_baseline", ("expression",))
WHAT = "best simple baseline"


def measure(rows: pd.DataFrame) -> Found:
    """Model minus the best simple baseline of its cell, pooled."""
    return no_better(rows, WHAT)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by domain."""
    return forest_figure(rows, found, WHAT)
