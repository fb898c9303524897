"""`claimgap claims`: the ledger of claims with their verdicts."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.store import connect, rows
from commands.common import DatabaseOption, Format, FormatOption, database_file, print_rows

_BRIEF = "claim, method, says, own_verdict, others_verdict, effect, n_own, n_others"


def claims(
    find: Annotated[str, typer.Argument(help="Part of a claim id, model, category or text.")] = "",
    verdict: Annotated[
        str | None,
        typer.Option(help="supported, overstated, contradicted or untested, on either side."),
    ] = None,
    form: FormatOption = Format.table,
    db: DatabaseOption = None,
) -> None:
    """List claims with their verdicts on the authors' own and on everyone else's evidence.

    Example: claimgap claims hyenadna --format json
    """
    what = _BRIEF if form is Format.table else "*"
    with connect(database_file(db)) as connection:
        columns, found = rows(
            connection,
            f"SELECT {what} FROM claims WHERE contains(lower(concat_ws(' ', claim, method, category, "
            "says)), lower($1)) AND ($2 IS NULL OR own_verdict = $2 OR others_verdict = $2) ORDER BY claim",
            [find, verdict],
        )
        total = rows(connection, "SELECT count(*) FROM claims")[1][0][0]
    print_rows(columns, found, form, "claims", total)
