"""What stands around every page: a note on moved data above it, version and licence below."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from views.parts.data import ask, meta
from views.parts.safe import plain
from views.parts.state import note_version

# fewer than there are publications: others give claims and facts of models
REPORTING = "SELECT count(DISTINCT publication) AS n FROM evaluation"

# Streamlit leaves six rems above a page; the first screen of a phone is worth more than that.
# A wide chart scrolls within itself, never the page.
STYLE = (
    "<style>[data-testid='stMainBlockContainer']{padding-top:4rem;padding-bottom:2rem;max-width:100rem}"
    "[data-testid='stVegaLiteChart']{overflow-x:auto;max-width:100%}"
    # the eye loses a line of more than some ninety letters on its way back
    "[data-testid='stMarkdownContainer'] :is(p,li){max-width:40rem}"
    "[data-testid='stCaptionContainer'] p{max-width:36rem}"
    "[data-testid='stHeading'] :is(h1,h2,h3){max-width:62rem}"
    "[data-testid='stAlert']{max-width:44rem}"
    "[data-testid='stTextArea'] textarea{font-family:'Source Code Pro',monospace;font-size:.875rem}"
    # a figure is one thing: message, notes, picture and source stand close
    "[class*='st-key-figure-']{margin-bottom:.75rem}"
    "[class*='st-key-phone-only-']{display:none}"
    # Streamlit's captions are too pale to read: 4.4 to 1 on white, where 4.5 is the least
    "[data-testid='stCaptionContainer']{color:inherit;opacity:.8}"
    # white on the light blue of the dark theme is 2.3 to 1
    "[data-testid^='stBaseButton-primary'] *,[data-tag],[data-tag] *"
    "{color:light-dark(#fff,#11151a)!important}"
    # Streamlit's colours for SQL and shell are made for neither ground: most are below 4.5 to 1
    "[data-testid='stCode'] .token{color:light-dark(#1b1f23,#e8edf2)!important}"
    "[data-testid='stCode'] .token:is(.keyword,.builtin,.boolean)"
    "{color:light-dark(#0057a8,#7cc0ff)!important}"
    "[data-testid='stCode'] .token:is(.string,.comment)"
    "{color:light-dark(#0b5a47,#7fd6be)!important}"
    "[data-testid='stCode'] .token:is(.number,.parameter,.variable)"
    "{color:light-dark(#8a4b00,#ffb454)!important}"
    # a link's words wrap: a phone would cut them off
    "[data-testid='stPageLink-NavLink']{height:auto!important;padding-block:.2rem}"
    "[data-testid='stPageLink-NavLink'] p{white-space:normal;overflow:visible;line-height:1.35}"
    "[data-testid='stPageLink-NavLink'] :is(span,div){height:auto;overflow:visible;line-height:1.35}"
    "@media(max-width:640px){[data-testid='stHeading'] h1{font-size:1.9rem;line-height:1.2}"
    "[class*='st-key-phone-only-']{display:flex}[class*='st-key-wide-only-']{display:none}"
    # a row of buttons that wraps: each with a border of its own
    "[data-testid='stButtonGroup'] [role='radiogroup']{gap:.35rem;flex-wrap:wrap}"
    "[data-testid='stButtonGroup'] button{border-width:1px!important;border-radius:.5rem!important;margin:0!important}"
    "[data-testid='stButtonGroup'] button[aria-checked='false']"
    "{border-color:color-mix(in srgb,currentColor 30%,transparent)!important}"
    # filters two by two, and no desert between rows of controls
    ".st-key-facets [data-testid='stColumn']{min-width:calc(50% - .5rem)!important;flex:1 1 40%!important}"
    ".st-key-facets,.st-key-facets *,[class*='st-key-tight']{row-gap:.5rem!important}}</style>"
)


def frame(page: Any) -> None:
    """Draw a page between its note and its footer."""
    facts = meta()
    st.html(STYLE)
    note_version()
    page.run()
    st.divider()
    with st.popover("Link to this view", icon=":material/link:"):
        st.code(_address(facts["data_version"]), language=None, wrap_lines=True)
        st.caption("It says so when the data have moved on since.")
    st.caption(
        f"claimgap, data version `{plain(facts['data_version'])}` · "
        f"{int(facts['count_results']):,} results from {facts['count_evaluations']} tables of "
        f"{int(ask(REPORTING)['n'].iloc[0])} publications · data CC-BY-4.0, code MIT"
    )


def _address(version: str) -> str:
    """This page as it stands, with the data version that it was seen on."""
    here = str(st.context.url or "").partition("?")[0]
    return f"{here}?{urlencode({**st.query_params.to_dict(), 'data': version})}"
