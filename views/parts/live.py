"""Gaps, ratings and ranks computed anew on the rows that a reader's switches leave."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from analysis import gaps, standing
from views.parts.data import connection, version

KEEP = {
    "baseline": ("skill_difference", "skill_difference_to_median"),
    "reporting": ("skill_difference", "skill_difference"),
}


class Switches(NamedTuple):
    """What a reader leaves out."""

    peer: bool = False
    clean: bool = False
    theirs: bool = False
    """Without claimgap's own runs."""
    protocol: str = "all"

    @property
    def on(self) -> bool:
        """Whether anything is left out."""
        return self != Switches()

    def left(self, rows: pd.DataFrame, protocol: str = "protocol") -> pd.DataFrame:
        """The rows that stay."""
        if self.peer:
            rows = rows[rows["evidence_level"] == "peer_reviewed"]
        if self.theirs:
            rows = rows[rows["evidence_level"] != "own_run"]
        if self.clean and "leakage_noted" in rows:
            rows = rows[~rows["leakage_noted"].astype(bool)]
        if self.protocol != "all":
            rows = rows[rows[protocol] == self.protocol]
        return rows


# read by all, written by none: copying it for each visit took a fifth of the page's time
@st.cache_resource(max_entries=3, show_spinner=False)
def _frame(gap: str, of: str) -> pd.DataFrame:
    del of  # rows of another data version are other rows
    read = {
        "baseline": gaps.read_gaps,
        "reporting": gaps.read_reporting,
        "standing": standing.read_standing,
    }
    cursor = connection().cursor()
    try:
        return read[gap](cursor)
    finally:
        cursor.close()


def kept(gap: str, against: str, whose: str, switches: Switches) -> pd.DataFrame:
    """Rows of one gap that the switches leave."""
    rows = _frame(gap, version()).copy(deep=False)
    if gap == "baseline":
        rows = rows[(rows["against"] == against) & rows["relation"].isin(gaps.EVIDENCE[whose])]
    return switches.left(rows, "protocol" if gap == "baseline" else "self_protocol")


def differences(gap: str, versus: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One difference in skill for each model, dataset and publication, as the pooling takes them."""
    column = KEEP[gap][versus == "median"]
    return gaps.one_each(rows, column, "variance_skill")


@st.cache_data(max_entries=128, show_spinner="Pooling the rows that are left")
def pooled(
    gap: str, against: str, whose: str, versus: str, switches: Switches, of: str
) -> pd.DataFrame:
    """What gap_pooled would hold for these rows: all domains, then each."""
    del of
    rows = differences(gap, versus, kept(gap, against, whose, switches))
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


def meetings(switches: Switches) -> pd.DataFrame:
    """Rows of all domains on which methods meet, as the switches leave them."""
    return switches.left(_frame("standing", version()).copy(deep=False))


@st.cache_data(max_entries=64, show_spinner="Rating the methods on the rows that are left")
def rated(domain: str, kinds: tuple[str, ...], switches: Switches, of: str) -> pd.DataFrame:
    """Ratings of one domain's models and of these kinds of comparators, and who is on the front."""
    del of
    rows = meetings(switches)
    rows = rows[(rows["domain"] == domain) & rows["kind"].isin({"foundation_model", *kinds})]
    found = standing.rated(rows)
    return found.assign(on=standing.front(found)) if len(found) else found


@st.cache_data(max_entries=64, show_spinner="Ranking the models on the rows that are left")
def ranked(domain: str, switches: Switches, of: str) -> pd.DataFrame:
    """Ranks with intervals of one domain's models."""
    del of
    rows = meetings(switches)
    return standing.ranked(rows[rows["domain"] == domain])
