"""Every difference as a dot, one lane a group: what a verdict rests on, before any pooling."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import BLUE, GREY, ORANGE, layered, names_above, signed_axis

GOLDEN = (5**0.5 - 1) / 2
LANE = 84
"""px of a lane: a fifth for its name, the rest for its dots."""


def strip(rows: pd.DataFrame, message: str, axis: str, subtitle: str = "") -> Any:
    """Draw rows with lane, label and value; the lanes in the order in which they come.

    Dots of a lane are spread over its height, so that equal ones can be told apart: it means nothing.
    """
    lanes = list(dict.fromkeys(rows["lane"]))
    # multiples of the golden ratio fill the height evenly, and make no pattern of their own
    step = (-0.1 + 0.52 * (np.arange(len(rows)) * GOLDEN % 1)) * LANE
    data = rows[["lane", "label", "value"]].assign(
        line=[f"{lane}  ({n:,})" for lane, n in zip(rows["lane"], _sizes(rows["lane"]), strict=True)],
        lower=step,
    )  # fmt: skip
    order = list(dict.fromkeys(data["line"]))
    scale = alt.Scale(domain=lanes, range=[ORANGE, BLUE, GREY][: len(lanes)])
    y = alt.Y("line:N", sort=order, title=None, axis=names_above(LANE // 4))
    base = alt.Chart(data).encode(y=y)
    dots = base.mark_point(filled=True, size=34, opacity=0.8).encode(
        x=alt.X("value:Q", title=axis, axis=signed_axis()),
        yOffset=alt.YOffset("lower:Q", scale=alt.Scale(domain=[-LANE / 2, LANE / 2], range=[0, LANE])),
        color=alt.Color("lane:N", legend=None, scale=scale),
        tooltip=["label:N", alt.Tooltip("value:Q", format="+.4f", title=axis), "lane:N"],
    )  # fmt: skip
    each = data[["line"]].drop_duplicates()
    zero = (
        alt.Chart(each.assign(zero=0.0))
        .mark_tick(orient="vertical", size=LANE * 0.66, thickness=1.5, color=GREY, yOffset=LANE * 0.12)
        .encode(x="zero:Q", y=y)
    )  # fmt: skip
    spoken = "; ".join(
        f"{lane}: {len(part)} differences, {int((part > 0).sum())} above zero, median {part.median():+.3f}"
        for lane, part in rows.groupby("lane", sort=False)["value"]
    )
    return layered(
        [zero, dots], message, subtitle, f"{axis}. {spoken}", alt.Step(LANE)
    )  # fmt: skip


def _sizes(lanes: pd.Series) -> pd.Series:
    return lanes.groupby(lanes).transform("size")
