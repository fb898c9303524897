"""Gaps: models against comparators and authors against others, by domain, down to the rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.gaps import AGAINST, EVIDENCE
from views.parts import show, state
from views.parts.data import ask

POOLED = """
SELECT domain AS label, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low, pi_high,
    share_positive, status, unit, message
FROM gap_pooled
WHERE gap = ? AND against = ? AND evidence = ? AND versus = ? AND family = 'all' AND k > 0
ORDER BY label = 'all' DESC, k DESC
"""

BASELINE_ROWS = """
SELECT g.task, g.metric, g.method, g.variant, g.protocol, g.value, g.comparator, g.comparator_value,
    g.difference, g.skill_difference, g.n_comparators, g.relation, g.publication, p.doi, g.evaluation,
    r.locator, g.result, g.comparator_result
FROM gap_arms g
JOIN results r ON r.result = g.result
JOIN publication p ON p.citekey = g.publication
WHERE g.against = ? AND list_contains(string_split(?, ','), g.relation) AND (? = 'all' OR g.domain = ?)
ORDER BY g.difference
"""

REPORTING_ROWS = """
SELECT g.task, g.metric, g.method, g.variant, g.self_value, g.other_value, g.difference,
    g.skill_difference, g.self_publication, g.other_publication, g.relation, g.self_result, g.other_result
FROM gap_reporting g
WHERE ? = 'all' OR g.domain = ?
ORDER BY g.difference DESC
"""

KINDS = {
    "baseline": "Models against baselines and tools",
    "reporting": "Authors' values against others' for the same model",
}


def render() -> None:
    st.title("Gaps")
    gap = st.segmented_control(
        "Which gap", list(KINDS), format_func=KINDS.get, key="gap-kind",
        default=st.query_params.get("gap", "baseline"),
    ) or "baseline"  # fmt: skip
    state.keep("gap", gap, "baseline")
    columns = st.columns(3)
    against, whose, versus = "others_report", "everyone", "best"
    if gap == "baseline":
        with columns[0]:
            against = state.choice("Against", "against", AGAINST, "simple_baseline")
        with columns[1]:
            whose = state.choice("Whose evidence", "evidence", list(EVIDENCE), "everyone")
        with columns[2]:
            versus = state.choice(
                "Of several comparators take the", "versus", ["best", "median"], "best"
            )
    pooled = ask(POOLED, gap, against, whose, versus)
    if not len(pooled):
        st.info(
            f"No rows: no source in the catalog puts a model beside its {in_words(against)} in one "
            f"table (evidence of {in_words(whose)}). Adding such a table would fill this page."
        )
        return
    _picture(gap, against, whose, versus, pooled)
    _rows(gap, against, whose, pooled)


def _picture(gap: str, against: str, whose: str, versus: str, pooled: pd.DataFrame) -> None:
    overall = (
        pooled[pooled["label"] == "all"].iloc[0]
        if "all" in set(pooled["label"])
        else pooled.iloc[0]
    )
    if gap == "baseline":
        lead = "ahead of" if overall["estimate"] > 0 else "behind"
        message = f"Models are {abs(overall['estimate']):.3f} skill {lead} the {in_words(against).removeprefix('best ')}"
        axis = f"model minus {in_words(against)}, in skill"
    else:
        message = f"Authors report {overall['estimate']:+.3f} skill against others' values for the same model"
        axis = "authors' value minus others', in skill"
    figure = forest(
        pooled.assign(label=pooled["label"].map(lambda d: "all domains" if d == "all" else in_words(d))),
        message, axis,
        f"{int(overall['k']):,} differences on {int(overall['n_datasets'])} datasets from "
        f"{int(overall['n_publications'])} publications; {in_words(whose)}'s evidence; {versus} of "
        "several comparators",
    )  # fmt: skip
    show.chart(figure, pooled, _filled(POOLED, gap, against, whose, versus), "gap-forest")
    if overall["message"]:
        st.caption(f"All domains: {overall['message']}")


def _rows(gap: str, against: str, whose: str, pooled: pd.DataFrame) -> None:
    st.subheader("The rows behind it")
    domains = list(pooled["label"])
    domain = state.choice("Domain", "domain", domains, domains[0])
    if gap == "baseline":
        parameters = (against, ",".join(EVIDENCE[whose]), domain, domain)
        sql = BASELINE_ROWS
    else:
        parameters, sql = (domain, domain), REPORTING_ROWS
    rows = ask(sql, *parameters)
    links = rows.assign(doi="https://doi.org/" + rows["doi"]) if "doi" in rows else rows
    show.table(
        links.head(1000), len(rows),
        column_config={
            "doi": st.column_config.LinkColumn("source", display_text=r"https://doi\.org/(.*)"),
            "difference": st.column_config.NumberColumn(format="%+.4f"),
            "skill_difference": st.column_config.NumberColumn("in skill", format="%+.4f"),
        },
    )  # fmt: skip
    show.offer(rows, _filled(sql, *parameters), "gap-rows")


def _filled(sql: str, *parameters: str) -> str:
    for each in parameters:
        sql = sql.replace("?", "'" + each.replace("'", "''") + "'", 1)
    return sql
