"""What a query gives back: columns and rows, or a sentence that says why not."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# Each code has its row in docs/console.md; a test holds the two together.
CODES = {
    "Q001": "there is no statement",
    "Q002": "more than one statement",
    "Q003": "not a statement that only reads",
    "Q004": "a function that the console hides",
    "Q005": "a table or view that isn't there, or is hidden",
    "Q006": "text that can't be a query: too long, or with control characters",
    "Q007": "too deeply nested",
    "Q008": "DuckDB can't run it",
    "Q010": "out of time",
    "Q011": "out of memory",
    "Q012": "the query's process ended by itself",
    "Q020": "no database",
    "Q021": "the database can't be opened",
    "Q022": "no sandbox on this machine",
}


MAX_NESTING = 100  # lists in lists in one value: far below where Python's own recursion ends


class QueryError(Exception):
    """A query that was refused or cut off: a stable code and a sentence that says what to do."""

    def __init__(self, code: str, message: str) -> None:
        """Take a code of CODES and the sentence for the person who typed the query."""
        self.code, self.message = code, message
        super().__init__(f"{code}: {message}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a result: its name, unique within the result, and its DuckDB type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of one query.

    Values are None, bool, int (of any size), float (NaN and infinities too), str, list and dict;
    a Decimal only where no float holds all its digits, and a str for a number beyond even that.
    Dates, times, intervals, UUIDs and blobs
    are strings, written as DuckDB writes them, which loses nothing ('infinity', '\\x00ab').
    """

    columns: tuple[Column, ...]
    rows: list[list[Any]]
    cut: str | None  # which limit cut the rows ("max_rows", "max_bytes"), or None: all are here
    total: int | None  # rows of the whole result; None: cut, and counting took too long
    elapsed: float  # seconds of wall time, the sandbox's own included

    @property
    def truncated(self) -> bool:
        """Whether rows are missing."""
        return self.cut is not None

    def shown(self) -> str:
        """`n of N shown`, and why not all."""
        have = f"{len(self.rows):,}"
        whole = f"more than {have}" if self.total is None else f"{self.total:,}"
        return f"{have} of {whole} rows shown" + (f" (cut by {self.cut})" if self.cut else "")

    def records(self) -> list[dict[str, Any]]:
        """One dict a row, fit for strict JSON.

        NaN is null, infinities are "Infinity" and "-Infinity", and a Decimal is a string.
        """
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(_strict, row), strict=True)) for row in self.rows]


def _strict(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return [_strict(item) for item in value]
    if isinstance(value, dict):
        return {key: _strict(item) for key, item in value.items()}
    return value


def decode(reply: bytes) -> dict[str, Any]:
    """Read one line from the child; numbers keep every digit.

    Raises QueryError when a value is nested so deeply that reading it on would exhaust the stack.
    """
    try:
        message: dict[str, Any] = json.loads(reply, parse_float=_number, parse_int=_integer)
        deep = _is_deep(message.get("rows", []))
    except RecursionError:
        deep = True
    if deep:
        raise QueryError(
            "Q007", f"A value is nested more than {MAX_NESTING} deep: unnest it first."
        )
    return message


def _number(text: str) -> float | Decimal | str:
    value = float(text)
    # Up to 15 significant digits always survive a double; only longer ones need the slow question.
    if len(text) <= 16 and math.isfinite(value):
        return value
    try:
        exact = Decimal(text)
    except ArithmeticError:  # an exponent of twenty digits, which JSON allows
        return text
    return value if Decimal(repr(value)) == exact else exact


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= 4000 else text  # Python itself refuses above 4,300 digits


def _is_deep(rows: list[Any]) -> bool:
    level: list[Any] = rows
    for _ in range(MAX_NESTING):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, list | dict)
        ]
        if not level:
            return False
    return True
