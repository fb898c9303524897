"""Scores of one task, or the best of several tasks, side by side with their intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREEN, GREY, ORANGE, PURPLE, layered

AUTHORS, OTHERS, METHOD, OURS, OURS_CLEAN, LOOK_UP = (
    "a model, by its authors",
    "a model, by others",
    "another method, by others",
    "our own run",
    "our own run, leak-free",
    "look-up, no model",
)
_LOOKS = {
    AUTHORS: (BLUE, "circle"),
    OTHERS: (GREEN, "square"),
    METHOD: (GREY, "triangle-up"),
    OURS: (ORANGE, "diamond"),
    OURS_CLEAN: (PURPLE, "diamond"),
    LOOK_UP: (GREY, "cross"),
}
"""Colour and shape: nobody needs to tell colours apart."""


def side_by_side(
    scores: pd.DataFrame, message: str, axis: str, subtitle: str = "", apart: bool = False
) -> Any:
    """Draw rows with `line`, `who` (as above), `what`, `value`, `low` and `high` (may be missing).

    One line of the chart for each `line`, in the order of the rows. With `apart`, the points of a
    line stand below each other, so that their intervals can be told apart.
    """
    present = [who for who in _LOOKS if who in set(scores["who"])]
    colours, shapes = zip(*(_LOOKS[who] for who in present), strict=True)
    order = list(dict.fromkeys(scores["line"]))
    legend = alt.Legend(columns=2)  # a phone cuts off a third column
    encoded: dict[str, Any] = {
        "y": alt.Y("line:N", sort=order, title=None, axis=alt.Axis(labelLimit=230)),
        "color": alt.Color("who:N", sort=present, scale=alt.Scale(domain=present, range=colours), legend=legend),
        "tooltip": [
            alt.Tooltip("line:N", title="of"), alt.Tooltip("who:N", title="who"),
            alt.Tooltip("what:N", title="what"), alt.Tooltip("value:Q", format=".3f"),
            alt.Tooltip("low:Q", format=".3f", title="95% from"),
            alt.Tooltip("high:Q", format=".3f", title="95% to"),
        ],
    }  # fmt: skip
    if apart:
        encoded["yOffset"] = alt.YOffset("who:N", sort=present)
    base = alt.Chart(scores).encode(**encoded)
    reach = alt.Scale(zero=False, nice=True)
    bars = base.mark_rule(strokeWidth=2, opacity=0.7).encode(
        x=alt.X("low:Q", title=axis, scale=reach), x2="high:Q"
    )
    points = base.mark_point(size=70, filled=True, opacity=1).encode(
        x=alt.X("value:Q", title=axis, scale=reach),
        shape=alt.Shape(
            "who:N", sort=present, scale=alt.Scale(domain=present, range=shapes), legend=legend
        ),
    )
    spoken = "; ".join(
        f"{row['line']}, {row['who']}: {row['value']:.3f}" for _, row in scores.head(12).iterrows()
    )
    return layered(
        [bars, points], message, subtitle, f"{axis}. {spoken}", alt.Step(12 if apart else 18)
    )
