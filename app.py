"""The front door for browsing: routes to views/, nothing more."""

from pathlib import Path

import streamlit as st

from views.parts.frame import frame
from views.parts.routes import pages

# a file of ours: icons by name would be fetched from another server
ICON = Path(__file__).parent / "views" / "parts" / "icon.svg"

st.set_page_config(page_title="claimgap", page_icon=str(ICON), layout="wide")
frame(st.navigation(pages(), position="top"))
