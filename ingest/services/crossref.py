"""Crossref: api.crossref.org/works, one work or a list."""

from typing import Any
from urllib.parse import quote

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, valid_date
from ingest.services.reading import dicts, dig, first_text, integer, read_json, texts
from ingest.text import clean_text

ACCEPT = ("json",)
_TYPES = {
    "journal-article": "journal_article", "proceedings-article": "conference_paper",
    "posted-content": "preprint", "book-chapter": "book_chapter", "book": "book",
    "monograph": "book", "dissertation": "thesis", "report": "report", "dataset": "dataset",
    "peer-review": "peer_review", "reference-entry": "book_chapter",
}  # fmt: skip
_UPDATES = {
    "correction": "correction", "corrigendum": "correction", "erratum": "correction",
    "addendum": "correction", "clarification": "correction", "retraction": "retraction",
    "partial_retraction": "retraction", "withdrawal": "withdrawal", "removal": "withdrawal",
    "expression_of_concern": "expression_of_concern", "concern": "expression_of_concern",
    "new_version": "new_version", "new_edition": "new_version",
}  # fmt: skip
# The day of publication, in the order in which Crossref itself derives `published`.
_DATES = ("published", "published-online", "published-print", "posted", "issued")


def address(identifier: str) -> str:
    """The address of one work. DOIs hold slashes and brackets, which must be escaped."""
    found = identifiers.doi(identifier)
    if found is None:
        raise ValueError(
            f"{identifier!r} is not a DOI; expected something like 10.1038/s41592-024-02523-z"
        )
    return f"{base_url('crossref')}/works/{quote(found, safe='')}"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a response, whether one work, a list or a bare work."""
    data = read_json(raw, stamp.url)
    message = data.get("message", data) if isinstance(data, dict) else data
    items = message.get("items") if isinstance(message, dict) else message
    works = dicts(items) if items is not None else dicts(message)
    return [_record(work).stamped(stamp) for work in works if "DOI" in work or "title" in work]


def _record(work: dict[str, Any]) -> Record:
    title = clean_text(first_text(work.get("title")))
    subtitle = clean_text(first_text(work.get("subtitle")))
    if title and subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    doi = identifiers.doi(work.get("DOI"))
    kind = work.get("type")
    record_type = _TYPES.get(kind, "other") if isinstance(kind, str) else None
    if record_type == "preprint" and work.get("subtype") not in (None, "preprint"):
        record_type = "other"
    year, month, day = _date(work)
    version_of, versions = _relations(work)
    abstract = clean_text(work.get("abstract"))
    return Record(
        doi=doi,
        arxiv=identifiers.arxiv(doi) if doi and doi.startswith("10.48550/") else None,
        title=title,
        authors=_authors(work),
        year=year,
        month=month,
        day=day,
        venue=_venue(work, record_type),
        type=record_type,
        version_of=version_of,
        versions=versions,
        updates=_updates(work),
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=first_text(work.get("URL")),
    )


def _authors(work: dict[str, Any]) -> list[Author]:
    found: list[Author] = []
    for entry in dicts(work.get("author")):
        orcid = identifiers.orcid(entry.get("ORCID"))
        family, given = clean_text(entry.get("family")), clean_text(entry.get("given"))
        if family or given:
            prefix, suffix = clean_text(entry.get("prefix")), clean_text(entry.get("suffix"))
            # Publishers put titles (Dr., Prof.) into prefix as often as particles.
            if prefix and prefix.islower():
                family = f"{prefix} {family}" if family else prefix
            if suffix and family and suffix not in family:
                family = f"{family} {suffix}"
            if family and not given and names.is_group(family):
                found.append(names.group(family, orcid))
            else:
                found.append(names.person(family, given, orcid))
        elif name := clean_text(entry.get("name")):
            found.append(names.group(name, orcid))
    return found


def _date(work: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    best: tuple[int | None, int | None, int | None] = (None, None, None)
    for key in _DATES:
        parts = dig(work, key, "date-parts", 0)
        if not isinstance(parts, list):
            continue
        numbers = [integer(part) for part in parts[:3]]
        padded = [*numbers, None, None, None]
        date = valid_date(padded[0], padded[1], padded[2])
        if date[0] is not None:
            best = date
            break
    return best


def _venue(work: dict[str, Any], kind: str | None) -> str | None:
    container = clean_text(first_text(work.get("container-title")))
    if container:
        return container
    if kind == "preprint":
        for institution in dicts(work.get("institution")):
            if name := clean_text(institution.get("name")):
                return name
        return clean_text(first_text(work.get("group-title"), work.get("publisher")))
    return clean_text(dig(work, "event", "name"))


def _relations(work: dict[str, Any]) -> tuple[str | None, list[dict[str, Any]]]:
    version_of: str | None = None
    versions: list[dict[str, Any]] = []
    relation = work.get("relation")
    for name, entries in relation.items() if isinstance(relation, dict) else ():
        for entry in dicts(entries):
            other = _identifier(entry)
            if other is None:
                continue
            if name in ("is-preprint-of", "is-version-of"):
                version_of = version_of or other
            elif name in ("has-preprint", "has-version", "is-identical-to", "replaces"):
                kind = {"has-preprint": "preprint", "replaces": "earlier"}.get(name, "version")
                entry_json = {"id": other, "relation": kind}
                if entry_json not in versions:
                    versions.append(entry_json)
    return version_of, versions


def _identifier(entry: dict[str, Any]) -> str | None:
    value = entry.get("id")
    if entry.get("id-type") == "arxiv" and (found := identifiers.arxiv(value)):
        return f"arxiv:{found}"
    found = identifiers.doi(value)
    return f"doi:{found}" if found else None


def _updates(work: dict[str, Any]) -> list[dict[str, Any]]:
    """Notices about this work (updated-by), and what this work is a notice of (update-to)."""
    found: list[dict[str, Any]] = []
    for key, direction in (("updated-by", "about_this"), ("update-to", "notice_of")):
        for entry in dicts(work.get(key)):
            kind = (
                "_".join(texts(entry.get("type"))[:1]).lower().replace("-", "_").replace(" ", "_")
            )
            parts = [integer(p) for p in dig(entry, "updated", "date-parts", 0) or []][:3]
            written = [f"{p:02d}" for p in valid_date(*parts) if p is not None] if parts else []
            update = {
                "type": _UPDATES.get(kind, "other"),
                "doi": identifiers.doi(entry.get("DOI")),
                "date": "-".join(written) or None,
                "direction": direction,
            }
            if update not in found:
                found.append(update)
    return found
