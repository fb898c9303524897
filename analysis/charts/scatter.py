"""Points with a fitted line and its interval."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, ORANGE, layered, size_axis


def scatter(
    points: pd.DataFrame,
    message: str,
    x_axis: str,
    y_axis: str,
    subtitle: str = "",
    line: pd.DataFrame | None = None,
    log_x: bool = False,
) -> Any:
    """Draw rows with x, y, label and group; `line` has x, y and may have low and high.

    With `log_x` the axis is one of parameters: a label a decade, in K, M and B.
    """
    x = (
        alt.X("x:Q", title=x_axis, scale=alt.Scale(type="log"), axis=size_axis())
        if log_x
        else alt.X("x:Q", title=x_axis, scale=alt.Scale(zero=False))
    )
    y = alt.Y("y:Q", title=y_axis)
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(strokeDash=[4, 3], color=GREY)
    layers = [
        zero.encode(y="y:Q"),
        alt.Chart(points)
        .mark_point(filled=True, size=36, opacity=0.7)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "group:N", scale=alt.Scale(range=[BLUE, ORANGE, GREY]), legend=alt.Legend(columns=1)
            ),
            tooltip=["label:N", "group:N", alt.Tooltip("x:Q", format=".3s"),
                     alt.Tooltip("y:Q", format="+.3f")],
        ),
    ]  # fmt: skip
    if line is not None and len(line):
        drawn = alt.Chart(line).mark_line(strokeWidth=3, color=GREY).encode(x=x, y=y)
        if {"low", "high"} <= set(line.columns):
            layers.append(
                alt.Chart(line)
                .mark_area(opacity=0.25, color=GREY)
                .encode(x=x, y="low:Q", y2="high:Q")
            )
        layers.append(drawn)
    return layered(
        layers, message, subtitle, f"{y_axis} against {x_axis}, {len(points)} points.", 320
    )
