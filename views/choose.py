"""Choose: what the evidence supports in a task domain, how strongly, and what would change that."""

from __future__ import annotations

import streamlit as st

from analysis.charts.style import in_words
from views.parts import safe, show, state
from views.parts.data import ask
from views.parts.routes import link

ADVICE = "SELECT * FROM advice ORDER BY domain"
BESIDE = """
SELECT against, k, n_publications, estimate, ci_low, ci_high, pi_low, pi_high, share_positive, message
FROM gap_pooled
WHERE gap = 'baseline' AND domain = ? AND evidence = 'everyone' AND versus = 'best' AND family = 'all' AND k > 0
ORDER BY estimate
"""
RANKED = """
SELECT m.name AS method, r.rank, r.rank_low, r.rank_high, r.n_rows, r.n_publications
FROM ranking r JOIN method m ON m.id = r.method WHERE r.domain = ? ORDER BY r.rank, m.name
"""


def render() -> None:
    st.title("Choose")
    st.write(
        "What the evidence supports for a kind of task. Strength takes into account how many "
        "independent publications speak, whether they agree, and how wide the interval is."
    )
    rows = ask(ADVICE)
    if not len(rows):
        st.info(
            "No domain has comparable results yet: a table with a model beside a baseline would give one."
        )
        return
    domains = list(rows["domain"])
    first = "variant_effect" if "variant_effect" in domains else domains[0]
    domain = state.choice("Kind of task", "domain", domains, first)
    row = rows[rows["domain"] == domain].iloc[0]
    st.subheader(safe.plain(row["advice"]))
    columns = st.columns(3)
    columns[0].metric("Strength of evidence", in_words(str(row["strength"])))
    columns[1].metric(
        "Publications",
        int(row["n_publications"]) if row["n_publications"] == row["n_publications"] else 0,
    )
    columns[2].metric(
        "By others than the authors",
        int(row["n_others"]) if row["n_others"] == row["n_others"] else 0,
    )
    if isinstance(row["weakened_by"], str) and row["weakened_by"]:
        st.write(f"Weakened by: {safe.plain(row['weakened_by'])}.")
    if isinstance(row["would_change"], str) and row["would_change"]:
        st.write(f"What would change it: {safe.plain(row['would_change'])}.")
    st.subheader("Foundation models beside each sort of comparator")
    st.caption(
        "Difference in skill, positive where the models are better; see the Gaps page for every row."
    )
    beside = ask(BESIDE, domain)
    show.table(beside.assign(against=beside["against"].map(in_words)))
    show.offer(beside, show.filled(BESIDE, domain), "choose-beside")
    link("The rows behind it", "gaps", domain=domain)
    st.subheader("Which foundation model, if one")
    ranked = ask(RANKED, domain)
    if len(ranked):
        st.caption(
            "Ranks are intervals: models whose intervals overlap can't be told apart on this evidence."
        )
        show.table(ranked)
        show.offer(ranked, show.filled(RANKED, domain), "choose-ranked")
    else:
        st.info("Too few models met on the same tasks of this kind to rank any.")
