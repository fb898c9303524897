"""F41: advice for practitioners can be given.

The advice itself is the view `advice` (analysis/sql/advice.sql); the finding is in how many domains
the evidence behind it is of at least moderate strength.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.charts.forest import forest
from analysis.charts.style import in_words
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.thresholds import MOST
from analysis.views import SQL as VIEWS
from analysis.views import read_view

SQL = read_view(VIEWS / "advice.sql").body
FIRM = ("high", "moderate")


def measure(rows: pd.DataFrame) -> Found:
    """Share of domains with evidence of at least moderate strength; a count, without interval."""
    known = rows[rows["strength"] != "none"]
    works = int(known["n_publications"].max()) if len(known) else 0
    if works < 5:
        return insufficient(
            len(known), "domains",
            "a domain in which at least five publications put a model beside a comparator",
        )  # fmt: skip
    share = float(rows["strength"].isin(FIRM).mean())
    firm = rows[rows["strength"].isin(FIRM)]
    verdict = (
        FindingVerdict.holds if share > MOST
        else FindingVerdict.holds_in_part if share > 0 else FindingVerdict.does_not_hold
    )  # fmt: skip
    said = "; ".join(
        f"{in_words(domain)}: {in_words(best)}"
        for domain, best in zip(firm["domain"], firm["best_supported"], strict=True)
    )
    strengths = rows["strength"].value_counts()
    thin = ", ".join(f"{strengths.get(s, 0)} {s}" for s in ("low", "very low", "none"))
    return Found(
        verdict, len(rows), "domains",
        f"In {len(firm)} of {len(rows)} domains the evidence is of at least moderate strength"
        f"{' (' + said + ')' if said else ''}; in the others {thin}. Advice by number of labels "
        "or compute isn't possible: few tables vary them.",
        share, unit="share of domains",
    )  # fmt: skip


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Gap to the best comparator by domain, strongest evidence first."""
    known = rows[rows["estimate"].notna()]
    drawn = known.assign(
        label=[
            f"{in_words(d)} [{s}]" for d, s in zip(known["domain"], known["strength"], strict=True)
        ]
    )
    numbers = ["estimate", "ci_low", "ci_high", "pi_low", "pi_high"]
    return forest(
        drawn.astype(dict.fromkeys(numbers, float)),
        "Foundation models against the best comparator, with the strength of the evidence",
        "model minus best comparator, in skill", f"n = {found.n} {found.unit_of_n}",
    )  # fmt: skip
