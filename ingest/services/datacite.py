"""DataCite: api.datacite.org/dois, JSON:API objects of data, software and preprints."""

from typing import Any
from urllib.parse import quote

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, date_parts
from ingest.services.reading import dicts, dig, first_text, integer, read_json
from ingest.text import clean_text

ACCEPT = ("json",)
_TYPES = {
    "dataset": "dataset", "software": "software", "preprint": "preprint", "text": "other",
    "journalarticle": "journal_article", "conferencepaper": "conference_paper", "model": "model",
    "computationalnotebook": "software", "report": "report", "dissertation": "thesis",
    "book": "book", "bookchapter": "book_chapter", "peerreview": "peer_review",
}  # fmt: skip


def address(identifier: str) -> str:
    """The address of one DOI."""
    found = identifiers.doi(identifier)
    if found is None and (number := identifiers.arxiv(identifier)):
        found = f"10.48550/arxiv.{number}"
    if found is None:
        raise ValueError(
            f"{identifier!r} is not a DOI; expected something like 10.5281/zenodo.1234567"
        )
    return f"{base_url('datacite')}/dois/{quote(found, safe='/')}"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of one DOI's answer or of a list."""
    data = read_json(raw, stamp.url)
    items = data.get("data", data) if isinstance(data, dict) else data
    found = []
    for item in dicts(items):
        attributes = item.get("attributes", item)
        if isinstance(attributes, dict) and ("doi" in attributes or "titles" in attributes):
            found.append(_record(attributes).stamped(stamp))
    return found


def _record(work: dict[str, Any]) -> Record:
    titles = dicts(work.get("titles"))
    # Subtitles and translations carry a titleType; the main title doesn't.
    main = next((t for t in titles if not t.get("titleType")), titles[0] if titles else {})
    title = clean_text(main.get("title"))
    doi = identifiers.doi(work.get("doi"))
    types = dig(work, "types") or {}
    general = str(dig(types, "resourceTypeGeneral") or "").lower()
    kind = _TYPES.get(general, "other") if general else None
    number = identifiers.arxiv(doi) if doi and doi.startswith("10.48550/") else None
    if number:
        kind = "preprint"
    abstracts = [
        d for d in dicts(work.get("descriptions")) if d.get("descriptionType") == "Abstract"
    ]
    abstract = clean_text(abstracts[0].get("description")) if abstracts else None
    year, month, day = _date(work)
    version_of, versions = _relations(work)
    publisher = work.get("publisher")
    venue = publisher.get("name") if isinstance(publisher, dict) else publisher
    container = dig(work, "container", "title")
    return Record(
        doi=doi,
        arxiv=number,
        title=title,
        authors=_authors(work),
        year=year,
        month=month,
        day=day,
        venue=clean_text(first_text(container, venue)),
        type=kind,
        version_of=version_of,
        versions=versions,
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=first_text(work.get("url")),
    )


def _authors(work: dict[str, Any]) -> list[Author]:
    found: list[Author] = []
    for entry in dicts(work.get("creators")):
        orcid = None
        for identifier in dicts(entry.get("nameIdentifiers")):
            if str(identifier.get("nameIdentifierScheme", "")).upper() == "ORCID":
                orcid = orcid or identifiers.orcid(identifier.get("nameIdentifier"))
        name = clean_text(entry.get("name"))
        family, given = clean_text(entry.get("familyName")), clean_text(entry.get("givenName"))
        if entry.get("nameType") == "Organizational" and name and not family:
            found.append(names.group(name, orcid))
        elif family:
            found.append(names.person(family, given, orcid))
        elif author := names.from_display(name, orcid):
            found.append(author)
    return found


def _date(work: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    dates = {str(d.get("dateType")): d.get("date") for d in dicts(work.get("dates"))}
    for kind in ("Issued", "Available", "Submitted"):
        text = dates.get(kind)
        # Ranges ("2020/2021") have no single day.
        if isinstance(text, str) and "/" not in text:
            date = date_parts(text)
            if date[0]:
                return date
    return date_parts(integer(work.get("publicationYear")))


def _relations(work: dict[str, Any]) -> tuple[str | None, list[dict[str, Any]]]:
    version_of: str | None = None
    versions: list[dict[str, Any]] = []
    for entry in dicts(work.get("relatedIdentifiers")):
        kind = entry.get("relatedIdentifierType")
        value = entry.get("relatedIdentifier")
        number = identifiers.arxiv(value) if kind == "arXiv" else None
        doi = identifiers.doi(value)
        other = f"arxiv:{number}" if number else (f"doi:{doi}" if doi else None)
        if other is None:
            continue
        relation = entry.get("relationType")
        if relation == "IsVersionOf":
            # arXiv ties a preprint to the published paper by this relation; Zenodo a release to
            # its concept.
            version_of = version_of or other
        elif relation in ("HasVersion", "IsNewVersionOf", "IsPreviousVersionOf", "IsVariantFormOf"):
            word = {"IsNewVersionOf": "earlier", "IsPreviousVersionOf": "later"}.get(
                relation, "version"
            )
            versions.append({"id": other, "relation": word})
        elif relation == "IsPreprintOf":
            version_of = version_of or other
    return version_of, versions
