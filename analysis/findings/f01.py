"""F01: foundation models have flooded in since 2021."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy import stats

from analysis.charts.style import in_words
from analysis.charts.timeline import timeline
from analysis.findings.base import FindingVerdict, Found, insufficient
from analysis.findings.dates import MODEL_DATES
from analysis.findings.thresholds import headline

SINCE, BEFORE = 2021, 2016
FLOOD = 5.0
"""A flood is a fivefold rate; fixed in docs/methods/findings.md."""

SQL = f"""
WITH {MODEL_DATES}
SELECT m.id AS model, m.name, m.family, array_to_string(m.modality, ', ') AS modality,
    d.released, left(d.released, 4)::INTEGER AS year
FROM method m
JOIN model_date d ON d.model = m.id
ORDER BY d.released, m.id
"""


def rate_ratio(
    after: int, years_after: int, before: int, years_before: int
) -> tuple[float | None, float, float | None]:
    """Rate ratio of two Poisson counts with its exact conditional 95 % interval.

    None stands for infinity: no upper end where nothing came before.
    Przyborowski & Wilenski 1940, Biometrika 31:313-323.
    """
    total, exposure = after + before, years_before / years_after
    low = float(stats.beta.ppf(0.025, after, before + 1)) if after else 0.0
    lower = low / (1.0 - low) * exposure
    if not before:
        return None, lower, None
    high = float(stats.beta.ppf(0.975, after + 1, total - after))
    return after / before * exposure, lower, high / (1.0 - high) * exposure


def measure(rows: pd.DataFrame) -> Found:
    """Models a year since 2021 over models a year in the five years before."""
    years = rows["year"].dropna().astype(int)
    if len(years) < 5 or years.max() < SINCE:
        return insufficient(len(years), "models", "release dates of at least five models")
    after, before = int((years >= SINCE).sum()), int(years.between(BEFORE, SINCE - 1).sum())
    span = int(years.max()) - SINCE + 1
    ratio, low, high = rate_ratio(after, span, before, SINCE - BEFORE)
    if low > FLOOD:
        verdict = FindingVerdict.holds
    else:
        verdict = FindingVerdict.holds_in_part if low > 1.0 else FindingVerdict.does_not_hold
    shown = "unbounded" if ratio is None else f"{ratio:.1f}"
    unknown = len(rows) - len(years)
    says = (
        f"{after} of {len(years)} catalogued models came out in {SINCE} to {years.max()}, "
        f"{after / span:.1f} a year; in {BEFORE} to {SINCE - 1} it was "
        f"{before / (SINCE - BEFORE):.1f} a year (rate ratio {shown}, 95% {low:.1f} to "
        f"{'unbounded' if high is None else f'{high:.1f}'})."
    )
    if unknown:
        says += f" {unknown} have no known date."
    return Found(verdict, len(years), "models", says, ratio, low, high, "rate ratio")


def figure(rows: pd.DataFrame, found: Found) -> Any:
    """Models released each year, by the modality that the model names first."""
    known = rows.dropna(subset=["year"])
    first = known["modality"].fillna("").str.split(", ").str[0].map(in_words)
    counts = known.assign(category=first).groupby(["year", "category"]).size()
    return timeline(
        counts.reset_index(name="n"), headline(found, "Since 2021 models come out {:.0f} times as fast as before"),
        "models released", f"n = {found.n} catalogued models; the last year isn't over",
        since=SINCE,
    )  # fmt: skip
