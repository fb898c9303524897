"""Foundation models beside each sort of comparator: one line each, and the rows behind a line."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.gaps import PooledGap
from views.parts import safe, show, state
from views.parts.data import ask
from views.parts.picture import picture

ROWS = """
SELECT m.name AS method, a.skill_difference, a.task, a.metric, c.name AS comparator, a.value,
    a.comparator_value, a.difference, a.variant, a.relation, a.publication,
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, r.locator, a.protocol, a.organism, a.n_train,
    a.gigabytes, a.commercial, a.result, a.comparator_result
FROM (
    SELECT * FROM advice_rows
    WHERE {where}
        AND against = '{against}'
) a
JOIN result r ON r.id = a.result
JOIN method m ON m.id = a.method
JOIN method c ON c.id = a.comparator
JOIN publication p ON p.citekey = a.publication
ORDER BY a.skill_difference DESC NULLS LAST, a.result
"""
LINES = {
    "any_comparator": "Whatever is best", "simple_baseline": "Simple baseline",
    "specialist": "Specialist tool", "neural_from_scratch": "Trained from scratch",
    "random_init": "Without pretraining",
}  # fmt: skip
MOST = 1000


def works(n: int) -> str:
    """A number of publications in words."""
    return f"{n} publication" if n == 1 else f"{n or 'no'} publications"


def answer(gap: PooledGap, who: str = "models", kind: str = "simple baseline") -> str:
    """Whether a comparator is as good, in one sentence; `who` in the plural or by name."""
    stand = "stand" if who == "models" else "stands"
    if gap.estimate is None:
        return f"No table here holds {who} beside a {kind} on a scale that can be compared."
    counted = f"{gap.estimate:+.3f} in skill over {works(gap.n_publications)}"
    if gap.ci_low is None or gap.ci_high is None:
        return f"Too few publications to say: {who} {stand} {counted} against the best {kind}."
    interval = f"95% interval {gap.ci_low:+.3f} to {gap.ci_high:+.3f}"
    if gap.ci_high < 0:
        return f"The best {kind} is better: {who} {stand} {counted}, {interval}."
    if gap.ci_low > 0:
        return f"It isn't: {who} {stand} {counted}, {interval}."
    return f"The best {kind} can't be told apart from {who}: {counted}, {interval}."


def message(gap: PooledGap, who: str = "Models") -> str:
    """What the line against any comparator comes to."""
    are, it = ("are", "them") if who == "Models" else ("is", "it")
    if gap.estimate is None:
        return "Nothing was compared here"
    if gap.ci_low is not None and gap.ci_high is not None and gap.ci_low <= 0 <= gap.ci_high:
        return (
            f"{who} can't be told apart from the best of what stands beside {it} "
            f"({gap.ci_low:+.3f} to {gap.ci_high:+.3f} in skill)"
        )
    where = "ahead of" if gap.estimate > 0 else "behind"
    return (
        f"{who} {are} {abs(gap.estimate):.3f} in skill {where} the best of what stands beside {it}"
    )


def draw(
    where: str, gaps: dict[str, PooledGap], key: str, about: str, who: str = "Models",
    first: str = "any_comparator",
) -> None:  # fmt: skip
    """The forest of `gaps` and, below it, the rows of one line; `where` selects in advice_rows."""
    drawn = pd.DataFrame(
        [{"label": LINES[kind], "against": kind, **vars(gaps[kind])}
         for kind in LINES if kind in gaps and gaps[kind].estimate is not None]
    )  # fmt: skip
    if len(drawn):
        numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high"]
        figure = picture(
            forest, drawn.astype(dict.fromkeys(numbers, float)), message(gaps["any_comparator"], who),
            "model minus the best it is compared with, in skill",
            f"{about}; {len(drawn)} of {len(drawn)} lines shown; left of zero the model is behind; thick line: 95% "
            "interval, thin: where the next publication may fall",
        )  # fmt: skip
        pooled_from = ROWS.format(where=where, against="any_comparator")
        show.chart(figure, drawn, f"-- pooled from these, one line for each against{pooled_from}", f"{key}-beside")  # fmt: skip
    st.markdown("**The rows behind a line**")
    lines = {kind: LINES[kind] for kind in LINES if kind in gaps}
    against = state.tabs("Rows against", "rows", lines, first, hidden=True)
    sql = ROWS.format(where=where, against=against)
    behind = ask(sql)
    if len(behind):
        st.caption("Those first on which the model is furthest ahead.")
        show.table(behind.head(MOST), len(behind), height=380)
        show.offer(behind, sql, f"{key}-rows")
    else:
        a = in_words(against).replace("best ", "a ").replace("same ", "the same ")
        st.info(safe.plain(f"No row here stands beside {a}: a table with both would be one."))
