"""`claimgap export`: one build as open files, with the metadata of the data ecosystems."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from analysis.changes.releases import read_record
from analysis.changes.summary import RecordError, Summary
from analysis.export.relations import ExportError
from analysis.export.run import Release
from analysis.export.run import export as write_export
from analysis.store import connect, meta
from commands.common import (
    CatalogOption,
    DatabaseOption,
    catalog_folder,
    console,
    database_file,
    errors,
    misused,
    not_written,
    stop,
)
from commands.database import no_build
from schema.files import write_whole


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")],
    release: Annotated[
        str, typer.Option("--release", help="What it is released as, such as v0.2.0.")
    ] = "",
    date: Annotated[
        str, typer.Option("--date", help="The release's day.", show_default="today")
    ] = "",
    record: Annotated[
        bool,
        typer.Option("--record", help="Also write docs/releases/<release>.json, to be committed."),
    ] = False,
    url: Annotated[str, typer.Option("--url", help="Where it will be found.")] = "",
    db: DatabaseOption = None,
    catalog: CatalogOption = None,
) -> None:
    """Write Parquet, CSV, the DuckDB file, schemas, metadata, citation and checksums of one build.

    With --release and no --record, the release's committed record must be of the same data.

    Example: claimgap export --out build/export
    """
    database, root = database_file(db), catalog_folder(catalog)
    records = root.resolve().parent / "docs" / "releases"
    published = _release(release, date, url, record, records)
    started = time.monotonic()
    try:
        if published.name and not record:
            _hold(records / f"{published.name}.json", database)
        with errors.status("opening the database") as status:
            n_files = write_export(
                database, root, out, published, _version(), lambda says: status.update(says)
            )
        if record:
            _keep(out / "summary.json", records / f"{published.name}.json")
    except (ExportError, RecordError) as error:
        stop(str(error))
    except duckdb.Error as error:
        no_build(str(database), error)
    except OSError as error:
        not_written(out, error, "--out")
    console.print(
        f"{out}: {n_files} files, {time.monotonic() - started:.1f} s",
        highlight=False,
        soft_wrap=True,
    )


def _release(name: str, date: str, url: str, record: bool, records: Path) -> Release:
    if not name:
        if record or date:
            misused("--record and --date belong to a release: name it with --release")
        return Release(url=url)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]*", name):
        misused(f"--release: found {name!r}, expected letters, digits, dots, plus and minus signs")
    if date and not _is_day(date):
        misused(f"--date: found {date!r}, expected YYYY-MM-DD, a day of the calendar")
    kept = records / f"{name}.json"
    if not record and kept.exists():
        date = date or _read(kept).date
    return Release(name, date or datetime.now(UTC).date().isoformat(), url)


def _is_day(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat() == text
    except ValueError:
        return False


def _read(path: Path) -> Summary:
    try:
        return read_record(path)
    except RecordError as error:
        stop(str(error))


def _keep(summary: Path, kept: Path) -> None:
    """Write the release's record."""
    write_whole(kept, summary.read_text(encoding="utf-8"))
    console.print(f"{kept}: commit it with the release", highlight=False, soft_wrap=True)


def _hold(kept: Path, database: Path) -> None:
    """Hold the release's committed record against what is about to be exported."""
    if not kept.exists():
        raise RecordError(
            f"{kept}: found no record of this release, expected one in the released commit; write it "
            "with --record and commit it"
        )
    was = _read(kept)
    with connect(database) as connection:
        now = meta(connection)
    if (was.data_version, was.code_version) != (now["data_version"], now["code_version"]):
        raise RecordError(
            f"{kept}: found data {was.data_version} and code {was.code_version}, expected this "
            f"build's {now['data_version']} and {now['code_version']}; write it anew with --record"
        )


def _version() -> str:
    try:
        return version("claimgap")
    except PackageNotFoundError:
        return "0"
