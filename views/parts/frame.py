"""What stands around every page: a note on moved data above it, version and licence below."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.parts.data import meta
from views.parts.safe import plain
from views.parts.state import note_version

# Streamlit leaves six rems above a page; the first screen of a phone is worth more than that.
STYLE = "<style>[data-testid='stMainBlockContainer']{padding-top:4rem;padding-bottom:2rem}</style>"


def frame(page: Any) -> None:
    """Draw a page between its note and its footer."""
    facts = meta()
    st.html(STYLE)
    note_version()
    page.run()
    st.divider()
    st.caption(
        f"claimgap, data version `{plain(facts['data_version'])}` · "
        f"{int(facts['count_results']):,} results from {facts['count_evaluations']} tables of "
        f"{facts['count_publications']} publications · data CC-BY-4.0, code MIT"
    )
