"""`claimgap ingest doi`, `source` and `fulltext`: one work from several services, and its text."""

import re
from pathlib import Path
from typing import Annotated

import typer

from commands import ingest_show
from commands.common import WRONG_USE
from commands.ingest_common import (
    Form,
    FormOption,
    OutOption,
    cache_folder,
    fail,
    plain_errors,
    print_json,
    save_drafts,
)  # fmt: skip
from ingest import identifiers
from ingest.archive import main_file, unpack
from ingest.draft_publication import draft_publication
from ingest.files import write_atomic
from ingest.http import Fetcher, FetchError, NotFoundError
from ingest.merge import merge
from ingest.record import Record
from ingest.services import arxiv, europepmc, github, huggingface
from ingest.services.reading import MalformedResponseError
from ingest.services.registry import SERVICES, fetch, from_file

_SERVICES_FOR = {
    "doi": ("crossref", "openalex", "europepmc"),
    "preprint": ("crossref", "openalex", "europepmc", "biorxiv"),
    "arxiv": ("arxiv", "openalex", "semanticscholar"),
}


def doi(
    works: Annotated[list[str] | None, typer.Argument(metavar="[DOI]...")] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--from-file", help="SERVICE=FILE, a saved response; may be repeated"),
    ] = None,
    form: FormOption = Form.text,
    out: OutOption = None,
) -> None:
    """Ask several services for a work and show where they agree and where they don't.

    Example: claimgap ingest doi 10.1038/s41592-024-02523-z --out drafts
    """
    with plain_errors():
        records: list[Record] = []
        for item in files or []:
            name, separator, path = item.partition("=")
            if not separator or name not in SERVICES:
                raise fail(f"--from-file {item!r}: expected SERVICE=FILE, SERVICE one of "
                           f"{', '.join(SERVICES)}", WRONG_USE)  # fmt: skip
            records += from_file(SERVICES[name], Path(path))
        if not files:
            if not works:
                raise fail(
                    "nothing to read: give a DOI or an arXiv id, or --from-file SERVICE=FILE",
                    WRONG_USE,
                )
            records = _ask(works)
        publications = merge(records)
        if form is Form.json:
            print_json([p.to_json() for p in publications])
        else:
            ingest_show.publications(publications)
        if out is not None:
            save_drafts([d for p in publications for d in draft_publication(p)], out)


def _ask(works: list[str]) -> list[Record]:
    """Records of all services that know a work; the silence of some is told, of all is an error."""
    records: list[Record] = []
    with Fetcher(cache_folder()) as fetcher:
        for work in works:
            found: list[Record] = []
            failures: list[str] = []
            for name in _services(work):
                try:
                    found += fetch(SERVICES[name], work, fetcher)
                except (FetchError, MalformedResponseError, NotFoundError) as error:
                    failures.append(f"{name}: {error}")
            for failure in failures:
                typer.secho(f"note: {failure}", err=True)
            if not found:
                raise FetchError(f"{work}: no service has a record of it.")
            records += found
    return records


def _services(work: str) -> tuple[str, ...]:
    if identifiers.doi(work) is None and identifiers.arxiv(work):
        return _SERVICES_FOR["arxiv"]
    return _SERVICES_FOR["preprint" if "10.1101/" in work else "doi"]


def source(
    identifier: Annotated[str, typer.Argument(help="an arXiv id")],
    to: Annotated[Path, typer.Option("--to", help="the folder to unpack into; must not exist")],
    file: Annotated[
        Path | None, typer.Option("--from-file", help="a saved e-print instead of the network")
    ] = None,
) -> None:
    """Unpack a paper's LaTeX source and name its main file, for claimgap ingest table.

    Example: claimgap ingest source 2306.15006 --to sources/dnabert2
    """
    with plain_errors():
        if file is not None:
            raw, where = file.read_bytes(), file.name
        else:
            with Fetcher(cache_folder()) as fetcher:
                found = fetcher.get("arxiv", arxiv.source_address(identifier), accept=())
            raw, where = found.body, found.stamp.url
        paths = unpack(raw, to, where)
        typer.echo(f"{len(paths)} files in {to}; next: claimgap ingest table {main_file(to)}")


def fulltext(
    identifier: Annotated[str, typer.Argument(help="a PMC id, such as PMC10995023")],
    to: Annotated[Path, typer.Option("--to", help="the file to write the JATS into")],
) -> None:
    """Fetch a paper's full text as JATS from Europe PMC, for claimgap ingest table.

    Example: claimgap ingest fulltext PMC10995023 --to paper.xml
    """
    with plain_errors():
        if not (identifier.upper().startswith("PMC") and identifier[3:].isdigit()):
            raise fail(f"{identifier!r} is not a PMC id; expected something like PMC10995023")
        with Fetcher(cache_folder()) as fetcher:
            found = fetcher.get(
                "europepmc", europepmc.full_text_address(identifier), accept=("xml",)
            )
        write_atomic(to, found.body)
        typer.echo(f"written {to}; next: claimgap ingest table {to}")


def file(
    place: Annotated[
        str, typer.Argument(help="github:OWNER/NAME@COMMIT:PATH or hf:OWNER/NAME@REVISION:PATH")
    ],
    to: Annotated[Path, typer.Option("--to", help="the file to write")],
) -> None:
    """Fetch one file of a repository, and print the source that a catalog entry should name.

    Example: claimgap ingest file github:MAGICS-LAB/DNABERT_2@main:README.md --to dnabert2.md
    """
    with plain_errors():
        match = re.fullmatch(r"(github|hf):([^@:]+)@([^:]+):(.+)", place)
        if match is None:
            raise fail(
                f"{place!r}: expected github:OWNER/NAME@COMMIT:PATH or hf:OWNER/NAME@REVISION:PATH"
            )
        service, name, reference, path = match.groups()
        if service == "github":
            service, url = "githubraw", github.raw_address(name, path, reference)
        else:
            url = huggingface.file_address(name, path, reference)
        with Fetcher(cache_folder()) as fetcher:
            found = fetcher.get(service, url, accept=())
        write_atomic(to, found.body)
        typer.echo(f"written {to}; repository: {name}@{reference}, path: {path}, "
                   f"sha256: {found.stamp.sha256}")  # fmt: skip
