"""Europe PMC: REST search (resultType=core) and full-text JATS."""

from typing import Any
from urllib.parse import urlencode

from lxml import etree

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, date_parts, valid_date
from ingest.safe_xml import local, parse_xml
from ingest.services import jats_front
from ingest.services.reading import dicts, dig, first_text, integer, read_json, texts
from ingest.text import clean_text

ACCEPT = ("json",)
_UPDATES = {
    "erratum in": "correction", "corrected and republished in": "correction",
    "corrected in": "correction", "retraction in": "retraction",
    "partial retraction in": "retraction", "expression of concern in": "expression_of_concern",
    "update in": "new_version", "republished in": "new_version", "withdrawal in": "withdrawal",
}  # fmt: skip


def query_of(identifier: str) -> str:
    """Europe PMC's query for one identifier (DOI, PubMed id, PMC id, preprint id)."""
    text = identifier.strip()
    if found := identifiers.doi(text):
        return f'DOI:"{found}"'
    if text.upper().startswith("PMC") and text[3:].isdigit():
        return f"PMCID:{text.upper()}"
    if text.upper().startswith("PPR") and text[3:].isdigit():
        return f"EXT_ID:{text.upper()} AND SRC:PPR"
    if found := identifiers.pmid(text):
        return f"EXT_ID:{found} AND SRC:MED"
    raise ValueError(f"{identifier!r} is not a DOI, a PubMed, PMC or PPR id")


def address(identifier: str) -> str:
    """The address of the search that finds one identifier."""
    asked = {"query": query_of(identifier), "resultType": "core", "format": "json"}
    return f"{base_url('europepmc')}/search?{urlencode(asked)}"


def full_text_address(pmcid: str) -> str:
    """The address of a paper's JATS full text, by its PMC id."""
    return f"{base_url('europepmc')}/{pmcid.strip().upper()}/fullTextXML"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a search response (JSON or XML), or of a full text in JATS."""
    if raw.lstrip()[:1] == b"<" and not raw.lstrip()[:14].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        root = parse_xml(raw, stamp.url)
        if any(local(e) == "resultList" for e in root.iter()):
            found = [_plain(e) for e in root.iter() if local(e) == "result"]
            return [_record(r).stamped(stamp) for r in found if isinstance(r, dict)]
        return [record.stamped(stamp) for record in jats_front.records_of(root)]
    data = read_json(raw, stamp.url)
    results = dig(data, "resultList", "result")
    if results is None:
        results = dig(data, "result")
    if results is None:
        results = data if isinstance(data, list) else ([data] if dig(data, "title") else [])
    return [_record(result).stamped(stamp) for result in dicts(results)]


def _plain(element: etree._Element) -> Any:
    """An element of the XML answer as the JSON answer has it: a text, or an object of its children."""
    children = [child for child in element if local(child)]
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        name, value = local(child), _plain(child)
        if child.get("type") and isinstance(value, str):
            value = {"type": child.get("type"), "value": value}
        if name in found:
            found[name] = [
                *(found[name] if isinstance(found[name], list) else [found[name]]),
                value,
            ]
        else:
            found[name] = value
    return found


def _record(result: dict[str, Any]) -> Record:
    title = clean_text(result.get("title"))
    if title and title.endswith(".") and not title.endswith(("..", "etc.")):
        # PubMed closes every title with a full stop of its own.
        title = title[:-1]
    preprint = result.get("source") == "PPR" or any(
        "preprint" in t.lower() for t in texts(dig(result, "pubTypeList", "pubType"))
    )
    year, month, day = _date(result)
    doi = identifiers.doi(result.get("doi"))
    version_of, versions, updates = _comments(result)
    number = integer(result.get("versionNumber"))
    if preprint and number:
        versions.insert(0, {"id": f"doi:{doi}" if doi else None, "relation": "version",
                            "number": number})  # fmt: skip
    kinds = [t.lower() for t in texts(dig(result, "pubTypeList", "pubType"))]
    if any("retracted publication" in kind for kind in kinds) and not any(
        u["type"] == "retraction" for u in updates
    ):
        updates.append({"type": "retraction", "doi": None, "date": None, "direction": "about_this"})
    abstract = clean_text(result.get("abstractText"))
    return Record(
        doi=doi,
        pmid=identifiers.pmid(result.get("pmid")),
        title=title,
        authors=_authors(result),
        year=year,
        month=month,
        day=day,
        venue=clean_text(first_text(
            dig(result, "journalInfo", "journal", "title"), result.get("journalTitle"),
            dig(result, "bookOrReportDetails", "publisher"), dig(result, "publisher"),
        )),
        type=_type(preprint, kinds),
        version_of=version_of,
        versions=versions,
        updates=updates,
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=_url(result),
    )  # fmt: skip


def _type(preprint: bool, kinds: list[str]) -> str | None:
    if preprint:
        return "preprint"
    if any("published erratum" in k or "retraction of publication" in k for k in kinds):
        return "editorial_notice"
    if any("journal article" in k or "research-article" in k or "review" in k for k in kinds):
        return "journal_article"
    return "other" if kinds else None


def _url(result: dict[str, Any]) -> str | None:
    source, identifier = result.get("source"), result.get("id")
    if isinstance(source, str) and isinstance(identifier, str):
        return f"https://europepmc.org/article/{source}/{identifier}"
    return None


def _date(result: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    for text in (
        result.get("electronicPublicationDate"),
        result.get("firstPublicationDate"),
        dig(result, "journalInfo", "printPublicationDate"),
    ):
        year, month, day = date_parts(text)
        if year is None:
            continue
        stated = integer(dig(result, "journalInfo", "monthOfPublication"))
        if (month, day) == (1, 1) and not stated:
            # Europe PMC fills partial dates up with ones.
            month = day = None
        return year, month, day
    return valid_date(
        integer(dig(result, "journalInfo", "yearOfPublication")) or integer(result.get("pubYear")),
        integer(dig(result, "journalInfo", "monthOfPublication")) or None,
    )


def _authors(result: dict[str, Any]) -> list[Author]:
    found: list[Author] = []
    for entry in dicts(dig(result, "authorList", "author")):
        orcid = None
        ids = dig(entry, "authorId")
        for identifier in dicts(ids):
            if str(identifier.get("type", "")).upper() == "ORCID":
                orcid = identifiers.orcid(identifier.get("value"))
        if name := clean_text(entry.get("collectiveName")):
            found.append(names.group(name, orcid))
            continue
        family = clean_text(entry.get("lastName"))
        given = clean_text(first_text(entry.get("firstName"), entry.get("initials")))
        if family:
            found.append(names.person(family, given, orcid))
        elif author := names.from_initials(first_text(entry.get("fullName")), orcid):
            found.append(author)
    if not found and (line := first_text(result.get("authorString"))):
        for name in line.rstrip(".").split(","):
            author = names.from_initials(name)
            if author:
                found.append(author)
    return found


def _comments(
    result: dict[str, Any],
) -> tuple[str | None, list[dict[str, Any]], list[dict[str, Any]]]:
    version_of: str | None = None
    versions: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    for entry in dicts(dig(result, "commentCorrectionList", "commentCorrection")):
        kind = first_text(entry.get("type")) or ""
        lowered = kind.lower()
        other = _other(entry)
        if lowered == "preprint of":
            version_of = version_of or other
        elif lowered in ("preprint in", "update of"):
            versions.append({"id": other, "relation": "preprint"})
        elif lowered in _UPDATES:
            doi = identifiers.doi(entry.get("reference")) or identifiers.doi(entry.get("doi"))
            updates.append({"type": _UPDATES[lowered], "doi": doi, "date": None,
                            "direction": "about_this"})  # fmt: skip
        elif lowered.startswith(("erratum for", "retraction of", "expression of concern for")):
            word = "correction" if lowered.startswith("erratum") else lowered.partition(" o")[0]
            word = "expression_of_concern" if lowered.startswith("expression") else word
            updates.append({"type": word, "doi": identifiers.doi(entry.get("reference")),
                            "date": None, "direction": "notice_of"})  # fmt: skip
    return version_of, versions, updates


def _other(entry: dict[str, Any]) -> str | None:
    if doi := identifiers.doi(entry.get("reference")) or identifiers.doi(entry.get("doi")):
        return f"doi:{doi}"
    identifier, source = first_text(entry.get("id")), first_text(entry.get("source"))
    if identifier and source == "MED":
        return f"pmid:{identifier}"
    return f"{(source or 'europepmc').lower()}:{identifier}" if identifier else None
