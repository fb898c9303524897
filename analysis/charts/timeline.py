"""Counts by year, stacked by a category."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    layered,
)

PALETTE = [BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, YELLOW, GREY]


def timeline(
    counts: pd.DataFrame, message: str, axis: str, subtitle: str = "", since: int | None = None
) -> Any:
    """Draw rows with year, category and n as stacked bars; `since` marks the start of a year."""
    shown = counts.assign(year=counts["year"].astype(int).astype(str))
    order = list(counts.groupby("category")["n"].sum().sort_values(ascending=False).index)
    bars = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title="year", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title=axis),
            color=alt.Color("category:N", sort=order, scale=alt.Scale(domain=order, range=PALETTE)),
            tooltip=["year:O", "category:N", alt.Tooltip("n:Q", title=axis)],
        )
    )
    layers = [bars]
    if since is not None and str(since) in set(shown["year"]):
        mark = pd.DataFrame({"year": [str(since)]})
        layers.append(
            alt.Chart(mark)
            .mark_rule(strokeDash=[4, 3], color=GREY)
            .encode(x=alt.X("year:O", bandPosition=0))
        )
    totals = counts.groupby("year")["n"].sum()
    spoken = "; ".join(f"{int(str(year))}: {n:g}" for year, n in totals.items())
    # the legend's lines are taken from the height
    return layered(
        layers, message, subtitle, f"{axis} by year. {spoken}", 260 + 20 * ((len(order) + 1) // 2)
    )
