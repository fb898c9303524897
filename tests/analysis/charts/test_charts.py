"""Every chart: its message, axes with units, a text alternative, safe colours, and the data that came in."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert

from analysis.charts.forest import forest
from analysis.charts.pareto import GROUPS, pareto
from analysis.charts.prisma import Step, prisma
from analysis.charts.rank_intervals import rank_intervals, separable
from analysis.charts.strip import strip
from analysis.charts.style import TEXT

RANKS = pd.DataFrame(
    [
        ("alpha", 1, 1.0, 2.0, 9, 6), ("beta", 2, 1.0, 3.0, 9, 5), ("gamma", 3, 3.0, 4.0, 8, 5),
        ("delta", 4, None, None, 3, 1),
    ],
    columns=["label", "rank", "rank_low", "rank_high", "n_rows", "n_publications"],
)  # fmt: skip
RATINGS = pd.DataFrame(
    [
        ("kmer", "simple_baseline", None, 0.5, 0.4, 0.6, pd.NA),
        ("small", "foundation_model", 1e6, 0.4, 0.3, 0.5, False),
        ("big", "foundation_model", 7e9, 0.7, 0.6, 0.8, True),
        ("unsized", "foundation_model", None, 0.6, 0.5, 0.7, pd.NA),
        ("tool", "specialist", None, 0.8, 0.7, 0.9, pd.NA),
    ],
    columns=["label", "kind", "parameters", "chance", "low", "high", "on"],
).assign(n_rows=5, n_publications=3)
STEPS = [
    Step("Found", ["100 records"], ["40 duplicates"]),
    Step("Read", ["60 records", "in 3 languages"], ["50 <b>no results</b>"]),
    Step("Pooled", ["10 records"]),
]
CHARTS = {
    "rank_intervals": lambda: rank_intervals(RANKS, "Alpha leads", "4 of 4 models shown"),
    "pareto": lambda: pareto(RATINGS, "One of two", "5 of 6 methods shown"),
    "prisma": lambda: prisma(STEPS, "From 100 to 10", "counted"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_its_message_and_draws(name: str) -> None:
    spec: dict[str, Any] = CHARTS[name]().to_dict()
    assert spec["title"]["text"]
    assert spec["title"]["subtitle"]
    assert spec["description"].startswith(spec["title"]["text"])
    svg = vl_convert.vegalite_to_svg({**spec, "width": 700})
    assert spec["title"]["text"] in svg
    assert "NaN" not in svg
    assert "undefined" not in svg


def test_ranks_that_an_interval_separates_are_counted() -> None:
    """Alpha's interval ends at 2: only gamma's, from 3, lies wholly behind; delta has none."""
    assert separable(RANKS) == 1
    assert separable(RANKS[RANKS["rank_low"].isna()]) == 0


def test_a_model_without_an_interval_is_spoken_of_without_one() -> None:
    said = CHARTS["rank_intervals"]().to_dict()["description"]
    assert "1 alpha (1 to 2)" in said
    assert said.endswith("4 delta")


def _data(spec: dict[str, Any], column: str) -> list[dict[str, Any]]:
    return next(rows for rows in spec["datasets"].values() if rows and column in rows[0])


def test_every_method_has_its_group_in_the_cost_picture() -> None:
    rows = {row["label"]: row for row in _data(CHARTS["pareto"]().to_dict(), "group")}
    assert {label: row["group"] for label, row in rows.items()} == {
        "kmer": "simple baseline", "small": "something smaller is as good", "big": "best of its size or smaller",
        "unsized": "model of unrecorded size", "tool": "other comparator",
    }  # fmt: skip
    # baselines stand left of what has no size, and that left of every size
    assert rows["kmer"]["x"] < rows["unsized"]["x"] < rows["small"]["x"] < rows["big"]["x"]
    assert rows["small"]["x"] == pytest.approx(6.0)


def test_groups_differ_in_shape_as_well_as_in_colour() -> None:
    text = json.dumps(CHARTS["pareto"]().to_dict())
    shapes = ("circle", "triangle-up", "square", "diamond", "cross")
    assert all(shape in text for shape in shapes)
    assert len(set(GROUPS.values())) == len(GROUPS) == len(shapes)


def test_the_flow_has_each_box_once_and_says_what_left() -> None:
    spec = CHARTS["prisma"]().to_dict()
    boxes = _data(spec, "sort")
    assert [box["sort"] for box in boxes] == ["kept", "left", "kept", "left", "kept"]
    assert all(a["y2"] < b["y"] for a, b in zip(boxes[::2], boxes[2::2], strict=False))
    assert "left out: 40 duplicates" in spec["description"]
    assert "&lt;b&gt;" in vl_convert.vegalite_to_svg(spec)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["#ffffff", "#0e1117"])
def test_words_in_charts_stand_out_from_both_grounds(ground: str) -> None:
    assert _contrast(TEXT, ground) > 4.2


def test_rows_without_an_interval_keep_their_place() -> None:
    """Each layer drops rows without its numbers; the order must not come from what is left."""
    gaps = pd.DataFrame(
        [("b", 0.1, 0.0, 0.2, 3), ("a", 0.2, None, None, 9), ("c", -0.1, -0.2, 0.0, 2)],
        columns=["label", "estimate", "ci_low", "ci_high", "k"],
    ).assign(pi_low=None, pi_high=None, n_publications=4)
    svg = vl_convert.vegalite_to_svg({**forest(gaps, "m", "a").to_dict(), "width": 600})
    places = [svg.index(f">{label}  (") for label in ("b", "a", "c")]
    heights = [
        float(svg[:at].rpartition("translate(")[2].split(",")[1].split(")")[0]) for at in places
    ]
    assert heights == sorted(heights)


def _svg(chart: Any, width: int) -> ElementTree.Element:
    return ElementTree.fromstring(vl_convert.vegalite_to_svg({**chart.to_dict(), "width": width}))


def _at(element: ElementTree.Element, parents: dict[Any, Any]) -> tuple[float, float]:
    """Where a mark stands: the sum of its own and its groups' translations."""
    x = y = 0.0
    node: Any = element
    while node is not None:
        if found := re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", "")):
            x, y = x + float(found[1]), y + float(found[2])
        node = parents.get(node)
    return x, y


def test_no_label_of_a_forest_meets_the_zero_line_on_a_phone() -> None:
    """At 326 px labels reach past zero: its pieces stand below every label, none at its height."""
    gaps = pd.DataFrame(
        [("a name that is long enough to cross the middle of a phone", 0.1, 0.0, 0.2),
         ("another one of the same length as the first of these two", -0.1, -0.2, 0.0)],
        columns=["label", "estimate", "ci_low", "ci_high"],
    ).assign(pi_low=-0.4, pi_high=0.4, k=10, n_publications=4)  # fmt: skip
    root = _svg(forest(gaps, "m", "a"), 326)
    parents = {child: parent for parent in root.iter() for child in parent}
    names = [e for e in root.iter() if e.tag.endswith("text") and (e.text or "").startswith("a")]
    labels = [_at(e, parents)[1] for e in names if "long enough" in (e.text or "") or "another" in (e.text or "")]  # fmt: skip
    ticks = [
        e for e in root.iter()
        if "tick" in str(e.get("aria-roledescription")) or "mark-rect" in (parents[e].get("class", "") if e in parents else "")
    ]  # fmt: skip
    pieces = []
    for tick in ticks:
        found = re.match(r"M([-\d.]+),([-\d.]+)h[-\d.]+v([-\d.]+)", tick.get("d", ""))
        if found:
            top = _at(tick, parents)[1] + float(found[2])
            pieces.append((top, top + float(found[3])))
    assert len(labels) == len(pieces) == 2
    for label, (top, bottom) in zip(sorted(labels), sorted(pieces), strict=True):
        # baseline of the label, then its piece, before the next label's 12 px of letters
        assert label < top < bottom <= label + 40 - 12


def test_a_phone_gets_the_same_flow_in_one_column() -> None:
    wide, narrow = CHARTS["prisma"]().to_dict(), prisma(STEPS, "m", narrow=True).to_dict()
    assert narrow["width"] <= 358  # what a window of 390 leaves between its margins
    assert [b["sort"] for b in _data(narrow, "sort")] == [b["sort"] for b in _data(wide, "sort")]
    said = {t["text"] for rows in wide["datasets"].values() for t in rows if "text" in t}
    assert {t["text"] for rows in narrow["datasets"].values() for t in rows if "text" in t} == said
    boxes = sorted(_data(narrow, "sort"), key=lambda b: b["y"])
    assert all(a["y2"] < b["y"] for a, b in itertools.pairwise(boxes))


def test_each_difference_of_a_verdict_is_a_dot_in_its_lane() -> None:
    rows = pd.DataFrame({"lane": ["x", "x", "y"], "label": list("abc"), "value": [0.1, -0.2, 0.0]})
    spec = strip(rows, "m", "difference").to_dict()
    dots = _data(spec, "lower")
    assert [(d["line"], d["value"]) for d in dots] == [("x  (2)", 0.1), ("x  (2)", -0.2), ("y  (1)", 0.0)]  # fmt: skip
    assert "x: 2 differences, 1 above zero, median -0.050" in spec["description"]
