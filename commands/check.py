"""`claimgap check`: everything that is wrong with the catalog, or with the entries named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.common import PROBLEMS, CatalogOption, catalog_folder, errors, misused
from schema.changed import ChangedError, changed_since
from schema.partial import Report, check_part, files_under
from schema.problem_formats import Shape, told
from schema.problems import Problem, Severity

LIMIT = 200
"""Problems that are shown to people; programs get all."""


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of the catalog; all if none.")
    ] = None,
    changed: Annotated[
        str | None,
        typer.Option(metavar="BASE", help="Check what differs from this branch or commit."),
    ] = None,
    shape: Annotated[
        Shape, typer.Option("--format", "-f", help="How to tell the problems.")
    ] = Shape.text,
    catalog: CatalogOption = None,
) -> None:
    """Check entries and print every problem with its place and remedy.

    Of named or changed entries only their own problems are told, and those that they cause in
    others. Nothing is fetched.

    Example: claimgap check catalog/models/evo.yaml

    Example: claimgap check --changed main --format github
    """
    root = catalog_folder(catalog)
    if paths and changed:
        misused("either paths or --changed, not both")
    if not root.is_dir():
        misused(f"no catalog at {root}: run this where catalog/ is, or name it with --catalog")
    whole = not changed and all(_is(path, root) for path in paths or [])
    if whole:
        problems, summary = _check_whole(root)
    else:
        report = _report(root, paths or [], changed)
        problems, summary = report.problems, _summary(report, changed)
    _tell(problems, shape, summary)


def _check_whole(root: Path) -> tuple[list[Problem], str]:
    from schema.catalog import read_catalog
    from schema.rules import check_catalog

    found, problems = read_catalog(root)
    problems = sorted({*problems, *check_catalog(found)})
    return problems, (
        f"{root}: no problems in {len(found.models)} models, {len(found.methods)} methods, "
        f"{len(found.benchmarks)} benchmarks, {len(found.results)} result tables and "
        f"{len(found.claims)} claim files"
    )


def _report(root: Path, paths: list[Path], changed: str | None) -> Report:
    if changed is None:
        return check_part(root, _inside(root, paths), cache_of(root))
    try:
        names, lines = changed_since(root, changed)
    except ChangedError as error:
        misused(str(error))
    return check_part(root, names, cache_of(root), lines)


def _inside(root: Path, paths: list[Path]) -> list[str]:
    """The catalog's files among `paths`, by their path inside it; ends where one isn't there."""
    names: list[str] = []
    for path in paths:
        if not path.resolve().is_relative_to(root.resolve()):
            misused(f"{path} is not inside {root}: copy it to its place there, then check it")
        if not path.exists():
            misused(f"{path}: no such file")
        names += files_under(root, path)
    return names


def cache_of(root: Path) -> Path | None:
    """Where the index of a catalog is kept: beside the build, if the catalog lies in a repository."""
    home = root.resolve().parent
    return home / "build" / "check-index.json" if (home / ".git").exists() else None


def _is(path: Path, root: Path) -> bool:
    return path.resolve() == root.resolve()


def _summary(report: Report, changed: str | None) -> str:
    if not report.checked:
        return f"nothing in the catalog differs from {changed or 'what is there'}"
    count = len(report.checked)
    return f"no problems in {count} file{'s' if count != 1 else ''}: " + ", ".join(
        report.checked[:5] + (["..."] if count > 5 else [])
    )


def _tell(problems: list[Problem], shape: Shape, summary: str) -> None:
    wrong = [each for each in problems if each.severity is Severity.error]
    shown = problems[:LIMIT] if shape is Shape.text else problems
    text = told(shown, shape)
    if shape is not Shape.text:
        sys.stdout.write(text)
    elif problems:
        errors.print(text, markup=False, soft_wrap=True, end="")
    if not wrong:
        if shape in (Shape.text, Shape.github):
            sys.stdout.write(summary + "\n")
        return
    cut = f" ({LIMIT} of {len(problems)} shown)" if len(problems) > LIMIT else ""
    if shape is Shape.text:
        count = f"{len(wrong)} problem{'s' if len(wrong) != 1 else ''}{cut}"
        errors.print(f"{count}; docs/rules/ explains each code", markup=False, soft_wrap=True)
    raise typer.Exit(PROBLEMS)
