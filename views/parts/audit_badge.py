"""What an audit of a task's public files found, shown wherever a score on that task is shown.

`badge(task)` draws it beside a heading, `beside(frame)` adds it to a table of scores as a column.
Tasks whose files nobody audited say so: silence isn't a clean bill.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from views.parts.data import ask, has, version
from views.parts.safe import plain

AUDITS = """
SELECT task, audited, verdict, train_seen, leaks_verdict, shortcuts_verdict, leaks, n_flagged, n_test,
    share_flagged, look_up, look_up_metric, says
FROM task_audit ORDER BY task
"""
NOT_AUDITED = "not audited"
_LOOKS = {
    "serious": ("red", "warning"),
    "notice": ("orange", "info"),
    "clean": ("green", "check_circle"),
}


def audits() -> pd.DataFrame:
    """Every audited task; empty where the database is of an older build."""
    return ask(AUDITS) if has("task_audit") else pd.DataFrame(columns=["task"])


def words(audit: pd.Series) -> str:
    """An audit in a few words, such as `leaks: 73% of test items`."""
    if audit["leaks"]:
        return f"leaks: {audit['share_flagged']:.0%} of test items"
    said = {"serious": "serious faults, no leak", "notice": "small faults", "clean": "clean"}
    text = said.get(str(audit["verdict"]), NOT_AUDITED)
    if audit["shortcuts_verdict"] == "serious":
        text = "a shortcut"
    return text if audit["train_seen"] else f"{text}, train not seen"


@st.cache_resource(max_entries=2, show_spinner=False)
def _by_task(of: str) -> Mapping[str, str]:
    del of  # another data version has other audits
    return MappingProxyType({str(row["task"]): words(row) for _, row in audits().iterrows()})


def by_task() -> Mapping[str, str]:
    """Each audited task with its audit in a few words."""
    return _by_task(version())


def beside(frame: pd.DataFrame, task: str = "task") -> pd.DataFrame:
    """The same rows with a column `audit` after the column that holds the task's id."""
    if task not in frame or "audit" in frame:
        return frame
    known = by_task()
    shown = frame.copy(deep=False)
    shown.insert(
        list(shown.columns).index(task) + 1, "audit",
        [known.get(str(each), NOT_AUDITED) for each in frame[task]],
    )  # fmt: skip
    return shown


def badge(task: str) -> None:
    """The audit of one task as a badge: word, sign and colour, and what it found in a sentence."""
    found = audits()
    mine = found[found["task"] == task]
    if not len(mine):
        st.badge(NOT_AUDITED, icon=":material/help:", color="gray")
        return
    audit = mine.iloc[0]
    verdict = "serious" if audit["leaks"] else str(audit["verdict"])
    colour, icon = _LOOKS.get(verdict, ("gray", "help"))
    st.badge(words(audit), icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]
    if audit["says"]:
        st.caption(plain(f"{audit['says']}."))
