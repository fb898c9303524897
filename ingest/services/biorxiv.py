"""bioRxiv and medRxiv: api.biorxiv.org/details, all versions of one preprint."""

from typing import Any

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, date_parts
from ingest.services.reading import dicts, first_text, integer, read_json
from ingest.text import clean_text

ACCEPT = ("json",)
_SERVERS = {"biorxiv": "bioRxiv", "medrxiv": "medRxiv"}


def address(identifier: str) -> str:
    """The address of one preprint's versions; `medrxiv:10.1101/...` names the other server."""
    server = "medrxiv" if identifier.lower().startswith("medrxiv") else "biorxiv"
    found = identifiers.doi(identifier)
    if found is None:
        raise ValueError(
            f"{identifier!r} is not a DOI; expected something like 10.1101/2023.01.11.523679"
        )
    bare = found.partition("v")[0] if found.rpartition("v")[2].isdigit() else found
    return f"{base_url('biorxiv')}/details/{server}/{bare}/na/json"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """One record a preprint; its versions are listed inside."""
    data = read_json(raw, stamp.url)
    collection = data.get("collection", data) if isinstance(data, dict) else data
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in dicts(collection):
        # The /pubs endpoint prefixes its fields with "preprint_".
        doi = identifiers.doi(first_text(entry.get("doi"), entry.get("preprint_doi")))
        if doi:
            groups.setdefault(doi, []).append(entry)
    return [_record(doi, entries).stamped(stamp) for doi, entries in groups.items()]


def _get(entry: dict[str, Any], name: str) -> str | None:
    return first_text(entry.get(name), entry.get(f"preprint_{name}"))


def _record(doi: str, entries: list[dict[str, Any]]) -> Record:
    ordered = sorted(entries, key=lambda e: integer(e.get("version")) or 0)
    first, last = ordered[0], ordered[-1]
    title = clean_text(_get(last, "title"))
    year, month, day = date_parts(_get(first, "date"))
    published = identifiers.doi(first_text(last.get("published"), last.get("published_doi")))
    server = (_get(last, "server") or _get(last, "platform") or "").lower()
    versions = [
        {"id": f"doi:{doi}v{number}", "relation": "version", "date": _get(entry, "date")}
        for entry in ordered
        if (number := integer(entry.get("version")))
    ]
    if published:
        versions.append({"id": f"doi:{published}", "relation": "published"})
    updates: list[dict[str, Any]] = []
    kinds = [(_get(entry, "type") or "").lower() for entry in ordered]
    if any("withdrawn" in kind or "withdrawal" in kind for kind in kinds) or (
        title and title.upper().startswith(("WITHDRAWN", "REMOVED"))
    ):
        updates.append(
            {"type": "withdrawal", "doi": None, "date": _get(last, "date"),
             "direction": "about_this"}
        )  # fmt: skip
    abstract = clean_text(_get(last, "abstract"))
    return Record(
        doi=doi,
        title=title,
        authors=_authors(_get(last, "authors")),
        year=year,
        month=month,
        day=day,
        venue=_SERVERS.get(server, server or "bioRxiv"),
        type="preprint",
        version_of=f"doi:{published}" if published else None,
        versions=versions,
        updates=updates,
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=f"https://doi.org/{doi}",
    )


def _authors(line: str | None) -> list[Author]:
    found: list[Author] = []
    for name in (line or "").split(";"):
        author = names.from_display(name)
        if author:
            found.append(author)
    return found
