"""What pydantic refuses, in the words that a message to people needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel
from rapidfuzz import process

from schema.problems import shown
from schema.records.base import FORMS, UNION_TAGS
from schema.records.claim import PREDICATES

_EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "enum": lambda c: "one of " + str(c.get("expected", "")).replace("'", ""),
    "literal_error": lambda c: "one of " + str(c.get("expected", "")).replace("'", ""),
    "string_pattern_mismatch": lambda c: form(str(c.get("pattern"))),
    "greater_than_equal": lambda c: f"at least {c.get('ge')}",
    "less_than_equal": lambda c: f"at most {c.get('le')}",
    "too_short": lambda c: f"at least {c.get('min_length')} item(s)",
    "model_type": lambda c: "keys with values",
    "model_attributes_type": lambda c: "keys with values",
    "dict_type": lambda c: "keys with values",
    "list_type": lambda c: "a list",
    "string_type": lambda c: "text",
    "union_tag_invalid": lambda c: "one of " + str(c.get("expected_tags", "")).replace("'", ""),
    "union_tag_not_found": lambda c: "a `kind`",
}
# Names of union members, which pydantic puts into its paths beside the keys of the file.
_NOT_KEYS = UNION_TAGS | PREDICATES


class Refusal(NamedTuple):
    """One thing that a record refused: where (keys and numbers from 0), code, and what to say."""

    path: tuple[str | int, ...]
    code: str
    found: str
    expected: str
    remedy: str


def did_you_mean(word: str, known: list[str] | tuple[str, ...], cutoff: float = 70) -> str:
    """`did you mean 'x'?` for the nearest known word, or an empty string."""
    best = process.extractOne(word, known, processor=str.lower, score_cutoff=cutoff)
    return f"did you mean '{best[0]}'?" if best else ""


def form(pattern: str) -> str:
    """What a text must look like, in words where the pattern has any."""
    return FORMS.get(pattern, f"text of the form {pattern}")


def expected_of(error: Any) -> str:
    """What one of pydantic's errors says was expected."""
    make = _EXPECTED.get(error["type"])
    return make(error.get("ctx", {})) if make else error["msg"].removeprefix("Value error, ")


def refusal(error: Any, record: type[BaseModel], at: tuple[str | int, ...] = ()) -> Refusal:
    """One of pydantic's errors in words; `at` is where in its file the refused node stands."""
    loc = tuple(p for p in error["loc"] if p not in _NOT_KEYS and "[" not in str(p))
    path = (*at, *loc)
    key = ".".join(map(str, path))
    last = str(path[-1]) if path else ""
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(last, tuple(record.model_fields))
        return Refusal(path, "E020", f"the unknown key {shown(last)}", "a key of this record",
                       hint or "remove it, or see docs/dictionary.md for the keys")  # fmt: skip
    if error["type"] == "missing":
        return Refusal(path, "E022", "nothing", f"the key {shown(last)}",
                       "add it (not_reported where the source doesn't say)")  # fmt: skip
    found = shown(error["input"])
    if isinstance(error["input"], dict | list):
        found = "keys with values" if isinstance(error["input"], dict) else "a list"
    expected, remedy = expected_of(error), "correct the value"
    if error["type"] in {"enum", "literal_error", "union_tag_invalid"} and isinstance(
        error["input"], str
    ):
        context = error.get("ctx", {})
        words = str(context.get("expected", context.get("expected_tags", "")))
        options = [w.strip(" '") for w in words.replace(" or ", ",").split(",")]
        remedy = did_you_mean(error["input"], options) or "choose one of them"
    if "as_unknown" in error["loc"] and "Fact[" in str(record.model_fields.get(key, "")):
        expected = "{value: ..., source: ...}, or " + expected
    return Refusal(path, "E021", found, expected, remedy)
