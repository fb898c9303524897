"""F43: how foundation models are evaluated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.bars import bars
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of_members
from analysis.findings.dates import WORKS
from analysis.findings.judged import bar_rows, judged
from analysis.findings.thresholds import EVERY, above, percent

SQL = f"""
WITH {WORKS}
SELECT w.work, r.protocol::VARCHAR AS protocol, CASE r.protocol
        WHEN 'zero_shot' THEN 'zero-shot'
        WHEN 'linear_probe' THEN 'frozen embedding and a head'
        WHEN 'probe' THEN 'frozen embedding and a head'
        WHEN 'fine_tune' THEN 'fine-tuned'
        WHEN 'fine_tune_peft' THEN 'fine-tuned'
        WHEN 'few_shot' THEN 'few-shot'
        WHEN 'generation' THEN 'generation'
        WHEN 'pretraining' THEN 'pretraining metric'
        WHEN 'not_reported' THEN 'not reported'
        ELSE 'other'
    END AS sort, count(*) AS n_results
FROM result r
JOIN method m ON m.id = r.method
JOIN evaluation e ON e.id = r.evaluation
JOIN work w ON w.citekey = e.publication
WHERE m.kind = 'foundation_model' AND r.status = 'ok' AND r.origin = 'own'
GROUP BY w.work, r.protocol
ORDER BY w.work, n_results DESC
"""


def _shares(rows: pd.DataFrame) -> dict[str, Estimate]:
    """Mean share over publications of each sort of protocol, the commonest first."""
    table = rows.pivot_table(index="work", columns="sort", values="n_results", aggfunc="sum")
    table = table.fillna(0.0).astype(float)
    shares = table.div(table.sum(axis=1), axis=0)
    works = pd.Series(shares.index)
    order = shares.mean().sort_values(ascending=False).index
    return {str(sort): mean_of_members(shares[sort].to_numpy(), works) for sort in order}


def measure(rows: pd.DataFrame) -> Found:
    """Mean share of results whose protocol is known, and the shares by protocol."""
    known = rows.assign(known=(rows["protocol"] != "not_reported") * rows["n_results"])
    by_work = known.groupby("work")[["known", "n_results"]].sum()
    share = mean_of_members(by_work["known"] / by_work["n_results"], pd.Series(by_work.index))
    if share.ci is None:
        return insufficient(
            share.n, "publications", "results of foundation models from at least five publications"
        )
    said = ", ".join(
        f"{sort} {percent(e)}" for sort, e in _shares(rows).items() if sort != "not reported"
    )
    return judged(
        above(share.ci, EVERY), share, "publications",
        f"Of a publication's results of foundation models, on average: {said}. The protocol is "
        f"known for {percent(share)}.",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Mean shares by protocol."""
    shares = _shares(rows)
    top = next(iter(shares), "")
    return bars(
        bar_rows(shares), f"How models are evaluated: most often {top}",
        "mean share of a publication's results", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
