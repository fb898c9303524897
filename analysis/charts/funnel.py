"""Funnel plot: each difference against its standard error, with the region that chance explains."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, ORANGE, layered


def funnel(points: pd.DataFrame, centre: float, message: str, axis: str, subtitle: str = "") -> Any:
    """Draw rows with difference, se, label and whose; dashed lines are centre +- 1.96 se.

    An even funnel doesn't prove that nothing is missing, nor an uneven one that something is.
    """
    top = float(points["se"].max()) if len(points) else 1.0
    sides = pd.DataFrame(
        {
            "se": [0.0, top, 0.0, top],
            "x": [centre, centre - 1.96 * top, centre, centre + 1.96 * top],
            "side": ["low", "low", "high", "high"],
        }
    )
    y = alt.Y("se:Q", title="standard error", scale=alt.Scale(reverse=True, zero=True))
    marks = (
        alt.Chart(points)
        .mark_point(filled=True, size=40, opacity=0.75)
        .encode(
            x=alt.X("difference:Q", title=axis, scale=alt.Scale(zero=False)),
            y=y,
            color=alt.Color("whose:N", scale=alt.Scale(range=[BLUE, ORANGE])),
            shape=alt.Shape("whose:N"),
            tooltip=["label:N", "whose:N", alt.Tooltip("difference:Q", format="+.3f"),
                     alt.Tooltip("se:Q", format=".3f", title="standard error")],
        )
    )  # fmt: skip
    lines = (
        alt.Chart(sides)
        .mark_line(strokeDash=[4, 3], color=GREY)
        .encode(x="x:Q", y=y, detail="side:N")
    )
    return layered(
        [lines, marks],
        message,
        subtitle,
        f"{axis} against standard error, {len(points)} points around {centre:+.3f}.",
        360,
    )
