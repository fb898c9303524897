"""Ranks as intervals: one line a model, 1 on the left being best."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, layered


def separable(ranks: pd.DataFrame) -> int:
    """How many models have an interval that lies wholly behind the first model's."""
    known = ranks.dropna(subset=["rank_low", "rank_high"]).sort_values("rank")
    if not len(known):
        return 0
    return int((known["rank_low"] > known["rank_high"].iloc[0]).sum())


def rank_intervals(ranks: pd.DataFrame, message: str, subtitle: str = "") -> Any:
    """Draw rows with label, rank, rank_low, rank_high (may be missing), n_rows, n_publications.

    A model without an interval (under four publications) is drawn hollow: its place is a description.
    """
    ranks = ranks.sort_values("rank")
    numbers = ["rank", "rank_low", "rank_high", "n_rows", "n_publications"]
    data = ranks.assign(**{column: ranks[column].astype(float) for column in numbers})
    data = data.assign(
        place=data["rank_low"].notna().map({True: "interval", False: "only described"})
    )
    last = float(data[["rank", "rank_high"]].max().max())
    x = alt.X(
        "rank:Q", title="rank (1 = best)",
        scale=alt.Scale(domain=[0.5, last + 0.5], nice=False, zero=False),
        axis=alt.Axis(tickMinStep=1, format="d"),
    )  # fmt: skip
    base = alt.Chart(data).encode(
        y=alt.Y("label:N", sort=list(data["label"]), title=None, axis=alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False)),
        tooltip=[
            alt.Tooltip("label:N", title="model"), alt.Tooltip("rank:Q", format="d"),
            alt.Tooltip("rank_low:Q", format="d", title="rank at best"),
            alt.Tooltip("rank_high:Q", format="d", title="rank at worst"),
            alt.Tooltip("n_rows:Q", format=",d", title="rows"),
            alt.Tooltip("n_publications:Q", format="d", title="publications"),
        ],
    )  # fmt: skip
    lines = base.mark_rule(strokeWidth=3, color=GREY).encode(x="rank_low:Q", x2="rank_high:Q")
    points = base.mark_point(size=80, color=BLUE, opacity=1, strokeWidth=2).encode(
        x=x,
        fill=alt.Fill(
            "place:N", legend=None,
            scale=alt.Scale(domain=["interval", "only described"], range=[BLUE, "transparent"]),
        ),
    )  # fmt: skip
    spoken = "; ".join(
        f"{int(row['rank'])} {row['label']}"
        + (f" ({int(row['rank_low'])} to {int(row['rank_high'])})" if pd.notna(row["rank_low"]) else "")
        for _, row in data.head(15).iterrows()
    )  # fmt: skip
    return layered(
        [lines, points], message, subtitle, f"Ranks with 95% intervals: {spoken}", alt.Step(22)
    )
