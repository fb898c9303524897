"""Claims: the ledger, and one claim's predicate, deciding rows and robustness."""

from __future__ import annotations

import json

import streamlit as st

from analysis.charts.style import in_words
from views.parts import show, state
from views.parts.data import ask

LEDGER = """
SELECT claim, method, year, category, says, own_verdict, others_verdict, effect, ci_low, ci_high, unit,
    n_own, n_others, publication
FROM claims ORDER BY claim
"""
ONE = "SELECT * FROM claims WHERE claim = ?"
SIDES = """
SELECT side, verdict, robust, unit, effect, ci_low, ci_high, interval, n_rows, n_datasets,
    n_publications, wins, ties, losses, left_out
FROM claim_verdict WHERE claim = ? ORDER BY side DESC
"""
DIAL = """
SELECT criterion, max(verdict) FILTER (side = 'own') AS "authors' evidence",
    max(verdict) FILTER (side = 'others') AS "others' evidence"
FROM claim_dial WHERE claim = ? GROUP BY criterion ORDER BY criterion <> 'main', criterion
"""
ROWS = """
SELECT c.side, s.method, s.variant, s.task, s.metric, s.value, r.method AS rival, r.value AS rival_value,
    c.points, c.skill, c.tie, s.publication, s.locator, c.result, c.rival_result
FROM claim_row c
LEFT JOIN results s ON s.result = c.result
LEFT JOIN results r ON r.result = c.rival_result
WHERE c.claim = ? ORDER BY c.side DESC, c.points
"""
VERDICTS = ("supported", "overstated", "contradicted", "untested")


def render() -> None:
    chosen = st.query_params.get("claim")
    if chosen:
        _one(chosen)
    else:
        _ledger()


def _ledger() -> None:
    st.title("Claims")
    st.write(
        "What papers say of their models, in our words, each bound to a test on the rows of this "
        "catalog: once on the authors' own evidence, once on everyone else's."
    )
    rows = ask(LEDGER)
    if not len(rows):
        st.info("No claims yet: add them under catalog/claims/.")
        return
    columns = st.columns(4)
    with columns[0]:
        methods = sorted({m for cell in rows["method"] for m in cell.split(", ") if m})
        method = state.several("Model", "model", methods)
    with columns[1]:
        own = state.several("Authors' evidence says", "own", VERDICTS)
    with columns[2]:
        others = state.several("Others' evidence says", "others", VERDICTS)
    with columns[3]:
        category = state.several("Category", "category", sorted(rows["category"].unique()))
    shown = rows
    if method:
        shown = shown[shown["method"].map(lambda cell: bool(set(cell.split(", ")) & set(method)))]
    for column, picked in (
        ("own_verdict", own),
        ("others_verdict", others),
        ("category", category),
    ):
        if picked:
            shown = shown[shown[column].isin(picked)]
    event = show.table(
        shown, len(rows), on_select="rerun", selection_mode="single-row", key="ledger",
        column_config={
            "claim": None, "publication": None, "says": st.column_config.TextColumn("claim", width="large"),
            "own_verdict": "authors' evidence", "others_verdict": "others' evidence",
            "effect": st.column_config.NumberColumn(format="%+.3f"),
            "ci_low": st.column_config.NumberColumn("95% from", format="%+.3f"),
            "ci_high": st.column_config.NumberColumn("to", format="%+.3f"),
            "n_own": "rows, own", "n_others": "rows, others",
        },
    )  # fmt: skip
    picked_rows = event.selection.rows
    if picked_rows:
        st.query_params["claim"] = str(shown.iloc[picked_rows[0]]["claim"])
        st.rerun()
    st.caption(
        "Select a row to see the test, the rows that decided it, and how robust the verdict is."
    )
    show.offer(shown, LEDGER, "ledger-rows")


def _one(claim: str) -> None:
    if st.button("All claims", icon=":material/arrow_back:"):
        st.query_params.pop("claim", None)
        st.rerun()
    found = ask(ONE, claim)
    if not len(found):
        st.error(f"There is no claim `{claim}` in this data version.")
        return
    row = found.iloc[0]
    st.title(row["says"])
    st.write(
        f"{row['publication']}, {row['locator']} · {row['category']} · second reading: "
        f"{in_words(row['second_reading'])}"
    )
    sides = ask(SIDES, claim)
    for column, (_, side) in zip(st.columns(2), sides.iterrows(), strict=False):
        who = "authors' own evidence" if side["side"] == "own" else "everyone else's evidence"
        interval = (
            f", 95% [{side['ci_low']:+.3f}, {side['ci_high']:+.3f}] {side['interval']}"
            if side["ci_low"] == side["ci_low"] else ", too few independent groups for an interval"
        )  # fmt: skip
        column.metric(f"On the {who}", side["verdict"])
        if side["n_rows"]:
            column.write(
                f"{side['effect']:+.3f} {side['unit']}{interval}; {side['n_rows']} rows, "
                f"{side['n_datasets']} datasets, {side['n_publications']} publications; "
                f"{side['wins']} won, {side['ties']} tied, {side['losses']} lost"
            )
        else:
            column.write("No row in the catalog tests it yet.")
    if row["reply"]:
        st.info(f"The authors reply: {row['reply']}")
    with st.expander("The test"):
        st.json(json.loads(row["predicate_json"]))
    st.subheader("Does the verdict survive other criteria?")
    show.table(ask(DIAL, claim))
    st.subheader("The rows that decided")
    rows = ask(ROWS, claim)
    if len(rows):
        show.table(rows.head(1000), len(rows))
        show.offer(rows, ROWS.replace("?", f"'{claim}'"), "claim-rows")
    else:
        st.info(
            "None yet: a result table that puts this model beside the named rivals would test it."
        )
