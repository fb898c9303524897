"""F07: every paper uses other datasets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.bars import bars
from analysis.charts.style import in_words
from analysis.findings.base import Found, insufficient
from analysis.findings.bootstrap import Estimate, mean_of_pairs
from analysis.findings.jaccard import FloatArray, jaccard, matrix_of, share_a_word
from analysis.findings.papers import MODEL_WORKS
from analysis.findings.thresholds import EVERY, above, headline, percent

SQL = f"""
WITH {MODEL_WORKS}
SELECT mw.work, array_to_string(mw.modality, ', ') AS modality, t.dataset,
    list_sort(list(DISTINCT r.task)) AS tasks
FROM model_work mw
JOIN work w ON w.work = mw.work
JOIN evaluation e ON e.publication = w.citekey
JOIN result r ON r.evaluation = e.id
JOIN task t ON t.id = r.task
GROUP BY mw.work, mw.modality, t.dataset
ORDER BY mw.work, t.dataset
"""


def overlap(rows: pd.DataFrame) -> FloatArray:
    """Jaccard index of the datasets of same-modality pairs of papers (n, n), else NaN."""
    members = matrix_of(rows, "work", "dataset")
    index = jaccard(members.to_numpy(dtype=float))
    modality = rows.drop_duplicates("work").set_index("work")["modality"].loc[members.index]
    index[~share_a_word(modality)] = np.nan
    return index


def apart(index: FloatArray) -> Estimate:
    """Share of pairs without a dataset in common."""
    return mean_of_pairs(np.where(np.isfinite(index), index == 0, np.nan))


def measure(rows: pd.DataFrame) -> Found:
    """Share of same-modality pairs of model papers without a common dataset."""
    works = rows["work"].nunique()
    share = apart(overlap(rows)) if works else Estimate(float("nan"), None, 0)
    if share.ci is None:
        return insufficient(works, "publications", "result tables of at least five model papers")
    index = overlap(rows)
    mean = np.nanmean(index[np.triu_indices(works, 1)])
    papers = rows.groupby("dataset")["work"].nunique()
    tasks = rows["tasks"].explode().nunique()
    says = (
        f"{percent(share)} of same-modality pairs of {share.n} model papers have no dataset in common "
        f"(mean Jaccard {mean:.2f}). They report on {tasks} tasks over {len(papers)} datasets, "
        f"{(papers == 1).mean():.0%} of which a single one of these papers uses."
    )
    return Found(
        above(share.ci, EVERY), share.n, "publications", says, share.value, share.ci[0],
        share.ci[1], "share of pairs",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Share of pairs without a common dataset, by modality."""
    each = rows.assign(word=rows["modality"].str.split(", ")).explode("word")
    lines = []
    for modality, part in each.groupby("word"):
        share = apart(overlap(part))
        if share.n:
            low, high = share.ci or (np.nan, np.nan)
            lines.append((in_words(str(modality)), share.value, low, high, share.n))
    data = pd.DataFrame(lines, columns=["label", "estimate", "ci_low", "ci_high", "n"])
    return bars(
        data.sort_values("n", ascending=False), headline(found, "{:.0%} of pairs of model papers share no dataset"),
        "share of pairs of papers without a common dataset",
        f"n = {found.n} model papers; in brackets papers; dashed: three quarters", EVERY,
    )  # fmt: skip
