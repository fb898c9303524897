"""`claimgap ingest ...`: tables, records and model facts from outside, into drafts only."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from commands import ingest_facts, ingest_folder, ingest_show, ingest_terms, ingest_works
from commands.ingest_common import (
    CatalogOption,
    FilesOption,
    Form,
    FormOption,
    OutOption,
    collect,
    plain_errors,
    print_json,
    save_drafts,
)  # fmt: skip
from ingest.draft_publication import draft_publication
from ingest.draft_results import draft_results
from ingest.merge import merge
from ingest.record import Stamp
from ingest.services import results_file
from ingest.services.registry import SERVICES, Service
from ingest.tables.grid import Table
from ingest.tables.proposal import propose
from ingest.tables.read import read_tables
from ingest.tables.vocabulary import Names, catalog_names, common_names
from schema.paths import default_catalog

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read records, tables and model facts into drafts.",
)


def _names(catalog: Path | None) -> Names:
    root = catalog or default_catalog()
    return catalog_names(root) if root.is_dir() else common_names()


def _tables(file: Path, kind: str | None) -> list[Table]:
    if kind is None and file.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return results_file.tables_of(file.read_bytes(), file.name)
    return read_tables(file, kind)


@app.command("table")
def table(
    file: Annotated[
        Path,
        typer.Argument(help="a .tex, .xml, .html, .csv, .tsv, .json or .md file, or a folder"),
    ],
    form: FormOption = Form.text,
    kind: Annotated[
        str | None, typer.Option("--as", help="latex, jats, html, csv, tsv or markdown")
    ] = None,
    proposal: Annotated[
        bool, typer.Option("--propose", help="say what each number may mean")
    ] = False,
    catalog: CatalogOption = None,
    out: OutOption = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="for a folder: where the papers' tables go, as JSON")
    ] = None,
    engine: Annotated[
        ingest_folder.TableEngine, typer.Option("--engine", help="for a folder: what reads it")
    ] = ingest_folder.TableEngine.processes,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="for a folder: processes at a time")
    ] = None,
    master: Annotated[
        str | None, typer.Option("--master", help="for a folder: the Spark master")
    ] = None,
) -> None:
    """Print the tables of a file: grid with spans resolved, header, values, best in bold.

    Example: claimgap ingest table paper/main.tex --format json
    A folder of JATS files or e-print archives: claimgap ingest table papers --to tables
    """
    with plain_errors():
        if file.is_dir():
            ingest_folder.read(file, to, engine, workers, master, form)
            return
        tables = _tables(file, kind)
        names = _names(catalog) if proposal or out else None
        proposals = [propose(t, names) for t in tables] if names else []
        if form is Form.json:
            printed = [t.to_json() for t in tables]
            for entry, each in zip(printed, proposals, strict=bool(proposals)):
                entry["proposal"] = each.to_json()
            print_json(printed)
        else:
            ingest_show.tables(tables)
            ingest_show.proposals(tables, proposals)
        if out is not None and names is not None:
            moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            stamp = Stamp.of("file", f"file:{file.name}", file.read_bytes(), moment)
            drafts = [
                draft_results(t, p, stamp, names, n)
                for n, (t, p) in enumerate(zip(tables, proposals, strict=True), 1)
            ]
            save_drafts([d for d in drafts if d], out)


_DOI = "10.1038/s41592-024-02523-z"
EXAMPLES = {
    "arxiv": "2306.15006",
    "biorxiv": "10.1101/2023.01.11.523679",
    "datacite": "10.48550/arXiv.2306.15006",
    "bib": "references.bib",
}
"""What stands in a service's example, where it isn't an article's DOI."""


def _command(service: Service) -> Callable[..., None]:
    def run(identifiers: Any, files: Any, form: Any, out: Any) -> None:
        with plain_errors():
            records = collect(service, identifiers or [], files or [])
            if form is Form.json:
                print_json([record.to_json() for record in records])
            else:
                ingest_show.records(records)
            if out is not None:
                save_drafts([d for p in merge(records) for d in draft_publication(p)], out)

    run.__doc__ = (
        f"Print records of {service.name}, from identifiers or saved responses.\n\n"
        f"    Example: claimgap ingest {service.name} {EXAMPLES.get(service.name, _DOI)} --format json\n"
    )
    # typer reads parameters from the signature; the services share one function.
    parameters = [
        (
            "identifiers",
            Annotated[list[str] | None, typer.Argument(metavar="ID", help="Identifiers of works.")],
            None,
        ),
        ("files", FilesOption, None),
        ("form", FormOption, Form.text),
        ("out", OutOption, None),
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
    if _service.name not in ("hf", "github"):
        app.command(_service.name)(_command(_service))
app.command("hf")(ingest_facts.hf)
app.command("github")(ingest_facts.github)
app.command("doi")(ingest_works.doi)
app.command("source")(ingest_works.source)
app.command("fulltext")(ingest_works.fulltext)
app.command("file")(ingest_works.file)
app.command("terms")(ingest_terms.terms)
