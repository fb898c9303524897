"""Numbers and verdicts in words: how an estimate with its interval and its n is written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from analysis.charts.style import in_words

MINUS = "\N{MINUS SIGN}"


def known(value: Any) -> bool:
    """Whether a cell holds a number: DuckDB's NULL comes as None or as NaN."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def signed(value: Any, digits: int = 3) -> str:
    """A difference with its sign; a dash where it isn't known."""
    if not known(value):
        return "–"
    text = f"{float(value):+.{digits}f}"
    return text.replace("-", MINUS)


def interval(low: Any, high: Any, digits: int = 3) -> str:
    """The ends of an interval, or empty where there is none."""
    if not known(low) or not known(high):
        return ""
    return f"{signed(low, digits)} to {signed(high, digits)}"


def counted(n: Any, one: str, many: str = "") -> str:
    """A number of things: `1 dataset`, `1,234 datasets`."""
    return f"{int(n):,} {one if int(n) == 1 else many or one + 's'}"


def behind(row: Mapping[str, Any]) -> str:
    """What stands behind a pooled gap: interval, prediction interval, differences, publications."""
    parts = []
    if ends := interval(row["ci_low"], row["ci_high"]):
        parts.append(f"95% interval {ends}")
    else:
        parts.append("too few publications for an interval")
    if ends := interval(row.get("pi_low"), row.get("pi_high")):
        parts.append(f"the next publication may fall anywhere from {ends}")
    parts.append(
        f"k = {int(row['k']):,} differences on {counted(row['n_datasets'], 'dataset')} from "
        f"{counted(row['n_publications'], 'publication')}"
    )
    return "; ".join(parts)


def measured(effect: Any, low: Any, high: Any, unit: str) -> str:
    """An effect with its unit and interval; shares as percentages."""
    if not known(effect):
        return "no single number"
    share = unit.startswith(("share", "probability", "chance"))
    if unit.startswith("skill"):  # as everywhere else: with its sign, to three decimals
        ends = interval(low, high)
        return f"{signed(effect)}{f' (95% interval {ends})' if ends else ''}, {unit}"

    def form(value: Any) -> str:
        return f"{float(value):.1%}" if share else f"{float(value):.4g}".replace("-", MINUS)

    ends = f" (95% interval {form(low)} to {form(high)})" if known(low) and known(high) else ""
    return f"{form(effect)}{ends}, {unit}" if unit else f"{form(effect)}{ends}"


def of_these(n: Any, unit: str) -> str:
    """A number of what a unit in the plural names: `1 publication`, `1 model family`, `12 models`."""
    if int(n) == 1:
        unit = f"{unit.removesuffix('ies')}y" if unit.endswith("ies") else unit.removesuffix("s")
    return f"{int(n):,} {unit}"


def capital(text: str) -> str:
    """The first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


__all__ = ["behind", "capital", "counted", "in_words", "interval", "known", "listed", "measured", "of_these", "signed"]  # fmt: skip
