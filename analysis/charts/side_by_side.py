"""Scores of one task, or the best of several tasks, side by side with their intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREEN, GREY, ORANGE, PURPLE, layered, names_above

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

    One line of the chart for each `line`, in the order of the rows, under its whole name: names beside
    the lines would leave a phone no room for the scores. With `apart`, the points of a line stand below
    each other, so that their intervals can be told apart.
    """
    present = [who for who in _LOOKS if who in set(scores["who"])]
    colours, shapes = zip(*(_LOOKS[who] for who in present), strict=True)
    order = list(dict.fromkeys(scores["line"]))
    room = alt.Scale(paddingInner=0.34, paddingOuter=0.34) if apart else alt.Scale()
    named = names_above(2, 0) if apart else names_above()
    y = alt.Y("line:N", sort=order, title=None, axis=named, scale=room)
    encoded: dict[str, Any] = {
        "y": y,
        "color": alt.Color("who:N", sort=present, scale=alt.Scale(domain=present, range=colours)),
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
    lower = 0 if apart else 7  # px: below the name
    bars = base.mark_rule(strokeWidth=2, opacity=0.7, yOffset=lower).encode(
        x=alt.X("low:Q", title=axis, scale=reach), x2="high:Q"
    )
    points = base.mark_point(size=70, filled=True, opacity=1, yOffset=lower).encode(
        x=alt.X("value:Q", title=axis, scale=reach),
        shape=alt.Shape("who:N", sort=present, scale=alt.Scale(domain=present, range=shapes)),
    )
    spoken = "; ".join(
        f"{row['line']}, {row['who']}: {row['value']:.3f}" for _, row in scores.head(12).iterrows()
    )
    return layered(
        [bars, points], message, subtitle, f"{axis}. {spoken}", alt.Step(12 if apart else 28)
    )
