"""Overview: what this is, the headline gaps, the verdicts, how to read them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis import headline
from analysis.changes.releases import SinceRelease, since_release
from analysis.changes.summary import RecordError
from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.charts.timeline import timeline
from analysis.charts.verdict_bars import verdict_bars
from views.parts import safe, show
from views.parts.data import ask, connection, meta, version
from views.parts.picture import picture
from views.parts.routes import go, link

DOMAINS = "SELECT domain FROM advice ORDER BY domain"
CLAIMED = """
SELECT m.id, m.name, count(*)::INTEGER AS n
FROM claim c, unnest(c.methods) AS u(method) JOIN method m ON m.id = u.method
WHERE m.kind = 'foundation_model' GROUP BY m.id, m.name ORDER BY lower(m.name)
"""


def render() -> None:
    st.title("What genomics foundation models claim, and what the evidence shows")
    facts = meta()
    st.markdown(
        "claimgap is a curated evidence base. It records what each model's authors report, what "
        "others report for the same model, and how simple baselines do on the same tasks, each "
        "number with its source; and it measures the **gaps** between them."
    )
    with st.container(horizontal=True, gap="large", key="tight"):
        for label, key in (
            ("foundation models", "count_models"),
            ("results", "count_results"),
            ("tasks", "count_tasks"),
            ("publications", "count_publications"),
            ("claims", "count_claims"),
        ):
            st.metric(label, f"{int(facts[key]):,}", width="content")
    _doors()
    _questions()
    _gaps()
    _verdicts()
    _years()
    _changes()
    _how_to_read()


def _doors() -> None:
    """The two questions that bring people here, each one choice away from its answer."""
    use, hold = st.columns(2)
    domains = list(ask(DOMAINS)["domain"])
    claimed = {str(m): f"{name} ({n})" for m, name, n in ask(CLAIMED).itertuples(index=False)}
    with use:
        picked = _door("What should I use? Pick a kind of task", "use", domains, in_words)
        if picked:
            go("choose", domain=picked)
    with hold:
        picked = _door(
            "Does a claim hold? Pick a model", "hold", list(claimed), claimed.__getitem__
        )
        if picked:
            go("claims", model=picked)


def _door(label: str, name: str, options: list[str], form: Callable[[str], str]) -> str | None:
    key = f"door-{name}"
    picked = st.selectbox(
        label, options, index=None, format_func=form, key=key, placeholder="type to find"
    )
    if picked:
        del st.session_state[key]
    return picked


def _questions() -> None:
    st.markdown("**Or start from a question**")
    with st.container(gap=None):
        link(
            "Which model for human enhancers, with 5,000 labels and a laptop?", "choose",
            domain="enhancer", organism="Homo sapiens", labels="1000_to_10000", machine="laptop",
        )  # fmt: skip
        link(
            "Does scGPT beat simple baselines on unseen perturbations?", "models",
            model="scgpt", domain="perturbation", new="unseen_perturbation",
        )  # fmt: skip
        link(
            "Did HyenaDNA's long-context claims hold?",
            "claims",
            model="hyenadna",
            category="context",
        )
        link(
            "Which claims about models of 2024 were contradicted?", "claims",
            released="2024", own="contradicted", others="contradicted", either="1",
        )  # fmt: skip
        link("What should be evaluated next?", "benchmarks", part="next")


def _gaps() -> None:
    rows = ask(headline.GAPS)
    st.subheader("The headline gaps")
    if not len(rows):
        st.info("No comparable results yet: add result tables with a baseline column.")
        return
    rows = rows.assign(label=[headline.gap_label(row) for _, row in rows.iterrows()])
    figure = picture(
        forest, rows, headline.gap_message(rows), headline.GAP_AXIS,
        f"{int(rows['k'].sum()):,} differences, {len(rows)} of {len(rows)} comparisons shown; {headline.GAP_NOTE}",
    )  # fmt: skip
    show.chart(figure, rows, headline.GAPS, "headline-gaps")
    link("Every gap by kind of task, with its rows", "gaps")


def _verdicts() -> None:
    counts = ask(headline.VERDICTS)
    st.subheader("What became of the claims")
    if not len(counts):
        st.info("No claims yet: add them under catalog/claims/.")
        return
    total = int(counts.loc[counts["side"] == "own", "n"].sum())
    figure = picture(
        verdict_bars, counts, headline.verdict_message(counts),
        f"{total:,} of {total:,} claims shown; {headline.VERDICT_NOTE}",
    )  # fmt: skip
    show.chart(figure, counts, headline.VERDICTS, "verdicts")
    with st.container(horizontal=True):
        link("Claims that others contradict", "claims", others="contradicted")
        link("The whole ledger", "claims")


def _years() -> None:
    counts = ask(headline.YEARS)
    if not len(counts):
        return
    st.subheader("How the field has grown")
    figure = picture(
        timeline, counts.assign(category=counts["category"].map(in_words)),
        headline.year_message(counts), "foundation models", headline.year_note(counts),
    )  # fmt: skip
    show.chart(figure, counts, headline.YEARS, "timeline")
    link("All models", "models")


@st.cache_data(max_entries=4, show_spinner=False)
def _since(of: str) -> SinceRelease | None:
    del of  # another build differs otherwise
    cursor = connection().cursor()
    try:
        return since_release(cursor)
    finally:
        cursor.close()


def _changes() -> None:
    st.subheader("What changed since the last release")
    try:
        since = _since(version())
    except RecordError as error:
        st.warning(f"The record of the last release can't be read: {safe.plain(error)}")
        return
    if since is None:
        st.info(
            "There is no release yet, so there is nothing to compare with. From the first one on, this "
            "lists verdicts that flipped and gaps that moved."
        )
        return
    added = [
        f"{after - before:+,} {in_words(name)}"
        for name, (before, after) in since.counts.items() if after != before
    ]  # fmt: skip
    st.write(
        f"Since {safe.plain(since.release)} of {safe.plain(since.date)}: {len(since.flips):,} verdicts "
        f"flipped, {len(since.changes):,} conclusions moved"
        f"{'; ' + safe.plain(', '.join(added)) if added else ''}."
    )
    if since.same_data and since.same_code:
        st.caption("Data and code are those of the release.")
    rows = pd.DataFrame(
        [
            {"weight": str(c.severity), "kind": c.kind, "what": c.says or c.id, "side": c.side,
             "before": in_words(c.before.verdict) if c.before else "not there",
             "after": in_words(c.after.verdict) if c.after else "gone"}
            for c in since.changes if c.flips or c.before is None or c.after is None
        ]
    )  # fmt: skip
    if len(rows):
        show.table(rows.head(50), len(rows))


def _how_to_read() -> None:
    with st.expander("How to read this", expanded=False):
        st.markdown(
            """
- **Skill** puts metrics on one scale: 0 is chance, 1 is perfect. A gap of 0.05 in skill is five
  hundredths of the way from chance to perfect.
- **Only like is compared with like**: same table, task, metric, split and setting.
- **Simple baseline** is what a day's work gives: a linear model on k-mer counts, a mean, PCA. The
  best of them in each cell is taken, which flatters baselines where there are many; the Gaps page
  shows the median too.
- **Who measures** is derived from authorship: a model's own authors, people who share an author
  with them, authors of a rival, or independents.
- A hollow point only describes: fewer than five publications speak, so no interval is given.
- **Verdicts**: *supported* when the whole interval is on the claimed side, *contradicted* when none
  of it is, *overstated* when some of it is, *untested* when no row in the catalog decides.
- Nothing here is typed by hand but what sources print; every number leads to its rows.
"""
        )
