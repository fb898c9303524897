"""The built database, as the commands that ask it open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import duckdb

from analysis.store import connect, meta
from commands.common import database_file, stop
from schema.ddl import SCHEMA_VERSION

_E907 = "E907 found {}, expected a database that this claimgap built; build it anew with `claimgap build`"


@contextmanager
def opened(given: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database that is meant, read only; stops where it isn't a build of this claimgap."""
    database = database_file(given)
    try:
        with connect(database) as connection:
            built_by = meta(connection).get("schema_version")
            if built_by != SCHEMA_VERSION:
                stop(f"{database}: {_E907.format(f'a database of schema {built_by}')}")
            yield connection
    except duckdb.Error as error:
        no_build(str(database), error)


def no_build(name: str, error: duckdb.Error) -> NoReturn:
    """Say what DuckDB says of a file that can't be asked, and what to do; end."""
    stop(f"{name}: {_E907.format(str(error).splitlines()[0])}")
