"""Overview: what this is, the headline gaps, the verdicts, how to read them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.charts.verdict_bars import verdict_bars
from views.parts import show
from views.parts.data import ask, meta

HEADLINE = """
SELECT gap, against, evidence, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low,
    pi_high, share_positive, status, message
FROM gap_pooled
WHERE domain = 'all' AND family = 'all' AND versus = 'best' AND k > 0
    AND (gap = 'reporting' OR against IN ('simple_baseline', 'specialist', 'random_init'))
    AND (gap = 'reporting' OR evidence IN ('authors', 'others'))
ORDER BY gap, against, evidence
"""

VERDICTS = """
SELECT side, verdict, count(*)::INTEGER AS n
FROM claim_verdict GROUP BY side, verdict ORDER BY side, verdict
"""


def render() -> None:
    st.title("What genomics foundation models claim, and what the evidence shows")
    facts = meta()
    st.markdown(
        "claimgap is a curated evidence base. It records what each model's authors report, what "
        "others report for the same model, and how simple baselines do on the same tasks, each "
        "number with its source; and it measures the **gaps** between them."
    )
    for column, (label, key) in zip(
        st.columns(5),
        (
            ("foundation models", "count_models"),
            ("results", "count_results"),
            ("tasks", "count_tasks"),
            ("sources", "count_publications"),
            ("claims", "count_claims"),
        ),
        strict=True,
    ):
        column.metric(label, f"{int(facts[key]):,}")
    _gaps()
    _verdicts()
    _how_to_read()


def _label(row: pd.Series) -> str:
    if row["gap"] == "reporting":
        return "authors' own value minus others'"
    return f"model minus {in_words(row['against'])}, says {in_words(row['evidence'])}"


def _gaps() -> None:
    rows = ask(HEADLINE)
    st.subheader("The headline gaps")
    if not len(rows):
        st.info("No comparable results yet: add result tables with a baseline column.")
        return
    rows = rows.assign(label=rows.apply(_label, axis=1))
    figure = forest(
        rows,
        "How far models are ahead depends on who measures",
        "difference in skill (0 = no gap; 1 = from chance to perfect)",
        f"{int(rows['k'].sum()):,} differences; thick: 95% interval, thin: range to expect of a new "
        "publication",
    )
    show.chart(figure, rows, HEADLINE, "headline-gaps")
    st.markdown("[Every gap by domain, with its rows →](gaps)")


def _verdicts() -> None:
    counts = ask(VERDICTS)
    st.subheader("What became of the claims")
    if not len(counts):
        st.info("No claims yet: add them under catalog/claims/.")
        return
    total = int(counts.loc[counts["side"] == "own", "n"].sum())
    figure = verdict_bars(
        counts,
        "Claims judged on their authors' evidence, and on everyone else's",
        f"n = {total} claims",
    )
    show.chart(figure, counts, VERDICTS, "verdicts")
    st.markdown("[The ledger of claims →](claims)")


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
- Nothing here is typed by hand but what sources print; every number leads to its rows.
"""
        )
