"""Forest plot of pooled gaps: estimate, confidence and prediction interval, one line a stratum."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, described, title


def forest(
    gaps: pd.DataFrame, message: str, axis: str, subtitle: str = "", label: str = "label"
) -> Any:
    """Draw rows with `label`, estimate, ci_low/high, pi_low/high, k, n_publications.

    Rows without an interval are drawn hollow: they describe, and infer nothing. Right of zero the
    foundation model is better.
    """
    data = gaps.assign(
        line=gaps[label] + gaps.apply(_counts, axis=1),
        inferred=gaps["ci_low"]
        .notna()
        .map({True: "pooled, 95% interval", False: "described only"}),
    )
    y = alt.Y("line:N", sort=None, title=None, axis=alt.Axis(labelLimit=420))
    tooltip = [
        alt.Tooltip(f"{label}:N", title="stratum"),
        alt.Tooltip("estimate:Q", format="+.3f"),
        alt.Tooltip("ci_low:Q", format="+.3f", title="95% from"),
        alt.Tooltip("ci_high:Q", format="+.3f", title="95% to"),
        alt.Tooltip("pi_low:Q", format="+.3f", title="new publication from"),
        alt.Tooltip("pi_high:Q", format="+.3f", title="new publication to"),
        alt.Tooltip("k:Q", title="differences"),
        alt.Tooltip("n_publications:Q", title="publications"),
    ]
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    x = alt.X("estimate:Q", title=axis, scale=alt.Scale(zero=True, nice=True))
    predicted = base.mark_rule(strokeWidth=1.5, color=GREY, opacity=0.6, clip=True).encode(
        x=alt.X("pi_low:Q", title=axis), x2="pi_high:Q"
    )
    interval = base.mark_rule(strokeWidth=4, color=BLUE).encode(x="ci_low:Q", x2="ci_high:Q")
    point = base.mark_point(size=90, opacity=1, color=BLUE, strokeWidth=2).encode(
        x=x,
        fill=alt.Fill(
            "inferred:N",
            scale=alt.Scale(
                domain=["pooled, 95% interval", "described only"], range=[BLUE, "transparent"]
            ),
        ),
    )
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(strokeDash=[4, 3]).encode(x="x:Q")
    zero = zero.mark_rule(strokeDash=[4, 3], color=GREY)
    chart = alt.layer(zero, predicted, interval, point).properties(
        title=title(message, subtitle), height=alt.Step(26), width="container"
    )
    spoken = "; ".join(
        f"{row[label]}: {row['estimate']:+.3f}" for _, row in gaps.head(12).iterrows()
    )
    return described(chart, f"{message}. {axis}. {spoken}")


def _counts(row: pd.Series) -> str:
    return f"  (k = {int(row['k'])}, {int(row['n_publications'])} publications)"
