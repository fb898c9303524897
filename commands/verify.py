"""`claimgap verify`: catalog rows against the files they were transcribed from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.common import (
    WRONG_USE,
    CatalogOption,
    Format,
    FormatOption,
    catalog_folder,
    console,
    errors,
    print_rows,
    read_or_stop,
    stop,
)
from ingest.verify import verify as verify_rows

_LIMIT = 100


def verify(
    sources: Annotated[Path, typer.Option("--sources", help="Folder with the source files.")],
    catalog: CatalogOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Re-read every source file found under --sources and compare the catalog with it cell by cell.

    The folder holds the files that tables name under `transcribed_from`, as far as you have them.

    They are recognised by checksum, so their names and folders don't matter. Exit code 1 when anything
    differs.

    Example: claimgap verify --sources sources/
    """
    if not sources.is_dir():
        stop(
            f"{sources}: E902 found no such folder, expected the source files; name it with --sources",
            WRONG_USE,
        )
    read = read_or_stop(catalog_folder(catalog))
    with errors.status("comparing rows with their sources"):
        result = verify_rows(read, sources)
    for difference in result.differences[:_LIMIT]:
        errors.print(str(difference), markup=False, soft_wrap=True)
    if len(result.differences) > _LIMIT:
        errors.print(f"{_LIMIT} of {len(result.differences)} differences shown")
    rows = [[key, *counts] for key, counts in sorted(result.by_publication.items())]
    rows.append(
        ["all", result.matched, result.differing, result.not_checkable, result.without_file]
    )
    print_rows(["publication", "matched", "differing", "not checkable", "no file"], rows, form)
    share = 100 * (result.total - result.not_checkable) / max(result.total, 1)
    if form is Format.table:
        console.print(
            f"{result.matched:,} matched, {result.differing:,} differing, "
            f"{result.not_checkable:,} not checkable ({share:.1f} % of {result.total:,} rows read "
            f"from files checked); {result.without_file:,} more rows have no file to compare with: "
            "read from a page, a picture or a repository, or run by us (docs/second-reading.md)",
            highlight=False,
        )
    raise typer.Exit(1 if result.differing else 0)
