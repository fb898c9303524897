"""Compare: two to six methods head to head, only where their numbers may be compared."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.distribution import distribution
from views.parts import safe, show, state
from views.parts.compare_many import several, spread
from views.parts.data import ask
from views.parts.picture import picture

METHODS = """
SELECT method AS id, any_value(method_name) AS name, any_value(method_kind) AS kind, count(*)::INTEGER AS n
FROM results WHERE pooled GROUP BY method ORDER BY n DESC, id
"""
PAIRS = """
SELECT c.task, c.metric,
    CASE WHEN c.a_method = ? THEN c.a_value ELSE c.b_value END AS first_value,
    CASE WHEN c.a_method = ? THEN c.b_value ELSE c.a_value END AS second_value,
    CASE WHEN c.a_method = ? THEN c.difference ELSE -c.difference END AS difference,
    CASE WHEN c.a_method = ? THEN c.skill_difference ELSE -c.skill_difference END AS skill_difference,
    CASE WHEN c.a_method = ? THEN c.a_variant ELSE c.b_variant END AS first_variant,
    CASE WHEN c.a_method = ? THEN c.b_variant ELSE c.a_variant END AS second_variant,
    CASE WHEN c.a_method = ? THEN c.a_relation ELSE c.b_relation END AS relation,
    c.domain, c.dataset, c.protocol, c.split, c.setting, c.publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, c.evidence_level, c.a_result, c.b_result
FROM comparison c JOIN publication p ON p.citekey = c.publication
WHERE (c.a_method = ? AND c.b_method = ?) OR (c.a_method = ? AND c.b_method = ?)
ORDER BY c.task, c.metric, c.a_result, c.b_result
"""
MOST_SHARED = """
SELECT a_method, b_method FROM comparison
WHERE a_kind = 'foundation_model' AND b_kind = 'foundation_model' AND a_method <> b_method
GROUP BY ALL ORDER BY count(*) DESC, a_method, b_method LIMIT 1
"""
NEAR = """
WITH a AS (SELECT DISTINCT task, metric, split, setting, evaluation FROM results WHERE method = ? AND pooled),
b AS (SELECT DISTINCT task, metric, split, setting, evaluation FROM results WHERE method = ? AND pooled)
SELECT
    CASE
        WHEN bool_or(a.evaluation = b.evaluation AND a.metric = b.metric AND a.split = b.split AND a.setting = b.setting)
            THEN 'one was fine-tuned or probed in another way than the other'
        WHEN NOT bool_or(a.evaluation = b.evaluation)
            THEN 'they stand in tables of different sources, whose data and code may differ'
        WHEN NOT bool_or(a.evaluation = b.evaluation AND a.metric = b.metric) THEN 'other metrics'
        WHEN NOT bool_or(a.evaluation = b.evaluation AND a.split = b.split) THEN 'other parts of the data'
        ELSE 'other conditions'
    END AS reason, a.task
FROM a JOIN b ON a.task = b.task
GROUP BY a.task ORDER BY reason, a.task
"""


AUDIT = """
SELECT m.name AS method, a.difference, a.task, a.metric, a.rival_value, a.own_value, a.third_value,
    a.n_third, a.reported_by, a.variant, a.nearer_to_third, a.self_split, a.other_split, a.rival_result,
    a.own_result
FROM comparator_audit a JOIN method m ON m.id = a.method
ORDER BY abs(a.difference) DESC, a.rival_result, a.own_result
"""


MOST_METHODS = 6


def render() -> None:
    st.title("Compare")
    st.write(
        "Two to six methods head to head: only results of one table, task, metric, part of the data and "
        "conditions are set against each other."
    )
    methods = ask(METHODS)
    if len(methods) < 2:
        st.info("No results yet: add tables under catalog/results/.")
        return
    names = dict(zip(methods["id"], methods["name"], strict=True))
    chosen = _chosen(names)
    if len(chosen) < 2:
        st.info("Choose at least two methods.")
        return
    if len(chosen) == 2:
        a, b = chosen
    else:
        a, b = several(chosen, names)
    _pair(a, b, names)
    _audit()


def _chosen(names: dict[str, str]) -> list[str]:
    shared = ask(MOST_SHARED)
    first = [str(m) for m in shared.iloc[0]] if len(shared) else list(names)[:2]
    # links of before several could be compared named a first and a second
    old = [m for m in (state.chosen("a"), state.chosen("b")) if m in names]
    for name in ("a", "b"):
        st.query_params.pop(name, None)
    if old and not state.chosen("methods"):
        st.query_params["methods"] = (
            ",".join(dict.fromkeys(old + first)) if len(old) < 2 else ",".join(old)
        )
    return state.several(
        "Methods", "methods", list(names), names.__getitem__, most=MOST_METHODS, default=first
    )


def _pair(a: str, b: str, names: dict[str, str]) -> None:
    given = (*(a,) * 7, a, b, b, a)
    rows = ask(PAIRS, *given)
    near = ask(NEAR, a, b)
    near = near[~near["task"].isin(rows["task"])]
    if len(rows):
        _head(rows, names[a], names[b])
        show.table(
            rows.head(2000), len(rows), height=460, column_config=_columns(names[a], names[b])
        )
        show.offer(rows, show.filled(PAIRS, *given), "compare")
    else:
        st.info(
            f"No source puts {safe.plain(names[a])} and {safe.plain(names[b])} side by side in one table "
            "under the same conditions."
        )
    _why_not(near, a, b)


def _audit() -> None:
    rows = ask(AUDIT)
    st.subheader("What papers report for their rivals", anchor=False)
    st.caption(
        "The rival's value against the model's own authors', same model, task, metric and conditions; the "
        "largest disagreements first. Below zero, the rival reports less."
    )
    if len(rows):
        show.table(rows.head(500), len(rows))
        show.offer(rows, AUDIT, "comparator-audit")
    else:
        st.info("No paper in the catalog reports a rival's model that its own authors report too.")


def _columns(a: str, b: str) -> dict[str, object]:
    return {
        "first_value": st.column_config.NumberColumn(a, format="%.4g"),
        "second_value": st.column_config.NumberColumn(b, format="%.4g"),
        "first_variant": f"variant of {a}", "second_variant": f"variant of {b}",
        "a_result": "row", "b_result": "row of the other",
    }  # fmt: skip


def _head(rows: pd.DataFrame, a: str, b: str) -> None:
    by_set = rows.groupby(["publication", "dataset"])["difference"].mean()
    won, lost = int((by_set > 0).sum()), int((by_set < 0).sum())
    tied = len(by_set) - won - lost
    st.subheader(safe.plain(_message(a, b, won, lost)), anchor=False)
    st.caption(
        f"Of {show.count(len(by_set), 'dataset')}, rows averaged within a publication, {safe.plain(a)} is ahead on "
        f"{won}, {safe.plain(b)} on {lost}, and {tied} tied; {show.count(len(rows), 'pair')} of rows from "
        f"{show.count(rows['publication'].nunique(), 'publication')}; counted, not pooled."
    )
    each = spread(rows)
    if len(each) >= 10:
        middle = each["skill_difference"].median()
        figure = picture(
            distribution, each["skill_difference"], _middle(a, b, middle),
            f"{a} minus {b}, in skill", f"{len(each)} of {len(by_set)} datasets shown, those on a scale with a known chance; one for each dataset "
            f"of a publication; right of the dashed line {a} is ahead",
            threshold=0.0, what="datasets", bins=20,
        )  # fmt: skip
        show.chart(figure, each, "-- the rows below, averaged by publication and dataset", "compare-spread")  # fmt: skip


def _middle(a: str, b: str, middle: float) -> str:
    """Where the middle dataset lies; a difference that rounds to nothing has no sign."""
    if round(middle, 3) == 0:
        return f"{a} and {b} are level on the middle dataset"
    ahead, behind = (a, b) if middle > 0 else (b, a)
    return f"{ahead} is {abs(middle):.3f} in skill ahead of {behind} on the middle dataset"


def _message(a: str, b: str, won: int, lost: int) -> str:
    if won == lost:
        return f"{a} and {b} are ahead equally often"
    return f"{a if won > lost else b} is ahead more often: {max(won, lost)} to {min(won, lost)}"


def _why_not(near: pd.DataFrame, a: str, b: str) -> None:
    if not len(near):
        return
    with st.expander(
        f"{len(near):,} more {'task has' if len(near) == 1 else 'tasks have'} results of both, which may not be compared"
    ):
        counts = near.groupby("reason")["task"].agg(["count", "first"]).reset_index()
        for _, row in counts.iterrows():
            st.markdown(
                f"- **{row['count']}** because {safe.plain(row['reason'])}, such as "
                f"{safe.plain(row['first'])}"
            )
        show.table(near, len(near))
        show.offer(near, show.filled(NEAR, a, b), "compare-not")
