"""Models: a table to filter, and one model's facts, sources, claims and results."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.style import in_words, in_words_each
from views.parts import safe, show, state
from views.parts.data import ask
from views.parts.missing import missing
from views.parts.model_kin import kin
from views.parts.model_standing import standing
from views.parts.model_use import use
from views.parts.routes import go, link, turn

LIST = """
SELECT m.model_name, m.variant_name, m.modality, m.parameters, m.release_year, m.n_results_model, u.commercial,
    m.architecture, m.tokenizer, m.context_tokens, m.context_bp, m.context_genes, m.licence,
    m.variant, m.model, u.gb_to_run
FROM models m JOIN variant_use u USING (variant)
ORDER BY m.n_results_model DESC, m.model, m.parameters
"""
RELEASED = """
SELECT min(release_year) AS year FROM models WHERE model = ?
"""
METHOD = "SELECT * FROM method WHERE id = ? AND kind = 'foundation_model'"
PAPERS = """
SELECT p.title, p.first_author, p.year, p.venue, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, p.url
FROM method_publication mp JOIN publication p USING (citekey) WHERE mp.method = ? ORDER BY p.year
"""
KIN = """
SELECT DISTINCT id, name FROM method
WHERE kind = 'foundation_model' AND family = ? AND id <> ? ORDER BY name
"""
VARIANTS = """
SELECT variant_name, parameters, context_tokens, context_bp, context_genes, architecture, objective,
    tokenizer, corpora, species_count, cells, training_tokens, compute, released, licence, huggingface,
    n_results, variant
FROM models WHERE model = ? ORDER BY parameters, variant
"""
FACTS = """
SELECT f.entity, f.field, f.value, f.state, f.citekey,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, f.locator, f.repository, f.path, f.read,
    f.second_reading, f.note
FROM fact f LEFT JOIN publication p USING (citekey)
WHERE ((f.entity_kind = 'model' AND f.entity = ?)
    OR (f.entity_kind = 'variant' AND f.entity IN (SELECT id FROM variant WHERE model = ?)))
    AND (f.state = 'known' OR ?)
ORDER BY f.entity_kind, f.entity, f.field
"""
CLAIMS = """
SELECT says, own_verdict, others_verdict, effect, ci_low, ci_high, unit, n_own, n_others, claim
FROM claims
WHERE list_contains(string_split(method, ', '), ?) ORDER BY claim
"""
RELATIONS = """
SELECT relation, count(*)::INTEGER AS results, count(DISTINCT publication)::INTEGER AS publications, count(DISTINCT task)::INTEGER AS tasks
FROM results WHERE method = ?
GROUP BY relation
ORDER BY list_position(['self', 'affiliated', 'rival', 'independent'], relation)
"""
RESULTS = """
SELECT r.task, r.metric, r.value, r.value_printed, r.variant, r.relation, r.publication,
    coalesce(r.doi, '10.48550/arXiv.' || p.arxiv) AS doi, r.locator, r.protocol, r.split,
    r.configuration, r.setting, r.evidence_level, r.status, r.flags, r.file || ':' || r.line AS file,
    r.result
FROM results r JOIN publication p ON p.citekey = r.publication
WHERE r.method = ? AND (? = 'all' OR r.relation = ?) AND (? = 'all' OR r.domain = ?)
ORDER BY r.task, r.metric, r.relation, r.result
"""
DOMAINS = "SELECT DISTINCT domain FROM results WHERE method = ? ORDER BY domain"
MOST = 2000


def render() -> None:
    chosen = state.chosen("model")
    if chosen:
        _one(chosen)
    else:
        _list()


def _list() -> None:
    st.title("Models")
    rows = ask(LIST)
    if not len(rows):
        st.info("No models yet: add them under catalog/models/.")
        return
    st.write(
        f"{rows['model'].nunique()} foundation models in {len(rows)} sizes and versions, with facts "
        "from their papers, code and model cards. Select a row to see one model."
    )
    names = dict(zip(rows["model"], rows["model_name"], strict=True))
    state.opener(
        "Open a model", "model", sorted(names, key=lambda m: names[m].lower()), names.__getitem__
    )
    with st.container(key="facets"):
        shown = _faceted(rows)
    if not len(shown):
        st.info("No model fits all of these filters: take one away.")
        return
    row = show.picked(
        shown, "models", len(rows), height=560,
        column_config={"variant": None, "model": None, "gb_to_run": None},
    )  # fmt: skip
    if row is not None:
        state.open_one("model", str(row["model"]))
    show.offer(shown, LIST, "models-list")


SIZES = {
    "all": "Any size", "small": "under 10M", "medium": "10M to 100M", "large": "100M to 1B",
    "huge": "1B or more", "unknown": "not reported",
}  # fmt: skip
BOUNDS = {"small": (0, 1e7), "medium": (1e7, 1e8), "large": (1e8, 1e9), "huge": (1e9, float("inf"))}


def _faceted(rows: pd.DataFrame) -> pd.DataFrame:
    first, second = st.columns(4), st.columns(4)
    modalities = sorted({m for cell in rows["modality"] for m in cell.split(", ")})
    years = [str(y) for y in sorted(rows["release_year"].dropna().astype(int).unique())]
    with first[0]:
        modality = state.several("Reads", "modality", modalities)
    with first[1]:
        architecture = state.several(
            "Architecture", "architecture", sorted(rows["architecture"].dropna().unique())
        )
    with first[2]:
        tokens = state.several("Tokens", "tokenizer", sorted(rows["tokenizer"].dropna().unique()))
    with first[3]:
        year = state.several("Year", "year", years, str)
    with second[0]:
        size = state.choice("Parameters", "size", list(SIZES), "all", SIZES.__getitem__)
    with second[1]:
        use = state.several("Commercial use", "use", sorted(rows["commercial"].unique()))
    with second[2]:
        scored = state.choice(
            "Results", "scored", ["all", "yes", "no"], "all",
            {"all": "with or without", "yes": "with results here", "no": "without results here"}.__getitem__,
        )  # fmt: skip
    with second[3]:
        find = state.text("Name contains", "find", "e.g. hyena")
    keep = pd.Series(True, index=rows.index)
    if modality:
        keep &= rows["modality"].map(lambda cell: bool(set(cell.split(", ")) & set(modality)))
    for column, picked in (
        ("architecture", architecture),
        ("tokenizer", tokens),
        ("commercial", use),
    ):
        if picked:
            keep &= rows[column].isin(picked)
    if year:
        keep &= rows["release_year"].isin([int(y) for y in year])
    if size == "unknown":
        keep &= rows["parameters"].isna()
    elif size != "all":
        low, high = BOUNDS[size]
        keep &= (rows["parameters"].astype(float) >= low) & (
            rows["parameters"].astype(float) < high
        )
    if scored != "all":
        keep &= (rows["n_results_model"] > 0) == (scored == "yes")
    if find:
        said = rows["variant_name"] + " " + rows["model_name"] + " " + rows["variant"]
        keep &= said.str.contains(find, case=False, regex=False)
    return rows[keep]


def _one(model: str) -> None:
    state.back("All models", "model")
    found = ask(METHOD, model)
    if not len(found):
        known = ask(LIST)
        missing("model", model, dict(zip(known["model"], known["model_name"], strict=True)), "models", "model")  # fmt: skip
        return
    row = found.iloc[0]
    st.title(safe.plain(row["name"]), anchor=False)
    st.write(safe.plain(row["summary"]))
    for _, paper in ask(PAPERS, model).iterrows():
        address = f"https://doi.org/{paper['doi']}" if paper["doi"] else str(paper["url"] or "")
        st.markdown(
            f"- {safe.plain(paper['first_author'])} {paper['year']}, "
            f"{safe.link(paper['title'], address)}, {safe.plain(paper['venue'])}"
        )
    reads = ", ".join(in_words(m) for m in row["modality"])
    released = ask(RELEASED, model).iloc[0]["year"]
    st.markdown(
        f"Reads {safe.plain(reads)} · {'released ' + str(int(released)) if pd.notna(released) else 'release not reported'} · "
        f"family {safe.plain(in_words(str(row['family'])))} · catalog file {safe.plain(row['file'])}"
    )
    siblings = ask(KIN, row["family"], model)
    if len(siblings):
        with st.container(horizontal=True):
            st.write("Same family:")
            for _, other in siblings.head(8).iterrows():
                turn(safe.plain(other["name"]), "models", model=str(other["id"]))
    part = state.tabs("Part", "part", PARTS, "standing", True)
    if part == "standing":
        standing(model, str(row["name"]))
    else:
        {"facts": _facts, "claims": _claims, "results": _results, "kin": kin, "use": use}[part](
            model
        )


PARTS = {
    "standing": "Against baselines and tools", "claims": "Claims", "results": "Results", "facts": "Facts",
    "kin": "Relatives and data", "use": "Context and cost",
}  # fmt: skip


def _facts(model: str) -> None:
    st.subheader("Sizes and versions", anchor=False)
    variants = ask(VARIANTS, model)
    show.listed(
        _used(variants), show.filled(VARIANTS, model), "model-variants",
        column_config={"variant": "id"},
    )  # fmt: skip
    st.subheader("Each fact with its source", anchor=False)
    everything = state.switch("Show what sources don't say, too", "unchecked")
    facts = ask(FACTS, model, model, everything)
    total = len(ask(FACTS, model, model, True))
    if not everything:
        facts = facts.drop(columns="state")
    show.table(_used(facts.assign(value=_read(facts))), total)
    show.offer(facts, show.filled(FACTS, model, model, everything), "model-facts")


# facts whose value is a word of a vocabulary, or yes and no
VOCABULARY = {"architecture", "tokenizer", "objective", "labels", "position_encoding"}
YES = {"True": "yes", "False": "no"}


def _read(facts: pd.DataFrame) -> list[object]:
    """Values of facts as people read them."""
    return [
        in_words_each(value) if field in VOCABULARY and isinstance(value, str) else YES.get(value, value)
        for field, value in facts[["field", "value"]].itertuples(index=False)
    ]  # fmt: skip


def _used(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that say something."""
    return rows.dropna(axis="columns", how="all")


def _claims(model: str) -> None:
    ledger = ask(CLAIMS, model)
    if not len(ledger):
        st.info("No claim of this model is in the catalog yet.")
        return
    row = show.picked(
        ledger,
        "model-claims",
        len(ledger),
        height=520,
        row_height=66,
        column_config={"claim": "id"},
    )
    if row is not None:
        go("claims", claim=str(row["claim"]))
    link("These claims in the ledger", "claims", model=model)
    show.offer(ledger, show.filled(CLAIMS, model), "model-claims")


def _results(model: str) -> None:
    by_relation = ask(RELATIONS, model)
    if not len(by_relation):
        st.info("No result of this model is in the catalog yet.")
        return
    show.table(by_relation)
    columns = st.columns(2)
    with columns[0]:
        relation = state.choice(
            "Who measured", "relation", ["all", *by_relation["relation"]], "all"
        )
    with columns[1]:
        domain = state.choice(
            "Kind of task", "domain", ["all", *ask(DOMAINS, model)["domain"]], "all"
        )
    given = (model, relation, relation, domain, domain)
    rows = ask(RESULTS, *given)
    show.table(rows.head(MOST), len(rows), height=480)
    show.offer(rows, show.filled(RESULTS, *given), "model-results")
