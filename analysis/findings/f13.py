"""f13: k-mer linear models match foundation models."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.findings.base import Found
from analysis.findings.pooled import forest_figure, no_better, pooled_sql

SQL = pooled_sql("kmer_linear")
WHAT = "best k-mer or composition model"


def measure(rows: pd.DataFrame) -> Found:
    """Model minus the best k-mer or composition model of its cell, pooled."""
    return no_better(rows, WHAT)


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Forest plot by domain."""
    return forest_figure(rows, found, WHAT)
