"""Claims: the ledger, and one claim's predicate, deciding rows and robustness."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.charts.strip import strip
from analysis.charts.style import in_words
from views.parts import safe, show, state
from views.parts.data import ask
from views.parts.missing import missing
from views.parts.picture import picture
from views.parts.routes import link
from views.parts.words import CRITERIA, ROBUSTNESS, in_english

LEDGER = """
WITH released AS (SELECT model, min(release_year) AS year FROM models GROUP BY model)
SELECT c.says, c.own_verdict, c.others_verdict, c.method, c.year, c.category, c.effect, c.ci_low,
    c.ci_high, c.unit, c.n_own, c.n_others, c.publication, c.claim,
    (SELECT list(DISTINCT r.year ORDER BY r.year) FROM released r
        WHERE list_contains(string_split(c.method, ', '), r.model)) AS released
FROM claims c
ORDER BY greatest(c.others_verdict = 'contradicted', c.own_verdict = 'contradicted') DESC,
    c.others_verdict = 'untested', c.own_verdict = 'untested', c.claim
"""
ONE = """
SELECT c.*, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, p.url, p.first_author
FROM claims c JOIN publication p ON p.citekey = c.publication WHERE c.claim = ?
"""
NAMES = "SELECT id, name FROM method UNION ALL SELECT id, name FROM variant"
SUITES = "SELECT id, name FROM benchmark"
SIDES = """
SELECT side, verdict, robustness, unit, effect, ci_low, ci_high, interval, n_rows, n_datasets,
    n_publications, wins, ties, losses, left_out, remark
FROM claim_verdict WHERE claim = ? ORDER BY side DESC
"""
DIAL = """
SELECT criterion, max(verdict) FILTER (side = 'own') AS "authors' evidence",
    max(verdict) FILTER (side = 'others') AS "others' evidence"
FROM claim_dial WHERE claim = ? GROUP BY criterion ORDER BY criterion <> 'main', criterion
"""
ROWS = """
SELECT c.side, c.points, s.method_name AS method, r.method_name AS rival, s.task, s.metric, s.value,
    r.value AS rival_value, c.skill, s.variant, s.publication,
    coalesce(s.doi, '10.48550/arXiv.' || p.arxiv) AS doi, s.locator, s.file || ':' || s.line AS file,
    c.result, c.rival_result
FROM claim_row c
LEFT JOIN results s ON s.result = c.result
LEFT JOIN publication p ON p.citekey = s.publication
LEFT JOIN results r ON r.result = c.rival_result
WHERE c.claim = ? ORDER BY c.side DESC, c.points, c.result
"""
REPLIES = "SELECT * FROM reply WHERE claim = ?"
VERDICTS = ("supported", "overstated", "contradicted", "untested")
UNITS = {
    "points": "Difference in metric points",
    "skill": "Difference in skill",
    "net wins": "Share of comparisons won minus share lost (-1 to +1)",
}
WHOSE = {"own": "On the authors' own evidence", "others": "On everyone else's evidence"}
MOST = 1000
_OVER = {
    "over datasets (t)": "(t, over datasets)", "over datasets (Wilson)": "(Wilson, over datasets)",
    "over publications (CR2)": "(robust to clusters, over publications)",
    "over publications (Wilson)": "(Wilson, over publications)",
}  # fmt: skip
FEW = 3
"""Differences below which a picture shows no more than the table."""
SENTENCE = 84
"""px of a row whose claim takes up to four lines of a phone."""


def render() -> None:
    chosen = state.chosen("claim")
    if chosen:
        _one(chosen)
    else:
        _ledger()


def _ledger() -> None:
    st.title("Claims")
    st.write(
        "What papers say of their models, in our words, each bound to a test on the rows of this "
        "catalog: once on the authors' own evidence, once on everyone else's. Select a row to see the "
        "test, the rows that decided it, and how robust the verdict is."
    )
    rows = ask(LEDGER)
    if not len(rows):
        st.info("No claims yet: add them under catalog/claims/.")
        return
    names = _names()
    state.opener(
        "Open a claim", "claim", list(rows["claim"]),
        dict(zip(rows["claim"], rows["says"], strict=True)).__getitem__,
    )  # fmt: skip
    with st.container(key="facets"):
        shown = _filtered(rows, names)
    if not len(shown):
        st.info("No claim fits all of these filters: take one away.")
        return
    named = shown.assign(
        method=[
            ", ".join(names.get(m, m) for m in cell.split(", ")) if cell else "models in general"
            for cell in shown["method"]
        ]
    )
    with st.container(key="wide-only-ledger"):
        row = show.picked(
            named, "ledger", len(rows), height=600, row_height=SENTENCE,
            column_config={
                "claim": "id", "method": "about", "released": None,
                "says": st.column_config.TextColumn("claim", width=250),
            },
        )  # fmt: skip
    show.on_phone(
        "ledger",
        len(named),
        [
            f"{safe.page(each['says'], 'claims', claim=each['claim'])}  \n"
            f"authors' {show.badge(each['own_verdict'])} others' {show.badge(each['others_verdict'])}"
            for _, each in named.head(show.PHONE).iterrows()
        ],
    )
    if row is not None:
        state.open_one("claim", str(row["claim"]))
    show.offer(shown, LEDGER, "ledger-rows")


def _filtered(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    first, second = st.columns(3), st.columns([3, 3, 3])
    methods = sorted({m for cell in rows["method"] for m in cell.split(", ") if m})
    released = sorted({str(y) for years in rows["released"] for y in _listed(years)})
    years = [str(y) for y in sorted(rows["year"].dropna().astype(int).unique())]
    with first[0]:
        method = state.several("Model", "model", methods, lambda m: names.get(m, m))
    with first[1]:
        own = state.several("Authors' evidence says", "own", VERDICTS)
    with first[2]:
        others = state.several("Others' evidence says", "others", VERDICTS)
    with second[0]:
        category = state.several("Sort of claim", "category", sorted(rows["category"].unique()))
    with second[1]:
        model_years = state.several("About models released in", "released", released, str)
    with second[2]:
        claimed = state.several("Claimed in", "year", years, str)
    either = state.switch(
        "Either evidence is enough", "either",
        "On: a claim is shown when the authors' or the others' evidence says what is picked above",
    )  # fmt: skip
    keep = pd.Series(True, index=rows.index)
    if method:
        keep &= rows["method"].map(lambda cell: bool(set(cell.split(", ")) & set(method)))
    if model_years:
        keep &= rows["released"].map(
            lambda y: bool({str(x) for x in _listed(y)} & set(model_years))
        )
    if claimed:
        keep &= rows["year"].isin([int(y) for y in claimed])
    if category:
        keep &= rows["category"].isin(category)
    by_own = rows["own_verdict"].isin(own or VERDICTS)
    by_others = rows["others_verdict"].isin(others or VERDICTS)
    keep &= (by_own | by_others) if either and own and others else (by_own & by_others)
    return rows[keep]


def _listed(years: object) -> list[int]:
    return [int(y) for y in years] if isinstance(years, Iterable) else []


def _names() -> dict[str, str]:
    rows = ask(NAMES)
    return dict(zip(rows["id"], rows["name"], strict=True))


def _suites() -> dict[str, str]:
    rows = ask(SUITES)
    return dict(zip(rows["id"], rows["name"], strict=True))


def _one(claim: str) -> None:
    state.back("All claims", "claim")
    found = ask(ONE, claim)
    if not len(found):
        missing("claim", claim, dict.fromkeys(ask(LEDGER)["claim"], ""), "claims", "claim")
        return
    row = found.iloc[0]
    st.title(safe.plain(row["says"]), anchor=False)
    address = f"https://doi.org/{row['doi']}" if row["doi"] else str(row["url"] or "")
    st.markdown(
        f"{safe.link(_cited(row), address)}, {safe.plain(row['locator'])} · "
        f"{safe.plain(in_words(row['category']))} · second reading: "
        f"{safe.plain(in_words(row['second_reading']))} · {safe.plain(row['file'])}"
    )
    with st.container(horizontal=True):
        link(f"What else {safe.plain(_cited(row))} says", "sources", source=row["publication"])
        for method in filter(None, row["method"].split(", ")):
            link(safe.plain(_names().get(method, method)), "models", model=method)
    for column, (_, side) in zip(st.columns(2), ask(SIDES, claim).iterrows(), strict=False):
        with column, st.container(border=True):
            st.markdown(f"**{WHOSE[side['side']]}**")
            show.verdict(side["verdict"])
            st.markdown(_evidence(side))
            if isinstance(side["remark"], str) and side["n_rows"]:
                st.caption(safe.plain(side["remark"]))
            if survives := ROBUSTNESS.get(side["robustness"]):
                st.caption(survives)
    _reply(row)
    st.subheader("The test", anchor=False)
    predicate = json.loads(row["predicate_json"])
    methods = [m for m in row["method"].split(", ") if m]
    st.write(safe.plain(in_english(predicate, methods, _names(), _suites())))
    with st.expander("As the catalog writes it"):
        st.json(predicate)
    _dial(claim)
    _rows(claim)


def _cited(row: pd.Series) -> str:
    return f"{row['first_author']} {int(row['year'])}"


def _reply(row: pd.Series) -> None:
    replies = ask(REPLIES, row["claim"])
    if len(replies):
        st.markdown("**The authors reply**")
        show.table(replies.dropna(axis="columns", how="all"))
    else:
        st.caption(
            "No reply from the authors is recorded. Replies are welcome: see CONTRIBUTING.md."
        )


def _evidence(side: pd.Series) -> str:
    if not side["n_rows"]:
        return "No row in the catalog tests it yet."
    if pd.isna(side["effect"]):
        counted = ""
    else:
        counted = f"{UNITS.get(side['unit'], 'Difference in ' + str(side['unit']))}: {side['effect']:+.3f}"
        counted += (
            f", 95% interval {side['ci_low']:+.3f} to {side['ci_high']:+.3f} "
            f"{_OVER.get(side['interval'], side['interval'])}. "
            if pd.notna(side["ci_low"])
            else "; too few independent groups for an interval. "
        )
    contests = side["wins"] + side["ties"] + side["losses"]
    tasks = (
        f"Of {show.count(contests, 'contest')} with the best rival {side['wins']} won, {side['ties']} tied, "
        f"{side['losses']} lost. "
    )
    out = (
        f"; {show.count(side['left_out'], 'more row')} can't be put on this scale"
        if side["left_out"]
        else ""
    )
    return safe.plain(
        f"{counted}{tasks}It rests on {show.count(side['n_rows'], 'row')} on "
        f"{show.count(side['n_datasets'], 'dataset')} from {show.count(side['n_publications'], 'publication')}{out}."
    )


def _dial(claim: str) -> None:
    st.subheader("Does the verdict survive other criteria?", anchor=False)
    rows = ask(DIAL, claim).set_index("criterion")
    lines = ["| criterion | authors' evidence | others' evidence |", "|---|---|---|"]
    for name, words in CRITERIA.items():
        if name in rows.index:
            own, others = (show.badge(verdict) for verdict in rows.loc[name])
            lines.append(f"| {words} | {own} | {others} |")
    # text, not a grid: it wraps on a phone, where a grid would hide its verdicts
    st.markdown("\n".join(lines))


def _rows(claim: str) -> None:
    st.subheader("The rows that decided", anchor=False)
    rows = ask(ROWS, claim)
    if not len(rows):
        st.info(
            "None yet: a result table that puts this model beside the named rivals would test it."
        )
        return
    _dots(rows, claim)
    sides = {"all": "All", "own": "Authors'", "others": "Others'"}
    side = state.tabs("Whose rows", "rows", sides, "all", True)
    shown = rows if side == "all" else rows[rows["side"] == side]
    show.table(shown.head(MOST), len(rows), height=420)
    show.offer(rows, show.filled(ROWS, claim), "claim-rows")


def _first(rows: pd.DataFrame) -> str:
    """What is ahead right of zero: by name where it is one method that isn't set against itself."""
    methods, rivals = set(rows["method"].dropna()), set(rows["rival"].dropna())
    return (
        methods.pop() if len(methods) == 1 and not methods & rivals else "What the test sets first"
    )


def _dots(rows: pd.DataFrame, claim: str) -> None:
    """Each row's difference as a dot; facts are no differences."""
    drawn = rows[rows["points"].notna() & rows["value"].notna()].head(MOST)
    if len(drawn) < FEW:
        return
    lanes = drawn["side"].map({"own": "the authors' rows", "others": "everyone else's rows"})
    counted = ", ".join(
        f"{int((part > 0).sum())} of {len(part)} of {lane}"
        for lane, part in drawn.groupby(lanes, sort=False)["points"]
    )
    label = drawn["method"].fillna("") + " on " + drawn["task"].fillna("") + ", " + drawn["metric"].fillna("")  # fmt: skip
    figure = picture(
        strip, pd.DataFrame({"lane": lanes, "label": label, "value": drawn["points"]}),
        f"{_first(drawn)} is ahead in {counted}", "difference in metric points",
        f"{len(drawn):,} of {len(rows):,} rows shown, a dot each, not pooled; right of zero the first named in "
        "the test is ahead; heights mean nothing",
    )  # fmt: skip
    show.chart(figure, drawn, show.filled(ROWS, claim), "claim-dots")
