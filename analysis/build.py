"""From catalog to database: read, check, write, analyse, and only then put in place."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from threadpoolctl import threadpool_limits

from analysis import steps
from schema.catalog import Catalog, data_version, load
from schema.database import write_tables
from schema.ddl import SCHEMA_VERSION

Report = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What a build made."""

    database: Path
    data_version: str
    catalog: Catalog


def code_version(root: Path | None = None) -> str:
    """A fingerprint of the code that computes: a database of other code is out of date.

    `root` is the folder of another copy of the code than the one that runs.
    """
    root = root or Path(__file__).parent.parent
    digest = hashlib.sha256()
    for room in ("schema", "analysis"):
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".sql", ".yaml"}:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_current(root: Path, database: Path) -> bool:
    """Whether the database was built from this catalog by this code."""
    if not database.exists():
        return False
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except duckdb.Error:
        return False
    return bool(
        meta.get("data_version") == data_version(root)
        and meta.get("schema_version") == SCHEMA_VERSION
        and meta.get("code_version") == code_version()
    )


def build(root: Path, database: Path, report: Report = lambda _: None) -> Built:
    """Build the database from the catalog at `root`, or leave the old one as it is.

    Raises CatalogError with every problem of the catalog, and OSError where the file can't be
    written. The new file takes the old one's place only when it is whole.
    """
    report("reading and checking the catalog")
    catalog = load(root)
    database.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{database.name}.", dir=database.parent)
    os.close(handle)
    draft = Path(name)
    draft.unlink()  # DuckDB makes the file itself and refuses an empty one
    try:
        with duckdb.connect(str(draft)) as connection:
            report("writing the tables")
            connection.execute("BEGIN")
            write_tables(connection, catalog)
            connection.execute("INSERT INTO meta VALUES ('code_version', ?)", [code_version()])
            connection.execute("COMMIT")
            # many small matrices: threads of the linear algebra only wait for each other
            with threadpool_limits(limits=1, user_api="blas"):
                for step in steps.STEPS:
                    report(step.says)
                    step.run(connection)
            connection.execute("CHECKPOINT")
        draft.replace(database)
    finally:
        for leftover in (draft, Path(f"{draft}.wal")):
            leftover.unlink(missing_ok=True)
    return Built(database, catalog.version, catalog)
