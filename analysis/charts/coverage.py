"""A count in each cell of a matrix, shaded on a logarithmic scale; cells without one stay empty."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import layered

NARROW = 20
"""Columns that a phone of 360 px has room for beside the names of the rows."""
NAMES = ("domain", "model", "results", "by")
"""What x, y, n and detail are called in the tooltip."""


def coverage(
    cells: pd.DataFrame, across: list[str], down: list[str], message: str, subtitle: str = "",
    names: tuple[str, str, str, str] = NAMES, narrow: bool = False,
) -> Any:  # fmt: skip
    """Draw rows with x, y, n and detail (text for the tooltip), x in the order of `across`, y of `down`.

    Cells that aren't there stay empty: nothing is known of them. `narrow` fits a phone, up to NARROW
    columns: small cells without their numbers, which the shade and the tooltip give.
    """
    cell_width, cell_height, most_wide = (10, 13, 120) if narrow else (28, 20, 200)
    data = cells.assign(shade=np.log10(cells["n"].clip(lower=1)))
    # the darkest is the most there is, but a single one is never dark
    most = max(float(data["shade"].max()) if len(data) else 0.0, 1.0)
    base = alt.Chart(data).encode(
        x=alt.X("x:N", sort=across, title=None,
                axis=alt.Axis(labelAngle=-90 if narrow else -60, orient="top", labelOverlap=False,
                              labelLimit=110 if narrow else 240, labelFontSize=9 if narrow else 11,
                              labelPadding=4)),
        y=alt.Y("y:N", sort=down, title=None,
                axis=alt.Axis(labelLimit=most_wide, labelOverlap=False, labelFlush=False,
                              labelFontSize=10 if narrow else 11, labelPadding=4)),
        tooltip=[alt.Tooltip("y:N", title=names[1]), alt.Tooltip("x:N", title=names[0]),
                 alt.Tooltip("n:Q", title=names[2], format=","), alt.Tooltip("detail:N", title=names[3])],
    )  # fmt: skip
    squares = base.mark_rect().encode(
        color=alt.Color("shade:Q", legend=None, scale=alt.Scale(scheme="blues", domain=[-0.2 * most, most]))
    )  # fmt: skip
    numbers = base.mark_text(fontSize=10).encode(
        text=alt.Text("n:Q", format=","),
        color=alt.condition(f"datum.shade > {0.55 * most:.3f}", alt.value("white"), alt.value("#123")),
    )  # fmt: skip
    largest = data.sort_values(["n", "y", "x"], ascending=[False, True, True]).head(5)
    spoken = "; ".join(
        f"{row['y']}, {row['x']}: {int(row['n']):,}" for _, row in largest.iterrows()
    )
    return layered(
        [squares] if narrow else [squares, numbers], message, subtitle,
        f"{len(cells)} cells, {int(cells['n'].sum()):,} {names[2]} in all; most: {spoken}.",
        alt.Step(cell_height), alt.Step(cell_width),
    )  # fmt: skip
