"""`claimgap report`: the app's story as static files that outlive it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from analysis.report import write_report
from analysis.report.write import NotAReportError
from commands.common import (
    DatabaseOption,
    console,
    database_file,
    errors,
    must_be_writable,
    not_written,
    stop,
)
from commands.database import no_build
from ingest.watch.ledger import Ledger, LedgerError


def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")] = Path("report"),
    db: DatabaseOption = None,
    screening: Annotated[
        Path,
        typer.Option("--ledger", help="The folder of the screening ledger, where there is one."),
    ] = Path("screening"),
) -> None:
    """Write the report: one HTML page that needs no network, the same as Markdown, and all figures.

    It holds a summary, every domain and finding, the claims ledger, methods and references. Two runs
    on one database give the same bytes.

    Example: claimgap report --out report
    """
    database = database_file(db)
    counts = _screening(screening)
    must_be_writable(out, "--out")
    started = time.monotonic()
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=errors,
        transient=True,
    )  # fmt: skip
    try:
        with bar:
            task = bar.add_task("reading the database", total=None)
            written = write_report(
                database, out, counts,
                lambda says, done, of: bar.update(task, description=says, completed=done, total=of),
            )  # fmt: skip
    except NotAReportError as error:
        stop(f"E906 {error}")
    except duckdb.Error as error:
        no_build(str(database), error)
    except OSError as error:
        not_written(out, error, "--out")
    console.print(
        f"{written.folder / 'index.html'}: data version {written.data_version}, {written.figures} figures, "
        f"{written.files} files, {time.monotonic() - started:.1f} s",
        highlight=False, soft_wrap=True,
    )  # fmt: skip


def _screening(folder: Path) -> dict[str, Any] | None:
    """What the ledger counts; nothing where there is none."""
    if not (folder / "ledger.csv").exists():
        return None
    try:
        return Ledger(folder).prisma()
    except LedgerError as error:
        stop(f"E908 {error}")
