"""A square or rectangular matrix as colours."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import described, title


def heatmap(
    cells: pd.DataFrame, message: str, axis: str, subtitle: str = "", form: str = ".2f"
) -> Any:
    """Draw rows with x, y and value, in the order in which x and y come."""
    chart = (
        alt.Chart(cells)
        .mark_rect()
        .encode(
            x=alt.X("x:N", sort=list(dict.fromkeys(cells["x"])), title=None,
                    axis=alt.Axis(labelAngle=-60)),
            y=alt.Y("y:N", sort=list(dict.fromkeys(cells["y"])), title=None),
            color=alt.Color("value:Q", title=axis, scale=alt.Scale(scheme="viridis"),
                            legend=alt.Legend(title=axis, orient="right")),
            tooltip=["x:N", "y:N", alt.Tooltip("value:Q", title=axis, format=form)],
        )
        .properties(title=title(message, subtitle), width="container", height=alt.Step(16))
    )  # fmt: skip
    known = cells["value"].dropna()
    spoken = (
        f"{len(known)} cells from {known.min():{form}} to {known.max():{form}}"
        if len(known)
        else "no cells"
    )
    return described(chart, f"{message}. {axis}: {spoken}.")
