"""Cell-level precision and recall of table extraction on real papers' tables.

    python benchmarks/table_extraction.py --sources FOLDER

FOLDER holds checkouts of the repositories named in benchmarks/tables/*.yaml, one folder each, named
owner+name, at the commits given there; a file is used only if its sha256 is the one given. Only our
transcriptions are kept here, never the sources. Each transcription began as the program's own
output and was then read against the source cell by cell by a person (LaTeX), or against
pandas.read_html as a second reader and the source (JATS); disagreements were settled by the source,
and the program mended. So this guards against regressions and shows where tables of this kind stand;
on tables nobody has looked at expect less.

A cell counts as right when text and bold are right at its row and column, spans filled.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ingest.tables.grid import Table
from ingest.tables.proposal import propose
from ingest.tables.read import read_tables
from ingest.tables.vocabulary import Names, catalog_names, common_names, fold

HERE = Path(__file__).resolve().parent
TRANSCRIPTS = HERE / "tables"
ROLES = ("method", "task", "metric")


@dataclass
class Tally:
    """Right, found and expected items."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def add(self, right: int, found: int, expected: int) -> None:
        self.right += right
        self.found += found
        self.expected += expected

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.4f} ({self.right}/{self.found}), "
            f"recall {self.recall:.4f} ({self.right}/{self.expected})"
        )


@dataclass
class Report:
    """What was measured, and which sources weren't there."""

    tables: int = 0
    cells: Tally = field(default_factory=Tally)
    values: Tally = field(default_factory=Tally)
    headers: Tally = field(default_factory=Tally)
    axis: Tally = field(default_factory=Tally)
    roles: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in ROLES})
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def transcripts() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(TRANSCRIPTS.glob("*.yaml")):
        yield path.stem, yaml.safe_load(path.read_text("utf-8"))


def expected_cells(entry: dict[str, Any]) -> list[list[tuple[str, bool]]]:
    """Text and bold of each cell, row by row."""
    return [
        [
            (text[2:-2], True) if text.startswith("**") and text.endswith("**") and len(text) > 4
            else (text, False)
            for text in line.split("\t")
        ]
        for line in entry["cells"].split("\n")
    ]  # fmt: skip


def source_file(entry: dict[str, Any], sources: Path) -> Path | None:
    repository, _, path = entry["source"].partition(":")
    file = sources / repository.partition("@")[0].replace("/", "+") / path
    if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
        return None
    return file


def measure_cells(report: Report, name: str, entry: dict[str, Any], table: Table) -> None:
    expected = {
        (r, c): cell
        for r, row in enumerate(expected_cells(entry))
        for c, cell in enumerate(row)
    }  # fmt: skip
    found = {
        (r, c): (cell.text, cell.bold and bool(cell.text))
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
    }
    right = sum(found.get(spot) == cell for spot, cell in expected.items())
    report.cells.add(right, len(found), len(expected))
    for spot, cell in expected.items():
        if found.get(spot) != cell:
            report.wrong.append(f"{name} {spot}: expected {cell}, found {found.get(spot)}")
    report.headers.add(int(table.header_rows == entry["header_rows"]), 1, 1)


def measure_proposal(
    report: Report, name: str, entry: dict[str, Any], table: Table, names: Names
) -> None:
    wanted = entry.get("proposal")
    if not wanted:
        return
    proposal = propose(table, names)
    report.axis.add(int(proposal.methods_in == wanted["methods_in"]), 1, 1)
    for role in ROLES:
        if role not in wanted:
            continue
        if role == "metric":
            found = {r.metric.id for r in proposal.results if r.metric.id}
            expected = set(wanted[role])
        else:
            found = {fold(getattr(r, role).printed or "") for r in proposal.results} - {""}
            expected = {fold(label) for label in wanted[role]}
        report.roles[role].add(len(found & expected), len(found), len(expected))
        for odd in sorted(map(str, found ^ expected)):
            report.wrong.append(
                f"{name} {role}: {odd!r} is {'missing' if odd in expected else 'extra'}"
            )


def run(sources: Path, catalog: Path | None) -> Report:
    report = Report()
    names = catalog_names(catalog) if catalog and catalog.is_dir() else common_names()
    for name, entry in transcripts():
        file = source_file(entry, sources)
        if file is None:
            report.missing.append(entry["source"])
            continue
        tables = read_tables(file)
        report.tables += 1
        if entry["number"] >= len(tables):
            cells = sum(len(row) for row in expected_cells(entry))
            report.cells.add(0, 0, cells)
            report.wrong.append(f"{name}: only {len(tables)} tables were found")
            continue
        table = tables[entry["number"]]
        measure_cells(report, name, entry, table)
        measure_proposal(report, name, entry, table, names)
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, help="folder of checkouts, named owner+name")
    parser.add_argument("--catalog", type=Path, default=HERE.parent / "catalog")
    parser.add_argument("--all", action="store_true", help="print every wrong cell")
    given = parser.parse_args()
    total = sum(1 for _ in transcripts())
    if given.sources is None:
        print(f"table extraction: {total} transcribed tables, not measured: name the folder of their "
              "sources with --sources (they aren't part of this repository)")  # fmt: skip
        return 0
    report = run(given.sources, given.catalog)
    print(f"table extraction: {report.tables} of {total} tables")
    for source, number in Counter(report.missing).items():
        print(f"  not there, or another version: {source} ({number} tables)")
    if report.tables:
        print(f"  cells (text and bold): {report.cells}")
        print(f"  header rows:           {report.headers}")
        print(f"  methods' axis:         {report.axis}")
        for role in ROLES:
            print(f"  {role + ' proposals:':<22} {report.roles[role]}")
    for line in report.wrong[: None if given.all else 15]:
        print(f"  wrong: {line}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    sys.exit(main())
