"""Semantic Scholar: the Academic Graph's paper object."""

from typing import Any
from urllib.parse import quote

from ingest import identifiers, names
from ingest.http import base_url
from ingest.lexicon import count_terms
from ingest.record import Record, Stamp, date_parts
from ingest.services.reading import dicts, dig, first_text, integer, read_json, texts
from ingest.text import clean_text

ACCEPT = ("json",)
FIELDS = (
    "title,abstract,authors,year,publicationDate,venue,publicationVenue,journal,externalIds,"
    "publicationTypes,url"
)
_TYPES = {
    "journalarticle": "journal_article", "conference": "conference_paper", "review": "journal_article",
    "book": "book", "booksection": "book_chapter", "dataset": "dataset",
    "lettersandcomments": "journal_article", "editorial": "journal_article",
}  # fmt: skip


def address(identifier: str) -> str:
    """The address of one paper, by DOI, arXiv id, PubMed id or Semantic Scholar's own."""
    text = identifier.strip()
    if found := identifiers.doi(text):
        key = f"DOI:{found}"
    elif found := identifiers.arxiv(text):
        key = f"ARXIV:{found}"
    elif text.lower().startswith("pmid") and (found := identifiers.pmid(text)):
        key = f"PMID:{found}"
    elif text.lower().startswith("corpusid:") or (len(text) == 40 and text.isalnum()):
        key = text
    else:
        raise ValueError(
            f"{identifier!r} is not a DOI, an arXiv id, pmid:..., CorpusID:... or paper id"
        )
    return f"{base_url('semanticscholar')}/graph/v1/paper/{quote(key, safe=':/')}?fields={FIELDS}"


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a paper, of a search page (data) or of a batch answer (a list with gaps)."""
    data = read_json(raw, stamp.url)
    items = data.get("data", data) if isinstance(data, dict) else data
    return [_record(paper).stamped(stamp) for paper in dicts(items) if "title" in paper
            or "externalIds" in paper]  # fmt: skip


def _record(paper: dict[str, Any]) -> Record:
    title = clean_text(paper.get("title"))
    doi = identifiers.doi(dig(paper, "externalIds", "DOI"))
    number = identifiers.arxiv(dig(paper, "externalIds", "ArXiv"))
    year, month, day = date_parts(paper.get("publicationDate"))
    if year is None:
        year = date_parts(integer(paper.get("year")))[0]
    venue = clean_text(first_text(
        dig(paper, "journal", "name"), dig(paper, "publicationVenue", "name"), paper.get("venue")
    ))  # fmt: skip
    kinds = [kind.lower() for kind in texts(paper.get("publicationTypes"))]
    kind = next((_TYPES[k] for k in kinds if k in _TYPES), None)
    if (venue or "").lower() in ("arxiv", "arxiv.org", "biorxiv", "medrxiv", "research square"):
        kind = "preprint"
    found = (names.from_display(first_text(a.get("name"))) for a in dicts(paper.get("authors")))
    abstract = clean_text(paper.get("abstract"))
    return Record(
        doi=doi,
        arxiv=number or (identifiers.arxiv(doi) if doi and "arxiv" in doi else None),
        pmid=identifiers.pmid(dig(paper, "externalIds", "PubMed")),
        title=title,
        authors=[author for author in found if author],
        year=year,
        month=month,
        day=day,
        venue=venue,
        type=kind,
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=first_text(paper.get("url")),
    )
