"""The data dictionary: every table, view and column of the built database, in Markdown."""

from __future__ import annotations

import duckdb

HEAD = """# Data dictionary

Generated from the built database by `claimgap docs`: the same comments that
`SELECT * FROM duckdb_columns()` shows. Base tables hold what the catalog's files say; the others
are computed. Start with the views `results`, `models`, `claims`, `findings`, `gap_baseline` and
`gap_reporting`; [sql.md](sql.md) says which table answers what, and which traps there are.

"""


def dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    """Markdown with one section a table or view, one line a column."""
    relations = connection.execute(
        "SELECT table_name, comment, 'table' FROM duckdb_tables() WHERE NOT internal UNION ALL "
        "SELECT view_name, comment, 'view' FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    parts = [HEAD]
    for name, comment, kind in relations:
        columns = connection.execute(
            "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? "
            "AND NOT internal ORDER BY column_index",
            [name],
        ).fetchall()
        lines = [
            f"## {name} ({kind})",
            "",
            str(comment or ""),
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        for column, kind_of, text in columns:
            short = kind_of if len(kind_of) < 30 else kind_of.split("(")[0]
            lines.append(f"| {column} | {short} | {(text or '').replace('|', '/')} |")
        parts.append("\n".join(lines) + "\n\n")
    return "".join(parts).rstrip() + "\n"


COVERAGE = """# Coverage

Generated from the built database by `claimgap docs` (view `coverage`): results of each foundation
model in each domain, as **own / rival / independent**. Own are those of its authors and of people who
share an author with them; an empty cell is a gap in the evidence, or in this catalog.

"""


def coverage(connection: duckdb.DuckDBPyConnection) -> str:
    """Markdown: one line a model and domain, with own, rival and independent results."""
    rows = connection.execute(
        "SELECT m.name, c.domain, c.own, c.rival, c.independent, c.publications, c.tasks "
        "FROM coverage c JOIN method m ON m.id = c.model ORDER BY lower(m.name), c.domain"
    ).fetchall()
    (models,) = connection.execute(
        "SELECT count(*) FROM method WHERE kind = 'foundation_model'"
    ).fetchone() or (0,)
    tested = len({row[0] for row in rows})
    lines = [COVERAGE + f"{tested} of {models} models have results.", ""]
    lines += [
        "| model | domain | own | rival | independent | sources | tasks |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += ["| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
