"""A publication, out of what the services say of it, as a draft for references.bib."""

import re
import unicodedata
from typing import Any

from ingest.draft import Draft, Question
from ingest.merge import Opinion, Publication, Version
from ingest.record import Author
from ingest.text import match_key

_STOP = {"a", "an", "the", "of", "on", "in", "for", "and", "to", "with", "towards", "toward", "from",
         "by", "is", "are", "do", "does", "not", "at", "via", "using"}  # fmt: skip
ROLES = ["model", "benchmark", "evaluation", "comparator", "dataset", "tool", "method"]
_ENTRY_TYPES = {"journal_article": "article", "conference_paper": "inproceedings", "book": "book",
                "book_chapter": "incollection", "thesis": "phdthesis", "report": "techreport"}  # fmt: skip


def citekey(version: Version) -> str | None:
    """familyYEARword, as references.bib names its entries; None without author, year or title."""
    authors, year, title = (version.value(n) for n in ("authors", "year", "title"))
    if not authors or not year or not title:
        return None
    family = _ascii(authors[0].family or (authors[0].name or "").split(" ")[0])
    words = [
        w for w in match_key(title).split() if w not in _STOP and len(w) > 1 and not w.isdigit()
    ]
    word = _ascii(words[0]) if words else ""
    return f"{family}{year}{word}" if family else None


def _ascii(text: str) -> str:
    plain = unicodedata.normalize(
        "NFKD", text.replace("ø", "o").replace("ß", "ss").replace("ł", "l")
    )
    return re.sub(r"[^a-z0-9]", "", plain.casefold())


def bib_author(author: Author) -> str:
    """One author as BibTeX wants it; groups in braces."""
    if author.family is None:
        return f"{{{author.name}}}"
    return f"{author.family}, {author.given}" if author.given else author.family


def draft_publication(publication: Publication) -> list[Draft]:
    """One draft for each version, the preprint tied to the published one by its citekey."""
    main = publication.main
    main_key = citekey(main)
    drafts = [_draft(main, main_key, publication)]
    preprint = publication.version("preprint")
    if preprint is not None and preprint is not main:
        draft = _draft(preprint, citekey(preprint), publication)
        draft.entry["version_of"] = main_key
        if draft.id == drafts[0].id:
            draft.id += "-preprint"
            draft.entry["citekey"] = f"{draft.entry['citekey']}preprint"
        drafts.append(draft)
    return drafts


def _draft(version: Version, key: str | None, publication: Publication) -> Draft:
    names = ("title", "authors", "year", "month", "day", "venue", "doi", "arxiv", "url", "type")
    values = {name: version.value(name) for name in names}
    entry: dict[str, Any] = {
        "citekey": key,
        "type": _ENTRY_TYPES.get(values["type"] or "", "misc"),
        "title": values["title"],
        "author": [bib_author(a) for a in values["authors"] or []],
        "year": values["year"],
        "month": values["month"],
        "day": values["day"],
        "venue": values["venue"],
        "doi": values["doi"],
        "eprint": values["arxiv"],
        "url": None if values["doi"] or values["arxiv"] else values["url"],
        "evidencelevel": "preprint" if version.kind == "preprint" else None,
        "role": None,
    }
    draft = Draft(
        id=key or "publication",
        kind="publication",
        entry={k: v for k, v in entry.items() if v not in (None, [])},
        provenance=_provenance(version, names),
    )
    for name, opinions in version.conflicts().items():
        if name not in ("type",):
            draft.review.append(_conflict(name, opinions))
    for name, ask in (
        ("citekey", "Under which key? (family name, year, word of the title)"),
        ("title", "What is its title?"),
        ("author", "Who are its authors?"),
        ("year", "In which year did it appear?"),
        ("venue", "Where did it appear?"),
    ):
        if not draft.entry.get(name):
            draft.review.append(Question(name, ask, required=True))
    draft.review.append(
        Question("role", "What is it for, in this catalog?", alternatives=ROLES, required=True)
    )
    if version.kind != "preprint":
        draft.review.append(
            Question(
                "evidencelevel",
                "How far was it checked before it appeared?",
                "peer_reviewed",
                ["peer_reviewed", "preprint", "repository"],
                required=True,
            )
        )
    for update in publication.updates:
        if update.get("direction") == "about_this":
            where = f" ({update['doi']})" if update.get("doi") else ""
            draft.review.append(
                Question(
                    "note",
                    f"A {update['type'].replace('_', ' ')} of it is known{where}. What should "
                    "readers be told?",
                    f"{update['type']}{where}",
                )
            )
    draft.notes = list(publication.ties)
    return draft


def _provenance(version: Version, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        opinions = version.opinions(name)
        if opinions:
            key = {"authors": "author", "arxiv": "eprint"}.get(name, name)
            found[key] = dict(opinions[0].stamp)
    return found


def _conflict(name: str, opinions: list[Opinion]) -> Question:
    def shown(value: Any) -> str:
        if name == "authors":
            return "; ".join(bib_author(a) for a in value)
        return str(value)

    choices = list(dict.fromkeys(shown(o.value) for o in opinions))
    said = "; ".join(f"{o.service}: {shown(o.value)[:80]}" for o in opinions)
    field = {"authors": "author", "arxiv": "eprint"}.get(name, name)
    return Question(
        field, f"Sources disagree on the {name}. {said}", choices[0], choices, required=True
    )


def to_bibtex(entry: dict[str, Any], verified: str) -> str:
    """The entry as references.bib has it, braces around every value."""
    authors = entry.get("author") or []
    author = (
        " and ".join(authors) if isinstance(authors, list) else str(authors).replace("; ", " and ")
    )
    venue_key = {
        "article": "journal",
        "inproceedings": "booktitle",
        "incollection": "booktitle",
    }.get(str(entry.get("type")), "howpublished")
    fields = {
        "title": entry.get("title"), "author": author, "year": entry.get("year"),
        "month": entry.get("month"), "day": entry.get("day"), venue_key: entry.get("venue"),
        "doi": entry.get("doi"), "eprint": entry.get("eprint"),
        "versionof": entry.get("version_of"), "url": entry.get("url"),
        "evidencelevel": entry.get("evidencelevel"), "role": entry.get("role"),
        "verified": verified, "note": entry.get("note"),
    }  # fmt: skip
    lines = [
        f"  {name} = {{{_braced(str(value))}}}"
        for name, value in fields.items()
        if value not in (None, "", [])
    ]
    return f"@{entry['type']}{{{entry['citekey']},\n" + ",\n".join(lines) + "\n}\n"


def _braced(text: str) -> str:
    """Braces that don't pair up would eat the rest of the file."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
    return text if depth == 0 else text.replace("{", "").replace("}", "")
