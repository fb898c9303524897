"""Charts kept for all readers: the same rows and words are drawn once, others anew, and nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from analysis.charts.forest import forest
from analysis.charts.rank_intervals import rank_intervals
from analysis.charts.style import TEXT, title
from views.parts import picture as pictures
from views.parts import show
from views.parts.picture import finished, picture

RANKS = pd.DataFrame(
    [("alpha", 1, 1.0, 2.0, 9, 6), ("beta", 2, None, None, 9, 5)],
    columns=["label", "rank", "rank_low", "rank_high", "n_rows", "n_publications"],
)
CALLS: list[str] = []


def counting(rows: pd.DataFrame, message: str) -> Any:
    CALLS.append(message)
    return rank_intervals(rows, message)


def test_the_same_rows_and_words_are_drawn_once() -> None:
    CALLS.clear()
    first = picture(counting, RANKS, "once")
    assert picture(counting, RANKS.copy(), "once") is first
    assert CALLS == ["once"]


def test_other_rows_or_words_are_another_picture() -> None:
    CALLS.clear()
    first = picture(counting, RANKS, "one")
    moved = RANKS.assign(rank_high=[3.0, None])
    assert picture(counting, moved, "one").spec != first.spec
    assert picture(counting, RANKS, "two").message == "two"
    assert CALLS == ["one", "one", "two"]


def test_two_functions_on_the_same_rows_are_two_pictures() -> None:
    def other(rows: pd.DataFrame, message: str) -> Any:
        return rank_intervals(rows, message, "of another")

    assert picture(counting, RANKS, "m").notes == ()
    assert picture(other, RANKS, "m").notes == ("of another",)


def test_what_is_kept_is_what_altair_validates() -> None:
    """The whole specification, its rows put back, is valid Vega-Lite and draws the same picture."""
    gaps = pd.DataFrame(
        [("b", 0.1, 0.0, 0.2, 3), ("a", 0.2, None, None, 9)],
        columns=["label", "estimate", "ci_low", "ci_high", "k"],
    ).assign(pi_low=None, pi_high=None, n_publications=4)
    chart = forest(gaps, "message", "axis", "notes")
    whole = finished(chart).whole()
    assert alt.LayerChart.from_dict(whole).to_dict()["description"] == chart.description
    drawn, expected = (
        # clip paths are numbered through the whole process
        re.sub(r"clip\d+", "clip", vl_convert.vegalite_to_svg(spec))
        for spec in (whole, {**chart.to_dict(), "width": 720})
    )
    assert drawn == expected


def test_an_image_that_leaves_the_app_takes_its_message_along() -> None:
    drawn = picture(rank_intervals, RANKS, "Alpha leads", "2 of 2 models shown")
    assert "title" not in drawn.shown()
    assert "Alpha leads" in show.svg(drawn)
    assert "2 of 2 models shown" in show.svg(drawn)


def test_rows_of_mixed_sorts_are_drawn_all_the_same() -> None:
    chart = alt.Chart(pd.DataFrame({"x": [1, "a"], "y": [1.0, 2.0]})).mark_point().encode(x="x:N", y="y:Q")  # fmt: skip
    (rows,) = finished(chart).whole()["datasets"].values()
    assert [row["x"] for row in rows] == [1, "a"]


def test_a_reader_writes_into_a_copy() -> None:
    drawn = picture(rank_intervals, RANKS, "m")
    drawn.shown()["title"] = "spoiled"
    drawn.shown().pop("datasets")
    assert "datasets" in drawn.shown()
    assert "title" not in drawn.shown()


def test_the_number_of_pictures_kept_is_bounded() -> None:
    assert pictures.MOST <= 512


def test_words_of_a_chart_are_dark_on_white_and_light_on_the_dark_ground() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 or more; Vega itself says which ink its expression comes to."""
    labels = alt.Chart(pd.DataFrame({"x": [1.0], "t": ["word"]})).mark_text(color=TEXT)
    chart = labels.encode(x=alt.X("x:Q", title="an axis"), text="t:N").properties(title=title("m"))
    for ground, ink in (("#FFFFFF", "#3B424A"), ("#11151A", "#E8EDF2")):
        rows = finished(chart).whole()["datasets"]
        spec = {**finished(chart).shown(), "datasets": rows, "background": ground}
        drawn = vl_convert.vegalite_to_svg(spec)
        written = set(re.findall(r'<text[^>]*fill="([^"]+)"', drawn))
        assert {each.upper() for each in written} == {ink}
        assert _contrast(ink, ground) >= 4.5


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2 of a colour as #RRGGBB."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
