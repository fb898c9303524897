"""What a finding's module gives: its rows as SQL, and a measure that turns rows into a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import pandas as pd


class FindingVerdict(StrEnum):
    """What the catalog says of a statement about the field."""

    holds = "holds"
    holds_in_part = "holds_in_part"
    does_not_hold = "does_not_hold"
    insufficient_evidence = "insufficient_evidence"


@dataclass(frozen=True)
class Found:
    """A finding as computed: `n` of what `unit_of_n` says, an effect with its interval, in words."""

    verdict: FindingVerdict
    n: int
    unit_of_n: str
    says: str
    effect: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    unit: str = ""
    missing: str = ""


class FindingModule(Protocol):
    """One file of analysis/findings/: F12.py and so on."""

    SQL: str
    """The rows that decide, from tables and views of the built database."""
    measure: Callable[[pd.DataFrame], Found]
    figure: Callable[[pd.DataFrame, Found], Any]


def insufficient(n: int, unit_of_n: str, missing: str) -> Found:
    """Too thin to decide: says exactly what the catalog doesn't hold yet."""
    return Found(
        FindingVerdict.insufficient_evidence, n, unit_of_n,
        f"Insufficient evidence (n = {n} {unit_of_n}).", missing=missing,
    )  # fmt: skip
