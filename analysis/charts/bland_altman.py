"""Bland-Altman plot: the difference of two readings of one thing against their mean.

Bland & Altman 1986, Lancet 327:307-310.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREEN, GREY, ORANGE, layered


def limits(differences: pd.Series) -> tuple[float, float, float]:
    """Mean difference and the 95 % limits of agreement, mean -+ 1.96 sd; needs two differences."""
    mean, sd = float(differences.mean()), float(differences.std(ddof=1))
    return mean, mean - 1.96 * sd, mean + 1.96 * sd


def bland_altman(pairs: pd.DataFrame, message: str, axis: str, subtitle: str = "") -> Any:
    """Draw rows with mean, difference, label and group; needs at least two rows."""
    mean, low, high = limits(pairs["difference"])
    rules = pd.DataFrame(
        {"y": [low, mean, high], "what": ["lower limit", "mean difference", "upper limit"]}
    )
    points = (
        alt.Chart(pairs)
        .mark_point(filled=True, size=44, opacity=0.75)
        .encode(
            x=alt.X("mean:Q", title="mean of the two values", scale=alt.Scale(zero=False)),
            y=alt.Y("difference:Q", title=axis),
            color=alt.Color("group:N", scale=alt.Scale(range=[BLUE, ORANGE, GREEN, GREY])),
            shape=alt.Shape("group:N"),
            tooltip=["label:N", "group:N", alt.Tooltip("mean:Q", format=".3f"),
                     alt.Tooltip("difference:Q", format="+.3f")],
        )
    )  # fmt: skip
    lines = (
        alt.Chart(rules)
        .mark_rule(strokeWidth=1.5, color=GREY, strokeDash=[5, 3])
        .encode(y="y:Q", tooltip=["what:N", alt.Tooltip("y:Q", format="+.3f")])
    )
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=GREY).encode(y="y:Q")
    return layered(
        [zero, lines, points],
        message,
        subtitle,
        f"Mean difference {mean:+.3f}, limits of agreement {low:+.3f} to {high:+.3f}, "
        f"{len(pairs)} pairs.",
        360,
    )
