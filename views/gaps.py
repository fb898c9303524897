"""Gaps: models against comparators and authors against others, by domain, down to the rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.charts.bland_altman import bland_altman, limits
from analysis.charts.distribution import distribution
from analysis.charts.forest import forest
from analysis.charts.funnel import funnel
from analysis.charts.style import in_words
from analysis.gaps import AGAINST, EVIDENCE
from views.parts import live, show, state
from views.parts.data import ask, version

POOLED = """
SELECT domain AS label, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low, pi_high,
    share_positive, status, unit, message
FROM gap_pooled
WHERE gap = ? AND against = ? AND evidence = ? AND versus = ? AND family = 'all' AND k > 0
ORDER BY label = 'all' DESC, k DESC
"""

BASELINE_ROWS = """
SELECT g.method, g.variant, g.value, g.comparator, g.comparator_value, g.difference,
    g.skill_difference, g.task, g.metric, g.protocol, g.relation, g.n_comparators, g.publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, r.locator,
    r.file || ':' || r.line AS file, g.result, g.comparator_result
FROM gap_arms g
JOIN results r ON r.result = g.result
JOIN publication p ON p.citekey = g.publication
WHERE g.against = ? AND list_contains(string_split(?, ','), g.relation) AND (? = 'all' OR g.domain = ?)
    AND (NOT ? OR g.evidence_level = 'peer_reviewed') AND (NOT ? OR NOT g.leakage_noted)
    AND (? = 'all' OR g.protocol = ?)
ORDER BY g.skill_difference, g.difference, g.result
"""

REPORTING_ROWS = """
SELECT g.method, g.variant, g.self_value, g.other_value, g.difference, g.skill_difference, g.task,
    g.metric, g.self_publication, g.other_publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, g.relation, g.self_protocol AS protocol,
    r.file || ':' || r.line AS file, g.self_result, g.other_result
FROM gap_reporting g
JOIN results r ON r.result = g.other_result
JOIN publication p ON p.citekey = g.other_publication
WHERE (? = 'all' OR g.domain = ?) AND (NOT ? OR g.evidence_level = 'peer_reviewed')
    AND (? = 'all' OR g.self_protocol = ?)
ORDER BY g.skill_difference DESC, g.self_result, g.other_result
"""

KINDS = {
    "baseline": "Models against baselines and tools",
    "reporting": "Authors' values against others'",
}
PROTOCOLS = ("all", "zero_shot", "linear_probe", "probe", "fine_tune", "fine_tune_peft")
MOST = 1000


def render() -> None:
    st.title("Gaps")
    gap = state.tabs("Which gap", "gap", KINDS, "baseline", hidden=True)
    against, whose, versus = "others_report", "everyone", "best"
    if gap == "baseline":
        st.write(
            "Each foundation model against what stands beside it in the same table, task, metric and "
            "conditions."
        )
        columns = st.columns(3)
        with columns[0]:
            against = state.choice("Against", "against", AGAINST, "simple_baseline")
        with columns[1]:
            whose = state.choice("Whose evidence", "evidence", list(EVIDENCE), "everyone")
        with columns[2]:
            versus = state.choice(
                "Of several comparators take the", "versus", ["best", "median"], "best"
            )
    else:
        st.write(
            "What a model's authors report, minus what another group reports for the same model, "
            "task, metric and protocol. Neither value is the true one."
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        peer = state.switch("Peer-reviewed sources only", "peer")
        clean = gap == "baseline" and state.switch(
            "Without suspected leakage", "clean",
            "Leaves out rows that a source or an audit marks as seen in pretraining or training",
        )  # fmt: skip
        protocol = state.choice("Protocol", "protocol", PROTOCOLS, "all")
    switched = peer or clean or protocol != "all"
    if switched:
        pooled = live.pooled(gap, against, whose, versus, peer, clean, protocol, version())
    else:
        pooled = ask(POOLED, gap, against, whose, versus)
    if not len(pooled):
        st.info(
            f"No rows are left: no source in the catalog puts a model beside its {in_words(against)} in "
            f"one table under these switches (evidence of {in_words(whose)}). Such a table would fill "
            "this page."
        )
        return
    rows = live.kept(gap, against, whose, peer, clean, protocol)
    _picture(gap, against, whose, versus, pooled, switched)
    each = live.differences(gap, versus, rows)
    if gap == "baseline":
        _funnel(each, pooled, against)
        _spread(each, against)
    else:
        _agreement(rows)
    _rows(gap, against, whose, pooled, peer, clean, protocol)


def _overall(pooled: pd.DataFrame) -> pd.Series:
    whole = pooled[pooled["label"] == "all"]
    return whole.iloc[0] if len(whole) else pooled.iloc[0]


def message(gap: str, against: str, overall: pd.Series) -> str:
    """What the pooled gap says in a sentence; says so where its interval leaves the sign open."""
    size = f"{abs(overall['estimate']):.3f} in skill"
    what = in_words(against)
    open_sign = not overall["ci_low"] > 0 and not overall["ci_high"] < 0
    if gap == "reporting":
        lead = "higher" if overall["estimate"] > 0 else "lower"
        head = f"Authors report {size} {lead} than others do for the same model"
    else:
        lead = "ahead of" if overall["estimate"] > 0 else "behind"
        head = f"Models are {size} {lead} the {what}"
    if pd.isna(overall["ci_low"]):
        return f"{head}; too few publications to infer from"
    return f"{head}; the interval leaves open which is ahead" if open_sign else head


def _picture(
    gap: str, against: str, whose: str, versus: str, pooled: pd.DataFrame, switched: bool
) -> None:
    overall = _overall(pooled)
    axis = (
        f"model minus {in_words(against)}, in skill"
        if gap == "baseline"
        else "authors' value minus others', in skill"
    )
    names = pooled["label"].map(lambda d: "All domains" if d == "all" else in_words(d))
    chosen = f"; {in_words(whose)}'s evidence, {versus} comparator" if gap == "baseline" else ""
    figure = forest(
        pooled.assign(label=names), message(gap, against, overall), axis,
        f"{int(overall['k']):,} differences on {int(overall['n_datasets'])} datasets from "
        f"{int(overall['n_publications'])} publications{chosen}",
    )  # fmt: skip
    sql = (
        "-- computed here, on the rows below that the switches leave (docs/methods/meta.md)"
        if switched
        else show.filled(POOLED, gap, against, whose, versus)
    )
    show.chart(figure, pooled, sql, "gap-forest")
    if overall["message"]:
        st.caption(f"All domains: {overall['message']}")


def _labelled(each: pd.DataFrame) -> pd.DataFrame:
    return each.assign(label=each["method"] + " on " + each["dataset"] + ", " + each["work"])


def _funnel(each: pd.DataFrame, pooled: pd.DataFrame, against: str) -> None:
    known = each[each["v"].notna() & (each["v"] > 0)]
    if len(known) < 10:
        return
    with st.expander("Do small studies say something else? (funnel plot)"):
        points = _labelled(known).assign(
            difference=known["y"], se=np.sqrt(known["v"]), whose=known["domain"].map(_field)
        )
        centre = float(_overall(pooled)["estimate"])
        outside = ((points["difference"] - centre).abs() > 1.96 * points["se"]).mean()
        figure = funnel(
            points, centre,
            f"{outside:.0%} of the differences lie outside what sampling alone would explain",
            f"model minus {in_words(against)}, in skill",
            f"{len(known)} of {len(each)} differences have a known standard error; dashed: 95% around "
            "the pooled estimate",
        )  # fmt: skip
        show.chart(figure, points.drop(columns=["y", "v"]), "-- one difference for each model, dataset and publication", "gap-funnel")  # fmt: skip


CELLS = {"perturbation", "annotation", "integration", "grn", "imputation", "disease_state",
         "drug_response", "embedding", "gene_property"}  # fmt: skip


def _field(domain: str) -> str:
    return "single cell" if domain in CELLS else "sequence"


def _spread(each: pd.DataFrame, against: str) -> None:
    with st.expander("All differences, not pooled"):
        ahead = (each["y"] > 0).mean()
        figure = distribution(
            each["y"], f"Models are ahead of the {in_words(against)} in {ahead:.0%} of {len(each):,} differences",
            f"model minus {in_words(against)}, in skill",
            "one for each model, dataset and publication; the outer 1% is put into the end bars",
            threshold=0.0, what="differences",
        )  # fmt: skip
        show.chart(figure, each, "-- one difference for each model, dataset and publication", "gap-spread")  # fmt: skip


def _agreement(rows: pd.DataFrame) -> None:
    bounded = rows[rows["skill_difference"].notna() & rows["mean_score"].between(-1, 1)]
    if len(bounded) < 2:
        return
    points = bounded.assign(
        mean=bounded["mean_score"],
        group=bounded["relation"].map(in_words),
        label=bounded["method"] + " on " + bounded["task"] + ", " + bounded["metric"],
    )
    mean, low, high = limits(points["difference"])
    figure = bland_altman(
        points, f"Two groups' values for one model differ by {low:+.2f} to {high:+.2f} (95% of pairs)",
        "authors' minus others', metric points",
        f"{len(points)} of {len(rows)} pairs, those on a scale of 0 to 1; mean difference {mean:+.3f}; "
        "dashed: mean and limits of agreement",
    )  # fmt: skip
    st.subheader("Do two groups agree on one model?")
    show.chart(
        figure, points[["label", "group", "mean", "difference", "self_value", "other_value"]],
        "SELECT * FROM gap_reporting WHERE skill_difference IS NOT NULL", "gap-agreement",
    )  # fmt: skip


def _rows(
    gap: str, against: str, whose: str, pooled: pd.DataFrame, peer: bool, clean: bool, protocol: str
) -> None:
    st.subheader("The rows behind it")
    domains = list(pooled["label"])
    domain = state.choice("Domain", "domain", domains, domains[0])
    given: tuple[object, ...]
    if gap == "baseline":
        given = (
            against,
            ",".join(EVIDENCE[whose]),
            domain,
            domain,
            peer,
            clean,
            protocol,
            protocol,
        )
        sql = BASELINE_ROWS
    else:
        given, sql = (domain, domain, peer, protocol, protocol), REPORTING_ROWS
    rows = ask(sql, *given)
    show.table(rows.head(MOST), len(rows), height=480)
    show.offer(rows, show.filled(sql, *given), "gap-rows")
