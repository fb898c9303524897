"""What all records share: strict keys, identifiers, sources, and facts that may be unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

from schema.vocabularies import ReadHow, SecondReading, Unknown

_UNKNOWN_TOKENS = frozenset(each.value for each in Unknown)


class Record(BaseModel):
    """Base of all records: unknown keys are refused, values are never changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


# pydantic's "Value error, ..." becomes what a message says was expected: each text below names that


def _not_blank(text: str) -> str:
    if not text:
        raise ValueError("a text, or not_reported, not_applicable, not_checked")
    return text


def _whole_number(value: Any) -> Any:
    # pydantic would take "010", "1_000" and "+5"; a catalog reads each as a slip of the pen
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9][0-9]*)", value):
        raise ValueError("a whole number written with digits only")
    return value


def _real_number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(
        r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", value
    ):
        raise ValueError("a number such as 12, 0.862 or 1.5e-3")
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str) and value not in {"true", "false"}:
        raise ValueError("true or false")
    return value == "true" if isinstance(value, str) else value


_ID = r"^[a-z0-9][a-z0-9.-]*$"
_CITEKEY = r"^[a-z][a-z0-9-]*[0-9]{4}[a-z0-9]*$"
_COMMIT = r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+(@[0-9a-fA-F]{6,40}|@v?[0-9A-Za-z.-]+)?$"
_SHA256 = r"^[0-9a-f]{64}$"
_URL = r"^https?://[^\s<>\"]+$"
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_SOURCE_KEY = r"^[a-z0-9][a-z0-9_-]*$"
METRIC = r"^[a-z0-9][a-z0-9_.-]*$"
WORD = r"^[a-z_]+$"
ORCID = r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"

FORMS = {
    _ID: "lower-case letters, digits, hyphens and dots, such as dnabert-2",
    _CITEKEY: "family name, year and a word of the title, such as zhou2024dnabert2",
    _COMMIT: "owner/name, or owner/name@commit",
    _SHA256: "a SHA-256: 64 digits and letters a to f",
    _URL: "an address that begins with https:// or http://",
    _DATE: "a date such as 2026, 2026-11 or 2026-11-21",
    _SOURCE_KEY: "lower-case letters, digits, hyphens and underscores, such as paper",
    METRIC: "lower-case letters, digits, hyphens, dots and underscores, such as mcc",
    WORD: "lower-case letters and underscores",
    ORCID: "an ORCID iD such as 0000-0002-1825-0097",
}
"""What each form is called in messages."""

Text = Annotated[str, AfterValidator(_not_blank)]
Id = Annotated[str, Field(pattern=_ID)]
CiteKey = Annotated[str, Field(pattern=_CITEKEY)]
Repository = Annotated[str, Field(pattern=_COMMIT)]
Sha256 = Annotated[str, Field(pattern=_SHA256)]
Url = Annotated[str, Field(pattern=_URL)]
PartialDate = Annotated[str, Field(pattern=_DATE)]
LARGEST = 10**15
"""No count of this field is larger, and beyond 2**53 readers of JSON round it."""
Int = Annotated[int, BeforeValidator(_whole_number), Field(ge=-LARGEST, le=LARGEST)]
Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, le=LARGEST)]
Float = Annotated[float, BeforeValidator(_real_number), Field(allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_real_number), Field(ge=0, le=1)]
Bool = Annotated[bool, BeforeValidator(_truth)]


class Source(Record):
    """Where something stands: a publication, a place in it, and how it was read."""

    cite: CiteKey
    locator: Text
    repository: Repository | None = None
    path: Text | None = None
    sha256: Sha256 | None = None
    read: ReadHow
    second_reading: SecondReading = SecondReading.not_checked
    note: Text | None = None


SourceKey = Annotated[str, Field(pattern=_SOURCE_KEY)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


SourceKeys = Annotated[
    list[SourceKey],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=SourceKey | list[SourceKey]),
]

T = TypeVar("T")


class Fact(Record, Generic[T]):
    """A value with the local key (or keys) of the source that says it."""

    value: T
    source: SourceKeys
    note: Text | None = None


Sources = dict[SourceKey, Source]


def _fact_or_unknown(value: Any) -> str:
    return "as_fact" if isinstance(value, dict | Fact) else "as_unknown"


def _value_or_unknown(value: Any) -> str:
    known = not isinstance(value, str) or value not in _UNKNOWN_TOKENS
    return "as_value" if known else "as_unknown"


# Told apart by their shape rather than tried in turn, so that a slip gives one message, not two.
# Classes with __class_getitem__, since pydantic's Fact[T] hides its parameter from type aliases.
if TYPE_CHECKING:
    MaybeFact: TypeAlias = Fact[T] | Unknown
    OrUnknown: TypeAlias = T | Unknown
else:

    class MaybeFact:
        """A fact with its source, or the reason why there is none."""

        def __class_getitem__(cls, item: Any) -> Any:  # noqa: D105
            fact = Annotated[Fact[item], Tag("as_fact")]
            unknown = Annotated[Unknown, Tag("as_unknown")]
            return Annotated[fact | unknown, Discriminator(_fact_or_unknown)]

    class OrUnknown:
        """A plain value, or the reason why there is none."""

        def __class_getitem__(cls, item: Any) -> Any:  # noqa: D105
            value = Annotated[item, Tag("as_value")]
            unknown = Annotated[Unknown, Tag("as_unknown")]
            return Annotated[value | unknown, Discriminator(_value_or_unknown)]


UNION_TAGS = frozenset({"as_fact", "as_unknown", "as_value"})
"""What pydantic adds to the path of an error where a value may be unknown."""


def known(value: Any) -> Any:
    """A fact's or a field's value, or None where it is unknown."""
    if isinstance(value, Fact):
        return known(value.value)
    if isinstance(value, Unknown) or value is None:
        return None
    if isinstance(value, list):
        return [str(each) for each in value]
    return value
