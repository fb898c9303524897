"""A histogram beside a threshold."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import BLUE, VERMILION, layered


def distribution(
    values: pd.Series,
    message: str,
    axis: str,
    subtitle: str = "",
    threshold: float | None = None,
    what: str = "count",
    bins: int = 30,
) -> Any:
    """Draw a histogram of the known values; the outer 1 % at each end is put into the end bins."""
    known = values.dropna().astype(float).to_numpy()
    low, high = np.quantile(known, [0.01, 0.99]) if known.size else (0.0, 1.0)
    if not high > low:
        low, high = low - 0.5, high + 0.5
    counts, edges = np.histogram(known.clip(low, high), bins=bins, range=(low, high))
    data = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "n": counts})
    layers = [
        alt.Chart(data)
        .mark_bar(color=BLUE, opacity=0.8)
        .encode(
            x=alt.X("from:Q", title=axis, bin="binned"),
            x2="to:Q",
            y=alt.Y("n:Q", title=what),
            tooltip=[
                alt.Tooltip("from:Q", format=".3f"), alt.Tooltip("to:Q", format=".3f"),
                alt.Tooltip("n:Q", title=what),
            ],
        )
    ]  # fmt: skip
    if threshold is not None:
        line = pd.DataFrame({"x": [threshold]})
        layers.append(
            alt.Chart(line)
            .mark_rule(strokeDash=[4, 3], color=VERMILION, strokeWidth=2)
            .encode(x="x:Q")
        )
        if "dashed" not in subtitle:
            subtitle = "; ".join(filter(None, [subtitle, f"dashed line: {threshold:g}"]))
    middle = f"median {np.median(known):.3g}" if known.size else "no values"
    return layered(layers, message, subtitle, f"{axis}: {known.size} values, {middle}.", 260)
