"""Findings: what the field says of itself, and what the catalog says of that."""

from __future__ import annotations

import logging

import pandas as pd
import streamlit as st

from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found
from analysis.findings.run import module_of
from views.parts import safe, show, state
from views.parts.data import ask, has, version
from views.parts.missing import missing
from views.parts.picture import Picture, finished

LIST = "SELECT * FROM findings ORDER BY finding"
STATED = "SELECT id AS finding, topic, statement, measure, needs, caveat FROM finding_definition ORDER BY id"
LOG = logging.getLogger(__name__)
VERDICTS = tuple(v.value for v in FindingVerdict)


def render() -> None:
    chosen = state.chosen("finding").upper()
    if not has("findings"):
        _stated(chosen)
    elif chosen:
        _one(chosen)
    else:
        _list()


def _stated(chosen: str) -> None:
    """The statements alone: this build holds no verdicts on them."""
    st.title("Findings")
    st.info(
        "This database holds the statements, but no verdicts on them: it was built without the step "
        "that measures findings. Build it again with `claimgap build`."
    )
    rows = ask(STATED)
    if chosen:
        rows = rows[rows["finding"] == chosen]
    show.table(rows, len(ask(STATED)))


def _list() -> None:
    st.title("Findings")
    rows = ask(LIST)
    st.write(
        f"{len(rows)} statements that the field makes of itself, each with the measure and the rule "
        "that decide it."
    )
    if not len(rows):
        st.info("No statements yet: add them under catalog/findings/.")
        return
    counts = rows["verdict"].value_counts()
    with st.container(horizontal=True):
        for verdict in VERDICTS:
            with st.container(width="content", gap=None):
                show.verdict(verdict)
                st.caption(f"{int(counts.get(verdict, 0))} of {len(rows)}")
    columns = st.columns(2)
    with columns[0]:
        groups = state.several("Group", "group", list(dict.fromkeys(rows["topic"])))
    with columns[1]:
        verdicts = state.several("Verdict", "verdict", VERDICTS)
    shown = rows
    if groups:
        shown = shown[shown["topic"].isin(groups)]
    if verdicts:
        shown = shown[shown["verdict"].isin(verdicts)]
    if not len(shown):
        st.info("No finding fits both filters: take one away.")
        return
    state.opener(
        "Open a finding", "finding", list(rows["finding"]),
        dict(zip(rows["finding"], rows["finding"] + ": " + rows["statement"], strict=True)).__getitem__,
    )  # fmt: skip
    with st.container(key="wide-only-findings"):
        row = show.picked(
            shown[["finding", "verdict", "statement", "n", "unit_of_n", "topic"]], "findings", len(rows),
            height=620, column_config={"unit_of_n": "of what"},
        )  # fmt: skip
    show.on_phone(
        "findings",
        len(shown),
        [
            f"{safe.page(f'{name}: {statement}', 'findings', finding=name)} {show.badge(verdict)}"
            for name, statement, verdict in shown[["finding", "statement", "verdict"]].itertuples(
                index=False
            )
        ],
    )
    if row is not None:
        state.open_one("finding", str(row["finding"]))
    show.offer(shown, LIST, "findings-list")


def _one(finding: str) -> None:
    state.back("All findings", "finding")
    rows = ask(LIST)
    found = rows[rows["finding"] == finding]
    if not len(found):
        missing("finding", finding, dict(zip(rows["finding"], rows["statement"], strict=True)), "findings", "finding")  # fmt: skip
        return
    row = found.iloc[0]
    st.title(safe.plain(f"{finding}: {row['statement']}"), anchor=False)
    show.verdict(row["verdict"])
    st.write(safe.plain(row["says"]))
    if isinstance(row["missing"], str) and row["missing"]:
        st.info(f"What would decide it: {safe.plain(row['missing'])}")
    _figure(finding, row)
    st.markdown(f"**Measure.** {safe.plain(row['measure'])}")
    if row["caveat"]:
        st.markdown(f"**When it misleads.** {safe.plain(row['caveat'])}")
    st.caption(f"Group: {safe.plain(in_words(row['topic']))}")


def _figure(finding: str, row: pd.Series) -> None:
    def number(name: str) -> float | None:
        return float(row[name]) if pd.notna(row[name]) else None

    data = ask(row["sql"])
    if not len(data):
        st.info(
            "No picture: no row in the catalog bears on it yet."
            + (f" Missing: {safe.plain(row['missing'])}." if row["missing"] else "")
        )
        return
    measured = Found(
        FindingVerdict(row["verdict"]), int(row["n"]), str(row["unit_of_n"]), str(row["says"]),
        number("effect"), number("ci_low"), number("ci_high"), str(row["unit"] or ""),
        str(row["missing"] or ""),
    )  # fmt: skip
    try:
        figure = _drawn(finding, measured, version())
    except Exception:  # a picture that can't be drawn must not hide the verdict and its rows
        LOG.exception("the figure of %s can't be drawn", finding)
        figure = None
        st.warning(
            f"The picture of {safe.plain(finding)} can't be drawn from these rows, which is a fault of ours: "
            "please report it. Verdict and rows stand."
        )
    if figure is None:
        show.offer(data, row["sql"], f"finding-{finding}")
    else:
        show.chart(figure, data, row["sql"], f"finding-{finding}")
    with st.expander(f"The {len(data):,} rows"):
        show.table(data.head(1000), len(data))


# some pictures pool their strata again, which takes a second or two: once for all readers
@st.cache_resource(max_entries=64, show_spinner="Drawing")
def _drawn(finding: str, _measured: Found, of: str) -> Picture | None:
    del of  # rows of another data version are other rows
    sql = str(ask(LIST).set_index("finding").loc[finding, "sql"])
    made = module_of(finding).figure(ask(sql).copy(), _measured)
    return None if made is None else finished(made)
