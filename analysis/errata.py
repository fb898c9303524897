"""Known errors of sources: each `expect` must stay true for as long as its erratum is open."""

from __future__ import annotations

import duckdb

from schema.problems import CatalogError, Problem, shown


def check_errata(connection: duckdb.DuckDBPyConnection) -> None:
    """Evaluate the `expect` of every open erratum on the base tables.

    Raises CatalogError naming each erratum whose error is no longer there (the source was mended,
    or the rows changed), or whose SQL doesn't run.
    """
    problems = []
    for name, expect in connection.execute(
        "SELECT id, expect FROM erratum WHERE expect IS NOT NULL AND status <> 'mended' ORDER BY id"
    ).fetchall():
        try:
            row = connection.execute(expect).fetchone()
            held = bool(row and row[0])
            found = "false" if not held else ""
        except duckdb.Error as error:
            held, found = False, str(error).splitlines()[0]
        if not held:
            problems.append(
                Problem("catalog/errata.yaml", 0, 0, "E301", f"{name}.expect", shown(found), "true: the "
                        "error still stands", "if the source was mended, set status: mended; else mend the SQL")
            )  # fmt: skip
    if problems:
        raise CatalogError(problems)
