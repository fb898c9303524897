"""Where evidence is missing: who met whom, what to evaluate next, how the field has split up."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pandas as pd
import streamlit as st

from analysis import fragmentation, next_evaluation
from analysis.charts.coverage import NARROW, coverage
from analysis.charts.style import in_words
from analysis.charts.timeline import timeline
from analysis.charts.trend import trend
from views.parts import safe, show, state
from views.parts.data import ask, connection, version
from views.parts.picture import picture
from views.parts.routes import link

MET = """
WITH met AS (
    SELECT a_method AS a, b_method AS b, task, publication FROM comparison
    WHERE a_kind = 'foundation_model' AND b_kind = 'foundation_model' AND a_method <> b_method
)
SELECT least(a, b) AS a, greatest(a, b) AS b, count(DISTINCT task)::INTEGER AS tasks,
    count(DISTINCT publication)::INTEGER AS publications
FROM met GROUP BY ALL ORDER BY a, b
"""
MODELS = """
SELECT m.id, m.name, m.modality[1] AS reads, count(r.result)::INTEGER AS results
FROM method m LEFT JOIN results r ON r.method = m.id
WHERE m.kind = 'foundation_model' GROUP BY ALL ORDER BY m.id
"""
UNPAIRED = """
SELECT CASE WHEN reason LIKE 'flagged%' THEN 'withheld by a mark: ' || replace(replace(reason, 'flagged ', ''), '_', ' ')
    ELSE reason END AS reason, count(*)::INTEGER AS n, count(DISTINCT publication)::INTEGER AS publications,
    count(DISTINCT method)::INTEGER AS models
FROM unpaired GROUP BY ALL ORDER BY n DESC, reason
"""
MOST = {"20": 20, "35": 35, "60": 60}
STATES = {"thin": "too few publications", "open": "open", "decided": "decided"}
SUITES_SHOWN, MODELS_SHOWN = 20, 30


@st.cache_data(max_entries=12, show_spinner=False)
def _computed(name: str, of: str) -> pd.DataFrame:
    """A table of analysis/, computed once for each data version."""
    del of
    makers: dict[str, Callable[[duckdb.DuckDBPyConnection], pd.DataFrame]] = {
        "suites": next_evaluation.suites, "domains": next_evaluation.domains,
        "map": next_evaluation.gap_map, "claims": next_evaluation.open_claims,
        "shares": fragmentation.shares, "years": fragmentation.suites,
    }  # fmt: skip
    cursor = connection().cursor()
    try:
        return makers[name](cursor)
    finally:
        cursor.close()


def computed(name: str) -> pd.DataFrame:
    """One of: suites, domains, map, claims, shares, years."""
    return _computed(name, version())


def on_a_phone(n: int, what: str) -> str:
    """What a matrix says of itself where it has no room for its numbers."""
    first = f"the first {NARROW} of these {n} {what}; " if n > NARROW else ""
    return f"{first}the darker, the more: touch a cell for its number"


def meets() -> None:
    """Which models were ever compared in one cell, on how many tasks, as a matrix."""
    met, models = ask(MET), ask(MODELS).set_index("id")
    if not len(met):
        st.info("No two models meet in one table yet: add a table with several of them.")
        return
    reads = sorted(set(models["reads"].dropna()))
    columns = st.columns(2)
    with columns[0]:
        kind = state.choice("Models that read", "reads", ["all", *reads], "all")
    with columns[1]:
        most = MOST[state.choice("Models", "most", list(MOST), "20", _most)]
    both = pd.concat([met, met.rename(columns={"a": "b", "b": "a"})], ignore_index=True)
    partners = both.groupby("a").size()
    there = models if kind == "all" else models[models["reads"] == kind]
    pool = there.assign(partners=partners).fillna({"partners": 0}).sort_values("partners", ascending=False, kind="stable")  # fmt: skip
    chosen = pool[pool["partners"] > 0].head(most)
    # beside each other, models that read the same show which groups never meet
    chosen = chosen.sort_values(["reads", "partners"], ascending=[True, False], kind="stable")
    cells = both[both["a"].isin(chosen.index) & both["b"].isin(chosen.index)]
    cells = cells.assign(
        x=cells["b"].map(models["name"]), y=cells["a"].map(models["name"]), n=cells["tasks"],
        detail=cells["publications"].map(lambda n: show.count(n, "publication")),
    )  # fmt: skip
    never = int((pool["partners"] == 0).sum())
    possible, seen = len(chosen) * (len(chosen) - 1) // 2, len(cells) // 2
    names, few = list(chosen["name"]), list(chosen["name"])[:NARROW]
    message = f"{never} of {len(pool)} models never met another one under the same conditions"
    called = ("and", "model", "tasks", "in")
    figure = picture(
        coverage, cells[["x", "y", "n", "detail"]], names, names, message,
        f"tasks on which two models met in one table; {len(chosen)} of {len(pool)} models shown, which "
        f"make {seen} of {possible} pairs; an empty cell: never",
        names=called,
    )  # fmt: skip
    within = cells[cells["x"].isin(few) & cells["y"].isin(few)]
    narrow = picture(
        coverage, within[["x", "y", "n", "detail"]], few, few, message,
        on_a_phone(len(names), "models"), names=called, narrow=True,
    )  # fmt: skip
    show.chart(figure, met, MET, "meets", wide=True, narrow=narrow)
    link("Compare two of them", "compare")


def _most(count: str) -> str:
    return f"the {count} that met most others"


def next_up() -> None:
    """The evaluation that would decide most, and the map of claims that only authors have tested."""
    suites, domains = computed("suites"), computed("domains")
    if not len(suites):
        st.info("No suite has tasks yet: add one under catalog/benchmarks/.")
        return
    top = suites.iloc[0]
    names = ", ".join(map(safe.plain, top["models"])) or "any foundation model"
    st.markdown(
        f"**The evaluation that would decide most: {safe.plain(top['suite'])}**, run by people who share no "
        f"author with the models, with a simple baseline beside {names}. It would put "
        f"{top['claims']} claims to the test that only their own authors have tested."
    )
    with st.expander("How the score is made"):
        st.write(
            "One point for each claim on the suite that only its authors have tested: an independent run "
            "of those models tests it. Plus, for each kind of task of the suite, the chance that one more "
            "publication changes what the pooled gap to the best comparator says (ahead, behind, or "
            "open); where an interval still needs m publications, 1/m. The chance takes publications as "
            "equal and normal (analysis/next_evaluation.py), so it ranks, and predicts nothing."
        )
    shown = suites.head(SUITES_SHOWN)
    table = shown.assign(domains=shown["domains"].map(lambda d: ", ".join(map(in_words, d))), models=shown["models"].map(", ".join),
                         turning_domain=shown["turning_domain"].map(in_words))  # fmt: skip
    show.table(
        table[["suite", "score", "claims", "turn", "models", "domains", "turning_domain", "tasks"]],
        len(suites), height=420,
        column_config={
            "suite": st.column_config.TextColumn("suite", width=230), "score": st.column_config.NumberColumn("score", format="%.2f"),
            "turn": st.column_config.NumberColumn("of it, from kinds of task", format="%.2f"), "models": "models with untested claims",
            "domains": "kinds of task", "turning_domain": "where it matters most",
        },
    )  # fmt: skip
    show.offer(suites, f"-- scored by analysis/next_evaluation.py, on the rows of\n{next_evaluation.OPEN_CLAIMS}", "next")  # fmt: skip
    _map(suites)
    _domains(domains)
    _claims()


def _map(suites: pd.DataFrame) -> None:
    st.subheader("The map of missing evidence")
    cells = computed("map")
    if not len(cells):
        st.info("Every claim with rows has been tested by somebody else than its authors.")
        return
    present = set(cells["benchmark"])
    order = [b for b in suites["benchmark"] if b in present]
    across = order[:SUITES_SHOWN]
    within = cells[cells["benchmark"].isin(across)]
    down = within.groupby("model_name")["n"].sum().sort_values(ascending=False, kind="stable")
    down = down.head(MODELS_SHOWN)
    names = suites.set_index("benchmark")["suite"]
    drawn = within[within["model_name"].isin(down.index)]
    shaded = drawn.assign(x=drawn["benchmark"].map(names), y=drawn["model_name"], detail="authors only")  # fmt: skip
    shaded = shaded[["x", "y", "n", "detail"]]
    on_top, few = [str(names[b]) for b in across], list(down.index)[:NARROW]
    message = f"Claims of {cells['model'].nunique()} models rest on their authors' tables alone"
    figure = picture(
        coverage, shaded, on_top, list(down.index), message,
        f"claims that nobody else has tested, by model and suite; {len(down)} of {cells['model'].nunique()} models and "
        f"{len(across)} of {len(order)} suites shown; an empty cell: no such claim",
        names=("suite", "model", "claims", "tested by"),
    )  # fmt: skip
    turned = shaded[shaded["y"].isin(few)].rename(columns={"x": "y", "y": "x"})
    narrow = picture(
        coverage, turned, few, on_top, message, on_a_phone(len(down), "models"),
        names=("model", "suite", "claims", "tested by"), narrow=True,
    )  # fmt: skip
    show.chart(figure, cells, next_evaluation.OPEN_CLAIMS, "gap-map", wide=True, narrow=narrow)


def _domains(domains: pd.DataFrame) -> None:
    st.subheader("Kinds of task that one more publication could turn")
    thin, still = (int((domains["state"] == s).sum()) for s in ("thin", "open"))
    st.write(
        f"{thin} of {len(domains)} kinds of task have too few publications for an interval, and in {still} the "
        "interval leaves open whether models or comparators are ahead."
    )
    ordered = domains.sort_values(["turn", "domain"], ascending=[False, True])
    too_few = ordered["state"] == "thin"
    # where there is no interval yet `turn` is one in the publications still needed, and no chance
    ordered = ordered.assign(
        needed=(1 / ordered["turn"]).where(too_few & (ordered["turn"] > 0)).round(),
        turn=ordered["turn"].round(2).where(~too_few),
        state=ordered["state"].map(STATES).fillna(ordered["state"]),
    )
    show.table(
        ordered.assign(domain=ordered["domain"].map(in_words)), len(domains), height=320,
        column_config={
            "turn": st.column_config.NumberColumn("chance that one more turns it", format="percent"),
            "needed": st.column_config.NumberColumn("publications still needed", format="localized"),
            "narrowing": st.column_config.NumberColumn("interval would shrink by", format="%.3f"),
        },
    )  # fmt: skip
    show.offer(domains, next_evaluation.GAPS, "turning")


def _claims() -> None:
    unpaired = ask(UNPAIRED)
    with st.expander(
        f"Results of models that enter no comparison: {int(unpaired['n'].sum()):,}", key="unpaired", bind="query-params"
    ) as box:  # fmt: skip
        if box.open:
            _unpaired(unpaired)
    with st.expander("The claims behind the map", key="claims", bind="query-params") as box:
        if box.open:
            claims = computed("claims")
            show.table(claims.head(1000), len(claims), column_config={"model": None, "claim": None})
            show.offer(claims, next_evaluation.OPEN_CLAIMS, "open-claims")


def _unpaired(unpaired: pd.DataFrame) -> None:
    show.listed(unpaired, UNPAIRED, "unpaired", column_config={"models": "models"})


def split_up() -> None:
    """Share of pairs that share a task, and suites, by year."""
    shares = computed("shares")
    if not len(shares):
        st.info("No result of a foundation model yet: add tables under catalog/results/.")
        return
    last = shares[shares["year"] == shares["year"].max()].set_index("group")
    shared, together = last.loc[fragmentation.SHARED], last.loc[fragmentation.TOGETHER]
    figure = picture(
        trend, shares,
        f"By {int(shared['year'])}, {together['value']:.0%} of pairs of models had met in one table, and "
        f"{shared['value']:.0%} had a task in common",
        "share of pairs", f"pairs of models that read the same, {int(shared['n']):,} in {int(shared['year'])}; a model counts from "
        "the year of its first result in the catalog",
    )  # fmt: skip
    sql = f"-- shares are counted by analysis/fragmentation.py from\n{fragmentation.FIRST}"
    show.chart(figure, shares, sql, "fragmentation")
    suites = computed("years")
    counts = suites.groupby(["year", "category"]).size().rename("n").reset_index()
    busiest = suites.groupby("year").size()
    figure = picture(
        timeline, counts.assign(category=counts["category"].map(in_words)),
        f"{len(suites)} suites for {len(set(suites['category']))} kinds of data: up to {int(busiest.max())} new ones a year",
        "new suites", f"n = {len(suites)} suites on which a foundation model was scored, by what most of these models read",
    )  # fmt: skip
    show.chart(figure, suites, fragmentation.SUITES, "suites-by-year")
