"""Choose: what the evidence supports for your case, how strongly, and what would change that."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import advice
from analysis.advice import Advice, Case, Rung
from analysis.charts.style import in_words
from analysis.gaps import PooledGap
from views.parts import beside, safe, show
from views.parts.case import ask_case, ask_domain, in_a_sentence, listed
from views.parts.data import ask, version
from views.parts.routes import go, link

DOMAINS = "SELECT domain FROM advice ORDER BY domain"
DOMAIN = "SELECT * FROM advice_rows WHERE domain = ?"
ABLE = """
SELECT m.name AS method, k.rank, k.rank_low, k.rank_high,
    median(a.skill_difference) FILTER (a.against = 'simple_baseline') AS over_simple,
    median(a.skill_difference) FILTER (a.against = 'any_comparator') AS over_best,
    avg((a.skill_difference > 0)::INTEGER) FILTER (a.against = 'any_comparator') AS ahead,
    count(DISTINCT a.result)::INTEGER AS n_rows, count(DISTINCT a.work)::INTEGER AS n_publications,
    max(a.gigabytes) AS gigabytes, string_agg(DISTINCT a.commercial, ', ') AS commercial, a.method AS id
FROM (
    SELECT * FROM advice_rows
    WHERE {where}
) a
JOIN method m ON m.id = a.method
LEFT JOIN ranking k ON k.domain = a.domain AND k.method = a.method
GROUP BY ALL ORDER BY k.rank NULLS LAST, n_publications DESC, m.name
"""


OTHERS = """
SELECT c.name AS method, avg((a.skill_difference < 0)::INTEGER) AS ahead,
    -median(a.skill_difference) AS lead, count(DISTINCT a.result)::INTEGER AS n_rows,
    count(DISTINCT a.work)::INTEGER AS n_publications, c.kind, min(a.task) AS task
FROM (
    SELECT * FROM advice_rows
    WHERE {where}
        AND against IN ('simple_baseline', 'neural_from_scratch', 'specialist') AND skill_difference IS NOT NULL
) a
JOIN method c ON c.id = a.comparator
GROUP BY ALL ORDER BY n_publications DESC, n_rows DESC, c.name
"""


NAMED = 3
"""Names of each table that stand beside the advice."""


def render() -> None:
    st.title("Choose")
    st.write(
        "Say what you have; the page shows what the evidence supports for it, on which rows, and how "
        "strongly. What a source doesn't state never counts as meeting a condition."
    )
    domains = list(ask(DOMAINS)["domain"])
    if not domains:
        st.info(
            "No domain has comparable results yet: a table with a model beside a baseline would give one."
        )
        return
    first = "variant_effect" if "variant_effect" in domains else domains[0]
    domain = ask_domain(domains, first)
    rows = ask(DOMAIN, domain)
    case = ask_case(rows)
    found, gaps, rungs = _found(domain, case, version())
    used = advice.basis(rungs)
    _answer(found, domain, case, rungs, used)
    _simple(gaps["simple_baseline"])
    # what you can run and may use stays; only the evidence may come from a wider case
    kept = Case(used.case.organism, used.case.labels, case.machine, case.protocol, case.licence)
    others = OTHERS.format(where=advice.where(domain, used.case))
    able = ABLE.format(where=advice.where(domain, kept))
    _by_name(ask(others), ask(able))
    _lines(domain, used.case, gaps)
    _others(others)
    _able(able)
    _recorded(rows)


@st.cache_resource(max_entries=256, show_spinner="Pooling the rows that fit")
def _found(domain: str, case: Case, of: str) -> tuple[Advice, dict[str, PooledGap], list[Rung]]:
    """Advice for a case, the gaps that it rests on, and how the case was widened to get them."""
    del of  # rows of another data version are other rows
    rows = ask(DOMAIN, domain)
    rungs = advice.ladder(rows, case)
    used = advice.basis(rungs)
    left = advice.fits(rows, used.case)
    gaps = advice.against_each(left)
    return advice.advise(left, gaps, indirect=bool(used.dropped)), gaps, rungs


def _answer(found: Advice, domain: str, case: Case, rungs: list[Rung], used: Rung) -> None:
    st.subheader(safe.plain(found.advice))
    asked = in_a_sentence(case)
    here = f"{in_words(domain)}{', ' + asked if asked else ''}"
    exact = rungs[0].n_publications
    if used.dropped:
        st.info(
            f"Exactly your case ({safe.plain(here)}): {beside.works(exact)}"
            f"{', too few to pool' if exact else ''}. This advice rests on {beside.works(used.n_publications)} "
            f"without {listed(used.dropped)}."
        )
    with st.container(horizontal=True, gap="large", key="tight-strength"):
        st.metric(
            "Strength of evidence", in_words(found.strength), width="content",
            help="From high to very low: a step down for each weakness below, two for fewer than five "
            "publications. About, under Methods, has the rules.",
        )  # fmt: skip
        st.metric("Publications", found.gap.n_publications, width="content")
        st.metric("By others than the authors", found.n_others, width="content")
    if found.weakened_by:
        st.write(f"Weakened by: {safe.plain(found.weakened_by)}.")
    st.write(f"What would change it: {safe.plain(found.would_change)}.")


def _simple(gap: PooledGap) -> None:
    st.markdown(f"**Is a simple baseline as good?** {safe.plain(beside.answer(gap))}")


def _lines(domain: str, case: Case, gaps: dict[str, PooledGap]) -> None:
    st.subheader("Foundation models against baselines and tools")
    said = in_a_sentence(case)
    about = f"{in_words(domain)}{'; ' + said if said else ''}"
    beside.draw(advice.where(domain, case), gaps, "choose", about)
    link("Draw and switch these rows on the Gaps page", "gaps", domain=domain)


def _by_name(others: pd.DataFrame, able: pd.DataFrame) -> None:
    """The first few of the tables below, where the advice stands."""
    if len(others):
        named = ", ".join(
            f"{row['method']} (ahead of {row['ahead']:.0%} of {row['n_rows']:,} results of models)"
            for _, row in others.head(NAMED).iterrows()
        )
        st.markdown(f"**Baselines and tools most often beside models here:** {safe.plain(named)}.")
    ranked = able[able["rank"].notna()].head(NAMED)
    if len(ranked):
        named = ", ".join(f"{row['method']} ({_rank(row)})" for _, row in ranked.iterrows())
        st.markdown(f"**Foundation models that rank highest:** {safe.plain(named)}.")


def _rank(row: pd.Series) -> str:
    if pd.isna(row["rank_low"]):
        return f"rank {row['rank']:.0f}, too few publications for an interval"
    return f"rank {row['rank']:.0f}, 95% {row['rank_low']:.0f} to {row['rank_high']:.0f}"


def _others(sql: str) -> None:
    rows = ask(sql)
    st.subheader("Which baseline or tool, if one")
    if not len(rows):
        st.info("No table here names one on a scale that can be compared.")
        return
    st.caption(
        "Each was the best of its sort in a table beside foundation models, which flatters it; those first "
        "of which most publications speak. Being ahead is counted over the models of the same tables."
    )
    show.listed(rows, sql, "choose-others", column_config=_OTHERS_COLUMNS, height=380)


def _able(sql: str) -> None:
    st.subheader("Which foundation model, if one")
    rows = ask(sql)
    if not len(rows):
        st.info(
            "No model that is known to meet these conditions was compared with anything in this kind of "
            "task: take a condition away to see the others."
        )
        return
    st.caption(
        "Models known to meet your conditions. Ranks are of the whole kind of task and are intervals: "
        "models whose intervals overlap can't be told apart. Select a row to open the model."
    )
    row = show.picked(rows, "choose-able", len(rows), column_config=_ABLE_COLUMNS)
    if row is not None:
        go("models", model=str(row["id"]))
    show.offer(rows, sql, "choose-able-rows")


_OTHERS_COLUMNS: dict[str, Any] = {
    "method": st.column_config.TextColumn("baseline or tool", width="medium"),
    "ahead": st.column_config.NumberColumn("ahead of the model", format="percent"),
    "lead": st.column_config.NumberColumn("its lead, median skill", format="%+.3f"),
    "n_rows": st.column_config.NumberColumn("results of models beside it", format="localized"),
    "task": st.column_config.TextColumn("such as on", width="medium"),
}  # fmt: skip
_ABLE_COLUMNS: dict[str, Any] = {
    "over_simple": st.column_config.NumberColumn("over simple baselines, median skill", format="%+.3f"),
    "over_best": st.column_config.NumberColumn("over the best beside it, median skill", format="%+.3f"),
    "ahead": st.column_config.NumberColumn("ahead of the best beside it", format="percent"),
    "id": None,
}  # fmt: skip


def _recorded(rows: pd.DataFrame) -> None:
    one = rows.drop_duplicates("result")
    if not len(one):
        return
    shares = {
        "the organism": (one["organism"] != "not_reported").mean(),
        "the number of training labels": one["n_train"].notna().mean(),
        "the model's size": one["gigabytes"].notna().mean(),
        "a licence": (one["commercial"] != "not_reported").mean(),
    }
    said = ", ".join(f"{name} for {share:.0%}" for name, share in shares.items())
    st.caption(f"Of {len(one):,} results of models in this kind of task, sources state {said}.")
