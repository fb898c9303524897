"""How the catalog was made and checked: the flow of sources, second readings, the citation audit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.bars import bars
from analysis.report.flow import SQL as COUNTS
from analysis.report.flow import drawn, flow
from schema.paths import home
from views.parts import show
from views.parts.data import ask, connection, version
from views.parts.picture import Picture, finished, picture

READINGS = """
SELECT e.publication, p.title, p.year, count(*)::INTEGER AS tables, sum(e.n_rows)::INTEGER AS results,
    coalesce(sum(e.n_rows) FILTER (e.second_reading IN ('confirmed', 'corrected')), 0) / sum(e.n_rows) AS reread,
    count(*) FILTER (e.read = 'scripted')::INTEGER AS scripted,
    count(*) FILTER (e.second_reading = 'corrected')::INTEGER AS corrected
FROM evaluation e JOIN publication p ON p.citekey = e.publication
GROUP BY ALL ORDER BY results DESC, e.publication
"""
SHARES = """
SELECT 'results, by their tables' AS label, count(*)::INTEGER AS n,
    avg((e.second_reading IN ('confirmed', 'corrected'))::INTEGER) AS estimate
FROM result r JOIN evaluation e ON e.id = r.evaluation
UNION ALL
SELECT 'tables', count(*)::INTEGER, avg((second_reading IN ('confirmed', 'corrected'))::INTEGER) FROM evaluation
UNION ALL
SELECT 'claims', count(*)::INTEGER, avg((second_reading IN ('confirmed', 'corrected'))::INTEGER) FROM claim
UNION ALL
SELECT 'facts of models', count(*)::INTEGER, avg((second_reading IN ('confirmed', 'corrected'))::INTEGER)
FROM fact WHERE state = 'known'
"""
CITED = """
SELECT citekey, title, first_author, year, venue, coalesce(doi, '10.48550/arXiv.' || arxiv) AS doi,
    authors_complete, verified
FROM publication ORDER BY citekey
"""


@st.cache_resource(max_entries=2, show_spinner=False)
def _flow(of: str) -> tuple[Picture, Picture]:
    """The flow for a screen, and for a phone."""
    del of  # another data version flows otherwise
    cursor = connection().cursor()
    try:
        steps = flow(cursor)
    finally:
        cursor.close()
    return finished(drawn(steps)), finished(drawn(steps, narrow=True))


def prisma() -> None:
    """The PRISMA flow, counted from the open database."""
    st.write(
        "Which publications are here, which of their rows may be compared, and why the others stay out "
        "(PRISMA 2020). Searches are logged by `claimgap watch`; until one is screened, the flow begins "
        "with what curators brought."
    )
    counts = ask(COUNTS)
    long = counts.T.reset_index().set_axis(["what", "n"], axis=1)
    wide, narrow = _flow(version())
    show.chart(wide, long, COUNTS, "prisma", wide=True, narrow=narrow)


def readings() -> None:
    """How much was read a second time, by what it is and by source."""
    st.write(
        "Everything is read once by a person or a script, and some of it again by somebody else who doesn't "
        "see the first reading's numbers. docs/second-reading.md says what was drawn and what was mended."
    )
    shares = ask(SHARES)
    none = pd.Series([float("nan")] * len(shares))
    results = float(shares["estimate"].iloc[0])
    figure = picture(
        bars, shares.assign(ci_low=none, ci_high=none),
        f"{results:.0%} of results stand in tables that somebody read twice",
        "share read a second time", "counted, not sampled: no interval",
    )  # fmt: skip
    show.chart(figure, shares, SHARES, "readings")
    rows = ask(READINGS)
    show.listed(
        rows, READINGS, "readings-by-source",
        column_config={"scripted": "tables read by script", "corrected": "tables corrected"},
    )  # fmt: skip


def citations() -> None:
    """What backs each bibliographic entry, and the documented case of wrong citations."""
    rows = ask(CITED)
    with_id, whole = int(rows["doi"].notna().sum()), int(rows["authors_complete"].sum())
    st.write(
        f"{with_id:,} of {len(rows):,} publications have a DOI or arXiv identifier; the author list is "
        f"complete for {whole:,}. Each says what its title, authors, year and venue were verified with."
    )
    show.listed(
        rows, CITED, "citations", height=420,
        column_config={
            "authors_complete": "all authors", "citekey": "key",
            "verified": st.column_config.TextColumn("verified with", width="large"),
        },
    )  # fmt: skip
    page = home() / "docs" / "citation-audit.md"
    if page.exists():
        with st.expander("How `claimgap audit citations` works, and a documented case"):
            st.markdown(page.read_text(encoding="utf-8").partition("\n")[2])
