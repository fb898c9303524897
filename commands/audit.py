"""`claimgap audit`: do citations say what they point to?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.common import (
    WRONG_USE,
    CatalogOption,
    Format,
    FormatOption,
    catalog_folder,
    errors,
    print_rows,
    stop,
    stop_with_problems,
)
from ingest.citation_audit import Work, audit, citations_of, known_works
from schema.bib_reader import read_bibliography
from schema.problems import CatalogError

app = typer.Typer(
    help="Audit citations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _front() -> None:
    """Audit citations."""


@app.command()
def citations(
    file: Annotated[Path, typer.Argument(help="A .md, .txt or .bib file.")],
    catalog: CatalogOption = None,
    online: Annotated[
        bool,
        typer.Option("--online", help="Ask Crossref and arXiv where references.bib is silent."),
    ] = False,
    form: FormatOption = Format.table,
) -> None:
    """Say of each link or DOI whether it belongs to the author, year and venue it is cited as.

    Exit code 1 when any is a mismatch.

    Example: claimgap audit citations chapter.md --format json
    """
    root = catalog_folder(catalog)
    publications, problems = read_bibliography(root / "references.bib", root.parent)
    if problems:
        stop_with_problems(CatalogError(problems))
    try:
        found = citations_of(file)
    except OSError as error:
        stop(f"{file}: E903 {error.strerror or error}; check the file's name", WRONG_USE)
    except UnicodeDecodeError as error:
        stop(
            f"{file}: E904 found bytes that aren't UTF-8 at {error.start}, expected text; save it as UTF-8"
        )
    judged = audit(found, known_works(publications), _look_up if online else None)
    if form is Format.json:
        text = json.dumps([each.to_json() for each in judged], ensure_ascii=False, indent=1)
        sys.stdout.write(text + "\n")
    else:
        rows = [
            [
                each.line,
                each.label,
                each.identifier,
                each.verdict,
                each.reason,
                _named(each.suggestion),
            ]
            for each in judged
        ]
        names = ["line", "label", "identifier", "verdict", "reason", "perhaps meant"]
        print_rows(names, rows, form, f"{len(rows)} citations of {file.name}")
    raise typer.Exit(1 if any(each.verdict == "mismatch" for each in judged) else 0)


def _named(work: dict[str, object] | None) -> str:
    if work is None:
        return ""
    return f"{work['first_author']} {work['year']}, {work['title']} ({work['identifier']})"


def _look_up(identifier: str) -> Work | None:
    """What Crossref (DOIs) or arXiv say that an identifier is."""
    # imported here: only --online needs the HTTP stack
    from commands.ingest_common import cache_folder
    from ingest.http import Fetcher, FetchError, NotFoundError
    from ingest.services.reading import MalformedResponseError
    from ingest.services.registry import SERVICES, fetch

    kind, _, name = identifier.partition(":")
    service = SERVICES["crossref" if kind == "doi" else "arxiv"]
    try:
        with Fetcher(cache_folder()) as fetcher:
            record = fetch(service, name, fetcher)[0]
    except NotFoundError:
        return None
    except (FetchError, MalformedResponseError) as error:
        errors.print(f"{identifier}: {error}", markup=False, soft_wrap=True)
        return None
    if not record.authors:
        return None
    first = record.authors[0]
    return Work(
        first.family or first.name or "", record.title or "", record.year, record.venue, identifier
    )
