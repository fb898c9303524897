"""Estimates with their intervals, one line a category, beside a threshold."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, layered, names_above

LOWER = 8
"""px below the middle of a line: its name stands above."""


def bars(
    data: pd.DataFrame,
    message: str,
    axis: str,
    subtitle: str = "",
    threshold: float | None = None,
    form: str = ".0%",
) -> Any:
    """Draw rows with label, estimate, ci_low, ci_high (may be missing) and n.

    The threshold of the verdict is a dashed line, a dash for each bar.
    """
    shown = data.assign(line=data["label"] + data["n"].map(lambda n: f"  (n = {int(n):,})"))
    y = alt.Y("line:N", sort=list(shown["line"]), title=None, axis=names_above(4))
    tooltip = [
        alt.Tooltip("label:N"),
        alt.Tooltip("estimate:Q", format=form),
        alt.Tooltip("ci_low:Q", format=form, title="95% from"),
        alt.Tooltip("ci_high:Q", format=form, title="95% to"),
        alt.Tooltip("n:Q"),
    ]
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip)
    x = alt.X(
        "estimate:Q",
        title=axis,
        axis=alt.Axis(format=form, tickCount=6),
        scale=alt.Scale(zero=True),
    )
    layers = [
        base.mark_bar(height=16, color=BLUE, opacity=0.75, yOffset=LOWER).encode(x=x),
        base.mark_rule(strokeWidth=2.5, color=GREY, yOffset=LOWER).encode(
            x="ci_low:Q", x2="ci_high:Q"
        ),
    ]
    if threshold is not None:
        # a piece of it beside each bar: a whole line would run through the names
        layers.append(
            alt.Chart(shown[["line"]].assign(threshold=threshold))
            .mark_tick(orient="vertical", size=26, thickness=2, color=GREY, yOffset=LOWER)
            .encode(x="threshold:Q", y=y)
        )
    spoken = "; ".join(f"{r['label']}: {format(r['estimate'], form)}" for _, r in data.iterrows())
    return layered(layers, message, subtitle, f"{axis}. {spoken}", alt.Step(44))
