"""The ledger of term counts, catalog/terms.yaml: made from titles and from services' records.

No sentence of a publication is kept, only how many words it has and how many of them are terms of
the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from ingest import lexicon
from ingest.files import write_atomic
from ingest.record import Record
from ingest.text import match_key
from schema.entries import read_list
from schema.problems import CatalogError
from schema.records.ledger import TermCount
from schema.records.publication import Publication

HEAD = """\
# Promotional and hedging terms of titles and abstracts, as counts only, for finding F37. Written
# by `claimgap ingest terms`; the lexicon and the sources of its terms are in ingest/data/.
"""


@dataclass(frozen=True, order=True, slots=True)
class Count:
    """One line of the ledger; the fields are those of schema's TermCount."""

    publication: str
    part: str
    words: int
    promotional: int
    hedging: int
    lexicon: int
    source: str


def of_titles(publications: Mapping[str, Publication]) -> list[Count]:
    """The terms of every title of references.bib."""
    counts = []
    for citekey, publication in sorted(publications.items()):
        found = lexicon.count_terms(publication.title, None)
        if found and found["words"]:
            counts.append(_count(citekey, "title_only", found, "title in references.bib"))
    return counts


def of_records(
    records: Iterable[Record], publications: Mapping[str, Publication]
) -> tuple[list[Count], list[str]]:
    """Counts of records with an abstract, and the titles of records the catalog doesn't know.

    A record is a publication of the catalog where the DOI or the arXiv id is the same, or else
    the title, letter case and punctuation aside.
    """
    keys: dict[str, str] = {}
    for citekey, publication in publications.items():
        for key in _keys(publication.doi, publication.arxiv, publication.title):
            keys.setdefault(key, citekey)
    counts, strangers = [], []
    for record in records:
        found = record.abstract_terms
        if not found or not found["abstract"] or not found["words"]:
            continue
        known = [keys[k] for k in _keys(record.doi, record.arxiv, record.title) if k in keys]
        if not known:
            strangers.append(record.title or record.doi or record.arxiv or "a record without title")
            continue
        stamp = record.provenance.get("abstract_terms", {})
        source = " ".join(stamp[k] for k in ("service", "url") if k in stamp) or "not_reported"
        counts.append(_count(known[0], "title_and_abstract", found, source))
    return counts, strangers


def merged(old: Iterable[Count], new: Iterable[Count]) -> list[Count]:
    """All counts in order; of two for one publication and part the newer stands."""
    by_key = {(c.publication, c.part): c for c in [*old, *new]}
    return [by_key[key] for key in sorted(by_key)]


def read(path: Path) -> list[Count]:
    """The ledger as it stands, empty where there is no file.

    Raises CatalogError with all that is wrong with it.
    """
    counts, problems = read_list(TermCount, path, path.parent.parent)
    if problems:
        raise CatalogError(problems)
    return [Count(**{**each.model_dump(), "part": each.part.value}) for each in counts]


def write(path: Path, counts: Iterable[Count]) -> None:
    """Write the ledger in one step, one line a count. Raises WriteError."""
    lines = [
        "- {" + ", ".join(f"{k}: {_scalar(v)}" for k, v in asdict(c).items()) + "}"
        for c in counts
    ]  # fmt: skip
    write_atomic(path, HEAD + "\n".join(lines) + "\n")


def _scalar(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6)
    return text.strip()


def _count(citekey: str, part: str, found: Mapping[str, int], source: str) -> Count:
    return Count(
        citekey, part, found["words"], found["promotional"], found["hedging"], found["lexicon"],
        source,
    )  # fmt: skip


def _keys(doi: str | None, arxiv: str | None, title: str | None) -> list[str]:
    keys = []
    if doi:
        keys.append(f"doi:{doi.casefold()}")
    if arxiv:
        keys.append(f"arxiv:{arxiv.casefold()}")
    if title:
        keys.append(f"title:{match_key(title)}")
    return keys
