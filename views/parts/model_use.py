"""A model's claimed context against the context that was used, and what it costs."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from analysis.charts.style import BLUE, GREY, ORANGE, described, title
from views.parts import show
from views.parts.data import ask
from views.parts.picture import picture

CONTEXT = """
WITH used AS (
    SELECT r.relation, coalesce(r.input_bp, t.input_length_bp) AS input_bp, r.task, r.publication
    FROM results r JOIN task t ON t.id = r.task
    WHERE r.method = ?
)
SELECT CASE WHEN relation IN ('self', 'affiliated') THEN 'authors' ELSE 'others' END AS who, input_bp,
    count(*)::INTEGER AS results, count(DISTINCT task)::INTEGER AS tasks,
    count(DISTINCT publication)::INTEGER AS publications
FROM used GROUP BY ALL ORDER BY who, input_bp
"""
CLAIMED = """
SELECT max(context_bp) AS bp, max(context_tokens) AS tokens, max(context_genes) AS genes,
    max(effective_context_bp) AS effective
FROM variant WHERE model = ?
"""
COST = """
SELECT u.variant, v.parameters, u.gb_to_run, u.gb_to_train, v.compute, v.training_flops,
    v.accelerator_hours, v.training_tokens, u.licence, u.commercial
FROM variant_use u JOIN variant v ON v.id = u.variant
WHERE v.model = ? ORDER BY v.parameters NULLS LAST, u.variant
"""
MEASURED = """
SELECT r.task, r.metric, r.value, r.unit, r.variant, r.relation, r.publication,
    coalesce(r.doi, '10.48550/arXiv.' || p.arxiv) AS doi, r.locator, r.configuration, r.setting, r.result
FROM results r JOIN publication p ON p.citekey = r.publication
WHERE r.method = ? AND r.metric_family = 'cost' ORDER BY r.metric, r.task, r.result
"""


def use(model: str) -> None:
    """Context and cost of one model."""
    st.subheader("Context: claimed and used", anchor=False)
    _context(model)
    st.subheader("What it costs", anchor=False)
    rows = ask(COST, model)
    said = int(rows["accelerator_hours"].notna().sum() + rows["training_flops"].notna().sum())
    st.caption(
        "Memory is reckoned from the number of parameters: 4 bytes each to run it, 16 to fine-tune it, "
        "before activations. "
        + ("" if said else "No source of ours states what training it took in hours or operations.")
    )
    show.listed(
        rows.dropna(axis="columns", how="all"),
        show.filled(COST, model),
        "model-cost",
        column_config={
            "gb_to_run": st.column_config.NumberColumn("GB to run", format="%.2g"),
            "gb_to_train": st.column_config.NumberColumn("GB to fine-tune", format="%.2g"),
            "training_flops": st.column_config.NumberColumn("training FLOP", format="%.2g"),
            "accelerator_hours": st.column_config.NumberColumn("accelerator hours", format="%.4g"),
        },
    )
    measured = ask(MEASURED, model)
    if len(measured):
        st.markdown("**Measured by somebody**")
        show.listed(
            measured.dropna(axis="columns", how="all"), show.filled(MEASURED, model),
            "model-cost-measured",
        )  # fmt: skip


def _context(model: str) -> None:
    claimed = ask(CLAIMED, model).iloc[0]
    if pd.isna(claimed["bp"]):
        if pd.notna(claimed["genes"]):
            st.write(f"It reads up to {int(claimed['genes']):,} genes of a cell.")
        elif pd.notna(claimed["tokens"]):
            st.write(
                f"It takes up to {int(claimed['tokens']):,} tokens; no source says how many bases that is."
            )
        else:
            st.info("No source in the catalog states how long an input it takes.")
        return
    rows = ask(CONTEXT, model)
    known = rows[rows["input_bp"].notna()]
    missing = int(rows.loc[rows["input_bp"].isna(), "results"].sum())
    if not len(known):
        st.write(
            f"It claims {int(claimed['bp']):,} bp. Of its {missing:,} results none has a recorded input length."
        )
        return
    longest, bp = int(known["input_bp"].max()), int(claimed["bp"])
    message = (
        f"It claims {bp:,} bp; the longest input it was scored on has {longest:,}"
        f" ({longest / bp:.0%})"
    )
    show.chart(
        picture(_drawn, known, bp, message, missing),
        known,
        show.filled(CONTEXT, model),
        "model-context",
    )
    if pd.isna(claimed["effective"]):
        st.caption("Nobody in the catalog measured how much of its context it makes use of.")
    else:
        st.write(f"Measured effective context: {int(claimed['effective']):,} bp.")


def _drawn(known: pd.DataFrame, claimed: int, message: str, missing: int) -> alt.LayerChart:
    x = alt.X("input_bp:Q", title="input length, bp", scale=alt.Scale(type="log"))
    names = {"authors": "its authors", "others": "everyone else"}
    points = (
        alt.Chart(known.assign(who=known["who"].map(names)))
        .mark_point(filled=True, opacity=0.8)
        .encode(
            x=x,
            y=alt.Y("who:N", title=None, axis=alt.Axis(labelLimit=120)),
            size=alt.Size("results:Q", title="results", legend=None, scale=alt.Scale(range=[40, 500])),
            color=alt.Color(
                "who:N", legend=None, scale=alt.Scale(domain=list(names.values()), range=[ORANGE, BLUE])
            ),
            tooltip=["who:N", alt.Tooltip("input_bp:Q", format=",", title="bp"), "results:Q", "tasks:Q",
                     "publications:Q"],
        )
    )  # fmt: skip
    line = (
        alt.Chart(pd.DataFrame({"input_bp": [claimed]}))
        .mark_rule(strokeDash=[5, 4], color=GREY, strokeWidth=2)
        .encode(x=x)
    )
    n = int(known["results"].sum())
    under = (
        f"n = {n:,} of {n + missing:,} results with a recorded length; a larger point: more results; "
        "dashed: claimed"
    )
    drawn = (line + points).properties(title=title(message, under), width="container", height=140)
    return described(drawn, f"{message}. {under}.")
