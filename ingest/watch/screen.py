"""New candidates out of what the queries found: each work once, without what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from ingest.merge import merge
from ingest.record import Record
from ingest.text import match_key
from ingest.watch.ledger import Entry, Ledger, entry_id
from ingest.watch.rank import Ranker
from schema.catalog import Catalog

# Titles this alike are one work (see ingest.merge); checked only for works without identifiers.
_SAME = 95.0


@dataclass(slots=True)
class Known:
    """Identifiers and folded titles of everything that is catalogued or in the ledger."""

    identifiers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def has(self, record: Record) -> bool:
        """Whether a record, or a version that it names, is known."""
        links = set(record.identifiers)
        links |= {str(v.get("id")) for v in record.versions if v.get("relation") != "fork_of"}
        links |= {record.version_of} if record.version_of else set()
        if links & self.identifiers:
            return True
        key = match_key(record.title)
        if key in self.titles and len(key) > 15:
            return True
        return len(key) > 30 and any(fuzz.ratio(key, t) >= _SAME for t in self.titles)


def known_works(catalog: Catalog, ledger: Ledger) -> Known:
    """What needs no screening again."""
    known = Known()
    for publication in catalog.publications.values():
        known.titles.add(match_key(publication.title.replace("{", "").replace("}", "")))
        if publication.doi:
            known.identifiers.add(f"doi:{publication.doi.lower()}")
        if publication.arxiv:
            known.identifiers |= {
                f"arxiv:{publication.arxiv}", f"doi:10.48550/arxiv.{publication.arxiv}"
            }  # fmt: skip
        if publication.preprint and publication.preprint.startswith("10."):
            known.identifiers.add(f"doi:{publication.preprint.lower()}")
    for entry in ledger.entries.values():
        for kind in ("doi", "arxiv", "pmid"):
            if value := getattr(entry, kind):
                known.identifiers.add(f"{kind}:{value}")
        known.titles.add(match_key(entry.title))
    return known


def ranker_for(catalog: Catalog, ledger: Ledger, found: Iterable[Record] = ()) -> Ranker:
    """A ranker trained on catalogued and included works against excluded ones.

    Titles come from the catalog and the ledger; where this run found a work again, its abstract is
    read along (``found``), since abstracts are kept nowhere.
    """
    abstracts = {match_key(r.title): r.abstract for r in found if r.abstract}

    def text(title: str) -> str:
        plain = title.replace("{", "").replace("}", "")
        return f"{plain} {abstracts.get(match_key(plain), '')}".strip()

    entries = ledger.entries.values()
    catalogued = [text(p.title) for p in catalog.publications.values()]
    included = [text(e.title) for e in entries if e.decision == "include"]
    rejected = [text(e.title) for e in entries if e.decision == "exclude"]
    return Ranker([*catalogued, *included], rejected)


@dataclass(slots=True)
class Screening:
    """What one run found: entries by score, and the counts that PRISMA asks for."""

    entries: list[Entry]
    identified: dict[str, int]
    duplicates: int
    known: int


def screen(
    found: Iterable[tuple[str, Record]], known: Known, ranker: Ranker, day: str
) -> Screening:
    """Candidates of a run, each work once, best first. ``found`` pairs query ids with records."""
    identified: dict[str, int] = {}
    queries: dict[int, str] = {}
    records: list[Record] = []
    for query, record in found:
        identified[query] = identified.get(query, 0) + 1
        if record.title:
            records.append(record)
            queries[id(record)] = query
    works = merge(records)
    duplicates = len(records) - len(works)
    fresh = [work for work in works if not any(known.has(r) for r in work.records)]
    titles = [str(work.main.value("title")) for work in fresh]
    entries = []
    texts = [f"{t} {_any(w.records, 'abstract') or ''}" for t, w in zip(titles, fresh, strict=True)]
    for work, title, ranked in zip(fresh, titles, ranker.rank(texts), strict=True):
        value = work.main.value
        first = Record(
            doi=value("doi"), arxiv=_any(work.records, "arxiv"), pmid=value("pmid"), title=title
        )
        by = " ".join(dict.fromkeys(queries[id(r)] for r in work.records))
        entries.append(
            Entry(
                id=entry_id(first),
                kind="candidate",
                doi=first.doi or "",
                arxiv=first.arxiv or "",
                pmid=first.pmid or "",
                title=title,
                year=str(value("year") or ""),
                venue=value("venue") or "",
                found_by=by,
                found_on=day,
                score=f"{ranked.score:.4f}",
                terms=ranked.reasons(),
                decision="open",
                reason="",
                note="",
                decided_by="",
                decided_on="",
            )
        )
    entries.sort(key=lambda e: (-float(e.score), e.id))
    return Screening(entries, identified, duplicates, len(works) - len(fresh))


def _any(records: Sequence[Record], name: str) -> Any:
    return next((getattr(r, name) for r in records if getattr(r, name)), None)


def news(records: Iterable[Record], catalog: Catalog, since: str, day: str) -> list[Entry]:
    """Retractions, corrections, withdrawals and new versions of catalogued works.

    A new version counts from ``since`` (YYYY-MM-DD) on; notices count whenever they came.
    """
    keys: dict[str, str] = {}
    for publication in catalog.publications.values():
        for kind, value in (("doi", publication.doi), ("arxiv", publication.arxiv)):
            if value:
                keys[f"{kind}:{value.lower()}"] = publication.citekey
    entries = []
    for record in records:
        cited = next((keys[i] for i in sorted(record.identifiers) if i in keys), None)
        if cited is None:
            continue
        told = [
            (str(u["type"]), str(u.get("doi") or ""))
            for u in record.updates
            if u.get("direction") == "about_this"
        ]
        for version in record.versions:
            date = str(version.get("date") or "")
            number = str(version.get("id") or "").rpartition("v")[2]
            if date >= since and number.isdigit() and int(number) > 1:
                told.append(("new_version", str(version["id"])))
        for kind, where in told:
            entries.append(
                Entry(
                    id=f"{cited}:{kind}:{where}",
                    kind="update",
                    doi=record.doi or "",
                    arxiv=record.arxiv or "",
                    pmid=record.pmid or "",
                    title=record.title or "",
                    year=str(record.year or ""),
                    venue=record.venue or "",
                    found_by=kind,
                    found_on=day,
                    score="",
                    terms=cited,
                    decision="open",
                    reason="",
                    note=where,
                    decided_by="",
                    decided_on="",
                )
            )
    return entries


def update_addresses(
    catalog: Catalog, bases: dict[str, str], size: int = 50
) -> list[tuple[str, str]]:
    """Addresses that ask OpenAlex and arXiv about all catalogued works, some at a time."""
    dois = sorted(p.doi.lower() for p in catalog.publications.values() if p.doi)
    numbers = sorted(p.arxiv for p in catalog.publications.values() if p.arxiv)
    asked = []
    for i in range(0, len(dois), size):
        some = "|".join(dois[i : i + size])
        asked.append(("openalex", f"{bases['openalex']}/works?filter=doi:{some}&per-page={size}"))
    for i in range(0, len(numbers), size):
        some = ",".join(numbers[i : i + size])
        asked.append(("arxiv", f"{bases['arxiv']}/api/query?id_list={some}&max_results={size}"))
    return asked
