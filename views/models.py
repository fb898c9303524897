"""Models: a table to filter, and one model's facts, sources, claims and results."""

from __future__ import annotations

import streamlit as st

from views.parts import show, state
from views.parts.data import ask

LIST = """
SELECT variant, variant_name, model, model_name, modality, architecture, tokenizer, parameters,
    context_tokens, context_bp, context_genes, release_year, licence, n_results_model
FROM models ORDER BY n_results_model DESC, model, parameters
"""
METHOD = "SELECT * FROM method WHERE id = ? AND kind = 'foundation_model'"
PAPERS = """
SELECT p.citekey, p.title, p.first_author, p.year, p.venue, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi
FROM method_publication mp JOIN publication p USING (citekey) WHERE mp.method = ? ORDER BY p.year
"""
VARIANTS = "SELECT * EXCLUDE (model, model_name, family, modality, labels, summary, publications) FROM models WHERE model = ? ORDER BY parameters"
FACTS = """
SELECT entity, field, value, state, citekey, locator, repository, path, read, second_reading, note
FROM fact
WHERE ((entity_kind = 'model' AND entity = ?) OR (entity_kind = 'variant' AND entity IN (SELECT id FROM variant WHERE model = ?)))
    AND (state <> 'not_checked' OR ?)
ORDER BY entity_kind, entity, field
"""
CLAIMS = """
SELECT claim, says, own_verdict, others_verdict, effect, unit, n_own, n_others FROM claims
WHERE list_contains(string_split(method, ', '), ?) ORDER BY claim
"""
RELATIONS = """
SELECT relation, count(*)::INTEGER AS results, count(DISTINCT publication)::INTEGER AS publications, count(DISTINCT task)::INTEGER AS tasks
FROM results WHERE method = ? GROUP BY relation ORDER BY relation
"""
RESULTS = """
SELECT task, metric, value, value_printed, variant, configuration, protocol, split, setting, relation,
    evidence_level, publication, doi, locator, status, flags, result
FROM results WHERE method = ? ORDER BY task, metric, relation
"""


def render() -> None:
    chosen = st.query_params.get("model")
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
    columns = st.columns([2, 2, 2, 3])
    modalities = sorted({m for cell in rows["modality"] for m in cell.split(", ")})
    with columns[0]:
        modality = state.several("Reads", "modality", modalities)
    with columns[1]:
        architecture = state.several(
            "Architecture", "architecture", sorted(rows["architecture"].dropna().unique())
        )
    with columns[2]:
        tokenizer = state.several(
            "Tokens", "tokenizer", sorted(rows["tokenizer"].dropna().unique())
        )
    with columns[3]:
        find = state.text("Name contains", "find", "e.g. hyena")
    shown = rows
    if modality:
        shown = shown[
            shown["modality"].map(lambda cell: bool(set(cell.split(", ")) & set(modality)))
        ]
    if architecture:
        shown = shown[shown["architecture"].isin(architecture)]
    if tokenizer:
        shown = shown[shown["tokenizer"].isin(tokenizer)]
    if find:
        names = shown["variant_name"] + " " + shown["model_name"] + " " + shown["variant"]
        shown = shown[names.str.contains(find, case=False, regex=False)]
    event = show.table(
        shown, len(rows), on_select="rerun", selection_mode="single-row", key="models",
        column_config={
            "variant": None, "model": None, "variant_name": "variant", "model_name": "model",
            "parameters": st.column_config.NumberColumn(format="compact"),
            "context_tokens": st.column_config.NumberColumn("context, tokens", format="compact"),
            "context_bp": st.column_config.NumberColumn("context, bp", format="compact"),
            "context_genes": st.column_config.NumberColumn("context, genes", format="compact"),
            "release_year": st.column_config.NumberColumn("year", format="%d"),
            "n_results_model": "results",
        },
    )  # fmt: skip
    if event.selection.rows:
        st.query_params["model"] = str(shown.iloc[event.selection.rows[0]]["model"])
        st.rerun()
    st.caption("Select a row to see the model's facts, sources, claims and results.")
    show.offer(shown, LIST, "models-list")


def _one(model: str) -> None:
    if st.button("All models", icon=":material/arrow_back:"):
        st.query_params.pop("model", None)
        st.rerun()
    found = ask(METHOD, model)
    if not len(found):
        st.error(f"There is no model `{model}` in this data version.")
        return
    row = found.iloc[0]
    st.title(row["name"])
    st.write(row["summary"])
    papers = ask(PAPERS, model)
    for _, paper in papers.iterrows():
        link = (
            f"[{paper['title']}](https://doi.org/{paper['doi']})"
            if paper["doi"]
            else paper["title"]
        )
        st.markdown(f"- {paper['first_author']} {paper['year']}, {link}, *{paper['venue']}*")
    facts, claims, results = st.tabs(["Facts", "Claims", "Results"])
    with facts:
        st.subheader("Variants")
        show.table(ask(VARIANTS, model))
        st.subheader("Each fact with its source")
        everything = state.switch("Show facts that nobody has checked", "unchecked")
        show.table(ask(FACTS, model, model, everything))
    with claims:
        ledger = ask(CLAIMS, model)
        if len(ledger):
            show.table(ledger)
            st.markdown(f"[Open in the ledger →](claims?model={model})")
        else:
            st.info("No claim of this model is in the catalog yet.")
    with results:
        by_relation = ask(RELATIONS, model)
        if not len(by_relation):
            st.info("No result of this model is in the catalog yet.")
            return
        show.table(by_relation)
        rows = ask(RESULTS, model)
        rows = rows.assign(doi="https://doi.org/" + rows["doi"])
        show.table(
            rows.head(2000), len(rows),
            column_config={"doi": st.column_config.LinkColumn("source", display_text=r"https://doi\.org/(.*)")},
        )  # fmt: skip
        show.offer(rows, RESULTS.replace("?", f"'{model}'"), "model-results")
