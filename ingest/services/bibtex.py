"""BibTeX files as records, read with bibtexparser 2; broken entries are named, never dropped."""

import re
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from ingest import identifiers, names
from ingest.lexicon import count_terms
from ingest.record import Author, Record, Stamp, valid_date
from ingest.services.reading import MalformedResponseError
from ingest.text import clean_text

_TYPES = {
    "article": "journal_article", "inproceedings": "conference_paper", "book": "book",
    "conference": "conference_paper", "incollection": "book_chapter", "inbook": "book_chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report",
    "report": "report", "dataset": "dataset", "software": "software", "online": "other",
    "misc": "other", "unpublished": "preprint",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERVERS = ("arxiv", "biorxiv", "medrxiv", "preprint", "research square", "chemrxiv")


def parse(raw: bytes, stamp: Stamp) -> list[Record]:
    """Records of a BibTeX file, in its order.

    Raises MalformedResponseError naming every entry that can't be read or stands twice.
    """
    text = _decode(raw)
    library = parse_string(text, parse_stack=[])
    if library.failed_blocks:
        places = "; ".join(
            f"line {(block.start_line or 0) + 1}: {_reason(block)}"
            for block in library.failed_blocks
        )
        raise MalformedResponseError(f"{stamp.url}: {places}. Correct the entries and try again.")
    strings = {s.key.lower(): _bare(str(s.value)) for s in library.strings}
    return [_record(entry, strings).stamped(stamp) for entry in library.entries]


def citekeys(raw: bytes) -> list[str]:
    """Keys of the entries, in order; they name drafts."""
    return [e.key for e in parse_string(_decode(raw), parse_stack=[]).entries]


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _reason(block: Any) -> str:
    key = getattr(block, "key", None)
    name = type(block).__name__
    if "DuplicateBlockKey" in name:
        return f"a second entry {key}"
    if "DuplicateFieldKey" in name:
        return f"a field given twice ({', '.join(sorted(block.duplicate_keys))})"
    return "an entry that can't be read (check braces, quotes and commas)"


def _bare(value: str) -> str:
    value = value.strip()
    while len(value) > 1 and (value[0], value[-1]) in {("{", "}"), ('"', '"')}:
        value = value[1:-1].strip()
    return value


def _value(raw: str, strings: dict[str, str]) -> str:
    """A field's value: strings put in, parts joined at #."""
    raw = raw.strip()
    if raw[:1] in '{"' and "#" not in raw:
        return _bare(raw)
    parts = [part.strip() for part in re.split(r"\s#\s", raw)]
    return "".join(
        _bare(part) if part[:1] in '{"' else strings.get(part.lower(), part) for part in parts
    )


def _record(entry: Any, strings: dict[str, str]) -> Record:
    fields = {f.key.lower(): _value(str(f.value), strings) for f in entry.fields}
    title = clean_text(fields.get("title"), latex=True)
    venue = next(
        (v for k in ("journal", "journaltitle", "booktitle", "howpublished", "school",
                     "institution", "publisher") if (v := clean_text(fields.get(k), latex=True))),
        None,
    )  # fmt: skip
    number = _arxiv(fields, venue)
    kind = _TYPES.get(entry.entry_type.lower(), "other")
    if any(server in (venue or "").lower() for server in _SERVERS) or (
        number and kind == "other" and venue is None
    ):
        kind = "preprint"
    year, month, day = _date(fields)
    return Record(
        doi=identifiers.doi(fields.get("doi")) or identifiers.doi(fields.get("url")),
        arxiv=number,
        pmid=identifiers.pmid(fields.get("pmid")),
        title=title,
        authors=authors_of(fields.get("author", "")),
        year=year,
        month=month,
        day=day,
        venue=venue,
        type=kind,
        abstract_terms=count_terms(title, clean_text(fields.get("abstract"), latex=True)),
        url=clean_text(fields.get("url", "").replace("\\", "")) or None,
    )


def authors_of(field: str) -> list[Author]:
    """People and groups of an author field; `and others` ends the list without a name."""
    found: list[Author] = []
    for name in split_multiple_persons_names(re.sub(r"\s+", " ", field)):
        if not name.strip() or name.strip().lower() == "others":
            continue
        if name.strip().startswith("{") and name.strip().endswith("}"):
            text = clean_text(name, latex=True)
            if text:
                found.append(names.group(text))
            continue
        try:
            parts = parse_single_name_into_parts(name)
        except ValueError:
            author = names.from_display(clean_text(name, latex=True))
        else:
            family = clean_text(" ".join([*parts.von, *parts.last, *parts.jr]), latex=True)
            given = clean_text(" ".join(parts.first), latex=True)
            author = names.person(family, given)
            if family and not given and names.is_group(family):
                author = names.group(family)
        if author:
            found.append(author)
    return found


def _arxiv(fields: dict[str, str], venue: str | None) -> str | None:
    eprint = fields.get("eprint")
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if eprint and prefix in ("arxiv", "") and (found := identifiers.arxiv(eprint)):
        return found
    for text in (venue, fields.get("doi"), fields.get("url"), fields.get("note")):
        if text and "arxiv" in text.lower():
            match = re.search(r"(\d{4}\.\d{4,5})", text)
            if match:
                return match.group(1)
    return None


def _date(fields: dict[str, str]) -> tuple[int | None, int | None, int | None]:
    parts = fields.get("date", "").split("-")
    year = parts[0] if parts[0] else fields.get("year", "")
    found = re.search(r"\d{4}", year)
    month = parts[1] if len(parts) > 1 else fields.get("month", "")
    day = parts[2] if len(parts) > 2 else fields.get("day", "")
    return valid_date(
        int(found.group(0)) if found else None, _month(month), int(day) if day.isdigit() else None
    )


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    lowered = text.strip().lower()[:3]
    return _MONTHS.index(lowered) + 1 if lowered in _MONTHS else None
