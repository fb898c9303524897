"""Verdict counts by side, as stacked bars."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import VERDICTS, layered, names_above

SIDE = {"own": "on the authors' own evidence", "others": "on everyone else's evidence"}


def verdict_bars(counts: pd.DataFrame, message: str, subtitle: str = "") -> Any:
    """Draw rows with side (own, others), verdict and n."""
    order = {verdict: i for i, verdict in enumerate(VERDICTS)}
    data = counts.assign(
        where=counts["side"].map(SIDE), rank=counts["verdict"].map(order)
    ).sort_values(["side", "rank"])
    data["start"] = data.groupby("side")["n"].cumsum() - data["n"]
    data["middle"] = data["start"] + data["n"] / 2
    data["end"] = data["start"] + data["n"]
    y = alt.Y("where:N", title=None, sort=list(SIDE.values()), axis=names_above(7))
    base = alt.Chart(data).encode(
        y=y, tooltip=["where:N", "verdict:N", alt.Tooltip("n:Q", title="claims")]
    )
    bars = base.mark_bar(height=26, yOffset=9).encode(
        x=alt.X("start:Q", title="claims", axis=alt.Axis(tickCount=6)),
        x2="end:Q",
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
        ),
    )
    counts_in = base.mark_text(fontSize=12, fontWeight="bold", color="#111", yOffset=9).encode(
        x="middle:Q", text=alt.Text("n:Q", format=",")
    )
    spoken = "; ".join(f"{r['where']}, {r['verdict']}: {r['n']}" for _, r in data.iterrows())
    return layered([bars, counts_in], message, subtitle, spoken, alt.Step(58))
