"""Several methods at once: every pair counted, and the cells that hold all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from schema.ddl import quoted
from views.parts import safe, show, state
from views.parts.data import ask

PAIRED = """
WITH chosen AS (
    SELECT * FROM comparison WHERE a_method IN ({ids}) AND b_method IN ({ids}) AND a_method <> b_method
),
both_ways AS (
    SELECT a_method AS first, b_method AS second, publication, dataset, difference, skill_difference FROM chosen
    UNION ALL
    SELECT b_method, a_method, publication, dataset, -difference, -skill_difference FROM chosen
),
averaged AS (
    -- each dataset of a publication has one vote, however many rows it has
    SELECT first, second, publication, dataset, avg(difference) AS difference,
        avg(skill_difference) AS skill_difference, count(*) AS n
    FROM both_ways GROUP BY ALL
)
SELECT first, second, count(*) FILTER (difference > 0)::INTEGER AS won,
    count(*) FILTER (difference < 0)::INTEGER AS lost, count(*) FILTER (difference = 0)::INTEGER AS tied,
    median(skill_difference) AS median_skill, sum(n)::INTEGER AS pairs,
    count(DISTINCT publication)::INTEGER AS n_publications
FROM averaged GROUP BY first, second ORDER BY first, second
"""
TOGETHER = """
WITH best AS (
    SELECT cell, method, max(score) AS score, any_value(task) AS task, any_value(publication) AS publication
    FROM scored WHERE method IN ({ids}) GROUP BY cell, method
),
whole AS (
    SELECT *, rank() OVER (PARTITION BY cell ORDER BY score DESC) AS place
    FROM best
    QUALIFY count(*) OVER (PARTITION BY cell) = {n}
)
SELECT m.name AS method, avg(place) AS mean_place, count(*) FILTER (place = 1)::INTEGER AS n_first,
    count(*)::INTEGER AS n_cells, count(DISTINCT w.task)::INTEGER AS tasks,
    count(DISTINCT w.publication)::INTEGER AS n_publications
FROM whole w JOIN method m ON m.id = w.method
GROUP BY m.name ORDER BY mean_place, m.name
"""
Names = dict[str, str]


def ids(methods: Sequence[str]) -> str:
    """Methods as a list in SQL."""
    return ", ".join(quoted(m) for m in methods)


def several(methods: Sequence[str], names: Names) -> tuple[str, str]:
    """All pairs in a table, the cells that hold all; returns the pair that the reader picked."""
    sql = PAIRED.format(ids=ids(methods))
    pairs = ask(sql)
    st.subheader("Every pair", anchor=False)
    order = {m: at for at, m in enumerate(methods)}
    shown = pairs[pairs["first"].map(order) < pairs["second"].map(order)]
    apart = len(methods) * (len(methods) - 1) // 2 - len(shown)
    st.caption(
        "Datasets won and lost by the first, averaged within a publication; counted, not pooled. "
        + (
            f"{apart} pairs never met under the same conditions."
            if apart
            else "All pairs have met."
        )
    )
    if len(shown):
        drawn = shown.assign(first=shown["first"].map(names), second=shown["second"].map(names))
        show.listed(drawn, sql, "compare-pairs", column_config=_COLUMNS)
    _together(methods)
    choices = {f"{a}:{b}": (a, b) for i, a in enumerate(methods) for b in methods[i + 1 :]}
    st.subheader("One pair, row by row", anchor=False)
    counted = {f"{a}:{b}": int(n) for a, b, n in zip(pairs["first"], pairs["second"], pairs["pairs"], strict=True)}  # fmt: skip
    first = max(choices, key=lambda c: counted.get(c, 0))
    picked = state.choice(
        "Pair", "pair", list(choices), first,
        lambda c: f"{names[choices[c][0]]} and {names[choices[c][1]]}: {counted.get(c, 0):,} pairs of rows",
    )  # fmt: skip
    return choices[picked]


def _together(methods: Sequence[str]) -> None:
    sql = TOGETHER.format(ids=ids(methods), n=len(methods))
    rows = ask(sql)
    if not len(rows):
        st.info(
            safe.plain("No source holds all of these side by side: only pairs can be compared.")
        )
        return
    cells = int(rows["n_cells"].iloc[0])
    st.markdown(
        f"**All {len(methods)} together, in the {cells:,} cells that hold all of them: "
        f"{safe.plain(rows.iloc[0]['method'])} has the best mean place**"
    )
    show.listed(rows, sql, "compare-together", column_config=_COLUMNS)


_COLUMNS: dict[str, Any] = {
    "first": "first", "second": "second",
    "won": st.column_config.NumberColumn("datasets won"),
    "lost": st.column_config.NumberColumn("lost"), "tied": st.column_config.NumberColumn("tied"),
    "median_skill": st.column_config.NumberColumn("median difference, skill", format="%+.3f"),
    "pairs": st.column_config.NumberColumn("pairs of rows", format="localized"),
    "mean_place": st.column_config.NumberColumn("mean place", format="%.2f", help="1 is the best"),
    "n_first": st.column_config.NumberColumn("times first", format="localized"),
    "n_cells": st.column_config.NumberColumn("cells", format="localized"),
}  # fmt: skip


def spread(rows: pd.DataFrame) -> pd.DataFrame:
    """One difference in skill for each dataset of a publication, from rows of a pair."""
    skill = rows.dropna(subset=["skill_difference"])
    return skill.groupby(["publication", "dataset"])["skill_difference"].mean().reset_index()
