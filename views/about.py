"""About: methods, data version, licence, how to cite."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from views.parts import safe
from views.parts.data import meta
from views.parts.routes import link

METHODS = Path(__file__).resolve().parent.parent / "docs" / "methods"


def render() -> None:
    st.title("About")
    facts = meta()
    st.markdown(
        """
claimgap is a curated evidence base on foundation models for genomes, transcripts and single cells.
People enter what sources print, each number with its publication and its place in it; everything
else (who is independent of whom, which numbers may be compared, gaps, verdicts) is computed from
those entries by published rules, and can be queried.
"""
    )
    st.subheader("This data version")
    st.markdown(
        f"Data `{safe.plain(facts['data_version'])}`, a hash of the whole catalog: changing any digit of "
        f"any result changes it. Schema {safe.plain(facts['schema_version'])}. Links of this app may carry "
        "`data=` with it, and say so when the data have moved on."
    )
    st.dataframe(
        [
            {"what": label, "how many": int(facts[key])}
            for key, label in (
                ("count_models", "foundation models"),
                ("count_variants", "sizes and versions of them"),
                ("count_methods", "methods they are compared with"),
                ("count_benchmarks", "benchmark suites"),
                ("count_tasks", "tasks"),
                ("count_publications", "publications"),
                ("count_evaluations", "result tables"),
                ("count_results", "results"),
                ("count_claims", "claims"),
            )
        ],
        hide_index=True,
        column_config={"how many": st.column_config.NumberColumn(format="localized")},
    )
    st.subheader("How to cite")
    st.code(
        f"claimgap: what genomics foundation models claim, and what the evidence shows. "
        f"Data version {facts['data_version']}.",
        language=None, wrap_lines=True,
    )  # fmt: skip
    st.write("And cite the sources of the numbers you use: every row names its own.")
    with st.container(horizontal=True):
        link("Sources", "sources")
        link("From publications to pooled rows", "sources", part="flow")
        link("Second readings", "sources", part="readings")
        link("Citation audit", "sources", part="citations")
        link("Known errors of sources", "sources", part="errata")
        link("Ask the database", "sql")
    st.subheader("Licence")
    st.write("Data: CC-BY-4.0. Code: MIT. Both texts are in the repository.")
    st.subheader("Methods")
    for file in sorted(METHODS.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        heading = text.partition("\n")[0].lstrip("# ") or file.stem
        with st.expander(safe.plain(heading), key=f"method-{file.stem}", on_change="rerun") as box:
            if box.open:
                st.markdown(text.partition("\n")[2])
