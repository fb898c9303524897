"""`claimgap changes`: what changed since a release, a data version or a commit."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from analysis.changes.flips import Change, compare
from analysis.changes.markdown import conclusion, shown_of
from analysis.changes.releases import read_record, records, releases_folder
from analysis.changes.sides import SideError, side
from analysis.changes.summary import RecordError, Summary, summarise
from analysis.store import connect
from commands.common import (
    CatalogOption,
    DatabaseOption,
    Format,
    FormatOption,
    catalog_folder,
    console,
    database_file,
    errors,
    print_rows,
    stop,
    stop_with_problems,
)
from commands.database import no_build, opened
from schema.problems import CatalogError

SHOWN = 50


def changes(
    since: Annotated[
        str,
        typer.Argument(
            help="A release or its tag, a data version, a git ref, a release's .duckdb or .json "
            "file; `last` or `previous` for the last release or the one before."
        ),
    ] = "last",
    db: DatabaseOption = None,
    catalog: CatalogOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Changes to print.")] = SHOWN,
    form: FormatOption = Format.table,
) -> None:
    """Say what the built database concludes otherwise than it did then, flipped verdicts first.

    Example: claimgap changes v0.1.0 --format json
    """
    database = database_file(db)
    root = catalog_folder(catalog)
    try:
        before, name = _before(since, root)
    except (RecordError, SideError) as error:
        stop(str(error))
    except CatalogError as error:
        stop_with_problems(error)
    except duckdb.Error as error:
        no_build(since, error)
    except OSError as error:
        stop(f"{since}: E001 {error.strerror or error}; name another release, ref or file")
    with opened(database) as connection:
        after = summarise(connection)
    found = compare(before, after)
    if form is Format.json:
        sys.stdout.write(json.dumps(_document(before, after, found, name), indent=1) + "\n")
        return
    rows = [_row(each) for each in found[:limit]]
    names = ["severity", "kind", "what", "evidence", "before", "after", "estimate then",
             "estimate now"]  # fmt: skip
    flips = sum(each.flips for each in found)
    title = f"Since {name}: {flips} flipped, {len(found) - flips} changed in numbers only"
    print_rows(names, rows, form, title + shown_of(len(rows), len(found)))
    if form is Format.table:
        if before.code_version != after.code_version:
            console.print("The code that computes has changed too: not all of this is the data's.")
        counts = {k: (before.counts.get(k, 0), v) for k, v in after.counts.items()}
        moved = [f"{name} {then} → {now}" for name, (then, now) in counts.items() if then != now]
        console.print("; ".join(moved) or "No counts have changed.", highlight=False)


def _before(since: str, root: Path) -> tuple[Summary, str]:
    """The summary that is meant, and what to call it."""
    folder = root.resolve().parent / "docs" / "releases"
    kept = records(folder if folder.is_dir() else releases_folder())
    if since in {"last", "previous"}:
        back = 1 if since == "last" else 2
        if len(kept) < back:
            said = "no release yet" if not kept else "no release before the first"
            raise RecordError(
                f"{said}: docs/releases/ holds {len(kept)} records; name a git ref or a .duckdb file"
            )
        return kept[-back], f"{kept[-back].release} of {kept[-back].date}"
    for each in reversed(kept):
        if since in {each.release, each.data_version} or f"v{since}" == each.release:
            return each, f"{each.release} of {each.date}"
    path = Path(since)
    if path.suffix == ".json" and path.is_file():
        found = read_record(path)
        return found, f"{found.release} of {found.date}"
    previews = root.resolve().parent / "build" / "previews"
    with errors.status(f"looking for {since}") as status:
        there = side(since, root, previews, False, lambda says: status.update(says))
    with connect(there.database) as connection:
        return summarise(connection), since


def _row(each: Change) -> list[Any]:
    return [
        each.severity.value, each.kind, each.id, each.side,
        each.before.verdict if each.before else None,
        each.after.verdict if each.after else None,
        conclusion(each.before, each.kind), conclusion(each.after, each.kind),
    ]  # fmt: skip


def _document(before: Summary, after: Summary, found: list[Change], name: str) -> dict[str, Any]:
    return {
        "since": name,
        "data_version": [before.data_version, after.data_version],
        "same_code": before.code_version == after.code_version,
        "counts": {k: [before.counts.get(k, 0), v] for k, v in after.counts.items()},
        "n_flips": sum(each.flips for each in found),
        "changes": [
            {**asdict(each), "severity": each.severity.value, "flips": each.flips} for each in found
        ],
    }
