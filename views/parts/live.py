"""Pooled gaps computed anew on the rows that a reader's switches leave."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import gaps
from views.parts.data import connection, version

KEEP = {
    "baseline": ("skill_difference", "skill_difference_to_median"),
    "reporting": ("skill_difference", "skill_difference"),
}


@st.cache_data(max_entries=2, show_spinner=False)
def _frame(gap: str, of: str) -> pd.DataFrame:
    del of  # rows of another data version are other rows
    cursor = connection().cursor()
    try:
        return gaps.read_gaps(cursor) if gap == "baseline" else gaps.read_reporting(cursor)
    finally:
        cursor.close()


def kept(
    gap: str, against: str, whose: str, peer_reviewed: bool, clean: bool, protocol: str
) -> pd.DataFrame:
    """Rows of one gap that the switches leave."""
    rows = _frame(gap, version())
    if gap == "baseline":
        rows = rows[(rows["against"] == against) & rows["relation"].isin(gaps.EVIDENCE[whose])]
    if peer_reviewed:
        rows = rows[rows["evidence_level"] == "peer_reviewed"]
    if clean and "leakage_noted" in rows:
        rows = rows[~rows["leakage_noted"].astype(bool)]
    if protocol != "all":
        column = "protocol" if gap == "baseline" else "self_protocol"
        rows = rows[rows[column] == protocol]
    return rows


def differences(gap: str, versus: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One difference in skill for each model, dataset and publication, as the pooling takes them."""
    column = KEEP[gap][versus == "median"]
    return gaps.one_each(rows, column, "variance_skill")


@st.cache_data(max_entries=128, show_spinner="Pooling the rows that are left")
def pooled(
    gap: str, against: str, whose: str, versus: str, peer_reviewed: bool, clean: bool,
    protocol: str, of: str,
) -> pd.DataFrame:  # fmt: skip
    """What gap_pooled would hold for these rows: all domains, then each."""
    del of
    rows = differences(gap, versus, kept(gap, against, whose, peer_reviewed, clean, protocol))
    found: list[dict[str, Any]] = []
    if len(rows):
        strata = [("all", rows), *((str(d), part) for d, part in rows.groupby("domain"))]
        found = [{"label": d, "unit": "skill", **vars(gaps.pool(part))} for d, part in strata]
    table = pd.DataFrame(found)
    if not len(table):
        return table
    numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high", "share_positive"]
    table[numbers] = table[numbers].astype(float)
    table = table[table["estimate"].notna()]
    return table.sort_values(
        ["k"], ascending=False, key=lambda k: k + (table["label"] == "all") * 1_000_000
    ).reset_index(drop=True)
