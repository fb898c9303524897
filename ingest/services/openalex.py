"""OpenAlex: api.openalex.org/works, one work or a page of results."""

from typing import Any
from urllib.parse import quote

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, date_parts
from ingest.services.reading import dicts, dig, first_text, integer, read_json
from ingest.text import clean_text, invert_abstract

ACCEPT = ("json",)
_TYPES = {
    "article": "journal_article", "preprint": "preprint", "review": "journal_article",
    "letter": "journal_article", "editorial": "journal_article", "book-chapter": "book_chapter",
    "book": "book", "dissertation": "thesis", "report": "report", "dataset": "dataset",
    "erratum": "editorial_notice", "retraction": "editorial_notice", "peer-review": "peer_review",
    "software": "software", "posted-content": "preprint", "proceedings-article": "conference_paper",
    "journal-article": "journal_article",
}  # fmt: skip


def address(identifier: str) -> str:
    """The address of one work, by OpenAlex id, DOI, PubMed id or arXiv id."""
    text = identifier.strip().rpartition("/")[2] if "openalex.org" in identifier else identifier
    base = f"{base_url('openalex')}/works"
    if text.strip().upper().startswith("W") and text.strip()[1:].isdigit():
        return f"{base}/{text.strip().upper()}"
    if found := identifiers.doi(identifier):
        return f"{base}/doi:{quote(found, safe='/')}"
    if found := identifiers.arxiv(identifier):
        return f"{base}/doi:10.48550/arxiv.{found}"
    if found := identifiers.pmid(identifier):
        return f"{base}/pmid:{found}"
    raise ValueError(f"{identifier!r} is not an OpenAlex id (W...), a DOI, an arXiv or a PubMed id")


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a response, whether one work or a page of results."""
    data = read_json(raw, stamp.url)
    items = data.get("results", data) if isinstance(data, dict) else data
    return [record_of(work).stamped(stamp) for work in dicts(items) if _is_work(work)]


def _is_work(work: dict[str, Any]) -> bool:
    return any(key in work for key in ("title", "display_name", "doi", "authorships"))


def record_of(work: dict[str, Any]) -> Record:
    """One work object as a record without its stamp."""
    title = clean_text(first_text(work.get("title"), work.get("display_name")))
    doi = identifiers.doi(first_text(work.get("doi"), dig(work, "ids", "doi")))
    primary = dig(work, "primary_location") or {}
    source = dig(primary, "source") or {}
    kind = work.get("type")
    record_type = _TYPES.get(kind, "other") if isinstance(kind, str) else None
    if record_type == "journal_article" and dig(source, "type") == "conference":
        record_type = "conference_paper"
    if record_type == "journal_article" and dig(source, "type") == "repository":
        version = dig(primary, "version")
        record_type = "preprint" if version in (None, "submittedVersion") else record_type
    year, month, day = date_parts(work.get("publication_date"))
    if (month, day) == (1, 1):
        # OpenAlex fills in 1 January where it knows the year alone.
        month = day = None
    if year is None:
        year = date_parts(integer(work.get("publication_year")))[0]
    abstract = invert_abstract(work.get("abstract_inverted_index"))
    return Record(
        doi=doi,
        arxiv=_arxiv(work, doi),
        pmid=identifiers.pmid(dig(work, "ids", "pmid")),
        title=title,
        authors=_authors(work),
        year=year,
        month=month,
        day=day,
        venue=clean_text(first_text(source.get("display_name"), primary.get("raw_source_name")))
        if isinstance(source, dict) and isinstance(primary, dict)
        else None,
        type=record_type,
        versions=_versions(work, doi),
        updates=_updates(work),
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=first_text(dig(primary, "landing_page_url"), work.get("id")),
    )


def _authors(work: dict[str, Any]) -> list[Author]:
    found: list[Author] = []
    for entry in dicts(work.get("authorships")):
        orcid = identifiers.orcid(first_text(dig(entry, "author", "orcid"), entry.get("raw_orcid")))
        # The name as printed keeps order and particles; display_name is a merged profile's.
        name = first_text(entry.get("raw_author_name"), dig(entry, "author", "display_name"))
        author = names.from_display(name, orcid)
        if author:
            found.append(author)
    return found


def _arxiv(work: dict[str, Any], doi: str | None) -> str | None:
    if doi and doi.startswith("10.48550/arxiv."):
        return identifiers.arxiv(doi)
    for location in dicts(work.get("locations")):
        address = first_text(location.get("landing_page_url"), location.get("pdf_url")) or ""
        if "arxiv" in address.lower() and (found := identifiers.arxiv(address)):
            return found
    return None


def _versions(work: dict[str, Any], doi: str | None) -> list[dict[str, Any]]:
    """Other places of the same work whose DOI differs: its preprint, or the published one."""
    found: list[dict[str, Any]] = []
    for location in dicts(work.get("locations")):
        other = identifiers.doi(location.get("landing_page_url"))
        if other is None or other == doi:
            continue
        version = location.get("version")
        relation = {"submittedVersion": "preprint", "publishedVersion": "published"}.get(
            version if isinstance(version, str) else "", "version"
        )
        entry = {"id": f"doi:{other}", "relation": relation}
        if entry not in found:
            found.append(entry)
    return found


def _updates(work: dict[str, Any]) -> list[dict[str, Any]]:
    if work.get("is_retracted") is True:
        return [{"type": "retraction", "doi": None, "date": None, "direction": "about_this"}]
    return []
