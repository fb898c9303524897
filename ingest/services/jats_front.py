"""The front matter of a JATS article as a record: what full texts say of themselves."""

from typing import Any

from lxml import etree

from ingest import identifiers, names
from ingest.lexicon import count_terms
from ingest.record import Author, Record, valid_date
from ingest.safe_xml import local
from ingest.tables.markup_text import inline
from ingest.text import clean_text

_TYPES = {
    "research-article": "journal_article", "review-article": "journal_article",
    "brief-report": "journal_article", "letter": "journal_article", "preprint": "preprint",
    "correction": "editorial_notice", "retraction": "editorial_notice", "editorial": "journal_article",
}  # fmt: skip
_UPDATES = {
    "correction-forward": "correction", "corrected-article": "correction",
    "retraction-forward": "retraction", "retracted-article": "retraction",
    "object-of-concern": "expression_of_concern", "addendum": "correction",
}  # fmt: skip
# The day a reader could first have it, then the issue's.
_DATES = ("epub", "epub-ppub", "ppub", "pub", "collection", "ecorrected", "preprint")


def _find(element: etree._Element, *path: str) -> list[etree._Element]:
    found = [element]
    for name in path:
        found = [child for each in found for child in each if local(child) == name]
    return found


def _text(element: etree._Element, *path: str) -> str | None:
    found = _find(element, *path)
    return clean_text(inline(found[0]).text) if found else None


def records_of(root: etree._Element) -> list[Record]:
    """One record for each article element: the root, or those in a collection."""
    articles = (
        [root] if local(root) == "article" else [e for e in root.iter() if local(e) == "article"]
    )
    return [_record(article) for article in articles if _find(article, "front")]


def _record(article: etree._Element) -> Record:
    front = _find(article, "front")[0]
    meta = (_find(front, "article-meta") or [front])[0]
    ids = {
        e.get("pub-id-type"): clean_text("".join(map(str, e.itertext())))
        for e in _find(meta, "article-id")
    }
    title = _text(meta, "title-group", "article-title")
    abstracts = [e for e in _find(meta, "abstract") if e.get("abstract-type") is None]
    abstract = clean_text(inline(abstracts[0]).text) if abstracts else None
    year, month, day = _date(meta)
    doi = identifiers.doi(ids.get("doi"))
    kind = _TYPES.get(article.get("article-type") or "", "other")
    return Record(
        doi=doi,
        pmid=identifiers.pmid(ids.get("pmid")),
        title=title,
        authors=_authors(meta),
        year=year,
        month=month,
        day=day,
        venue=_text(front, "journal-meta", "journal-title-group", "journal-title")
        or _text(front, "journal-meta", "journal-title"),
        type=kind,
        updates=_updates(meta),
        abstract_terms=count_terms(title, abstract),
        abstract=abstract,
        url=f"https://doi.org/{doi}" if doi else None,
    )


def _date(meta: etree._Element) -> tuple[int | None, int | None, int | None]:
    dates: dict[str, etree._Element] = {}
    for element in _find(meta, "pub-date"):
        dates.setdefault(element.get("pub-type") or element.get("date-type") or "", element)
    for kind in (*_DATES, *dates):
        if kind not in dates:
            continue
        parts = [_text(dates[kind], name) for name in ("year", "month", "day")]
        numbers = [int(p) if p and p.isdigit() else None for p in parts]
        date = valid_date(numbers[0], numbers[1], numbers[2])
        if date[0]:
            return date
    return None, None, None


def _authors(meta: etree._Element) -> list[Author]:
    found: list[Author] = []
    for group in _find(meta, "contrib-group"):
        for contrib in _find(group, "contrib"):
            if contrib.get("contrib-type") not in (None, "author"):
                continue
            found += _author(contrib)
    return found


def _author(contrib: etree._Element) -> list[Author]:
    orcid = next(
        (o for e in contrib.iter() if local(e) in ("contrib-id", "ext-link")
         if (o := identifiers.orcid("".join(map(str, e.itertext())) or e.get("{http://www.w3.org/1999/xlink}href")))),
        None,
    )  # fmt: skip
    for name in (*_find(contrib, "name"), *_find(contrib, "name-alternatives", "name")):
        family, given = _text(name, "surname"), _text(name, "given-names")
        prefix, suffix = _text(name, "prefix"), _text(name, "suffix")
        if prefix and prefix.islower() and family:
            family = f"{prefix} {family}"
        if suffix and family:
            family = f"{family} {suffix}"
        if family or given:
            return [names.person(family, given, orcid)]
    for collab in _find(contrib, "collab"):
        # The collaboration's members may stand inside; only its name is wanted.
        own = (
            clean_text(collab.text)
            or _text(collab, "institution")
            or _text(collab, "named-content")
        )
        if own:
            return [names.group(own, orcid)]
    return []


def _updates(meta: etree._Element) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for element in _find(meta, "related-article"):
        kind = element.get("related-article-type") or ""
        if kind not in _UPDATES:
            continue
        target = identifiers.doi(element.get("{http://www.w3.org/1999/xlink}href") or "")
        about = kind.endswith("-forward")
        found.append({"type": _UPDATES[kind], "doi": target, "date": None,
                      "direction": "about_this" if about else "notice_of"})  # fmt: skip
    return found
