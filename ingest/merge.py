"""Records of the same work agree, or their disagreement is shown: nothing is overwritten."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from ingest.record import Author, Record
from ingest.text import match_key

# Two titles of one paper differ in case, hyphens and a word; 92 is where the pairs of preprint and
# published title in this field's bibliographies part from pairs of different papers.
SAME_TITLE = 92.0
_FIELDS = (
    "doi",
    "arxiv",
    "pmid",
    "title",
    "authors",
    "year",
    "month",
    "day",
    "venue",
    "type",
    "url",
)
# Whose word counts first where sources differ only in how much they say (a display order, the
# others stay visible): the publisher's deposit, then curated copies, then aggregators.
_ORDER = (
    "crossref",
    "datacite",
    "europepmc",
    "biorxiv",
    "arxiv",
    "bib",
    "openalex",
    "semanticscholar",
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one service says of a field, with the stamp of its word."""

    service: str
    value: Any
    stamp: dict[str, str]


@dataclass(slots=True)
class Version:
    """One version of a publication (preprint or published) as several services describe it."""

    kind: str  # "preprint" or "published"
    records: list[Record] = field(default_factory=list)

    def opinions(self, name: str) -> list[Opinion]:
        """What each record says of a field, in order of standing; silence is left out."""
        found = []
        for record in self.records:
            value = getattr(record, name)
            if name == "doi" and record.version_of == f"doi:{value}":
                continue  # a preprint that prints its published version's DOI
            if value not in (None, [], {}):
                stamp = record.provenance.get(name, {})
                found.append(Opinion(stamp.get("service", "unknown"), value, stamp))
        rank = {service: i for i, service in enumerate(_ORDER)}
        return sorted(found, key=lambda o: rank.get(o.service, len(_ORDER)))

    def value(self, name: str) -> Any:
        """The fullest of the agreeing words of the first-standing source; None if all are silent."""
        opinions = self.opinions(name)
        if not opinions:
            return None
        same = [o for o in opinions if agree(name, o.value, opinions[0].value)]
        return max(same, key=lambda o: _fullness(name, o.value)).value

    def conflicts(self) -> dict[str, list[Opinion]]:
        """Fields on which sources disagree, with every opinion side by side."""
        found: dict[str, list[Opinion]] = {}
        for name in _FIELDS:
            if name == "url":
                continue
            opinions = self.opinions(name)
            if any(
                not agree(name, a.value, b.value)
                for i, a in enumerate(opinions)
                for b in opinions[i + 1 :]
            ):
                found[name] = opinions
        return found


@dataclass(slots=True)
class Publication:
    """One work with its versions, tied by identifiers, relations or title and authors."""

    versions: list[Version]
    ties: list[str] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        """All records of all versions."""
        return [record for version in self.versions for record in version.records]

    def version(self, kind: str) -> Version | None:
        """The preprint, or the published version."""
        return next((v for v in self.versions if v.kind == kind), None)

    @property
    def main(self) -> Version:
        """The published version if there is one."""
        return self.version("published") or self.versions[0]

    @property
    def updates(self) -> list[dict[str, Any]]:
        """Notices about the work from all sources, each once."""
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for record in self.records:
            for update in record.updates:
                key = (update.get("type"), update.get("doi"), update.get("direction"))
                found.setdefault(key, update)
        return list(found.values())

    def to_json(self) -> dict[str, Any]:
        """The publication as the command line prints it: values, conflicts, ties."""
        return {
            "ties": self.ties,
            "updates": self.updates,
            "versions": [
                {
                    "kind": version.kind,
                    "values": {n: _plain(version.value(n)) for n in _FIELDS},
                    "sources": sorted({o.service for n in _FIELDS for o in version.opinions(n)}),
                    "conflicts": {
                        name: [
                            {"service": o.service, "value": _plain(o.value), "source": o.stamp}
                            for o in opinions
                        ]
                        for name, opinions in version.conflicts().items()
                    },
                }
                for version in self.versions
            ],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, Author):
        return {
            "family": value.family,
            "given": value.given,
            "name": value.name,
            "orcid": value.orcid,
        }
    return value


def _fullness(name: str, value: Any) -> int:
    if name == "authors":
        return sum(1 + bool(a.orcid) + len(a.given or "") for a in value)
    return 0


def agree(name: str, a: Any, b: Any) -> bool:
    """Whether two sources say the same of a field, spelling and fullness aside."""
    if name == "title":
        return match_key(a) == match_key(b) or fuzz.ratio(match_key(a), match_key(b)) >= 97
    if name == "authors":
        return _authors_agree(a, b)
    if name == "venue":
        keys = [match_key(re.sub(r"^the ", "", v.lower())) for v in (a, b)]
        return keys[0] == keys[1] or fuzz.token_set_ratio(*keys) == 100
    return bool(a == b)


def _author_key(author: Author) -> tuple[str, str]:
    family = match_key(author.family or author.name)
    return family, match_key(author.given)[:1]


def _authors_agree(a: Sequence[Author], b: Sequence[Author]) -> bool:
    """The same people in the same order; initials stand for names, short lists may be cut."""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < len(longer) and len(shorter) < 10 and len(shorter) != len(longer):
        return False
    for x, y in zip(shorter, longer, strict=False):
        (fx, gx), (fy, gy) = _author_key(x), _author_key(y)
        whole_x = match_key(x.name).replace(" ", "")
        whole_y = match_key(y.name).replace(" ", "")
        if fx == fy and (gx == gy or not gx or not gy):
            continue
        # A family name of two words is taken apart differently by those who only have one string.
        if whole_x == whole_y or fx.endswith(f" {fy}") or fy.endswith(f" {fx}"):
            continue
        return False
    return True


def kind_of(record: Record) -> str:
    """Whether a record describes a preprint or a published version."""
    server = match_key(record.venue) in (
        "arxiv",
        "biorxiv",
        "medrxiv",
        "research square",
        "chemrxiv",
    )
    return (
        "preprint" if record.type == "preprint" or (server and record.type is None) else "published"
    )


def _links(record: Record) -> set[str]:
    """Identifiers of this work and of works that it says are versions of it."""
    found = set(record.identifiers)
    if record.version_of and record.type not in ("model", "software", "dataset"):
        found.add(record.version_of)
    for version in record.versions:
        if version.get("relation") in ("preprint", "published", "version") and version.get("id"):
            found.add(re.sub(r"(?<=\d)v\d+$", "", str(version["id"])))
    return {re.sub(r"^doi:10\.48550/arxiv\.", "arxiv:", link) for link in found}


def _same_by_title(a: Record, b: Record) -> bool:
    """Nearly the same title, the same first author, and years no more than three apart."""
    if not (a.title and b.title and a.authors and b.authors):
        return False
    keys = match_key(a.title), match_key(b.title)
    if min(len(k) for k in keys) < 15 or fuzz.token_sort_ratio(*keys) < SAME_TITLE:
        return False
    if _author_key(a.authors[0])[0].split()[-1:] != _author_key(b.authors[0])[0].split()[-1:]:
        return False
    return a.year is None or b.year is None or abs(a.year - b.year) <= 3


def _distinct(a: Record, b: Record) -> bool:
    """Both published, with different DOIs: two papers, whatever their titles."""
    return bool(kind_of(a) == kind_of(b) == "published" and a.doi and b.doi and a.doi != b.doi)


def merge(records: Iterable[Record]) -> list[Publication]:
    """Group records into publications. Order of first appearance is kept.

    Records are tied by a shared identifier, by a relation that one of them states, or by title
    with first author; which of these it was is kept in ``ties``.
    """
    items = list(records)
    parent = list(range(len(items)))
    ties: dict[int, set[str]] = {}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def tie(i: int, j: int, why: str) -> None:
        a, b = sorted((root(i), root(j)))
        if a != b:
            parent[b] = a
            ties.setdefault(a, set()).update(ties.pop(b, set()))
        ties.setdefault(a, set()).add(why)

    seen: dict[str, int] = {}
    for i, record in enumerate(items):
        for link in sorted(_links(record)):
            if link in seen:
                tie(seen[link], i, f"shared identifier {link}")
            else:
                seen[link] = i
    for i, a in enumerate(items):
        for j in range(i + 1, len(items)):
            b = items[j]
            if root(i) != root(j) and not _distinct(a, b) and _same_by_title(a, b):
                tie(i, j, "title and first author")
    groups: dict[int, list[Record]] = {}
    for i, record in enumerate(items):
        groups.setdefault(root(i), []).append(record)
    return [_publication(group, sorted(ties.get(key, ()))) for key, group in groups.items()]


def _publication(group: list[Record], ties: list[str]) -> Publication:
    versions: dict[str, Version] = {}
    for record in group:
        kind = kind_of(record)
        versions.setdefault(kind, Version(kind)).records.append(record)
    ordered = [versions[k] for k in ("published", "preprint") if k in versions]
    return Publication(ordered, ties)
