"""PRISMA flow: what was found, what was left out and why, what remains (Page et al. 2021, BMJ 372:n71)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, TEXT, layered

LINE, PAD, GAP = 15, 9, 26  # px: a line of text, the room around it, and between two boxes
LEFT, RIGHT, WIDTH = 300, 380, 340  # px: widths of the two columns
PHONE, INDENT = 336, 26  # px: the one column of a phone, and how far in stands what left


@dataclass(frozen=True)
class Step:
    """A box of the flow: its lines, and beside it the lines of what left here."""

    name: str
    kept: Sequence[str]
    left: Sequence[str] = ()


def prisma(
    steps: Sequence[Step], message: str, subtitle: str = "", narrow: bool = False
) -> Any:  # fmt: skip
    """Draw the flow from top to bottom; what leaves it stands to the right, or below where it is `narrow`."""
    boxes, texts, arrows = [], [], []
    top = 0.0
    down = INDENT / 2 if narrow else LEFT / 2
    ends: list[tuple[float, float]] = []
    for step in steps:
        height = _height(len(step.kept) + 1)
        beside = _height(len(step.left)) if step.left else 0.0
        if not narrow:
            height = beside = max(height, beside)
        boxes.append(_box(0, PHONE if narrow else LEFT, top, height, "kept"))
        texts.append({"x": PAD, "y": top + PAD + LINE / 2, "text": step.name, "weight": "bold"})
        texts += _lines(step.kept, PAD, top + LINE)
        ends.append((top, top + height))
        if step.left:
            at, start = (top + height + GAP / 2, INDENT) if narrow else (top, RIGHT)
            boxes.append(_box(start, PHONE if narrow else RIGHT + WIDTH, at, beside, "left"))
            texts += _lines(step.left, start + PAD, at)
            middle = at + beside / 2
            arrows.append({"x": down if narrow else LEFT, "x2": start - 5, "y": middle, "y2": middle, "angle": 90})  # fmt: skip
            if narrow:
                top = at + beside - height
        top += height + GAP
    for (_, end), (below, _) in pairwise(ends):
        arrows.append({"x": down, "x2": down, "y": end, "y2": below - 5, "angle": 180})
    width = PHONE if narrow else RIGHT + WIDTH
    layers = _layers(boxes, texts, arrows, width, top - GAP)
    spoken = ". ".join(
        f"{step.name}: {', '.join(step.kept)}" + (f"; left out: {', '.join(step.left)}" if step.left else "")
        for step in steps
    )  # fmt: skip
    return layered(layers, message, subtitle, spoken, top - GAP, width)


def _height(lines: int) -> float:
    return lines * LINE + 2 * PAD


def _box(x: float, x2: float, y: float, height: float, sort: str) -> dict[str, Any]:
    return {"x": x, "x2": x2, "y": y, "y2": y + height, "sort": sort}


def _lines(lines: Sequence[str], x: float, top: float) -> list[dict[str, Any]]:
    return [
        {"x": x, "y": top + PAD + LINE * (i + 0.5), "text": line, "weight": "normal"}
        for i, line in enumerate(lines)
    ]


def _layers(
    boxes: list[dict[str, Any]], texts: list[dict[str, Any]], arrows: list[dict[str, Any]],
    width: float, height: float,
) -> list[Any]:  # fmt: skip
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    shapes = (
        alt.Chart(pd.DataFrame(boxes))
        .mark_rect(fillOpacity=0.08, strokeWidth=1.5, cornerRadius=3)
        .encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q",
            fill=alt.Fill("sort:N", legend=None, scale=alt.Scale(domain=["kept", "left"], range=[BLUE, GREY])),
            stroke=alt.Stroke("sort:N", legend=None, scale=alt.Scale(domain=["kept", "left"], range=[BLUE, GREY])),
        )
    )  # fmt: skip
    layers = [shapes]
    if arrows:
        drawn = pd.DataFrame(arrows)
        layers.append(
            alt.Chart(drawn).mark_rule(color=GREY, strokeWidth=1.5).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
        )  # fmt: skip
        layers.append(
            alt.Chart(drawn.assign(x=drawn["x2"], y=drawn["y2"]))
            .mark_point(shape="triangle", filled=True, size=70, color=GREY, opacity=1)
            .encode(x=x, y=y, angle=alt.Angle("angle:Q", scale=None))
        )
    for weight in ("bold", "normal"):
        part = pd.DataFrame([text for text in texts if text["weight"] == weight])
        if len(part):
            layers.append(
                alt.Chart(part)
                .mark_text(
                    align="left", baseline="middle", fontSize=12, fontWeight=weight, color=TEXT
                )
                .encode(x=x, y=y, text="text:N")
            )
    return layers
