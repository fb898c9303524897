"""Forest plot of pooled gaps: estimate, confidence and prediction interval, one line a stratum."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.style import BLUE, GREY, layered, names_above, signed_axis

KNOWN, THIN = "pooled, 95% interval", "too few publications"
STEP = 40
"""px of a line: the upper half is its label's, the lower half its interval's."""
LOWER = 10
"""px below the middle of a line: where its interval stands."""


def forest(
    gaps: pd.DataFrame, message: str, axis: str, subtitle: str = "", label: str = "label"
) -> Any:
    """Draw rows with `label`, estimate, ci_low/high, pi_low/high, k, n_publications.

    Rows without an interval are drawn hollow: they describe, and infer nothing. Right of zero the
    foundation model is better. Labels stand above their lines, not beside them, so that a phone
    has room for both.
    """
    data = gaps.assign(
        line=[f"{row[label]}{_counts(row)}" for _, row in gaps.iterrows()],
        inferred=gaps["ci_low"].notna().map({True: KNOWN, False: THIN}),
        zero=0.0,
    )
    # by name: a layer leaves out rows without its numbers, and would put these last
    order = list(data["line"])
    y = alt.Y("line:N", sort=order, title=None, axis=names_above())
    tooltip = [
        alt.Tooltip(f"{label}:N", title="stratum"),
        alt.Tooltip("estimate:Q", format="+.3f"),
        alt.Tooltip("ci_low:Q", format="+.3f", title="95% from"),
        alt.Tooltip("ci_high:Q", format="+.3f", title="95% to"),
        alt.Tooltip("pi_low:Q", format="+.3f", title="new publication from"),
        alt.Tooltip("pi_high:Q", format="+.3f", title="new publication to"),
        alt.Tooltip("k:Q", title="differences"),
        alt.Tooltip("n_publications:Q", title="publications"),
    ]
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    reach = _reach(gaps)
    x = alt.X(
        "estimate:Q", title=axis, scale=alt.Scale(domain=reach, nice=False),
        axis=signed_axis(),
    )  # fmt: skip
    predicted = base.mark_rule(
        strokeWidth=1.5, color=GREY, opacity=0.7, clip=True, yOffset=LOWER
    ).encode(x=alt.X("pi_low:Q", title=axis), x2="pi_high:Q")
    interval = base.mark_rule(strokeWidth=4, color=BLUE, clip=True, yOffset=LOWER).encode(
        x="ci_low:Q", x2="ci_high:Q"
    )
    point = base.mark_point(size=90, opacity=1, color=BLUE, strokeWidth=2, yOffset=LOWER).encode(
        x=x,
        fill=alt.Fill(
            "inferred:N", scale=alt.Scale(domain=[KNOWN, THIN], range=[BLUE, "transparent"])
        ),
    )
    # a piece of the zero line beside each interval: a whole one would run through the labels
    zero = base.mark_tick(
        orient="vertical", size=STEP * 0.42, thickness=1.5, color=GREY, yOffset=LOWER
    ).encode(x="zero:Q")  # fmt: skip
    # faint, so that the eye keeps a label with its interval across a wide screen
    apart = base.mark_rule(color=GREY, opacity=0.25).encode(y=alt.Y("line:N", sort=order, title=None, axis=names_above(), bandPosition=1))  # fmt: skip
    spoken = "; ".join(
        f"{row[label]}: {row['estimate']:+.3f}" for _, row in gaps.head(12).iterrows()
    )
    return layered(
        [apart, zero, predicted, interval, point], message, subtitle,
        f"{axis}. {spoken}", alt.Step(STEP),
    )  # fmt: skip


def _reach(gaps: pd.DataFrame) -> list[float]:
    """Ends of the axis: estimates and confidence intervals whole; prediction intervals may be cut."""
    ends = pd.concat([gaps[c] for c in ("estimate", "ci_low", "ci_high")]).dropna().astype(float)
    wide = pd.concat([gaps[c] for c in ("pi_low", "pi_high")]).dropna().astype(float)
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    if len(wide):
        low, high = min(low, max(float(wide.min()), -1.0)), max(high, min(float(wide.max()), 1.0))
    room = 0.04 * ((high - low) or 1.0)
    return [round(low - room, 3), round(high + room, 3)]


def _counts(row: pd.Series) -> str:
    k, n = int(row["k"]), int(row["n_publications"])
    return f"  ({k:,} in {n} {'publication' if n == 1 else 'publications'})"
