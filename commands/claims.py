"""`claimgap claims`: the ledger of claims with their verdicts."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.store import rows
from commands.common import WRONG_USE, DatabaseOption, Format, FormatOption, print_rows, stop
from commands.database import opened

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
    if verdict is not None:
        from analysis.predicates.decide import Verdict  # takes a second to import

        words = [each.value for each in Verdict]
        if verdict not in words:
            stop(f"--verdict {verdict}: expected one of {', '.join(words)}", WRONG_USE)
    what = _BRIEF if form is Format.table else "*"
    with opened(db) as connection:
        columns, found = rows(
            connection,
            f"SELECT {what} FROM claims WHERE contains(lower(concat_ws(' ', claim, method, category, "
            "says)), lower($1)) AND ($2 IS NULL OR own_verdict = $2 OR others_verdict = $2) ORDER BY claim",
            [find, verdict],
        )
        total = rows(connection, "SELECT count(*) FROM claims")[1][0][0]
    print_rows(columns, found, form, "claims", total)
