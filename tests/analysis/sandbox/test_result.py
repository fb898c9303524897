"""Results as JSON can hold them, and the words for what is missing."""

import json
import math
from decimal import Decimal

import pytest

from analysis.sandbox.result import CODES, Column, QueryError, QueryResult, decode


def result(*rows: list[object], cut: str | None = None, total: int | None = None) -> QueryResult:
    columns = tuple(Column(name, "VARCHAR") for name in "abc"[: len(rows[0])])
    return QueryResult(columns, list(rows), cut, total, 0.1)


def test_records_are_strict_json() -> None:
    odd = result([math.nan, -math.inf, [math.inf, {"x": math.nan, "d": Decimal("1.10")}]])
    records = odd.records()
    assert records == [{"a": None, "b": "-Infinity", "c": ["Infinity", {"x": None, "d": "1.10"}]}]
    assert json.loads(json.dumps(records, allow_nan=False)) == records


def test_shown_counts_what_is_missing() -> None:
    assert result([1], total=1).shown() == "1 of 1 rows shown"
    assert (
        result([1], cut="max_rows", total=1234).shown() == "1 of 1,234 rows shown (cut by max_rows)"
    )
    assert result([1], cut="max_bytes").shown() == "1 of more than 1 rows shown (cut by max_bytes)"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"0.862", 0.862),
        (b"0.30000000000000004", 0.1 + 0.2),
        (b"1.7976931348623157e308", 1.7976931348623157e308),
        (b"0.12345678901234567890", Decimal("0.12345678901234567890")),
        (b"1e400", Decimal("1e400")),
        (b"1e99999999999999999999", "1e99999999999999999999"),
        (b"18446744073709551616", 2**64),
        (b"9" * 5000, "9" * 5000),
    ],
)
def test_numbers_keep_every_digit(text: bytes, value: object) -> None:
    (read,) = decode(b'{"rows": [[' + text + b"]]}\n")["rows"][0]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("depth", [150, 100_000])
def test_deep_value_is_refused(depth: int) -> None:
    with pytest.raises(QueryError, match="Q007"):
        decode(b'{"rows": [[' + b"[" * depth + b"]" * depth + b"]]}\n")


def test_codes_are_stable_and_known() -> None:
    assert all(len(code) == 4 and code[0] == "Q" for code in CODES)
    assert str(QueryError("Q001", "Type.")) == "Q001: Type."
