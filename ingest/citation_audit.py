"""Does an identifier belong to the authors, year and venue it is cited as?

Reads Markdown, plain text or BibTeX, finds links and DOIs with their author-year labels, and
compares each with references.bib and, where asked, with what a service answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from rapidfuzz import fuzz

from ingest import identifiers
from schema.bib_reader import read_bibliography
from schema.frames import name_key
from schema.records.publication import Publication

Verdict = Literal["match", "mismatch", "unknown"]


@dataclass(frozen=True)
class Work:
    """What is known of a publication, from wherever it is known."""

    first_author: str
    title: str
    year: int | None
    venue: str | None
    identifier: str | None = None
    citekey: str | None = None


@dataclass(frozen=True)
class Citation:
    """One citation of a text: its label as written, what it points to, and where it stands."""

    label: str
    identifier: str
    line: int
    author: str | None
    year: int | None
    venue: str | None
    title: str | None = None


@dataclass(frozen=True)
class Audited:
    """The verdict on one citation, with what the identifier really is and what may be meant."""

    label: str
    identifier: str
    line: int
    verdict: Verdict
    reason: str
    actual: dict[str, Any] | None
    suggestion: dict[str, Any] | None

    def to_json(self) -> dict[str, Any]:
        """As `claimgap audit citations --format json` prints it."""
        return asdict(self)


LookUp = Callable[[str], Work | None]
"""Asks a service for what an identifier is; None where it doesn't know."""

_LINK = re.compile(r"\[([^\]\n]{3,200})\]\(\s*<?(https?://[^\s)>]+)")
_BARE = re.compile(
    r"([A-Z][^\n()\[\]]{2,120}?\(?(?:19|20)\d{2}[a-z]?\)?[^\n()\[\]]{0,60}?)[\s:,(]+"
    r"((?:https?://(?:dx\.)?doi\.org/|doi:\s*|arxiv:\s*|https?://arxiv\.org/)[^\s)>\]]+)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d{2})[a-z]?\b")
_AUTHOR = re.compile(r"^\W*((?:[a-z]{1,3}\s+){0,2}[A-ZÀ-Ž][\w'’\-]+(?:[ -][A-ZÀ-Ž][\w'’\-]+)?)")
# publishers whose addresses hold the DOI's suffix only
_PREFIXES = ((re.compile(r"nature\.com/articles/([\w.-]+)"), "10.1038/"),)


def identifier_of(address: str) -> str | None:
    """`doi:...` or `arxiv:...` of an address, or None where it names no publication."""
    for pattern, prefix in _PREFIXES:
        if found := pattern.search(address):
            return f"doi:{prefix}{found[1].lower()}"
    doi = identifiers.doi(address)
    if doi is not None:
        if doi.startswith("10.48550/arxiv."):
            return f"arxiv:{doi.removeprefix('10.48550/arxiv.')}"
        # bioRxiv's addresses carry a version and a view behind the DOI
        return f"doi:{re.sub(r'(v[0-9]+)?([.]full([.]pdf)?|[.]abstract)?$', '', doi)}"
    arxiv = identifiers.arxiv(address)
    return f"arxiv:{arxiv}" if arxiv and "arxiv" in address.lower() else None


def _label_parts(label: str) -> tuple[str | None, int | None, str | None]:
    year = _YEAR.search(label)
    author = _AUTHOR.match(label)
    if year is None or author is None:
        return None, None, None
    venue = label[year.end() :].strip(" ,.;:)(") or None
    name = re.sub(r"\s+(et|and|&)$", "", author[1])
    return name, int(year[1]), venue


def find_in_text(text: str) -> list[Citation]:
    """All citations of a Markdown or plain text that carry an author-year label."""
    found: dict[tuple[int, str], Citation] = {}
    for pattern in (_LINK, _BARE):
        for match in pattern.finditer(text):
            identifier = identifier_of(match[2].rstrip(".,;"))
            author, year, venue = _label_parts(match[1].strip())
            if identifier is None or author is None:
                continue
            line = text.count("\n", 0, match.start()) + 1
            citation = Citation(match[1].strip(), identifier, line, author, year, venue)
            found.setdefault((line, identifier), citation)
    return [found[key] for key in sorted(found)]


def find_in_bibliography(publications: Iterable[Publication]) -> list[Citation]:
    """The entries of a BibTeX file as citations: does each identifier belong to its entry?"""
    found = []
    for p in publications:
        identifier = f"doi:{p.doi.lower()}" if p.doi else f"arxiv:{p.arxiv}" if p.arxiv else None
        if identifier is not None:
            label = f"{p.author[0].family} {p.year}, {p.venue}"
            found.append(
                Citation(label, identifier, 0, p.author[0].family, p.year, p.venue, p.title)
            )
    return found


def known_works(publications: Iterable[Publication]) -> dict[str, Work]:
    """Works of references.bib by identifier; a preprint's identifier leads to the same work."""
    works: dict[str, Work] = {}
    for p in publications:
        work = Work(p.author[0].family, p.title, p.year, p.venue, None, p.citekey)
        names = [f"doi:{p.doi.lower()}" if p.doi else None, f"arxiv:{p.arxiv}" if p.arxiv else None]
        for name in filter(None, names):
            works[name] = Work(**{**asdict(work), "identifier": name})
        if p.preprint and (preprint := identifier_of(p.preprint)):
            works.setdefault(preprint, Work(**{**asdict(work), "identifier": preprint}))
    return works


def _same_author(cited: str, actual: str) -> bool:
    one, other = name_key(cited, ""), name_key(actual, "")
    return one == other or fuzz.ratio(one, other) >= 90 or other.endswith(one)


def _same_venue(cited: str, actual: str) -> bool:
    one, other = cited.casefold().replace("&", "and"), actual.casefold().replace("&", "and")
    return one in other or other in one or fuzz.token_set_ratio(one, other) >= 80


def _compare(citation: Citation, work: Work) -> tuple[Verdict, str]:
    wrong = []
    if citation.author and not _same_author(citation.author, work.first_author):
        wrong.append(f"first author is {work.first_author}, not {citation.author}")
    # online and print dates of one paper often lie in neighbouring years
    if citation.year and work.year and abs(citation.year - work.year) > 1:
        wrong.append(f"year is {work.year}, not {citation.year}")
    if wrong and citation.venue and work.venue and not _same_venue(citation.venue, work.venue):
        wrong.append(f"venue is {work.venue}, not {citation.venue}")
    if (
        citation.title
        and fuzz.token_sort_ratio(citation.title.casefold(), work.title.casefold()) < 60
    ):
        wrong.append(f"title is “{work.title}”")
    return ("mismatch", "; ".join(wrong)) if wrong else ("match", "author and year agree")


def _suggest(citation: Citation, works: dict[str, Work]) -> Work | None:
    """The known work by that author of that year, or of a neighbouring year in that venue."""

    def fits(work: Work) -> bool:
        if not (citation.author and citation.year and work.year):
            return False
        if not _same_author(citation.author, work.first_author):
            return False
        venue = bool(citation.venue and work.venue and _same_venue(citation.venue, work.venue))
        return work.year == citation.year or (venue and abs(work.year - citation.year) == 1)

    def rank(work: Work) -> tuple[bool, str]:
        venue = bool(citation.venue and work.venue and _same_venue(citation.venue, work.venue))
        return (not venue, work.title)

    return min(filter(fits, works.values()), key=rank, default=None)


def audit(
    citations: Iterable[Citation], works: dict[str, Work], look_up: LookUp | None = None
) -> list[Audited]:
    """Judge each citation by references.bib, then by `look_up` where references.bib is silent."""
    judged = []
    for citation in citations:
        work = works.get(citation.identifier)
        if work is None and look_up is not None:
            work = look_up(citation.identifier)
        if work is None:
            verdict: Verdict = "unknown"
            reason = "the identifier is neither in references.bib nor, if asked, known to a service"
            suggestion = _suggest(citation, works)
        else:
            verdict, reason = _compare(citation, work)
            suggestion = _suggest(citation, works) if verdict == "mismatch" else None
        judged.append(
            Audited(
                citation.label, citation.identifier, citation.line, verdict, reason,
                asdict(work) if work else None, asdict(suggestion) if suggestion else None,
            )
        )  # fmt: skip
    return judged


def citations_of(path: Path) -> list[Citation]:
    """The citations of a .bib, .md or .txt file. Raises OSError or UnicodeDecodeError."""
    if path.suffix == ".bib":
        publications, _ = read_bibliography(path, path.parent)
        return find_in_bibliography(publications)
    return find_in_text(path.read_text(encoding="utf-8"))
