"""`claimgap fmt`: the catalog's files in their one canonical layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.common import PROBLEMS, CatalogOption, catalog_folder, errors, misused, stop
from schema.files import write_whole
from schema.layout import LayoutError, formatted
from schema.partial import files_under
from schema.problems import relative


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of the catalog; all if none.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if a file would change.")
    ] = False,
    catalog: CatalogOption = None,
) -> None:
    """Lay out entries: keys in their order, 100 columns, quotes where YAML needs them.

    Comments stay, and what the file says stays: both are proved before anything is written.

    Example: claimgap fmt catalog/models/evo.yaml
    """
    root = catalog_folder(catalog)
    changed, refused = 0, 0
    names = _named(root, paths)
    for name in names:
        path = root / name
        shown = relative(path, root.parent)
        try:
            raw = path.read_bytes()
            text = formatted(raw, name, shown)
        except OSError as error:
            errors.print(
                f"{shown}: E001 found {error.strerror or error}, expected a readable file; check "
                "its permissions", markup=False, soft_wrap=True,
            )  # fmt: skip
            refused += 1
            continue
        except LayoutError as error:
            errors.print(str(error), markup=False, soft_wrap=True)
            refused += 1
            continue
        if text is None or text.encode("utf-8") == raw:
            continue
        changed += 1
        if not check:
            try:
                write_whole(path, text)
            except OSError as error:
                stop(f"{shown}: E901 {error.strerror or error}; it is as it was")
        typer.echo(f"{'would lay out' if check else 'laid out'} {shown}")
    kept = len(names) - changed - refused
    typer.echo(f"{changed} file{'s' if changed != 1 else ''} {'to lay out' if check else 'laid out'}"
               f", {kept} as they should be")  # fmt: skip
    if refused or (check and changed):
        raise typer.Exit(PROBLEMS)


def _named(root: Path, paths: list[Path] | None) -> list[str]:
    if not root.is_dir():
        misused(f"no catalog at {root}: run this where catalog/ is, or name it with --catalog")
    for path in paths or []:
        if not path.exists():
            misused(f"{path}: no such file")
        if not path.resolve().is_relative_to(root.resolve()):
            misused(f"{path} is not inside {root}; name the catalog with --catalog")
    return sorted({name for path in paths or [root] for name in files_under(root, path)})
