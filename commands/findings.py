"""`claimgap findings`: the statements about the field, with their verdicts."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from analysis.store import rows
from commands.common import WRONG_USE, DatabaseOption, Format, print_rows, stop
from commands.database import opened

_BRIEF = "finding, statement, verdict, n, unit_of_n, effect, ci_low, ci_high, unit"


class FindingFormat(StrEnum):
    """How findings are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    md = "md"


def findings(
    finding: Annotated[str, typer.Argument(help="One finding, such as F12; all by default.")] = "",
    form: Annotated[
        FindingFormat, typer.Option("--format", "-f", help="How to print.")
    ] = FindingFormat.table,
    db: DatabaseOption = None,
) -> None:
    """Show what the catalog says of each statement about the field.

    Example: claimgap findings F12 --format md
    """
    what = _BRIEF if form is FindingFormat.table and not finding else "*"
    with opened(db) as connection:
        columns, found = rows(
            connection,
            f"SELECT {what} FROM findings WHERE $1 = '' OR finding = upper($1) ORDER BY finding",
            [finding],
        )
        ((first, last),) = rows(connection, "SELECT min(finding), max(finding) FROM findings")[1]
    if finding and not found:
        there = f"{first} to {last}" if first else "none in this database"
        stop(
            f"{finding}: E905 found no such finding, expected {there}; run `claimgap findings`",
            WRONG_USE,
        )
    if form is FindingFormat.md:
        for row in found:
            sys.stdout.write(_markdown(dict(zip(columns, row, strict=True))))
    elif form in (FindingFormat.json, FindingFormat.csv):
        print_rows(columns, found, Format(form.value))
    elif finding:
        print_rows(["", finding.upper()], list(zip(columns, found[0], strict=True)), Format.table)
    else:
        print_rows(columns, found, Format.table, "findings")


def _markdown(row: dict[str, object]) -> str:
    verdict = str(row["verdict"]).replace("_", " ")
    lines = [
        f"## {row['finding']}: {row['statement']}", "", f"**{verdict}**, n = {row['n']} {row['unit_of_n']}. "
        f"{row['says']}", "", f"Measure: {row['measure']}.", "", f"Caveat: {row['caveat']}",
    ]  # fmt: skip
    if row["missing"]:
        lines += ["", f"Missing: {row['missing']}."]
    lines += ["", "```sql", str(row["sql"]), "```", "", ""]
    return "\n".join(lines)
