"""The answer to a query as a chart: what stands on which axis is in the address."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from analysis.charts.style import BLUE, described, title
from views.parts import safe, show, state
from views.parts.picture import finished

MOST = 5_000
"""Rows drawn: beyond this Chromium takes seconds for one picture."""
NONE = "none"
MARKS = {"bar": "Bars", "point": "Points", "line": "Line"}


def draw(table: pd.DataFrame, sql: str) -> None:
    """Ask for axes and draw; what can't be drawn is said in words."""
    columns = list(table.columns)
    numbers = [c for c in columns if pd.api.types.is_numeric_dtype(table[c])]
    if not len(table) or not numbers:
        st.info(
            "A chart needs at least one row and one column of numbers: this answer has none. "
            "CAST a column, or count rows, to draw it."
        )
        return
    others = [c for c in columns if c not in numbers]
    first, second, third, fourth = st.columns(4)
    with first:
        mark = state.choice("Drawn as", "mark", list(MARKS), "bar", MARKS.__getitem__)
    with second:
        x = state.choice("Across", "x", columns, others[0] if others else columns[0], str)
    with third:
        y = state.choice("Up", "y", numbers, next((c for c in numbers if c != x), numbers[0]), str)
    with fourth:
        colour = state.choice("Colour", "colour", [NONE, *columns], NONE, str)
    if mark == "bar" and colour == NONE and x not in numbers and table[x].duplicated().any():
        st.caption(
            safe.plain(f"{x} repeats: bars of one {x} are stacked, so their heights add up. GROUP BY it to be sure.")
        )  # fmt: skip
    # not kept: answers are as many as questions
    show.chart(finished(figure(table, mark, x, y, colour)), table, sql, "sql-chart")


def figure(table: pd.DataFrame, mark: str, x: str, y: str, colour: str = NONE) -> alt.Chart:
    """The chart of one answer. Columns get names of our own: SQL names may hold Vega's syntax."""
    drawn = pd.DataFrame({"x": table[x], "y": table[y]}).head(MOST)
    if colour != NONE:
        drawn["colour"] = table[colour].head(MOST)
    kind = "Q" if pd.api.types.is_numeric_dtype(table[x]) and mark != "bar" else "N"
    across = alt.X(f"x:{kind}", title=x, sort=None, axis=alt.Axis(labelLimit=160))
    encoding = {"x": across, "y": alt.Y("y:Q", title=y), "tooltip": ["x", "y"]}
    if colour != NONE:
        sort = "Q" if pd.api.types.is_numeric_dtype(table[colour]) else "N"
        encoding["color"] = alt.Color(
            f"colour:{sort}", title=colour, legend=alt.Legend(title=colour)
        )
    base = alt.Chart(drawn)
    marks = {
        "bar": base.mark_bar(color=BLUE), "point": base.mark_circle(color=BLUE, size=60),
        "line": base.mark_line(color=BLUE, point=True),
    }  # fmt: skip
    shown = f"{len(drawn):,} of {len(table):,} rows drawn"
    message = f"{y} by {x}"
    chart = marks[mark].encode(**encoding).properties(
        title=title(message, shown), width="container", height=360
    )  # fmt: skip
    return described(chart, f"{message}, {MARKS[mark].lower()}; {shown}.")
