"""`claimgap query`: SQL on the built file, always in the sandbox that the app's console uses."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.sandbox import Limits, QueryError, QueryResult, run_query
from commands.common import (
    DatabaseOption,
    Format,
    FormatOption,
    database_file,
    errors,
    print_rows,
    stop,
)

TABLE_ROWS = 200  # as many as a person may still want to scroll through


def query(
    sql: Annotated[
        str | None, typer.Argument(metavar="SQL", help="One SELECT; - reads it from stdin.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Read the SQL from this file.")] = None,
    form: FormatOption = Format.table,
    db: DatabaseOption = None,
    max_rows: Annotated[
        int | None,
        typer.Option(min=1, help="Rows to print.", show_default="10,000; as a table 200"),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds to wait.")
    ] = Limits().max_seconds,
) -> None:
    """Ask the built database one question in SQL; JSON is a list of objects.

    It only reads, in a sandbox with limits (docs/console.md).

    Example: claimgap query "SELECT method_name, count(*) FROM results GROUP BY 1 ORDER BY 2 DESC"
    """
    text = _text(sql, file)
    limit = max_rows or (TABLE_ROWS if form is Format.table else Limits().max_rows)
    try:
        result = run_query(database_file(db), text, Limits(max_rows=limit, max_seconds=timeout))
    except QueryError as error:
        stop(str(error))
    if form is Format.table:
        _print_table(result)
    else:
        rows = [[_plain(value, form) for value in row.values()] for row in result.records()]
        print_rows([column.name for column in result.columns], rows, form)
    if result.truncated:
        more = "--max-rows shows more" if result.cut == "max_rows" else "select fewer columns"
        errors.print(f"{result.shown()}: {more}", markup=False, soft_wrap=True)


def _text(sql: str | None, file: Path | None) -> str:
    if (sql is None) == (file is None):
        raise typer.BadParameter("give the SQL, or - for stdin, or --file: one of them")
    if sql is not None and sql != "-":
        return sql
    try:
        return sys.stdin.read() if file is None else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file or 'stdin'} can't be read: {error}") from None


def _plain(value: Any, form: Format) -> Any:
    if form is Format.csv and isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False)  # as DuckDB and pandas read them back
    return value


def _print_table(result: QueryResult) -> None:
    """Print every digit and every character as it is: no rounding, no markup, no ellipsis."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for column in result.columns:
        number = column.type.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or "INT" in column.type
        table.add_column(Text(column.name), justify="right" if number else "left", overflow="fold")
    for row in result.rows:
        cells = ("null" if value is None else _plain(value, Format.csv) for value in row)
        table.add_row(*(Text(str(cell)) for cell in cells))
    console = Console()
    if not console.is_terminal:  # a pipe has no width: never fold what another program reads
        console = Console(width=1_000_000)
        console.width = console.measure(table).maximum
    console.print(table)
