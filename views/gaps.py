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
from views.parts import live, safe, show, standing, state
from views.parts.data import ask, version
from views.parts.picture import picture

POOLED = """
SELECT domain AS label, k, n_datasets, n_publications, estimate, ci_low, ci_high, pi_low, pi_high,
    share_positive, status, unit, message
FROM gap_pooled
WHERE gap = ? AND against = ? AND evidence = ? AND versus = ? AND family = 'all' AND k > 0
ORDER BY label = 'all' DESC, k DESC
"""

BASELINE_ROWS = """
SELECT m.name AS method, g.skill_difference, g.task, g.metric, c.name AS comparator, g.value,
    g.comparator_value, g.difference, g.variant, g.protocol, g.relation, g.n_comparators, g.publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, r.locator,
    r.file || ':' || r.line AS file, g.result, g.comparator_result
FROM gap_arms g
JOIN method m ON m.id = g.method
JOIN method c ON c.id = g.comparator
JOIN results r ON r.result = g.result
JOIN publication p ON p.citekey = g.publication
WHERE g.against = ? AND list_contains(string_split(?, ','), g.relation) AND (? = 'all' OR g.domain = ?)
    AND (NOT ? OR g.evidence_level = 'peer_reviewed') AND (NOT ? OR NOT g.leakage_noted)
    AND (NOT ? OR g.evidence_level <> 'own_run') AND (? = 'all' OR g.protocol = ?)
ORDER BY g.skill_difference, g.difference, g.result
"""

REPORTING_ROWS = """
SELECT r.method_name AS method, g.skill_difference, g.task, g.metric, g.self_value, g.other_value,
    g.difference, g.variant, g.self_publication, g.other_publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, g.relation, g.self_protocol AS protocol,
    r.file || ':' || r.line AS file, g.self_result, g.other_result
FROM gap_reporting g
JOIN results r ON r.result = g.other_result
JOIN publication p ON p.citekey = g.other_publication
WHERE (? = 'all' OR g.domain = ?) AND (NOT ? OR g.evidence_level = 'peer_reviewed')
    AND (NOT ? OR g.evidence_level <> 'own_run') AND (? = 'all' OR g.self_protocol = ?)
ORDER BY g.skill_difference DESC, g.self_result, g.other_result
"""

KINDS = {
    "baseline": "Models against baselines and tools",
    "reporting": "Authors' values against others'",
    "standing": "Ranks, and what size buys",
}
LEADS = {
    "baseline": "Each foundation model against what stands beside it in the same table, task, metric and "
    "conditions. Skill: 0 is chance, 1 is perfect; left of zero the model is behind.",
    "reporting": "What a model's authors report, minus what another group reports for the same model, "
    "task, metric and protocol. Neither value is the true one.",
    "standing": "All methods on one kind of task, rated over every table in which they meet under the same "
    "conditions: which model comes first, how surely, and whether its size pays.",
}
ORDERS = {
    "baseline": "Those first on which a model is furthest behind.",
    "reporting": "Those first on which authors are furthest above others.",
}
AVERAGED = (
    "Rows of one model, dataset and publication are averaged into one difference before they are pooled, and rows "
    "without a known chance level have no skill: so there are more rows than differences."
)
PROTOCOLS = ("all", "zero_shot", "linear_probe", "probe", "fine_tune", "fine_tune_peft")
MOST = 1000
# fewer points than this make no funnel
FEW = 10


def render() -> None:
    st.title("Gaps")
    gap = state.tabs("Which gap", "gap", KINDS, "baseline", hidden=True)
    st.write(LEADS[gap])
    against, whose, versus = "others_report", "everyone", "best"
    if gap == "baseline":
        columns = st.columns(3)
        with columns[0]:
            against = state.choice("Against", "against", AGAINST, "simple_baseline")
        with columns[1]:
            whose = state.choice("Whose evidence", "evidence", list(EVIDENCE), "everyone")
        with columns[2]:
            versus = state.choice(
                "Of several in one table take the", "versus", ["best", "median"], "best"
            )
    switches, domain = _switches(gap, against, whose)
    if gap == "standing":
        standing.draw(domain, switches)
        return
    if switches.on:
        pooled = live.pooled(gap, against, whose, versus, switches, version())
    else:
        pooled = ask(POOLED, gap, against, whose, versus)
    if not len(pooled):
        st.info(
            f"No rows are left: no source in the catalog puts a model beside its {in_words(against)} in "
            f"one table under these switches (evidence of {in_words(whose)}). Such a table would fill "
            "this page."
        )
        return
    _picture(gap, against, whose, versus, pooled, domain, switches.on)
    rows = live.kept(gap, against, whose, switches)
    if domain != "all":
        rows = rows[rows["domain"] == domain]
    if len(rows):
        if gap == "baseline":
            _funnel(rows, versus, pooled, against, domain)
            _spread(rows, versus, against, domain)
        else:
            _agreement(rows, domain)
    _rows(gap, against, whose, domain, switches)


def _switches(gap: str, against: str, whose: str) -> tuple[live.Switches, str]:
    """What the reader leaves out, and which domain's points and rows to show."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        peer = state.switch("Peer-reviewed sources only", "peer")
        clean = gap != "reporting" and state.switch(
            "Without suspected leakage", "clean",
            "Leaves out rows that a source or an audit marks as seen in pretraining or training",
        )  # fmt: skip
        theirs = state.switch(
            "Without our own runs", "theirs",
            "Leaves out what this project measured itself with the baselines of claimgap baseline",
        )  # fmt: skip
    columns = st.columns(2)
    with columns[0]:
        protocol = state.choice("Protocol", "protocol", PROTOCOLS, "all")
    switches = live.Switches(peer, clean, theirs, protocol)
    rows = (
        live.meetings(switches) if gap == "standing" else live.kept(gap, against, whose, switches)
    )
    # those that most publications speak of come first
    counts = rows.groupby("domain")["work"].nunique()
    found = sorted(counts.index, key=lambda d: (-counts[d], d))
    domains = [*found] if gap == "standing" else ["all", *found]
    with columns[1]:
        domain = (
            state.choice("Kind of task", "domain", domains, domains[0], _domain)
            if domains
            else state.chosen("domain")
        )
    return switches, domain


def _domain(word: str) -> str:
    return "All kinds of task" if word == "all" else in_words(word)


def _within(domain: str) -> str:
    return "" if domain == "all" else f" on {in_words(domain)} tasks"


def _stratum(pooled: pd.DataFrame, domain: str) -> pd.Series:
    """The chosen domain's gap; that of all domains where it has none."""
    for label in (domain, "all"):
        found = pooled[pooled["label"] == label]
        if len(found):
            return found.iloc[0]
    return pooled.iloc[0]


def message(gap: str, against: str, overall: pd.Series, within: str = "") -> str:
    """What the pooled gap says in a sentence; says so where its interval leaves the sign open."""
    size = f"{abs(overall['estimate']):.3f} in skill"
    what = in_words(against)
    open_sign = not overall["ci_low"] > 0 and not overall["ci_high"] < 0
    if gap == "reporting":
        lead = "higher" if overall["estimate"] > 0 else "lower"
        head = f"Authors report {size} {lead} than others do for the same model{within}"
    else:
        lead = "ahead of" if overall["estimate"] > 0 else "behind"
        head = f"Models are {size} {lead} the {what}{within}"
    if pd.isna(overall["ci_low"]):
        return f"{head}; too few publications to infer from"
    return f"{head}; the interval leaves open which is ahead" if open_sign else head


def _picture(
    gap: str, against: str, whose: str, versus: str, pooled: pd.DataFrame, domain: str, switched: bool,
) -> None:  # fmt: skip
    overall = _stratum(pooled, domain)
    within = _within(str(overall["label"]))
    axis = (
        f"model minus {in_words(against)}, in skill"
        if gap == "baseline"
        else "authors' value minus others', in skill"
    )
    names = pooled["label"].map(_domain)
    chosen = f"; {in_words(whose)}'s evidence, {versus} comparator" if gap == "baseline" else ""
    figure = picture(
        forest, pooled.assign(label=names), message(gap, against, overall, within), axis,
        f"{int(overall['k']):,} differences on {int(overall['n_datasets'])} datasets from "
        f"{int(overall['n_publications'])} publications{within}{chosen}; {len(pooled)} of {len(pooled)} lines shown",
    )  # fmt: skip
    sql = (
        "-- computed here, on the rows below that the switches leave (docs/methods/meta.md)"
        if switched
        else show.filled(POOLED, gap, against, whose, versus)
    )
    show.chart(figure, pooled, sql, "gap-forest")
    if overall["message"]:
        said = str(overall["message"]).removeprefix("intercept: ")
        st.caption(safe.plain(f"On the statistics ({_domain(str(overall['label']))}): {said}"))


def _labelled(each: pd.DataFrame) -> pd.DataFrame:
    return each.assign(label=each["method"] + " on " + each["dataset"] + ", " + each["work"])


def _funnel(
    rows: pd.DataFrame, versus: str, pooled: pd.DataFrame, against: str, domain: str
) -> None:
    # drawn when it is opened, which the address remembers: a chart costs more than the rest of a page
    with st.expander(
        "Do small studies say something else? (funnel plot)", key="funnel", bind="query-params"
    ) as box:
        if not box.open:
            return
        each = live.differences("baseline", versus, rows)
        known = each[each["v"].notna() & (each["v"] > 0)]
        if len(known) < FEW:
            st.write(
                f"Only {len(known)} of {len(each)} differences{_within(domain)} have a known standard "
                f"error; a funnel of fewer than {FEW} shows nothing. Uncertainties, numbers of runs and "
                "test-set sizes of the sources would fill it."
            )
            return
        points = _labelled(known).assign(
            difference=known["y"], se=np.sqrt(known["v"]), whose=known["domain"].map(_field)
        )
        centre = float(_stratum(pooled, domain)["estimate"])
        outside = ((points["difference"] - centre).abs() > 1.96 * points["se"]).mean()
        figure = picture(
            funnel, points, centre,
            f"{outside:.0%} of the differences{_within(domain)} lie outside what sampling alone explains",
            f"model minus {in_words(against)}, in skill",
            f"{len(known)} of {len(each)} differences shown, those with a known standard error; dashed: 95% "
            f"around the pooled estimate of {centre:+.3f}",
        )  # fmt: skip
        show.chart(figure, points.drop(columns=["y", "v"]), "-- one difference for each model, dataset and publication", "gap-funnel")  # fmt: skip


CELLS = {"perturbation", "annotation", "integration", "grn", "imputation", "disease_state",
         "drug_response", "embedding", "gene_property"}  # fmt: skip


def _field(domain: str) -> str:
    return "single cell" if domain in CELLS else "sequence"


def _spread(rows: pd.DataFrame, versus: str, against: str, domain: str) -> None:
    with st.expander("All differences, not pooled", key="spread", bind="query-params") as box:
        if not box.open:
            return
        each = live.differences("baseline", versus, rows)
        ahead = (each["y"] > 0).mean()
        figure = picture(
            distribution, each["y"], f"Models are ahead of the {in_words(against)} in {ahead:.0%} of {len(each):,} differences{_within(domain)}",
            f"model minus {in_words(against)}, in skill",
            f"{len(each):,} of {len(each):,} shown, one for each model, dataset and publication; the outer 1% "
            "is put into the end bars",
            threshold=0.0, what="differences",
        )  # fmt: skip
        show.chart(figure, each, "-- one difference for each model, dataset and publication", "gap-spread")  # fmt: skip


def _agreement(rows: pd.DataFrame, domain: str) -> None:
    st.subheader("Do two groups agree on one model?")
    bounded = rows[rows["skill_difference"].notna() & rows["mean_score"].between(-1, 1)]
    if len(bounded) < 3:
        st.info(
            f"{len(bounded)} of {len(rows)} pairs{_within(domain)} are on a scale of 0 to 1; limits of "
            "agreement need three. A table by another group on these tasks would add them."
        )
        return
    points = bounded.assign(
        mean=bounded["mean_score"],
        group=bounded["relation"].map(in_words),
        label=bounded["method"] + " on " + bounded["task"] + ", " + bounded["metric"],
    )
    mean, low, high = limits(points["difference"])
    figure = picture(
        bland_altman, points, f"Two groups' values for one model{_within(domain)} differ by {low:+.2f} to {high:+.2f} (95% of pairs)",
        "authors' minus others', metric points",
        f"{len(points)} of {len(rows)} pairs shown, those on a scale of 0 to 1; mean difference {mean:+.3f}; "
        "dashed: mean and limits of agreement",
    )  # fmt: skip
    show.chart(
        figure, points[["label", "group", "mean", "difference", "self_value", "other_value"]],
        "SELECT * FROM gap_reporting WHERE skill_difference IS NOT NULL", "gap-agreement",
    )  # fmt: skip


def _rows(gap: str, against: str, whose: str, domain: str, switches: live.Switches) -> None:
    st.subheader("The rows behind it")
    peer, clean, theirs, protocol = switches
    given: tuple[object, ...]
    if gap == "baseline":
        whom = ",".join(EVIDENCE[whose])
        given = (against, whom, domain, domain, peer, clean, theirs, protocol, protocol)
        sql = BASELINE_ROWS
    else:
        given, sql = (domain, domain, peer, theirs, protocol, protocol), REPORTING_ROWS
    rows = ask(sql, *given)
    st.write(ORDERS[gap])
    st.caption(AVERAGED)
    show.table(rows.head(MOST), len(rows), height=480)
    show.offer(rows, show.filled(sql, *given), "gap-rows")
