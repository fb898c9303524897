"""Streamlit pages, one file each: ask analysis/, draw, nothing more."""
