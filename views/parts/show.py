"""Charts and tables with what every one of them owes its reader: source, data, SQL, image, n of N."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st
import vl_convert

from analysis.charts.style import in_words
from views.parts import audit_badge
from views.parts.columns import VERDICT_MARKS, configured, readable
from views.parts.data import meta
from views.parts.picture import Picture
from views.parts.safe import plain

VERDICT_BADGES = {
    "supported": ("green", "check_circle"), "overstated": ("orange", "error"),
    "contradicted": ("red", "cancel"), "untested": ("gray", "help"),
    "holds": ("green", "check_circle"), "holds_in_part": ("orange", "error"),
    "does_not_hold": ("red", "cancel"), "insufficient_evidence": ("gray", "help"),
}  # fmt: skip


def chart(
    figure: Picture, data: pd.DataFrame, sql: str, key: str, source: str = "", wide: bool = False,
    narrow: Picture | None = None,
) -> None:  # fmt: skip
    """A chart under its message, with buttons for its data (CSV), its SQL and its image (SVG).

    The message stands above the chart as text: it wraps on a phone, and screen readers find it. A `wide`
    chart keeps its own width, and scrolls where that is more than the page has; a phone gets the `narrow`
    one instead where there is one.
    """
    with st.container(gap="small", key=f"figure-{key}"):
        if figure.message:
            st.markdown(f"**{plain(figure.message)}**")
        if figure.notes:
            st.caption(" · ".join(map(plain, figure.notes)))
        width: Literal["content", "stretch"] = "content" if wide else "stretch"
        # the chart's own description is its text alternative
        if narrow is None:
            st.vega_lite_chart(spec=figure.shown(), width=width, key=f"chart-{key}")
        else:  # the style of the frame hides one of them
            with st.container(key=f"wide-only-{key}"):
                st.vega_lite_chart(spec=figure.shown(), width=width, key=f"chart-{key}")
            with st.container(key=f"phone-only-{key}"):
                if narrow.notes != figure.notes:
                    st.caption(" · ".join(map(plain, narrow.notes)))
                st.vega_lite_chart(spec=narrow.shown(), width=width, key=f"chart-narrow-{key}")
        st.caption(plain(source or source_line(data)))
        offer(data, sql, key, figure=figure)


def count(n: int, what: str) -> str:
    """A number of things: 1 row, 2 rows."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def source_line(data: pd.DataFrame) -> str:
    """Where a chart's numbers come from: this data version, and the publications among its rows."""
    said = [f"Source: claimgap, data version {meta()['data_version']}"]
    for column in ("publication", "citekey"):
        if column in data:
            said.append(count(data[column].nunique(), "publication"))
            break
    said.append(f"{count(len(data), 'row')} behind the picture")
    return "; ".join(said) + "."


def offer(
    data: pd.DataFrame, sql: str, key: str, figure: Picture | None = None, source: str = ""
) -> None:
    """The row of buttons under a chart or a table: drawn when it is opened, files made when asked for."""
    with st.expander(
        f"Data, SQL{' and image' if figure is not None else ''}", icon=":material/database:",
        key=f"offer-{key}", on_change="rerun",
    ) as box:  # fmt: skip
        if not box.open:  # seven things a figure that hardly anybody looks at
            return
        if source:
            st.caption(plain(source))
        with st.container(horizontal=True):
            st.download_button(
                f"{count(len(data), 'row')} as CSV", lambda: data.to_csv(index=False).encode(),
                f"{key}.csv", "text/csv", key=f"csv-{key}", on_click="ignore",
            )  # fmt: skip
            if figure is not None:
                st.download_button(
                    "Image as SVG", lambda: svg(figure).encode(), f"{key}.svg", "image/svg+xml",
                    key=f"svg-{key}", on_click="ignore",
                )  # fmt: skip
                st.download_button(
                    "Image as PNG", lambda: png(figure), f"{key}.png", "image/png",
                    key=f"png-{key}", on_click="ignore",
                )  # fmt: skip
        st.code(sql.strip(), language="sql", wrap_lines=True)


def svg(figure: Picture) -> str:
    """A chart as SVG, 720 wide, its message on top."""
    return str(vl_convert.vegalite_to_svg(figure.whole()))


def png(figure: Picture) -> bytes:
    """A chart as PNG, 1440 wide: twice the size on screen, for slides."""
    return bytes(vl_convert.vegalite_to_png(figure.whole(), scale=2))


def table(data: pd.DataFrame, total: int | None = None, **options: Any) -> Any:
    """A table with readable names and numbers, which says how many of how many rows it shows.

    Rows on a task carry what the audit of its data found.
    """
    # always: on a phone the buttons of a table lie over the line above it, and this one is short
    st.caption(f"{len(data):,} of {len(data) if total is None else total:,} shown")
    given = options.pop("column_config", None)
    shown = readable(audit_badge.beside(data))
    if "height" in options:  # never taller than its rows: empty lines look like missing data
        each = options.get("row_height", 35) + 1
        options["height"] = min(options["height"], 40 + each * len(shown))
    return st.dataframe(
        shown, width="stretch", hide_index=True, placeholder="–",
        column_config=configured(shown, given), **options,
    )  # fmt: skip


def listed(
    data: pd.DataFrame, sql: str, key: str, total: int | None = None, **options: Any
) -> None:  # fmt: skip
    """A table with its buttons: rows as CSV and the SQL that gives them.

    `total` is how many there are where not all are shown; the buttons give what is in `data`.
    """
    table(data, len(data) if total is None else total, **options)
    offer(data, sql, key)


def picked(data: pd.DataFrame, key: str, total: int | None = None, **options: Any) -> Any:
    """A table of which a row can be selected; that row, or nothing."""
    event = table(
        data, total, on_select="rerun", selection_mode="single-row", key=key, **options
    )  # fmt: skip
    rows = event.selection.rows
    return data.iloc[rows[0]] if rows else None


PHONE = 40
"""Lines of a list on a phone."""


def on_phone(key: str, total: int, lines: list[str]) -> None:
    """What a table says, as a list for phones, where a table's verdicts would lie beyond the edge.

    `lines` are Markdown, the first PHONE of `total`; the wide table stands in a container `wide-only-...`.
    """
    with st.container(key=f"phone-only-{key}"):
        if total > len(lines):
            st.caption(f"The first {len(lines)} of {total:,}: filters bring others up.")
        st.markdown("\n".join(f"- {line}" for line in lines))


def verdict(word: str) -> None:
    """A verdict as a badge: word, sign and colour."""
    colour, icon = VERDICT_BADGES.get(word, ("gray", "help"))
    st.badge(in_words(word), icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]


def badge(word: object) -> str:
    """A verdict as a badge within Markdown."""
    colour, _ = VERDICT_BADGES.get(str(word), ("gray", ""))
    return f":{colour}-badge[{VERDICT_MARKS.get(str(word), 'none')}]"


def filled(sql: str, *parameters: object) -> str:
    """SQL with its parameters written in, to copy and run."""
    for each in parameters:
        text = (
            str(each).lower()
            if isinstance(each, bool)
            else "'" + str(each).replace("'", "''") + "'"
        )
        sql = sql.replace("?", text, 1)
    return sql


def words(values: list[str]) -> dict[str, str]:
    """Vocabulary words with how people read them."""
    return {value: in_words(value) for value in values}
