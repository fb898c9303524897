"""Shares over the years, as points joined by lines."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREEN, GREY, ORANGE, PURPLE, layered


def trend(
    points: pd.DataFrame, message: str, axis: str, subtitle: str = "", form: str = ".0%"
) -> Any:
    """Draw rows with year, value, group and n (what the value is a share of)."""
    shown = points.assign(year=points["year"].astype(int).astype(str))
    groups = list(dict.fromkeys(points["group"]))
    scale = alt.Scale(domain=groups, range=[BLUE, ORANGE, GREEN, PURPLE, GREY][: len(groups)])
    legend = alt.Legend(
        columns=1
    )  # groups are sentences: a phone has no room for two beside each other
    base = alt.Chart(shown).encode(
        x=alt.X("year:O", title="year", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=axis, axis=alt.Axis(format=form), scale=alt.Scale(zero=True)),
        color=alt.Color("group:N", scale=scale, legend=legend),
        tooltip=["year:O", alt.Tooltip("group:N", title="what"),
                 alt.Tooltip("value:Q", title=axis, format=form), alt.Tooltip("n:Q", title="of", format=",")],
    )  # fmt: skip
    layers = [
        base.mark_line(strokeWidth=2.5),
        base.mark_point(filled=True, size=80, opacity=1).encode(
            shape=alt.Shape("group:N", scale=alt.Scale(domain=groups), legend=legend)
        ),
    ]
    spoken = "; ".join(
        f"{row['group']}, {int(row['year'])}: {format(row['value'], form)}"
        for _, row in points.iterrows()
    )
    return layered(layers, message, subtitle, f"{axis} by year. {spoken}", 340)
