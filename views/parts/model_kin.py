"""A model's nearest relatives by build, and the data that it shares with others and with tests."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.findings import f02, f03
from analysis.findings.gower import CLASSES, gower
from views.parts import show
from views.parts.data import ask, version
from views.parts.routes import go

FIELDS = (*CLASSES, "objective", "decade")
WORDS = {"position": "position encoding", "decade": "size (power of ten)"}
TESTED = """
WITH trained AS (
    SELECT list(DISTINCT cc.organism) AS named
    FROM variant v JOIN variant_corpus vc ON vc.variant = v.id JOIN corpus_component cc ON cc.corpus = vc.corpus
    WHERE v.model = ?
)
SELECT t.organism, CASE
        WHEN t.organism = 'not_reported' OR named IS NULL THEN 'not known'
        WHEN list_contains(named, t.organism) THEN 'in the pretraining data'
        WHEN NOT regexp_matches(t.organism, '^[A-Z][a-z]+ [a-z]+$')
            OR list_bool_or(list_transform(named, LAMBDA n: NOT regexp_matches(n, '^[A-Z][a-z]+ [a-z]+$'))) THEN 'not known'
        ELSE 'not in the pretraining data'
    END AS standing,
    count(*)::INTEGER AS results, count(DISTINCT r.task)::INTEGER AS tasks,
    count(DISTINCT r.publication)::INTEGER AS publications
FROM results r JOIN task t ON t.id = r.task, trained
WHERE r.method = ?
GROUP BY ALL ORDER BY results DESC, t.organism
"""
LEAKS = """
SELECT DISTINCT coalesce(o.benchmark, o.dataset) AS tested_on, o.kind, o.evidence, o.share, o.corpus,
    o.note, coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, o.locator
FROM variant v
JOIN variant_corpus vc ON vc.variant = v.id
JOIN overlap o ON o.corpus = vc.corpus
LEFT JOIN publication p USING (citekey)
WHERE v.model = ?
ORDER BY o.kind DESC, tested_on
"""
NEAREST = 12


def kin(model: str) -> None:
    """Relatives by build, relatives by data, and what of the tests the model may have seen."""
    st.subheader("Nearest by build", anchor=False)
    rows = relatives(model, version())
    if len(rows):
        st.caption(
            "Gower distance over architecture, tokens, position encoding, objective and size: 0 alike in all, 1 in "
            f"none; at least {f02.NEEDED} of the 5 stated for both. {len(rows):,} models can be compared. Select one "
            "to open it."
        )
        _openable(rows, "kin-build", f02.SQL)
    else:
        st.info("Too little of this model's build is recorded to compare it with others.")
    st.subheader("Nearest by pretraining data", anchor=False)
    shared = data_shared(model, version())
    if len(shared):
        st.caption(
            "Weighted Jaccard index of the named parts of both corpora (1 the same, 0 nothing in common), among "
            "models that read the same. "
            "Parts of other names may still hold the same data: this is the least there is."
        )
        _openable(shared, "kin-data", f03.SQL)
    else:
        st.info(
            "No model that reads the same is recorded to share a named part of its pretraining data."
        )
    _tested(model)


def _openable(rows: pd.DataFrame, key: str, sql: str) -> None:
    row = show.picked(rows.head(NEAREST), key, len(rows), column_config=_COLUMNS)
    if row is not None:
        go("models", model=str(row["model"]), part="kin")
    show.offer(rows, sql, f"{key}-rows")


_COLUMNS = {
    "model": None, "name": "model",
    "distance": st.column_config.NumberColumn("distance", format="%.2f"),
    "jaccard": st.column_config.NumberColumn("Jaccard index", format="%.2f"),
    "differs_in": st.column_config.TextColumn("differs in", width="large"),
    "shared": st.column_config.TextColumn("in common", width="large"),
    "stated": st.column_config.NumberColumn("attributes stated for both"),
    "same_family": "same family",
}  # fmt: skip


@st.cache_data(max_entries=64, show_spinner=False)
def relatives(model: str, of: str) -> pd.DataFrame:
    """Other models by distance in build, the nearest first; none where too little is recorded."""
    del of  # another data version has other models
    rows = ask(f02.SQL).reset_index(drop=True)
    at = np.flatnonzero(rows["model"].to_numpy() == model)
    if not len(at):
        return rows.iloc[:0]
    me, like = int(at[0]), gower(rows)
    found = []
    for other in np.flatnonzero(like.comparable[me] >= f02.NEEDED):
        if other == me:
            continue
        mine, its = rows.iloc[me], rows.iloc[int(other)]
        differs = [
            WORDS.get(f, f) for f in FIELDS
            if pd.notna(mine[f]) and pd.notna(its[f]) and mine[f] != its[f]
        ]  # fmt: skip
        found.append({
            "name": its["name"], "released": its["released"],
            "distance": float(like.distance[me, other]), "differs_in": ", ".join(differs) or "nothing",
            "stated": int(like.comparable[me, other]),
            "same_family": "yes" if its["family"] == mine["family"] else "no", "model": its["model"],
        })  # fmt: skip
    return pd.DataFrame(found).sort_values(["distance", "name"]) if found else rows.iloc[:0]


@st.cache_data(max_entries=64, show_spinner=False)
def data_shared(model: str, of: str) -> pd.DataFrame:
    """Models of the same modality with named pretraining data in common, the most first."""
    del of  # another data version has other corpora
    rows = ask(f03.SQL)
    models, index = f03.overlaps(rows)
    if model not in models.index:
        return pd.DataFrame()
    me = int(models.index.get_loc(model))  # type: ignore[arg-type]
    parts = rows.groupby("model")["component"].agg(set)
    found = [
        {"name": models.iloc[other]["name"], "jaccard": float(index[me, other]),
         "shared": ", ".join(sorted(parts[model] & parts[models.index[other]])),
         "model": models.index[other]}
        for other in np.flatnonzero(np.nan_to_num(index[me]) > 0) if other != me
    ]  # fmt: skip
    return pd.DataFrame(found).sort_values(["jaccard", "name"], ascending=[False, True]) if found else pd.DataFrame()  # fmt: skip


def _tested(model: str) -> None:
    st.subheader("Tested on what it was trained on?", anchor=False)
    rows = ask(TESTED, model, model)
    if len(rows):
        known = rows[rows["standing"] != "not known"]
        inside = int(known.loc[known["standing"] == "in the pretraining data", "results"].sum())
        st.write(
            f"Of {int(known['results'].sum()):,} results on a species that can be placed, {inside:,} are on "
            f"one in the pretraining data; {int(rows['results'].sum() - known['results'].sum()):,} more "
            "can't be placed. A species in the pretraining data isn't leakage by itself: labels aren't there."
        )
        show.listed(
            rows,
            show.filled(TESTED, model, model),
            "kin-species",
            column_config={"standing": "species"},
        )
    else:
        st.info("No result of this model is in the catalog yet.")
    leaks = ask(LEAKS, model)
    if len(leaks):
        st.markdown("**Recorded overlaps of its pretraining data with test data**")
        show.listed(
            leaks, show.filled(LEAKS, model), "kin-leaks",
            column_config={"tested_on": "tested on", "share": "share"},
        )  # fmt: skip
