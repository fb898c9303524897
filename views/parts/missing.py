"""A page of one thing that isn't here: says so, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import streamlit as st

from views.parts import safe
from views.parts.routes import turn

LONGEST = 1000
"""Letters of a wrong address that are repeated."""
NEAREST = 3


def nearest(given: str, known: Mapping[str, str]) -> list[str]:
    """Ids of `known` (id to name) that were probably meant, the likeliest first; capitals don't count."""
    spelled: dict[str, str] = {}
    for each, name in known.items():
        spelled.setdefault(name.lower(), each)
        spelled[each.lower()] = each
    close = get_close_matches(given[:80].strip().lower(), spelled, NEAREST * 2, 0.6)
    return list(dict.fromkeys(spelled[each] for each in close))[:NEAREST]


def missing(what: str, given: str, known: Mapping[str, str], path: str, parameter: str) -> None:
    """Say that there is no such model, claim, ... and lead to those that may have been meant."""
    st.title("Not here", anchor=False)
    st.error(f"There is no {what} {safe.plain(given[:LONGEST])} in this data version.")
    likely = nearest(given, known)
    if likely:
        st.write("Did you mean one of these?")
    for each in likely:
        turn(safe.plain(known[each] or each), path, **{parameter: each})
