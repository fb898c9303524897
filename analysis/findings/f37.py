"""F37: revolutionary language.

The catalog holds titles, no abstracts and no counts of terms: nothing can be measured yet.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.timeline import timeline
from analysis.findings.base import Found, insufficient

SQL = """
SELECT year, CASE WHEN role = 'model' THEN 'model' ELSE 'benchmark or evaluation' END AS role,
    count(*) AS n_publications
FROM publication
WHERE role IN ('model', 'benchmark', 'evaluation')
GROUP BY ALL
ORDER BY year, role
"""


def measure(rows: pd.DataFrame) -> Found:
    """Insufficient: says what would have to be counted, and for how many publications."""
    n = rows.groupby("role")["n_publications"].sum()
    models, others = int(n.get("model", 0)), int(n.get("benchmark or evaluation", 0))
    return insufficient(
        0, "publications with counted terms",
        f"for each of {models} model papers and {others} benchmark and evaluation papers: the "
        "number of words in title and abstract, and how many of them are terms of a fixed, cited "
        "lexicon of promotional language; the catalog has no field for such counts",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Publications whose titles and abstracts would be counted."""
    counts = rows.rename(columns={"role": "category", "n_publications": "n"})
    return timeline(
        counts, "Publications whose promotional terms nobody has counted yet", "publications",
        f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
