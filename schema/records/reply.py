"""Right of reply, and the memory of what was turned down."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from schema.records.base import CiteKey, Id, Record, Text, Url
from schema.records.contributor import Orcid, orcid_check_digit
from schema.vocabularies import Unknown


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("a day of the calendar as YYYY-MM-DD") from None
    return text


FullDate = Annotated[
    str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"), AfterValidator(_day)
]
DataVersion = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class ReplyRole(StrEnum):
    """In which capacity somebody replies."""

    claim_author = "claim_author"
    """Wrote the publication that makes the claim."""
    method_author = "method_author"
    """Wrote the method that the claim is about."""
    evaluator = "evaluator"
    """Measured results that decide the claim."""
    other = "other"


class ReplyOutcome(StrEnum):
    """What came of a reply."""

    open = "open"
    entry_changed = "entry_changed"
    verdict_stands = "verdict_stands"


def _checked(orcid: str) -> str:
    if orcid[-1] != orcid_check_digit(orcid[:-1]):
        raise ValueError("an ORCID iD whose last character is the check digit of the others")
    return orcid


class Replier(Record):
    """One person who replies."""

    name: Text
    orcid: Annotated[Orcid, AfterValidator(_checked)] | None = None


class Reply(Record):
    """One reply, in the words of those who sent it, and what came of it."""

    by: Annotated[list[Replier], Field(min_length=1)]
    role: ReplyRole
    date: FullDate
    says: Text
    data_version: DataVersion | None = None
    link: Url | None = None
    outcome: ReplyOutcome = ReplyOutcome.open
    response: Text | None = None


class ReplyFile(Record):
    """catalog/replies/<claim id>.yaml: what stands beside the verdict on one claim."""

    id: Id
    replies: Annotated[list[Reply], Field(min_length=1)]


class RejectedKind(StrEnum):
    """What was turned down, or looked for in vain."""

    publication = "publication"
    model = "model"
    method = "method"
    benchmark = "benchmark"
    corpus = "corpus"
    results = "results"
    repository = "repository"
    claim = "claim"
    correction = "correction"
    search = "search"
    """Looked for and not found: a negative finding."""


class RejectedReason(StrEnum):
    """Why it didn't enter the catalog."""

    out_of_scope = "out_of_scope"
    no_source = "no_source"
    not_in_source = "not_in_source"
    not_readable = "not_readable"
    not_comparable = "not_comparable"
    not_decidable = "not_decidable"
    duplicate = "duplicate"
    withdrawn = "withdrawn"
    nothing_found = "nothing_found"
    other = "other"


class Rejected(Record):
    """One entry of catalog/rejected.yaml: kept, so that nobody has to turn it down again."""

    id: Id
    kind: RejectedKind
    what: Text
    reason: RejectedReason
    why: Text
    publication: CiteKey | Unknown = Unknown.not_reported
    link: Url | None = None
    by: Text
    date: FullDate
