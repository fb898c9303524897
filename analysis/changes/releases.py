"""What changed since the last release: its committed record against the open build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.changes.flips import Change, compare
from analysis.changes.summary import RecordError, Summary, from_json, summarise
from schema.paths import home


@dataclass(frozen=True)
class SinceRelease:
    """The last release, and how the open build differs from it: verdicts that flip come first."""

    release: str
    date: str
    data_version: str
    same_data: bool
    same_code: bool
    changes: list[Change]
    counts: dict[str, tuple[int, int]]

    @property
    def flips(self) -> list[Change]:
        """Changes of a verdict itself."""
        return [each for each in self.changes if each.flips]


def releases_folder() -> Path:
    """Where the records of releases are kept."""
    return home() / "docs" / "releases"


def records(folder: Path | None = None) -> list[Summary]:
    """All records, oldest first. Raises RecordError for one that can't be read."""
    folder = folder or releases_folder()
    found = [read_record(path) for path in sorted(folder.glob("*.json"))]
    return sorted(found, key=lambda each: (each.date, _natural(each.release)))


def read_record(path: Path) -> Summary:
    """The record of one release. Raises RecordError for a file that isn't one, or can't be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: found {error}, expected a release record in UTF-8") from None
    return from_json(text, path.name)


def _natural(name: str) -> list[tuple[int, str]]:
    # v0.10.0 comes after v0.9.0
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def since(connection: duckdb.DuckDBPyConnection, before: Summary) -> SinceRelease:
    """How the open build differs from a record."""
    after = summarise(connection)
    names = dict.fromkeys([*before.counts, *after.counts])
    return SinceRelease(
        before.release,
        before.date,
        before.data_version,
        before.data_version == after.data_version,
        before.code_version == after.code_version,
        compare(before, after),
        {name: (before.counts.get(name, 0), after.counts.get(name, 0)) for name in names},
    )


def since_release(
    connection: duckdb.DuckDBPyConnection, folder: Path | None = None
) -> SinceRelease | None:
    """How the open build differs from the last release, or None before the first.

    `folder` holds the releases' records (docs/releases of the catalog's home by default).
    Raises RecordError for a record that can't be read.
    """
    kept = records(folder)
    return since(connection, kept[-1]) if kept else None
