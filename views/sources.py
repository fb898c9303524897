"""Sources: every publication with what it contributed, and the errors that are known of them."""

from __future__ import annotations

import streamlit as st

from analysis.charts.style import in_words
from views.parts import safe, show, state
from views.parts.audits import citations, prisma, readings
from views.parts.data import ask
from views.parts.missing import missing
from views.parts.routes import link

LIST = """
SELECT p.title, p.first_author, p.year, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi,
    coalesce(e.results, 0)::INTEGER AS results, coalesce(e.tables, 0)::INTEGER AS tables,
    (SELECT count(*) FROM claim c WHERE c.publication = p.citekey)::INTEGER AS claims,
    (SELECT count(*) FROM fact f WHERE f.citekey = p.citekey)::INTEGER AS facts, e.reread,
    p.evidence_level::VARCHAR AS evidence_level, p.role::VARCHAR AS role, p.venue, p.citekey
FROM publication p
LEFT JOIN (
    SELECT publication, sum(n_rows) AS results, count(*) AS tables,
        sum(n_rows) FILTER (second_reading IN ('confirmed', 'corrected')) / sum(n_rows) AS reread
    FROM evaluation GROUP BY publication
) e ON e.publication = p.citekey
ORDER BY results DESC, p.citekey
"""
READ = """
SELECT sum(n_rows) FILTER (second_reading IN ('confirmed', 'corrected'))::INTEGER AS reread,
    sum(n_rows)::INTEGER AS results
FROM evaluation
"""
TABLES = """
SELECT title, locator, n_rows AS results, read, second_reading, evidence_level::VARCHAR AS evidence_level,
    repository, path, file, note, id AS evaluation
FROM evaluation WHERE publication = ? ORDER BY id
"""
ERRATA = """
SELECT what, action, status, evidence, publication, evaluation, id FROM erratum
WHERE ? = '' OR publication = ? ORDER BY id
"""
ONE = (
    "SELECT *, coalesce(doi, '10.48550/arXiv.' || arxiv) AS link FROM publication WHERE citekey = ?"
)
SAYS = "SELECT says, own_verdict, others_verdict, claim FROM claims WHERE publication = ? ORDER BY claim"


def render() -> None:
    chosen = state.chosen("source")
    if chosen:
        _one(chosen)
        return
    st.title("Sources")
    parts = {
        "publications": "Publications", "flow": "From publications to pooled rows",
        "readings": "Second readings", "citations": "Citation audit", "errata": "Known errors",
    }  # fmt: skip
    part = state.tabs("Part", "part", parts, "publications", hidden=True)
    {
        "publications": _list, "flow": prisma, "readings": readings, "citations": citations,
        "errata": _errata,
    }[part]()  # fmt: skip


def _list() -> None:
    rows = ask(LIST)
    read = ask(READ).iloc[0]
    share = (read["reread"] or 0) / read["results"] if read["results"] else 0
    st.write(
        f"{len(rows)} publications; {int((rows['results'] > 0).sum())} of them report results. "
        f"{share:.0%} of the results stand in tables that somebody read a second time. Select a row to "
        "see what one source contributed."
    )
    state.opener(
        "Open a publication", "source", list(rows["citekey"]),
        dict(zip(rows["citekey"], rows["citekey"] + ": " + rows["title"], strict=True)).__getitem__,
    )  # fmt: skip
    with st.container(key="facets"):
        columns = st.columns(3)
        with columns[0]:
            level = state.several(
                "Evidence level", "level", sorted(rows["evidence_level"].dropna().unique())
            )
        with columns[1]:
            role = state.several("Role here", "role", sorted(rows["role"].dropna().unique()))
        with columns[2]:
            find = state.text("Title, author or venue contains", "find")
    shown = rows
    if level:
        shown = shown[shown["evidence_level"].isin(level)]
    if role:
        shown = shown[shown["role"].isin(role)]
    if find:
        where = (
            shown[["title", "first_author", "venue", "citekey"]].fillna("").agg(" ".join, axis=1)
        )
        shown = shown[where.str.contains(find, case=False, regex=False)]
    if not len(shown):
        st.info("No publication fits all of these filters: take one away.")
        return
    row = show.picked(
        shown, "sources", len(rows), height=560,
        column_config={"citekey": "key", "facts": st.column_config.NumberColumn("facts")},
    )  # fmt: skip
    if row is not None:
        state.open_one("source", str(row["citekey"]))
    show.offer(shown, LIST, "sources")


def _errata() -> None:
    rows = ask(ERRATA, "", "")
    st.write(
        "Errors and contradictions found in sources, and what this catalog does about each. Where it can "
        "be tested, the build checks that the error still stands."
    )
    if len(rows):
        show.listed(rows, show.filled(ERRATA, "", ""), "errata", height=620)
    else:
        st.info("No errors are recorded.")


def _one(source: str) -> None:
    state.back("All sources", "source")
    found = ask(ONE, source)
    if not len(found):
        known = ask(LIST)
        missing("publication", source, dict(zip(known["citekey"], known["title"], strict=True)), "sources", "source")  # fmt: skip
        return
    row = found.iloc[0]
    st.title(safe.plain(row["title"]), anchor=False)
    address = f"https://doi.org/{row['link']}" if row["link"] else str(row["url"] or "")
    authors = str(row["authors"])
    st.markdown(
        f"{safe.plain(authors if len(authors) < 300 else authors[:300] + ' …')} ({row['year']}), "
        f"{safe.plain(row['venue'] or '')} · {safe.link(row['link'] or row['url'] or source, address)} · "
        f"{safe.plain(in_words(str(row['evidence_level'])))}"
    )
    for heading, sql, key in (
        ("Tables in the catalog", TABLES, "source-tables"),
        ("What it claims", SAYS, "source-claims"),
    ):
        rows = ask(sql, source)
        if len(rows):
            st.subheader(heading, anchor=False)
            show.listed(
                rows.dropna(axis="columns", how="all"), show.filled(sql, source), key,
                column_config={"claim": "id"},
            )  # fmt: skip
    errors = ask(ERRATA, source, source)
    if len(errors):
        st.subheader("Known errors", anchor=False)
        show.table(errors, len(errors))
    link("Its results in SQL", "sql", q=f"SELECT * FROM results WHERE publication = '{source}'")
