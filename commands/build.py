"""`claimgap build`: the catalog, checked, becomes the database."""

from __future__ import annotations

import time
from errno import EISDIR
from typing import Annotated

import duckdb
import typer

from analysis.build import build as build_database
from analysis.build import is_current
from commands.common import (
    CatalogOption,
    DatabaseOption,
    catalog_folder,
    console,
    errors,
    must_be_writable,
    not_written,
    stop,
    stop_with_problems,
)
from schema.paths import default_database
from schema.problems import CatalogError


def build(
    catalog: CatalogOption = None,
    db: DatabaseOption = None,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="Do nothing when the database is up to date.")
    ] = False,
) -> None:
    """Check the whole catalog and write build/claimgap.duckdb, or leave the old one untouched.

    Example: claimgap build --catalog catalog --db build/claimgap.duckdb
    """
    root, database = catalog_folder(catalog), db or default_database()
    if if_changed and is_current(root, database):
        console.print(f"{database} is up to date", highlight=False)
        return
    if database.is_dir():
        not_written(database, IsADirectoryError(EISDIR, "Is a directory"), "--db")
    must_be_writable(database, "--db")
    started = time.monotonic()
    try:
        with errors.status("reading the catalog") as status:
            built = build_database(root, database, lambda says: status.update(says))
    except CatalogError as error:
        stop_with_problems(error)
    except OSError as error:
        not_written(database, error, "--db")
    except duckdb.Error as error:
        stop(
            f"{database}: E909 found {str(error).splitlines()[0]}, expected tables of what was "
            "checked; the old database is as it was. This is a mistake of claimgap: please report it"
        )
    rows = sum(len(table.rows) for table in built.catalog.results)
    console.print(
        f"{database}: data version {built.data_version}, {rows:,} results from "
        f"{len(built.catalog.results)} tables, {len(built.catalog.models)} models, "
        f"{time.monotonic() - started:.1f} s",
        highlight=False,
        soft_wrap=True,
    )
