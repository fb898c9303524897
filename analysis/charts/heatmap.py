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
    known = cells["value"].dropna()
    # what can be negative has its turning point at zero, in colours that the colour-blind tell apart
    signed = len(known) > 0 and float(known.min()) < 0
    most = float(known.abs().max()) if signed else 0.0
    scale = alt.Scale(scheme="blueorange", domain=[-most, most]) if signed else alt.Scale(scheme="viridis")  # fmt: skip
    chart = (
        alt.Chart(cells)
        .mark_rect()
        .encode(
            x=alt.X("x:N", sort=list(dict.fromkeys(cells["x"])), title=None,
                    axis=alt.Axis(labelAngle=-60, labelOverlap=False)),
            y=alt.Y("y:N", sort=list(dict.fromkeys(cells["y"])), title=None,
                    axis=alt.Axis(labelOverlap=False)),
            color=alt.Color("value:Q", title=axis, scale=scale,
                            legend=alt.Legend(title=axis, orient="top", columns=1)),
            tooltip=["x:N", "y:N", alt.Tooltip("value:Q", title=axis, format=form)],
        )
        .properties(title=title(message, subtitle), width="container", height=alt.Step(18))
    )  # fmt: skip
    spoken = (
        f"{len(known)} cells from {known.min():{form}} to {known.max():{form}}"
        if len(known)
        else "no cells"
    )
    return described(chart, f"{message}. {axis}: {spoken}.")
