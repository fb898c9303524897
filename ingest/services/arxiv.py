"""arXiv: the Atom API (export.arxiv.org/api/query) and e-print sources."""

import re
from typing import Any

from lxml import etree

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, date_parts
from ingest.safe_xml import local, parse_xml
from ingest.services.reading import MalformedResponseError
from ingest.text import clean_text

ACCEPT = ("xml",)
_WITHDRAWN = re.compile(
    r"\b(?:this (?:paper|article|submission|manuscript|work|version) (?:has been|is|was)"
    r"(?: (?:now|temporarily))? withdrawn|withdrawn by (?:the )?(?:author|arxiv)|^\s*withdrawn\b)",
    re.IGNORECASE,
)


def address(identifier: str) -> str:
    """The API address of one paper."""
    found = identifiers.arxiv_version(identifier)
    if found is None:
        raise ValueError(f"{identifier!r} is not an arXiv id; expected something like 2306.15006")
    number, version = found
    suffix = f"v{version}" if version else ""
    return f"{base_url('arxiv')}/api/query?id_list={number}{suffix}&max_results=1"


def source_address(identifier: str) -> str:
    """The address of a paper's e-print source."""
    found = identifiers.arxiv_version(identifier)
    if found is None:
        raise ValueError(f"{identifier!r} is not an arXiv id; expected something like 2306.15006")
    number, version = found
    return f"{base_url('arxiv')}/e-print/{number}{f'v{version}' if version else ''}"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of an Atom feed. arXiv reports errors as entries: they raise."""
    root = parse_xml(raw, stamp.url)
    entries = [root] if local(root) == "entry" else [e for e in root if local(e) == "entry"]
    records: list[Record] = []
    for entry in entries:
        identifier = _text(entry, "id") or ""
        if "/api/errors" in identifier or (_text(entry, "title") or "").strip() == "Error":
            summary = clean_text(_text(entry, "summary")) or "no reason given"
            raise MalformedResponseError(
                f"{stamp.url}: arXiv answers with an error: {summary}. Check the identifier."
            )
        if identifiers.arxiv(identifier) is None:
            # An unknown identifier gives an entry without anything in it.
            continue
        records.append(_record(entry, identifier).stamped(stamp))
    return records


def _children(entry: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in entry if local(child) == name]


def _text(entry: etree._Element, name: str) -> str | None:
    found = _children(entry, name)
    return "".join(map(str, found[0].itertext())).strip() or None if found else None


def _record(entry: etree._Element, identifier: str) -> Record:
    number, version = identifiers.arxiv_version(identifier) or ("", None)
    title = clean_text(_text(entry, "title"), latex=True)
    summary = clean_text(_text(entry, "summary"), latex=True)
    comment = clean_text(_text(entry, "comment")) or ""
    doi = identifiers.doi(_text(entry, "doi"))
    own = doi is not None and doi.startswith("10.48550/")
    year, month, day = date_parts(_text(entry, "published"))
    versions: list[dict[str, Any]] = []
    if version:
        updated = (_text(entry, "updated") or "").partition("T")[0] or None
        versions = [{"id": f"arxiv:{number}v{version}", "relation": "version", "date": updated}]
    updates: list[dict[str, Any]] = []
    if _WITHDRAWN.search(comment) or _WITHDRAWN.search((summary or "")[:300]):
        updates.append({"type": "withdrawal", "doi": None, "date": None, "direction": "about_this"})
    return Record(
        doi=doi,
        arxiv=number or None,
        title=title,
        authors=_authors(entry),
        year=year,
        month=month,
        day=day,
        venue=clean_text(_text(entry, "journal_ref")) or "arXiv",
        type="preprint",
        version_of=f"doi:{doi}" if doi and not own else None,
        versions=versions,
        updates=updates,
        abstract_terms=count_terms(title, summary),
        abstract=summary,
        url=f"https://arxiv.org/abs/{number}" if number else None,
    )


def _authors(entry: etree._Element) -> list[Author]:
    found: list[Author] = []
    for element in _children(entry, "author"):
        name = clean_text(_text(element, "name"), latex=True)
        if name in (":", None):
            # "The X Collaboration : A. Author" comes apart into a bare colon.
            continue
        author = names.from_display(name)
        if author:
            found.append(author)
    return found
