"""Charts and tables with what every one of them owes its reader: data, SQL, image, n of N."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd
import streamlit as st
import vl_convert

from analysis.charts.style import in_words


def chart(figure: Any, data: pd.DataFrame, sql: str, key: str, source: str = "") -> None:
    """A chart with buttons for its data (CSV), its SQL and its image (SVG)."""
    st.altair_chart(figure, width="stretch", key=f"chart-{key}")
    offer(data, sql, key, figure=figure, source=source)


def offer(data: pd.DataFrame, sql: str, key: str, figure: Any = None, source: str = "") -> None:
    """The row of buttons under a chart or a table."""
    with st.expander(
        f"Data, SQL{' and image' if figure is not None else ''}", icon=":material/database:"
    ):
        if source:
            st.caption(source)
        st.code(sql.strip(), language="sql")
        columns = st.columns(2)
        columns[0].download_button(
            f"{len(data):,} rows as CSV", data.to_csv(index=False), f"{key}.csv", "text/csv",
            key=f"csv-{key}",
        )  # fmt: skip
        if figure is not None:
            columns[1].download_button(
                "Image as SVG", lambda: _svg(figure), f"{key}.svg", "image/svg+xml",
                key=f"svg-{key}",
            )  # fmt: skip


def _svg(figure: Any) -> str:
    wide = figure.to_dict()
    wide["width"] = 720
    return vl_convert.vegalite_to_svg(wide)


def table(data: pd.DataFrame, total: int | None = None, **options: Any) -> Any:
    """A table that says how many of how many rows it shows."""
    if total is not None:
        st.caption(f"{len(data):,} of {total:,} shown")
    return st.dataframe(data, width="stretch", hide_index=True, **options)


def key_of(*parts: object) -> str:
    """A short stable key for a widget."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def words(values: list[str]) -> dict[str, str]:
    """Vocabulary words with how people read them."""
    return {value: in_words(value) for value in values}
