"""The front door for browsing: routes to views/, nothing more."""

import streamlit as st

from views.parts.frame import frame
from views.parts.routes import ROUTES

st.set_page_config(page_title="claimgap", page_icon=":material/balance:", layout="wide")
page = st.navigation(
    [
        st.Page(
            route.render, title=route.title, icon=route.icon, url_path=route.path, default=i == 0
        )
        for i, route in enumerate(ROUTES)
    ],
    position="top",
)
frame(page)
