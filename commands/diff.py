"""`claimgap diff`: what a change of the catalog does to rows, gaps and verdicts."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from analysis.changes.difference import LIMIT, difference
from analysis.changes.markdown import markdown, problems_markdown
from analysis.changes.sides import Side, SideError, side
from commands.common import PROBLEMS, CatalogOption, catalog_folder, errors, stop, write_or_print
from commands.database import no_build
from schema.problems import CatalogError


class DiffFormat(StrEnum):
    """How a preview is written."""

    md = "md"
    json = "json"


def diff(
    base: Annotated[
        str, typer.Argument(help="A git ref, a catalog's folder or a built .duckdb file.")
    ],
    head: Annotated[
        str | None,
        typer.Argument(help="The same, for the other side.", show_default="the working tree"),
    ] = None,
    form: Annotated[
        DiffFormat, typer.Option("--format", "-f", help="Markdown for a comment, or JSON.")
    ] = DiffFormat.md,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write here.", show_default="stdout")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Lines of each list.")] = LIMIT,
    same_code: Annotated[
        bool,
        typer.Option("--same-code", help="Build a git ref by the code that runs, not by its own."),
    ] = False,
    catalog: CatalogOption = None,
) -> None:
    """Say what differs between two states of the catalog, verdicts that flip first.

    Built sides are kept in build/previews/. Exit code 1 when a side can't be built.

    Example: claimgap diff main --format md
    """
    root = catalog_folder(catalog)
    previews = root.resolve().parent / "build" / "previews"
    sides: list[Side] = []
    with errors.status("looking at both sides") as status:
        for given in (base, head or str(root)):
            try:
                sides.append(
                    side(given, root, previews, same_code, lambda says: status.update(says))
                )
            except SideError as error:
                stop(str(error))
            except CatalogError as error:
                write_or_print(_problems(error, _name(given, root, head), form, limit), out)
                raise typer.Exit(PROBLEMS) from None
            except OSError as error:
                stop(f"{given}: E901 {error.strerror or error}")
        status.update("comparing")
        try:
            found = difference(sides[0].database, sides[1].database, limit)
        except duckdb.Error as error:
            no_build(f"{base}, {_name(sides[1].name, root, head)}", error)
    names = (base, _name(sides[1].name, root, head))
    if form is DiffFormat.json:
        document = {"names": names, **found.to_json(limit)}
        write_or_print(json.dumps(document, ensure_ascii=False, indent=1) + "\n", out)
    else:
        write_or_print(markdown(found, names, limit), out)


def _name(given: str, root: Path, head: str | None) -> str:
    return "working tree" if head is None and given == str(root) else given


def _problems(error: CatalogError, name: str, form: DiffFormat, limit: int) -> str:
    if form is DiffFormat.md:
        return problems_markdown(error.problems, name, limit)
    said = [str(each) for each in error.problems[:limit]]
    document = {"name": name, "n_problems": len(error.problems), "problems": said}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
