"""Ranks and cost in one domain: rank intervals, and ratings against the number of parameters."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.pareto import pareto
from analysis.charts.rank_intervals import rank_intervals, separable
from analysis.charts.style import in_words
from analysis.standing import SQL as MEETINGS
from views.parts import live, show, state
from views.parts.data import ask, version
from views.parts.picture import picture

RANKS = """
SELECT r.method, m.name AS label, r.rank, r.rank_low, r.rank_high, r.share_first, r.n_rows,
    r.n_publications
FROM ranking r JOIN method m ON m.id = r.method
WHERE r.domain = ? ORDER BY r.rank, r.method
"""
NAMES = "SELECT id, name FROM method"
DRAWN = 40
"""Lines that a picture of ranks has room for."""
COMPARATORS = ("simple_baseline", "neural_from_scratch", "specialist", "other_lm", "random_init")


def draw(domain: str, switches: live.Switches) -> None:
    """Both pictures of one domain, on the rows that the switches leave."""
    rows = live.meetings(switches)
    within = rows[rows["domain"] == domain]
    if not len(within):
        st.info(
            f"No rows are left on {in_words(domain)} tasks under these switches: take one away, or pick "
            "another kind of task."
        )
        return
    _ranks(domain, switches)
    _cost(domain, switches, within)


def _ranks(domain: str, switches: live.Switches) -> None:
    st.subheader("Who comes first, and how surely")
    if switches.on:
        ranks = live.ranked(domain, switches, version())
        sql = f"-- computed here, on the rows that the switches leave of\n{MEETINGS}"
        if len(ranks):
            names = ask(NAMES).set_index("id")["name"]
            ranks = ranks.assign(label=ranks["method"].map(names))
    else:
        ranks, sql = ask(RANKS, domain), show.filled(RANKS, domain)
    if len(ranks) < 2:
        st.info(
            "Fewer than two models were measured on three rows each, so that there is nobody to rank: a "
            "table with several models on these tasks is what is missing."
        )
        return
    everyone = len(ranks)
    behind, described = separable(ranks), int(ranks["rank_low"].isna().sum())
    first = ranks.sort_values("rank")["label"].iloc[0]
    message = (
        f"{first} comes first on {in_words(domain)} tasks, clearly ahead of {behind or 'none'} of {everyone - 1} others"
        if described < len(ranks)
        else f"{first} comes first on {in_words(domain)} tasks, on too few publications to say how surely"
    )
    hollow = f"; hollow: under four publications ({described})" if described else ""
    drawn = ranks.sort_values("rank").head(DRAWN)
    figure = picture(
        rank_intervals, drawn, message,
        f"{len(drawn)} of {everyone} models shown, those on three rows or more; line: 95% interval; rated by who beats whom wherever two meet "
        f"(Bradley-Terry), intervals by drawing publications and tasks again{hollow}",
    )  # fmt: skip
    show.chart(figure, ranks, sql, "gap-ranks")


def _cost(domain: str, switches: live.Switches, within: pd.DataFrame) -> None:
    st.subheader("What more parameters buy")
    there = [kind for kind in COMPARATORS if kind in set(within["kind"])]
    picked = state.several("Rated beside the models", "kinds", there) or there
    ratings = live.rated(domain, tuple(picked), switches, version())
    sized = ratings[ratings["on"].notna()] if len(ratings) else ratings
    if not len(sized):
        st.info(
            "No model of recorded size was measured on three rows beside another method: sizes are facts "
            "under catalog/models/."
        )
        return
    beaten = int((~sized["on"].astype(bool)).sum())
    everyone = within[within["kind"].isin({"foundation_model", *picked})]["entity"].nunique()
    figure = picture(
        pareto, ratings,
        f"For {beaten} of {len(sized)} models of known size on {in_words(domain)} tasks, something smaller or a "
        "simple baseline is rated as high",
        f"{len(ratings)} of {everyone} methods shown, those on three meetings or more (at most a hundred), each size of a model by "
        "itself; rated by their chance of beating an average method of these tasks; left: simple baselines, and "
        "what has no recorded size; line: the best up to each size; thin: 95%, meetings taken as independent, so too narrow; training "
        "compute is hardly recorded anywhere",
    )  # fmt: skip
    columns = ["label", "kind", "parameters", "chance", "low", "high", "n_rows", "n_publications", "on", "method"]  # fmt: skip
    show.chart(
        figure, ratings[columns].rename(columns={"on": "on_front"}),
        f"-- rated here by Bradley-Terry (analysis/standing.py), on the rows of\n{MEETINGS}", "gap-cost",
    )  # fmt: skip
