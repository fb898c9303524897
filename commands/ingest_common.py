"""What the ingest commands share: options, errors as people read them, where things are kept."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.common import INTERRUPTED, PROBLEMS, WRONG_USE
from ingest.archive import ArchiveError
from ingest.draft import Draft, save
from ingest.http import Fetcher, FetchError
from ingest.record import Record
from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.services.reading import MalformedResponseError
from ingest.services.registry import Service, fetch, from_file
from ingest.tables.read import TableFileError
from schema.problems import CatalogError


class Form(StrEnum):
    """How a command prints."""

    text = "text"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", help="text for people, json for programs")]
FilesOption = Annotated[
    list[Path] | None,
    typer.Option("--from-file", help="a saved response instead of the network; may be repeated"),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="write drafts into this folder, for claimgap review")
]
CatalogOption = Annotated[
    Path | None, typer.Option("--catalog", help="the catalog whose names are proposed")
]
KNOWN_ERRORS = (
    FetchError, MalformedResponseError, TableFileError, BrokenXmlError, UnsafeXmlError,
    ArchiveError, CatalogError, ValueError, OSError,
)  # fmt: skip


def fail(message: str, code: int = PROBLEMS) -> typer.Exit:
    """Say what went wrong on standard error; the caller raises what this returns."""
    typer.secho(f"error: {message}", err=True, fg="red")
    return typer.Exit(code)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Bad input and failed fetches as one line; Ctrl-C as exit code 130 and what is kept."""
    try:
        yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        typer.secho(
            "\nstopped. Nothing half-written is left; run the same command again to go on.",
            err=True,
        )
        raise typer.Exit(INTERRUPTED) from None
    except KNOWN_ERRORS as error:
        raise fail(str(error)) from error


def print_json(value: Any) -> None:
    """JSON for programs, readable by people."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def cache_folder() -> Path:
    """$CLAIMGAP_CACHE, else claimgap's folder in the user's cache folder."""
    named = os.environ.get("CLAIMGAP_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "claimgap"


def collect(service: Service, identifiers: list[str], files: list[Path]) -> list[Record]:
    """Records of saved files, or of the network where no file is given."""
    if service.address is None:
        # BibTeX has no service: a path may stand where others take an identifier.
        files = [*files, *(Path(i) for i in identifiers if Path(i).is_file())]
        identifiers = [i for i in identifiers if not Path(i).is_file()]
    if not identifiers and not files:
        raise fail(
            f"nothing to read: give an identifier, or --from-file with a saved {service.name} "
            "response",
            WRONG_USE,
        )
    if files:
        return [record for file in files for record in from_file(service, file, identifiers)]
    with Fetcher(cache_folder()) as fetcher:
        return [record for i in identifiers for record in fetch(service, i, fetcher)]


def save_drafts(drafts: Iterable[Draft], out: Path) -> None:
    """Write drafts and say what to do with them; a name that is taken is told, not overwritten."""
    for draft in drafts:
        target = save(draft, out, new=True)
        left = len(draft.open_questions)
        rows = f", {len(draft.rows)} rows" if draft.rows else ""
        typer.secho(
            f"draft: {target} ({left} questions{rows}); next: claimgap review {target}", err=True
        )
