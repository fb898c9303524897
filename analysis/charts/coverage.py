"""Which model was tested where: a count in each cell, shaded on a logarithmic scale."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import described, title


def coverage(cells: pd.DataFrame, message: str, subtitle: str = "") -> Any:
    """Draw rows with x, y, n and detail (text for the tooltip), in the order in which x and y come.

    Cells that aren't there stay empty: nothing is known of them.
    """
    data = cells.assign(shade=np.log10(cells["n"].clip(lower=1)))
    base = alt.Chart(data).encode(
        x=alt.X("x:N", sort=list(dict.fromkeys(cells["x"])), title=None,
                axis=alt.Axis(labelAngle=-60, orient="top", labelLimit=140)),
        y=alt.Y("y:N", sort=list(dict.fromkeys(cells["y"])), title=None,
                axis=alt.Axis(labelLimit=130)),
        tooltip=[alt.Tooltip("y:N", title="model"), alt.Tooltip("x:N", title="domain"),
                 alt.Tooltip("n:Q", title="results", format=","), alt.Tooltip("detail:N", title="by")],
    )  # fmt: skip
    squares = base.mark_rect().encode(
        color=alt.Color("shade:Q", legend=None, scale=alt.Scale(scheme="blues", domain=[-0.7, 3.2]))
    )
    numbers = base.mark_text(fontSize=10).encode(
        text=alt.Text("n:Q", format=","),
        color=alt.condition("datum.shade > 1.6", alt.value("white"), alt.value("#123")),
    )
    chart = alt.layer(squares, numbers).properties(
        title=title(message, subtitle), width="container", height=alt.Step(20)
    )
    return described(
        chart, f"{message}. {len(cells)} cells, {int(cells['n'].sum()):,} results in all."
    )
