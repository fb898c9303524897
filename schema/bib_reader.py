"""catalog/references.bib, read with bibtexparser 2 into publications.

bibtexparser files broken and duplicate entries under `failed_blocks` and goes on: here each of
them is a problem, since a publication that is silently missing takes its evidence with it.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
from pydantic import ValidationError

from schema.problems import Problem, relative, shown
from schema.records.publication import Publication
from schema.refusals import did_you_mean, expected_of
from schema.yaml_reader import read_text

# what our records call the fields of BibTeX
_FIELDS = {
    "author": "author",
    "title": "title",
    "year": "year",
    "month": "month",
    "day": "day",
    "volume": "volume",
    "pages": "pages",
    "doi": "doi",
    "eprint": "arxiv",
    "preprint": "preprint",
    "preprintdate": "preprint_date",
    "versionof": "version_of",
    "url": "url",
    "evidencelevel": "evidence_level",
    "role": "role",
    "verified": "verified",
    "note": "note",
}
_PRINTED = {record: field for field, record in _FIELDS.items()} | {"venue": "journal"}
"""What BibTeX calls the fields of our records."""
_VENUES = ("journal", "booktitle", "howpublished", "publisher", "school", "institution")
_IGNORED = {"archiveprefix", "primaryclass", "number", "issn", "editor", "series", "keywords"}

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # failed blocks are reported below


def _plain(value: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"(?<!\\)[{}]", "", str(value))).strip()


def parse_authors(field: str) -> tuple[list[dict[str, str]], bool]:
    """Split a BibTeX author field into people; False when it ends in `and others`.

    Raises ValueError where a name can't be taken apart.
    """
    people: list[dict[str, str]] = []
    complete = True
    for name in split_multiple_persons_names(field):
        if name.strip().lower() == "others":
            complete = False
            continue
        if name.strip().startswith("{"):
            people.append({"family": _plain(name), "given": ""})
            continue
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError as error:
            raise ValueError(f"the name {shown(name)}, which can't be taken apart") from error
        family = _plain(" ".join([*parts.von, *parts.last, *parts.jr]))
        people.append({"family": family, "given": _plain(" ".join(parts.first))})
    return people, complete


def read_bibliography(path: Path, root: Path) -> tuple[list[Publication], list[Problem]]:
    """All publications of a BibTeX file, and all that is wrong with it. Never raises."""
    name = relative(path, root)
    text = read_text(path, root)
    if isinstance(text, Problem):
        return [], [text]
    try:
        library = parse_string(text, parse_stack=[])
    except Exception as error:  # the parser's own bugs on hostile input must not be ours
        problem = Problem(
            name, 1, 1, "E011", "", f"text that BibTeX readers can't take ({error})",
            "BibTeX entries", "check braces and quotes",
        )  # fmt: skip
        return [], [problem]
    problems: list[Problem] = []
    lines = text.split("\n")
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock):
            found, remedy = f"a second entry {shown(block.key)}", "keep one of the two"
        elif isinstance(block, DuplicateFieldKeyBlock):
            keys = ", ".join(sorted(block.duplicate_keys))
            found, remedy = f"a field given twice ({keys})", "keep one of the two"
        else:
            found, remedy = "an entry that can't be read", "check its braces, quotes and commas"
        problems.append(
            Problem(name, line, 1, "E011", "", found, "each entry once, well formed", remedy)
        )
    publications: list[Publication] = []
    for entry in library.entries:
        line = (entry.start_line or 0) + 1
        publication, found_problems = _publication(entry, name, line, lines)
        problems += found_problems
        if publication is not None:
            publications.append(publication)
    return sorted(publications, key=lambda each: each.citekey), problems


def _unwrapped(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and (value[0], value[-1]) in {("{", "}"), ('"', '"')}:
        return value[1:-1].strip()
    return value


_FORMS = {
    "doi": "a DOI without its resolver, such as 10.1038/s41592-024-02523-z",
    "arxiv": "an arXiv identifier without its version, such as 2306.15006",
    "citekey": "family name, year and a word of the title, such as zhou2024dnabert2",
    "url": "an address that begins with https://",
    "preprint_date": "a date such as 2023-06-26",
}


def _said(error: Any, key: str) -> tuple[str, str]:
    """What was expected of a field, and what to do."""
    remedy = "complete or correct the field"
    if error["type"] == "missing":
        others = f" (or {', '.join(_VENUES[1:])})" if key == "venue" else ""
        return f"the field {shown(_PRINTED.get(key, key))}{others}", "add it to the entry"
    if error["type"] in ("enum", "literal_error"):
        words = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return "one of " + ", ".join(words), did_you_mean(
            str(error["input"]), words
        ) or "choose one"
    expected = _FORMS.get(key) or expected_of(error)
    inside = _INSIDE.get(key, re.compile("(?!)")).search(str(error["input"]))
    return expected, f"did you mean '{inside[0]}'?" if inside else remedy


_INSIDE = {
    "doi": re.compile(r"10\.\d{4,9}/\S*[^\s.,;)\]}]"),
    "arxiv": re.compile(r"\d{4}\.\d{4,5}(?=v\d|$|\b)"),
}
"""Where a field holds what was meant, with something around it."""


def _publication(
    entry: Any, name: str, line: int, lines: list[str]
) -> tuple[Publication | None, list[Problem]]:
    problems: list[Problem] = []
    record: dict[str, Any] = {"citekey": entry.key, "type": entry.entry_type.lower()}
    places = {"citekey": line}
    for field in entry.fields:
        key = field.key.lower()
        at = (field.start_line or line - 1) + 1
        value = _unwrapped(str(field.value))
        if key in _VENUES:
            record.setdefault("venue", _plain(value))
        elif key == "author":
            places["author"] = at
            try:
                record["author"], record["authors_complete"] = parse_authors(value)
            except ValueError as error:
                problems.append(
                    Problem(name, at, 1, "E012", f"{entry.key}.author", str(error),
                            "Family, Given and Family, Given", "write the name that way")
                )  # fmt: skip
                record["author"], record["authors_complete"] = [{"family": "?"}], False
        elif key in _FIELDS:
            places[_FIELDS[key]] = at
            if value:
                record[_FIELDS[key]] = _plain(value)
        elif key not in _IGNORED:
            known = sorted({*_FIELDS, *_VENUES, *_IGNORED})
            problems.append(
                Problem(name, at, 1, "E013", f"{entry.key}.{key}", f"the field {shown(key)}",
                        "one of " + ", ".join(known),
                        did_you_mean(key, known, 80) or "rename or remove it")
            )  # fmt: skip
    try:
        return Publication.model_validate(record), problems
    except ValidationError as error:
        for each in error.errors():
            key = str(each["loc"][0]) if each["loc"] else ""
            if key == "authors_complete":  # not a field: read off the authors, who are missing too
                continue
            at = places.get(key, line)
            found = "nothing" if each["type"] == "missing" else shown(each["input"])
            expected, remedy = _said(each, key)
            problems.append(
                Problem(
                    name,
                    at,
                    1,
                    "E014",
                    f"{entry.key}.{_PRINTED.get(key, key)}",
                    found,
                    expected,
                    remedy,
                )
            )
        return None, problems
