"""What stands around every page: a note on moved data above it, version and licence below."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.parts.data import meta
from views.parts.state import note_version


def frame(page: Any) -> None:
    """Draw a page between its note and its footer."""
    facts = meta()
    note_version()
    page.run()
    st.divider()
    st.caption(
        f"claimgap, data version `{facts['data_version']}` · {int(facts['count_results']):,} results "
        f"from {facts['count_evaluations']} tables of {facts['count_publications']} sources · "
        "data CC-BY-4.0, code MIT"
    )
