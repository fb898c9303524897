"""Which model was tested where: a count in each cell, shaded on a logarithmic scale."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import described, title


def coverage(
    cells: pd.DataFrame, across: list[str], down: list[str], message: str, subtitle: str = ""
) -> Any:
    """Draw rows with x, y, n and detail (text for the tooltip), x in the order of `across`, y of `down`.

    Cells that aren't there stay empty: nothing is known of them.
    """
    data = cells.assign(shade=np.log10(cells["n"].clip(lower=1)))
    base = alt.Chart(data).encode(
        x=alt.X("x:N", sort=across, title=None,
                axis=alt.Axis(labelAngle=-60, orient="top", labelLimit=180, labelOverlap=False)),
        y=alt.Y("y:N", sort=down, title=None,
                axis=alt.Axis(labelLimit=200, labelOverlap=False, labelFlush=False)),
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
        title=title(message, subtitle), width=alt.Step(28), height=alt.Step(20)
    )
    return described(
        chart, f"{message}. {len(cells)} cells, {int(cells['n'].sum()):,} results in all."
    )
