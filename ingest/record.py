"""One publication as one service describes it, in the form that all services share."""

import hashlib
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family, given) or a group (name only), in the order of the source."""

    family: str | None
    given: str | None
    name: str | None
    orcid: str | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a body came from: service, address, time of reading (UTC), sha256 of its bytes."""

    service: str
    url: str
    time: str
    sha256: str

    @classmethod
    def of(cls, service: str, url: str, body: bytes, moment: datetime | None = None) -> "Stamp":
        """Stamp a body; ``moment`` defaults to now."""
        when = (moment or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        stamp = when.isoformat().replace("+00:00", "Z")
        return cls(service, url, stamp, hashlib.sha256(body).hexdigest())


@dataclass(slots=True)
class Record:
    """The normalised record. What a source doesn't say is None or an empty list, never a guess.

    ``type``: journal_article, conference_paper, preprint, book_chapter, book, thesis, report,
    dataset, software, model, peer_review, editorial_notice or other. ``version_of`` is the
    identifier ("doi:..." or "arxiv:...") of the work that this is a preprint or version of;
    ``versions`` lists other versions of this one. ``updates`` are notices about this work:
    ``type`` correction, retraction, withdrawal, expression_of_concern, new_version or other.
    ``abstract_terms`` holds counts of the lexicons' terms, never the text.
    """

    doi: str | None = None
    arxiv: str | None = None
    pmid: str | None = None
    title: str | None = None
    authors: list[Author] = field(default_factory=list)
    year: int | None = None
    month: int | None = None
    day: int | None = None
    venue: str | None = None
    type: str | None = None
    version_of: str | None = None
    versions: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    abstract_terms: dict[str, Any] | None = None
    url: str | None = None
    provenance: dict[str, dict[str, str]] = field(default_factory=dict)
    # For ranking within a run only: never printed, never written.
    abstract: str | None = field(default=None, repr=False)

    def stamped(self, stamp: Stamp) -> "Record":
        """This record with the stamp on every field that says something."""
        source = asdict(stamp)
        self.provenance = {
            name: source for name in FIELDS if getattr(self, name) not in (None, [], {})
        }
        return self

    def to_json(self) -> dict[str, Any]:
        """The record as `claimgap ingest SERVICE --format json` prints it."""
        printed = asdict(self)
        del printed["abstract"]
        return printed

    @property
    def identifiers(self) -> set[str]:
        """All identifiers by which others may know exactly this work."""
        found = {f"{kind}:{value}" for kind in ("doi", "arxiv", "pmid")
                 if (value := getattr(self, kind))}  # fmt: skip
        if self.doi and self.doi.startswith("10.48550/arxiv."):
            found.add("arxiv:" + self.doi.removeprefix("10.48550/arxiv."))
        return found


FIELDS = tuple(f.name for f in fields(Record) if f.name not in ("provenance", "abstract"))


def date_parts(text: object) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of an ISO date that may stop early; nonsense is None.

    >>> date_parts("2024-05")
    (2024, 5, None)
    """
    if isinstance(text, int) and not isinstance(text, bool):
        return (text if 1500 <= text <= 2200 else None), None, None
    if not isinstance(text, str):
        return None, None, None
    pieces = text.strip().partition("T")[0].partition(" ")[0].split("-")
    return valid_date(*[int(p) if p.isdigit() else None for p in [*pieces, "", ""][:3]])


def valid_date(
    year: int | None, month: int | None = None, day: int | None = None
) -> tuple[int | None, int | None, int | None]:
    """The leading parts of a date that make sense; a day without a month is dropped."""
    if year is None or not 1500 <= year <= 2200:
        return None, None, None
    if month is None or not 1 <= month <= 12:
        return year, None, None
    if day is None or not 1 <= day <= 31:
        return year, month, None
    return year, month, day
