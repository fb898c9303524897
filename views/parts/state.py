"""The state of a page lives in its address, so that a link shows what its sender saw.

A widget follows the address where that changed by itself (a link, the back button), and the address
follows the widget where a person used it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from analysis.charts.style import in_words
from views.parts.data import meta
from views.parts.safe import plain


def _follow(
    name: str, key: str, read: Callable[[str], Any], label: str = "", options: Sequence[str] = ()
) -> None:  # fmt: skip
    """Take the address's value where that changed by itself; say which of it isn't among `options`."""
    given = st.query_params.get(name, "")
    if key not in st.session_state or st.session_state.get(f"at-{name}") != given:
        st.session_state[key] = read(given)
        # a link to what has been renamed must not pass for a link to everything
        unknown = [each for each in given.split(",") if each not in options] if options else []
        if given and given not in options and unknown:
            st.info(
                f"{label}: this link says “{plain(', '.join(unknown)[:200])}”, which isn't here."
            )
    st.session_state[f"at-{name}"] = given


def choice(
    label: str,
    name: str,
    options: Sequence[str],
    default: str,
    form: Callable[[str], str] = in_words,
    help_text: str = "",
) -> str:
    """A select box bound to the query parameter `name`."""
    key = f"pick-{name}"
    _follow(name, key, lambda given: given if given in options else default, label, options)
    if st.session_state[key] not in options:
        st.session_state[key] = default
    picked = st.selectbox(label, options, format_func=form, key=key, help=help_text or None)
    keep(name, str(picked), default)
    return str(picked)


def tabs(
    label: str,
    name: str,
    options: dict[str, str],
    default: str,
    hidden: bool = False,
    help_text: str = "",
) -> str:
    """A row of buttons of which one is pressed, bound to the query parameter `name`."""
    key = f"tabs-{name}"
    _follow(name, key, lambda given: given if given in options else default, label, list(options))
    picked = st.segmented_control(
        label, list(options), format_func=lambda o: options[o], key=key,
        label_visibility="collapsed" if hidden else "visible", help=help_text or None,
    ) or default  # fmt: skip
    keep(name, str(picked), default)
    return str(picked)


def switch(label: str, name: str, help_text: str = "") -> bool:
    """A toggle bound to the query parameter `name`."""
    key = f"switch-{name}"
    _follow(name, key, lambda given: given == "1")
    on = st.toggle(label, key=key, help=help_text or None)
    keep(name, "1" if on else "", "")
    return on


def several(
    label: str,
    name: str,
    options: Sequence[str],
    form: Callable[[str], str] = in_words,
    most: int | None = None,
    default: Sequence[str] = (),
) -> list[str]:
    """A multi-select bound to the query parameter `name`, comma-separated.

    Empty means all, unless there is a `default`; of a link's values those beyond `most` are dropped.
    """
    key = f"many-{name}"

    def read(given: str) -> list[str]:
        known = [each for each in dict.fromkeys(given.split(",")) if each in options]
        return (known or list(default))[:most]

    _follow(name, key, read, label, options)
    picked = st.multiselect(
        label, options, format_func=form, placeholder="choose" if default else "all", key=key,
        max_selections=most,
    )  # fmt: skip
    keep(name, ",".join(picked), ",".join(default))
    return picked


def text(label: str, name: str, placeholder: str = "") -> str:
    """A text box bound to the query parameter `name`."""
    key = f"text-{name}"
    _follow(name, key, lambda given: given)
    typed = st.text_input(label, placeholder=placeholder, key=key)
    keep(name, typed, "")
    return typed


def chosen(name: str) -> str:
    """What a query parameter says; empty where it isn't there."""
    return str(st.query_params.get(name, ""))


def open_one(name: str, value: str) -> None:
    """Go to the page of one thing: a model, a claim, a finding. Other parameters stay."""
    st.query_params[name] = value
    st.rerun()


def opener(label: str, name: str, options: Sequence[str], form: Callable[[str], str]) -> None:
    """A box to type in that opens one thing: what selecting a row does, for the keyboard."""
    picked = st.selectbox(
        label, list(options), index=None, format_func=form, key=f"open-{name}",
        placeholder="type to find, Enter to open",
    )  # fmt: skip
    if picked:
        del st.session_state[f"open-{name}"]
        open_one(name, str(picked))


def back(label: str, name: str) -> None:
    """A button back to the list."""
    if st.button(label, icon=":material/arrow_back:"):
        st.query_params.pop(name, None)
        st.rerun()


def keep(name: str, value: str, default: str) -> None:
    """Write one parameter into the address, or take it out where it is the default."""
    if value == default or not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value
    st.session_state[f"at-{name}"] = st.query_params.get(name, "")


def note_version() -> None:
    """Say so when a link was made on another data version than the one shown."""
    seen, now = chosen("data"), meta()["data_version"]
    if seen and seen != now:
        seen = "".join(c for c in seen if c.isalnum())[:32]
        st.info(
            f"This link was made on data version `{seen}`; you are looking at `{now}`. "
            "Numbers may have moved."
        )
