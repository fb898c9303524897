"""What the shell commands share: where things are, how problems and tables are printed."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schema.files import write_whole
from schema.paths import default_catalog, default_database
from schema.problems import CatalogError

if TYPE_CHECKING:
    from schema.catalog import Catalog

PROBLEMS = 1
"""Exit code: something is wrong with what was given."""

WRONG_USE = 2
"""Exit code: the command doesn't exist that way, whatever the files hold."""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C stopped, as shells give it."""

# Where nobody watches (a pipe, a file) a table needn't fit a screen.
console = Console(width=None if sys.stdout.isatty() else 200)
errors = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


CatalogOption = Annotated[
    Path | None, typer.Option("--catalog", help="The catalog's folder.", show_default="catalog")
]
DatabaseOption = Annotated[
    Path | None,
    typer.Option("--db", help="The built database.", show_default="build/claimgap.duckdb"),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]


def catalog_folder(given: Path | None) -> Path:
    """The catalog that is meant."""
    return given or default_catalog()


def database_file(given: Path | None) -> Path:
    """The database that is meant; stops with a remedy when it isn't built."""
    database = given or default_database()
    if not database.exists():
        stop(f"no database at {database}: build it with `claimgap build`")
    return database


def stop(message: str, code: int = PROBLEMS) -> NoReturn:
    """Say what is wrong on standard error, and end."""
    errors.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(code)


def misused(message: str) -> NoReturn:
    """Say how the command is meant to be called, and end."""
    stop(f"error: {message}", WRONG_USE)


def not_written(place: Path, error: OSError, option: str) -> NoReturn:
    """Say why nothing could be written at `place`, and which option names another; end."""
    stop(f"{place}: E901 {error.strerror or error}; name another place with {option}")


def must_be_writable(place: Path, option: str) -> None:
    """End before the work is done where nothing could be written at `place` when it is."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place.parent):
            pass
    except OSError as error:
        not_written(place, error, option)


def write_or_print(text: str, out: Path | None) -> None:
    """Write to `out` whole, or to standard output where no file is named."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        write_whole(out, text)
    except OSError as error:
        not_written(out, error, "--out")


def stop_with_problems(error: CatalogError, limit: int = 200) -> NoReturn:
    """Print all problems of a catalog, and end."""
    for problem in error.problems[:limit]:
        errors.print(str(problem), markup=False, soft_wrap=True)
    total = len(error.problems)
    cut = f" ({limit} of {total} shown)" if total > limit else ""
    stop(f"{total} problem{'s' if total != 1 else ''}{cut}; nothing was written")


def read_or_stop(root: Path) -> Catalog:
    """The catalog, where all of it can be read; else its problems are printed, and the command ends.

    What a command says of a catalog of which a part was left out would look like the whole.
    """
    from schema.catalog import read_catalog  # imports pandas: not for --help

    catalog, problems = read_catalog(root)
    if problems:
        stop_with_problems(CatalogError(problems))
    return catalog


def print_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    form: Format,
    title: str = "",
    total: int | None = None,
) -> None:
    """Print rows as a table for people, as CSV, or as a JSON list of objects."""
    if form is Format.json:
        objects = [dict(zip(columns, map(_finite, row), strict=True)) for row in rows]
        said = json.dumps(objects, ensure_ascii=False, indent=1, default=str, allow_nan=False)
        sys.stdout.write(said + "\n")
    elif form is Format.csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
        sys.stdout.write(text.getvalue())
    else:
        table = Table(*columns, title=title or None, header_style="bold", title_justify="left")
        for row in rows:
            # as Text, since "[mask]" in a catalog's words is no markup
            table.add_row(*(Text(shown(cell)) for cell in row))
        console.print(table)
        if total is not None and total > len(rows):
            console.print(f"{len(rows)} of {total} shown")


def _finite(cell: Any) -> Any:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def shown(cell: Any) -> str:
    """A cell as people read it: short numbers, lists with commas, nothing for nothing."""
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.4g}"
    if isinstance(cell, int):
        return f"{cell:,}" if abs(cell) >= 100_000 else str(cell)
    if isinstance(cell, list):
        return ", ".join(map(str, cell))
    return str(cell)
