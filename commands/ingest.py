"""`claimgap ingest ...`: tables, records and model facts from outside, into drafts only."""

import inspect
import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands import ingest_show
from ingest.http import Fetcher, FetchError
from ingest.record import Record
from ingest.safe_xml import BrokenXmlError, UnsafeXmlError
from ingest.services.reading import MalformedResponseError
from ingest.services.registry import SERVICES, Service, fetch, from_file, to_json
from ingest.tables.read import TableFileError, read_tables

app = typer.Typer(no_args_is_help=True, help="Read records, tables and model facts into drafts.")


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
KNOWN_ERRORS = (
    FetchError, MalformedResponseError, TableFileError, BrokenXmlError, UnsafeXmlError,
    ValueError, OSError,
)  # fmt: skip


def fail(message: str) -> typer.Exit:
    """Say what went wrong on standard error; the caller raises what this returns."""
    typer.secho(f"error: {message}", err=True, fg="red")
    return typer.Exit(1)


@contextmanager
def plain_errors() -> Any:
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
        raise typer.Exit(130) from None
    except KNOWN_ERRORS as error:
        raise fail(str(error)) from error


def cache_folder() -> Path:
    """$CLAIMGAP_CACHE, else the user's cache folder."""
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
            f"nothing to read: give an identifier, or --from-file with a saved {service.name} response"
        )
    if files:
        return [record for file in files for record in from_file(service, file, identifiers)]
    with Fetcher(cache_folder()) as fetcher:
        return [record for i in identifiers for record in fetch(service, i, fetcher)]


@app.command("table")
def table(
    file: Annotated[Path, typer.Argument(help="a .tex, .xml, .html, .csv, .tsv or .md file")],
    form: FormOption = Form.text,
    kind: Annotated[
        str | None, typer.Option("--as", help="latex, jats, html, csv, tsv or markdown")
    ] = None,
) -> None:
    """Print the tables of a file: grid with spans resolved, header, values, best in bold."""
    with plain_errors():
        tables = read_tables(file, kind)
        if form is Form.json:
            typer.echo(json.dumps([t.to_json() for t in tables], ensure_ascii=False, indent=2))
        else:
            ingest_show.tables(tables)


def _command(service: Service) -> Callable[..., None]:
    def run(identifiers: Any, files: Any, form: Any) -> None:
        with plain_errors():
            records = collect(service, identifiers or [], files or [])
            if form is Form.json:
                typer.echo(to_json(records))
            else:
                ingest_show.records(records)

    run.__doc__ = f"Print records of {service.name}, from identifiers or saved responses."
    # typer reads parameters from the signature; ten services share one function.
    parameters = [
        ("identifiers", Annotated[list[str] | None, typer.Argument(metavar="[ID]...")], None),
        ("files", FilesOption, None),
        ("form", FormOption, Form.text),
    ]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            for name, annotation, default in parameters
        ]
    )
    run.__annotations__ = {name: annotation for name, annotation, _ in parameters}
    return run


for _service in SERVICES.values():
    app.command(_service.name)(_command(_service))
