"""The state of a page lives in its address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.charts.style import in_words
from views.parts.data import meta


def choice(label: str, name: str, options: Sequence[str], default: str, **more: str) -> str:
    """A select box bound to the query parameter `name`."""
    given = st.query_params.get(name, default)
    index = list(options).index(given) if given in options else list(options).index(default)
    picked = st.selectbox(
        label, options, index=index, format_func=in_words, key=f"pick-{name}", **more
    )
    keep(name, picked, default)
    return str(picked)


def switch(label: str, name: str, help_text: str = "") -> bool:
    """A toggle bound to the query parameter `name`."""
    on = st.toggle(
        label, st.query_params.get(name) == "1", key=f"switch-{name}", help=help_text or None
    )
    keep(name, "1" if on else "", "")
    return on


def several(label: str, name: str, options: Sequence[str]) -> list[str]:
    """A multi-select bound to the query parameter `name`, comma-separated; empty means all."""
    given = [each for each in st.query_params.get(name, "").split(",") if each in options]
    picked = st.multiselect(
        label, options, default=given, format_func=in_words, placeholder="all", key=f"many-{name}"
    )
    keep(name, ",".join(picked), "")
    return picked


def text(label: str, name: str, placeholder: str = "") -> str:
    """A text box bound to the query parameter `name`."""
    typed = st.text_input(
        label, st.query_params.get(name, ""), placeholder=placeholder, key=f"text-{name}"
    )
    keep(name, typed, "")
    return typed


def keep(name: str, value: str, default: str) -> None:
    """Write one parameter into the address, or take it out where it is the default."""
    if value == default or not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def note_version() -> None:
    """Say so when a link was made on another data version than the one shown."""
    seen, now = st.query_params.get("data"), meta()["data_version"]
    if seen and seen != now:
        st.info(
            f"This link was made on data version `{seen}`; you are looking at `{now}`. "
            "Numbers may have moved."
        )
