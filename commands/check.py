"""`claimgap check`: everything that is wrong with the catalog, at once."""

from __future__ import annotations

from commands.common import CatalogOption, catalog_folder, console, stop_with_problems
from schema.catalog import load
from schema.problems import CatalogError


def check(catalog: CatalogOption = None) -> None:
    """Check the whole catalog and print every problem with its place and remedy.

    Example: claimgap check --catalog catalog
    """
    root = catalog_folder(catalog)
    try:
        found = load(root)
    except CatalogError as error:
        stop_with_problems(error)
    console.print(
        f"{root}: no problems in {len(found.models)} models, {len(found.methods)} methods, "
        f"{len(found.benchmarks)} benchmarks, {len(found.results)} result tables and "
        f"{len(found.claims)} claim files",
        highlight=False,
        soft_wrap=True,
    )
