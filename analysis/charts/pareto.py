"""Rating against size: what more parameters buy, with simple baselines at their place."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.style import BLUE, GREEN, GREY, ORANGE, PURPLE, TEXT, layered

GROUPS = {
    "best of its size or smaller": BLUE,
    "something smaller is as good": ORANGE,
    "simple baseline": GREEN,
    "other comparator": PURPLE,
    "model of unrecorded size": GREY,
}
SHAPES = ["circle", "triangle-up", "square", "diamond", "cross"]


def pareto(ratings: pd.DataFrame, message: str, subtitle: str = "") -> Any:
    """Draw rows with label, kind, parameters (may be missing), chance, low, high, on (may be missing).

    Two strips to the left of the axis hold what has no size: simple baselines, whose fitting costs next
    to nothing, and everything whose size nobody recorded. `on` says which models are on the front.
    """
    sizes = ratings["parameters"].dropna().astype(float)
    least = int(np.floor(np.log10(sizes.min()))) if len(sizes) else 6
    most = int(np.ceil(np.log10(sizes.max()))) if len(sizes) else 9
    simple, unknown = float(least) - 2.0, float(least) - 1.0
    data = ratings.assign(
        group=[_group(row) for _, row in ratings.iterrows()],
        size=np.log10(ratings["parameters"].astype(float)),
    )
    data["x"] = data["size"].fillna(unknown).where(data["kind"] != "simple_baseline", simple)
    data["x"] += _spread(data, {simple, unknown})
    ticks = [simple, unknown, *map(float, range(least, max(most, least + 1) + 1))]
    label = (
        f"datum.value == {simple} ? 'simple' : datum.value == {unknown} ? 'no size' : "
        "replace(replace(format(pow(10, datum.value), '~s'), 'G', 'B'), 'k', 'K')"
    )
    x = alt.X(
        "x:Q", title="parameters",
        scale=alt.Scale(domain=[simple - 0.5, ticks[-1]], nice=False),
        axis=alt.Axis(values=ticks, labelExpr=label),
    )  # fmt: skip
    y = alt.Y(
        "chance:Q", title="chance against the average",
        scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%"),
    )  # fmt: skip
    base = alt.Chart(data).encode(x=x, tooltip=_tooltip())
    shown = [group for group in GROUPS if group in set(data["group"])]
    colours = alt.Scale(domain=shown, range=[GROUPS[group] for group in shown])
    shapes = alt.Scale(domain=shown, range=[SHAPES[list(GROUPS).index(group)] for group in shown])
    legend = alt.Legend(columns=1)  # names too long for two beside each other on a phone
    layers: list[Any] = [
        alt.Chart(pd.DataFrame({"x": [float(least) - 0.5]})).mark_rule(color=GREY, strokeDash=[2, 4]).encode(x=x),
        base.mark_rule(strokeWidth=1, opacity=0.4).encode(
            y=alt.Y("low:Q"), y2="high:Q", color=alt.Color("group:N", scale=colours)
        ),
        base.mark_point(filled=True, size=62, opacity=0.9).encode(
            y=y, color=alt.Color("group:N", scale=colours, legend=legend), shape=alt.Shape("group:N", scale=shapes, legend=legend)
        ),
    ]  # fmt: skip
    line = _line(data, simple)
    if len(line) > 1:
        drawn = alt.Chart(line).encode(x=alt.X("x:Q"), y=alt.Y("chance:Q"))
        layers.insert(1, drawn.mark_line(interpolate="step-after", color=BLUE, strokeWidth=2))
        names = line[line["label"] != ""]
        middle = (simple + ticks[-1]) / 2
        left, right = names[names["x"] < middle], names[names["x"] >= middle]
        if len(left):
            layers.append(_names(left, "left", 7))
        if len(right):
            layers.append(_names(right, "right", -7))
    best = "; ".join(
        f"{row['label']}: {row['chance']:.0%}" + (f" at {row['parameters']:,.0f} parameters" if pd.notna(row["parameters"]) else "")
        for _, row in data.sort_values("chance", ascending=False).head(10).iterrows()
    )  # fmt: skip
    return layered(layers, message, subtitle, f"Rating against parameters, best first: {best}", 460)


def _names(points: pd.DataFrame, align: Literal["left", "right"], dx: int) -> Any:
    """Names beside the points of the front, turned inward."""
    return (
        alt.Chart(points)
        .mark_text(align=align, dx=dx, dy=-9, fontSize=11, color=TEXT)
        .encode(x="x:Q", y="chance:Q", text="label:N")
    )


def _group(row: pd.Series) -> str:
    if row["kind"] == "simple_baseline":
        return "simple baseline"
    if row["kind"] != "foundation_model":
        return "other comparator"
    if pd.isna(row["on"]):
        return "model of unrecorded size"
    return "best of its size or smaller" if row["on"] else "something smaller is as good"


def _spread(data: pd.DataFrame, strips: set[float]) -> pd.Series:
    """Points of a strip side by side, in the order of their rating: they have no place of their own."""
    aside = pd.Series(0.0, index=data.index)
    for strip in strips:
        here = data.index[data["x"] == strip]
        aside[here] = np.resize([-0.24, -0.08, 0.08, 0.24], len(here))
    return aside


def _line(data: pd.DataFrame, simple: float) -> pd.DataFrame:
    """The front from the best simple baseline to the largest model on it, and on to the edge."""
    start = data.loc[data["kind"] == "simple_baseline", "chance"].max()
    on = data[data["on"].fillna(False).astype(bool)].sort_values("x")
    points = [{"x": float(row["x"]), "chance": float(row["chance"]), "label": str(row["label"])} for _, row in on.iterrows()]  # fmt: skip
    if pd.notna(start):
        points.insert(0, {"x": simple, "chance": float(start), "label": ""})
    if points:
        points.append({"x": float(data["x"].max()), "chance": points[-1]["chance"], "label": ""})
    return pd.DataFrame(points)


def _tooltip() -> list[Any]:
    return [
        alt.Tooltip("label:N", title="method"), alt.Tooltip("group:N", title="which is"),
        alt.Tooltip("parameters:Q", format=".3s"), alt.Tooltip("chance:Q", format=".0%", title="chance"),
        alt.Tooltip("low:Q", format=".0%", title="95% from"), alt.Tooltip("high:Q", format=".0%", title="95% to"),
        alt.Tooltip("n_rows:Q", title="meetings"), alt.Tooltip("n_publications:Q", title="publications"),
    ]  # fmt: skip
