"""Charts made once for all readers: the specification and its rows as Streamlit sends them.

Building a chart with altair and turning it into a specification is most of what a warm page costs, and
comes out the same for the same rows and words. So `picture` keeps what it made by the content of its
arguments: other rows, another message or another function make another picture.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.charts.style import TEXT

MOST = 256
"""Pictures kept: a few tens of kilobytes each, the largest matrices at ten times today's rows 200."""
INK = {"expr": "luminance(background) > 0.5 ? '#3B424A' : '#E8EDF2'"}
"""Dark on a light ground and light on a dark one, chosen where the ground is known: in the browser.

Streamlit's own grey for the words of a light chart is 3.7 to 1 on white, where 4.5 is the least.
"""
WORDS = {"axis": ("labelColor", "titleColor"), "legend": ("labelColor", "titleColor")}
# altair's switches are global to the process: two threads may not turn charts into dicts at once
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A chart that is done: its message, the notes below it, and what draws it."""

    message: str
    notes: tuple[str, ...]
    spec: dict[str, Any]
    """Vega-Lite without its title, datasets as Arrow streams."""
    heading: dict[str, Any]
    """The title as Vega-Lite has it: an image that leaves the app takes it along."""

    def shown(self) -> dict[str, Any]:
        """The specification for Streamlit, which writes into the dict it is given; words in ink."""
        inked = {name: _inked(part) for name, part in self.spec.items() if name != "datasets"}
        config = dict(inked.get("config") or {})
        for part, words in WORDS.items():
            config[part] = {**(config.get(part) or {}), **dict.fromkeys(words, INK)}
        return {**inked, "datasets": self.spec["datasets"], "config": config}

    def whole(self) -> dict[str, Any]:
        """The specification for a file: with its message, its rows in it, and 720 wide."""
        rows = {name: _rows(stream) for name, stream in self.spec.get("datasets", {}).items()}
        width = self.spec.get("width")
        return {
            **self.spec, "datasets": rows, "title": self.heading,
            "width": 720 if width == "container" else width,
        }  # fmt: skip


def finished(chart: Any) -> Picture:
    """An altair chart as a picture. Not validated: that takes a third of the time, and tests do it."""
    with _LOCK:
        spec: dict[str, Any] = chart.to_dict(validate=False)
    heading = spec.pop("title", None) or {"text": ""}
    notes = heading.get("subtitle") or []
    spec["datasets"] = {name: _stream(rows) for name, rows in spec.get("datasets", {}).items()}
    return Picture(str(heading["text"]), tuple(str(note) for note in notes if note), spec, heading)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _picture(name: str, _draw: Callable[..., Any], *args: Any, **options: Any) -> Picture:
    del name  # the function's own name is hashed in its stead
    return finished(_draw(*args, **options))


def picture(draw: Callable[..., Any], *args: Any, **options: Any) -> Picture:
    """What a function of `analysis/charts` draws from these rows and words, from the cache if it can."""
    return _picture(f"{draw.__module__}.{draw.__qualname__}", draw, *args, **options)


def _inked(part: Any) -> Any:
    """A part of a specification, what is written in the grey of all grounds in ink instead."""
    if isinstance(part, dict):
        return {name: _inked(each) for name, each in part.items()}
    if isinstance(part, list):
        return [_inked(each) for each in part]
    return INK if part == TEXT else part


def _stream(rows: Any) -> Any:
    """Rows as an Arrow stream; what Arrow can't type (numbers among words) stays as it is."""
    if not isinstance(rows, list):
        return rows
    try:
        table = pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
    except pa.ArrowException:
        return rows
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _rows(stream: Any) -> Any:
    if not isinstance(stream, bytes):
        return stream
    with pa.ipc.open_stream(stream) as reader:
        return reader.read_all().to_pylist()
