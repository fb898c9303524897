"""Verdict counts by side, as stacked bars."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import VERDICTS, described, title

SIDE = {"own": "on the authors' own evidence", "others": "on everyone else's evidence"}


def verdict_bars(counts: pd.DataFrame, message: str, subtitle: str = "") -> Any:
    """Draw rows with side (own, others), verdict and n."""
    order = {verdict: i for i, verdict in enumerate(VERDICTS)}
    data = counts.assign(
        where=counts["side"].map(SIDE), rank=counts["verdict"].map(order)
    ).sort_values(["side", "rank"])
    bars = (
        alt.Chart(data)
        .mark_bar(height=30)
        .encode(
            x=alt.X("n:Q", title="claims"),
            y=alt.Y("where:N", title=None, sort=list(SIDE.values()), axis=alt.Axis(labelLimit=320)),
            color=alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
            ),
            order=alt.Order("rank:Q"),
            tooltip=["where:N", "verdict:N", alt.Tooltip("n:Q", title="claims")],
        )
    )
    chart = bars.properties(title=title(message, subtitle), height=alt.Step(44), width="container")
    spoken = "; ".join(f"{r['where']}, {r['verdict']}: {r['n']}" for _, r in data.iterrows())
    return described(chart, f"{message}. {spoken}")
