"""Benchmarks: which model was tested where and by whom, and which evidence is missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.coverage import NARROW, coverage
from analysis.charts.style import in_words, in_words_each
from views.parts import evidence, safe, show, state
from views.parts.data import ask
from views.parts.missing import missing
from views.parts.picture import picture
from views.parts.routes import link

CELLS = """
SELECT r.method AS model, any_value(r.method_name) AS model_name, r.domain,
    count(*)::INTEGER AS n,
    count(*) FILTER (r.relation IN ('self', 'affiliated'))::INTEGER AS own,
    count(*) FILTER (r.relation = 'rival')::INTEGER AS rival,
    count(*) FILTER (r.relation = 'independent')::INTEGER AS independent
FROM results r
WHERE r.method_kind = 'foundation_model' AND r.status = 'ok'
GROUP BY r.method, r.domain ORDER BY r.method, r.domain
"""
SUITES = """
SELECT b.name AS suite, count(DISTINCT t.id)::INTEGER AS tasks, count(r.result)::INTEGER AS results,
    count(DISTINCT r.publication)::INTEGER AS publications,
    string_agg(DISTINCT t.domain::VARCHAR, ', ') AS domains, b.released, b.licence, b.summary,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, b.file, b.id AS benchmark
FROM benchmark b
LEFT JOIN publication p ON p.citekey = split_part(b.citekey, ', ', 1)
LEFT JOIN task t ON t.benchmark = b.id
LEFT JOIN results r ON r.task = t.id
GROUP BY ALL ORDER BY results DESC, suite
"""
TASKS = """
SELECT t.name AS task_name, t.domain, t.type, t.organism, t.dataset,
    t.input_length_bp, t.n_train, t.n_test, t.n_classes, t.positive_share, t.leakage,
    (SELECT count(*) FROM result r WHERE r.task = t.id)::INTEGER AS results, t.locator, t.id AS task
FROM task t WHERE t.benchmark = ? ORDER BY t.id
"""
WANTED = """
SELECT what, publication, array_to_string(would_decide, ', ') AS would_decide, tried, id
FROM wanted ORDER BY len(would_decide) DESC, id
"""
PARTS = {
    "coverage": "Who tested what", "meets": "Who met whom", "next": "What to evaluate next",
    "split": "Over the years", "suites": "Suites", "wanted": "Missing evidence",
}  # fmt: skip
WHO = {"n": "Anybody", "own": "Authors", "rival": "Rivals", "independent": "Independents"}


def render() -> None:
    st.title("Benchmarks")
    suite = state.chosen("suite")
    if suite:
        _suite(suite)
        return
    part = state.tabs("Part", "part", PARTS, "coverage", hidden=True)
    draw = {
        "coverage": _coverage, "meets": evidence.meets, "next": evidence.next_up,
        "split": evidence.split_up, "suites": _suites, "wanted": _wanted,
    }  # fmt: skip
    draw[part]()


def _coverage() -> None:
    rows = ask(CELLS)
    if not len(rows):
        st.info("No result of a foundation model yet: add tables under catalog/results/.")
        return
    columns = st.columns([2, 1])
    with columns[0]:
        who = state.tabs("Counting results of", "who", WHO, "n")
    totals = rows.groupby("model")[["n", "own", "independent"]].sum().sort_values("n")[::-1]
    with columns[1]:
        most = int(
            state.choice("Models", "models", ["20", "40", "all"], "20", _many).replace("all", "999")
        )
    chosen = rows[rows["model"].isin(totals.head(most).index) & (rows[who] > 0)]
    if not len(chosen):
        st.info("Nobody of that sort has tested these models.")
        return
    domains = list(chosen.groupby("domain")[who].sum().sort_values(ascending=False).index)
    models = list(totals.index[totals.index.isin(chosen["model"])])
    names = dict(zip(rows["model"], rows["model_name"], strict=True))
    cells = chosen.assign(
        x=chosen["domain"].map(in_words), y=chosen["model_name"], n=chosen[who],
        detail=chosen.apply(_detail, axis=1),
    )  # fmt: skip
    across, down = [in_words(d) for d in domains], [names[m] for m in models]
    silent = int((totals["independent"] == 0).sum())
    message = f"{silent} of {len(totals)} tested models have no result from an independent group"
    figure = picture(
        coverage, cells[["x", "y", "n", "detail"]], across, down, message,
        f"results by {WHO[who].lower()}; {len(down)} of {len(totals)} models and "
        f"{len(across)} of {rows['domain'].nunique()} kinds of task shown; an empty cell: none in the catalog",
    )  # fmt: skip
    # more kinds of task than a phone has columns for: there the models stand across
    turned = cells[cells["y"].isin(down[:NARROW])]
    narrow = picture(
        coverage, turned.rename(columns={"x": "y", "y": "x"})[["x", "y", "n", "detail"]], down[:NARROW],
        across, message, evidence.on_a_phone(len(down), "models"),
        names=("model", "kind of task", "results", "by"), narrow=True,
    )  # fmt: skip
    show.chart(figure, rows, CELLS, "coverage", wide=True, narrow=narrow)
    link("The rows, model by model", "models")


def _many(count: str) -> str:
    return "all" if count == "all" else f"the {count} most tested"


def _detail(row: pd.Series) -> str:
    return f"{row['own']} authors, {row['rival']} rivals, {row['independent']} independents"


def _suites() -> None:
    rows = ask(SUITES)
    st.write("Select a suite to see its tasks.")
    shown = rows.assign(domains=[in_words_each(cell) for cell in rows["domains"]])
    row = show.picked(
        shown, "suites", len(rows), height=560,
        column_config={
            "benchmark": None, "suite": st.column_config.TextColumn("suite", width="medium"),
            "domains": st.column_config.TextColumn("kinds of task", width="medium"),
        },
    )  # fmt: skip
    if row is not None:
        state.open_one("suite", str(row["benchmark"]))
    show.offer(rows, SUITES, "suites")


def _suite(suite: str) -> None:
    state.back("All suites", "suite")
    rows = ask(TASKS, suite)
    if not len(rows):
        known = ask(SUITES)
        named = dict(zip(known["benchmark"], known["suite"], strict=True))
        if suite in named:
            st.info(
                f"{safe.plain(named[suite])} has no tasks yet: add them under catalog/benchmarks/."
            )
        else:
            missing("suite", suite, named, "benchmarks", "suite")
        return
    whole = ask(SUITES)
    st.subheader(safe.plain(whole.loc[whole["benchmark"] == suite, "suite"].iloc[0]), anchor=False)
    show.listed(
        rows.dropna(axis="columns", how="all"), show.filled(TASKS, suite), "suite-tasks", height=520,
        column_config={
            "input_length_bp": st.column_config.NumberColumn("input, bp", format="localized"),
            "n_train": st.column_config.NumberColumn("training examples", format="localized"),
            "n_test": st.column_config.NumberColumn("test examples", format="localized"),
            "positive_share": st.column_config.NumberColumn("positives in test", format="percent"),
            "n_classes": "classes",
        },
    )  # fmt: skip


def _wanted() -> None:
    rows = ask(WANTED)
    st.write(
        "Evidence that was looked for and isn't in the catalog, those first that would decide most. "
        "If you hold one of these tables, adding it is the most useful thing you can do here."
    )
    if len(rows):
        show.listed(rows, WANTED, "wanted", height=620)
    else:
        st.info("Nothing is on the list of wanted evidence.")
