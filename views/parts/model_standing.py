"""One model against each sort of comparator, in the part of the field that the reader picks."""

from __future__ import annotations

import streamlit as st

from analysis.advice import KINDS
from analysis.charts.style import in_words
from analysis.gaps import PooledGap, one_each, pool
from schema.ddl import quoted
from views.parts import beside, safe, state
from views.parts.data import ask, version
from views.parts.routes import link

DOMAINS = """
SELECT domain, count(*)::INTEGER AS n FROM advice_rows WHERE method = ?
GROUP BY domain ORDER BY n DESC, domain
"""
NEW = """
SELECT DISTINCT unnest(generalisation) AS new FROM advice_rows WHERE method = ? ORDER BY new
"""
SHOWN = ("any_comparator", *KINDS, "random_init")
WHOSE = {"all": "Anybody", "authors": "The authors", "others": "Everyone else"}
RELATIONS = {"authors": "('self', 'affiliated')", "others": "('rival', 'independent')"}


def standing(model: str, name: str) -> None:
    """The gaps of one model and their rows."""
    domains = list(ask(DOMAINS, model)["domain"])
    if not domains:
        st.info(
            "No table in the catalog holds this model beside a baseline or a tool under the same conditions."
        )
        return
    columns = st.columns(2)
    with columns[0]:
        domain = state.choice("Kind of task", "domain", ["all", *domains], "all")
    with columns[1]:
        new = state.choice("New in the test data", "new", ["all", *ask(NEW, model)["new"]], "all")
    whose = state.tabs("Who measured", "whose", WHOSE, "all")
    where = selection(model, domain, new, whose)
    gaps = _pooled(where, version())
    st.markdown(
        "**Is a simple baseline as good?** "
        f"{safe.plain(beside.answer(gaps['simple_baseline'], name))}"
    )
    said = [in_words(each) for each in (domain, new) if each != "all"]
    said += [WHOSE[whose].lower()] if whose != "all" else []
    about = ", ".join(said) or "all kinds of task"
    first = "simple_baseline" if gaps["simple_baseline"].k else "any_comparator"
    beside.draw(where, gaps, "model-standing", about, name, first)
    link("This model head to head with others", "compare", methods=model)


def selection(model: str, domain: str, new: str, whose: str) -> str:
    """The rows of advice_rows as a condition in SQL."""
    parts = [f"method = {quoted(model)}"]
    if domain != "all":
        parts.append(f"domain = {quoted(domain)}")
    if new != "all":
        parts.append(f"list_contains(generalisation, {quoted(new)})")
    if whose != "all":
        parts.append(f"relation IN {RELATIONS[whose]}")
    return "\n        AND ".join(parts)


@st.cache_data(max_entries=128, show_spinner="Pooling this model's rows")
def _pooled(where: str, of: str) -> dict[str, PooledGap]:
    del of  # rows of another data version are other rows
    rows = ask(f"SELECT * FROM advice_rows WHERE {where}")
    return {
        kind: pool(one_each(rows[rows["against"] == kind], "skill_difference", "variance_skill"))
        for kind in SHOWN
    }
