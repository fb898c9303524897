"""The screening ledger: every candidate with its decision and reason; PRISMA counts come from it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ingest.files import write_atomic
from ingest.record import Record
from ingest.text import match_key

DECISIONS = ("open", "include", "exclude", "unsure")
# PRISMA 2020's reasons, in this catalog's words.
REASONS = ("not_genomics", "no_foundation_model", "no_results", "review", "not_english", "duplicate",
           "other")  # fmt: skip


class LedgerError(ValueError):
    """A ledger that can't be read, or a decision that can't stand."""


@dataclass(slots=True)
class Entry:
    """One candidate. ``kind`` is candidate, or update for news of a catalogued work."""

    id: str
    kind: str
    doi: str
    arxiv: str
    pmid: str
    title: str
    year: str
    venue: str
    found_by: str
    found_on: str
    score: str
    terms: str
    decision: str
    reason: str
    note: str
    decided_by: str
    decided_on: str


COLUMNS = tuple(f.name for f in fields(Entry))
_COUNTS = ("identified", "duplicates", "known", "new")
SEARCH_COLUMNS = ("run_on", "query", "since", *_COUNTS)


def entry_id(record: Record) -> str:
    """An identifier that the same work keeps: DOI, arXiv id, PubMed id, or its folded title."""
    if record.doi:
        return f"doi:{record.doi}"
    if record.arxiv:
        return f"arxiv:{record.arxiv}"
    if record.pmid:
        return f"pmid:{record.pmid}"
    return "title:" + match_key(record.title).replace(" ", "-")[:80]


class Ledger:
    """ledger.csv and searches.csv in one folder, read whole and written whole."""

    def __init__(self, folder: Path) -> None:
        """Read what is there. Raises LedgerError naming the line that can't be read."""
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self.searches: list[dict[str, str]] = []
        for line, row in _rows(folder / "ledger.csv", COLUMNS):
            if row["decision"] not in DECISIONS:
                raise LedgerError(
                    f"{folder / 'ledger.csv'}:{line}: decision {row['decision']!r}, expected one of "
                    f"{', '.join(DECISIONS)}"
                )
            self.entries[row["id"]] = Entry(**row)
        for line, row in _rows(folder / "searches.csv", SEARCH_COLUMNS):
            if wrong := [name for name in _COUNTS if not row[name].isdecimal()]:
                raise LedgerError(
                    f"{folder / 'searches.csv'}:{line}: {wrong[0]} {row[wrong[0]]!r}, expected a "
                    "whole number"
                )
            self.searches.append(row)

    def add(self, entry: Entry) -> bool:
        """Add a candidate; False if it is there (then only a further query is noted)."""
        known = self.entries.get(entry.id)
        if known is None:
            self.entries[entry.id] = entry
            return True
        sources = known.found_by.split(" ")
        if entry.found_by not in sources:
            known.found_by = " ".join([*sources, entry.found_by])
        return False

    def decide(
        self, identifier: str, decision: str, reason: str, by: str, day: str, note: str = ""
    ) -> Entry:
        """Record a decision. Raises LedgerError for an unknown candidate, word or reason."""
        entry = self.entries.get(identifier)
        if entry is None:
            near = [known for known in self.entries if identifier in known][:3]
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise LedgerError(f"{identifier!r} is not in the ledger{hint}")
        if decision not in DECISIONS[1:]:
            raise LedgerError(f"decision {decision!r}, expected one of {', '.join(DECISIONS[1:])}")
        if decision == "exclude" and reason not in REASONS:
            raise LedgerError(f"an exclusion needs its reason: one of {', '.join(REASONS)}")
        if not by.strip():
            raise LedgerError("a decision needs the name of who decides: --by NAME")
        entry.decision, entry.reason, entry.note = decision, reason, note
        entry.decided_by, entry.decided_on = by.strip(), day
        return entry

    def save(self) -> None:
        """Write both files, each in one step, sorted so that changes are small to read."""
        rows = sorted(self.entries.values(), key=lambda e: (e.found_on, e.id))
        write_atomic(self.folder / "ledger.csv", _csv(COLUMNS, [asdict(row) for row in rows]))
        write_atomic(self.folder / "searches.csv", _csv(SEARCH_COLUMNS, self.searches))

    def prisma(self) -> dict[str, object]:
        """Counts of PRISMA 2020's flow: identified, removed before screening, screened, decided."""
        identified = sum(int(s["identified"]) for s in self.searches)
        duplicates = sum(int(s["duplicates"]) for s in self.searches)
        known = sum(int(s["known"]) for s in self.searches)
        candidates = [e for e in self.entries.values() if e.kind == "candidate"]
        decisions = Counter(e.decision for e in candidates)
        by_source: Counter[str] = Counter()
        for search in self.searches:
            by_source[search["query"]] += int(search["identified"])
        return {
            "identified": identified,
            "identified_by_query": dict(sorted(by_source.items())),
            "duplicates_removed": duplicates,
            "known_removed": known,
            "screened": len(candidates) - decisions["open"],
            "waiting": decisions["open"],
            "included": decisions["include"],
            "unsure": decisions["unsure"],
            "excluded": decisions["exclude"],
            "excluded_by_reason": dict(
                sorted(Counter(e.reason for e in candidates if e.decision == "exclude").items())
            ),
        }


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        return []
    try:
        return list(_read(path, columns))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise LedgerError(f"{path}: {error}; expected a CSV file in UTF-8") from None


def _read(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != columns:
            raise LedgerError(
                f"{path}:1: columns {', '.join(reader.fieldnames or ())}; expected {', '.join(columns)}"
            )
        for row in reader:
            if None in row or None in row.values():
                raise LedgerError(
                    f"{path}:{reader.line_num}: a row of another length than the head"
                )
            yield reader.line_num, row


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
