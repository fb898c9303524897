"""`claimgap gaps`: the pooled gaps."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.gaps import AGAINST, EVIDENCE
from analysis.store import rows
from commands.common import WRONG_USE, DatabaseOption, Format, FormatOption, print_rows, stop
from commands.database import opened
from schema.vocabularies import MetricFamily

_SQL = """
SELECT domain, against, evidence, estimate, ci_low, ci_high, pi_low, pi_high, unit, k, n_datasets,
    n_publications, share_positive, status, message
FROM gap_pooled
WHERE gap = ? AND against = ? AND evidence = ? AND versus = ? AND family = ? AND k > 0
ORDER BY domain = 'all' DESC, k DESC
"""
_SHOWN = 12  # columns that fit a terminal; the rest is in csv and json


def gaps(
    reporting: Annotated[
        bool, typer.Option("--reporting", help="Authors' values against others', not baselines.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(help=f"One of {', '.join(AGAINST)}.", show_default="simple_baseline"),
    ] = None,
    evidence: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(EVIDENCE)}.", show_default="everyone")
    ] = None,
    median: Annotated[
        bool, typer.Option("--median", help="Against the median comparator, not the best.")
    ] = False,
    family: Annotated[
        str, typer.Option(help="A metric family (then in its own units), or all (in skill).")
    ] = "all",
    form: FormatOption = Format.table,
    db: DatabaseOption = None,
) -> None:
    """Show pooled gaps by domain: estimate, 95% interval, prediction interval, and what stands behind.

    Example: claimgap gaps --against kmer_linear --evidence others --format json
    """
    if reporting and (against, evidence, median) != (None, None, False):
        stop(
            "--reporting: found --against, --evidence or --median beside it, expected none: that "
            "gap is authors' values against others', whatever the comparator",
            WRONG_USE,
        )
    against, evidence = against or "simple_baseline", evidence or "everyone"
    if against not in AGAINST:
        stop(f"--against {against}: expected one of {', '.join(AGAINST)}", WRONG_USE)
    if evidence not in EVIDENCE:
        stop(f"--evidence {evidence}: expected one of {', '.join(EVIDENCE)}", WRONG_USE)
    families = ("all", *(each.value for each in MetricFamily))
    if family not in families:
        stop(f"--family {family}: expected one of {', '.join(families)}", WRONG_USE)
    gap, sort = ("reporting", "others_report") if reporting else ("baseline", against)
    whose = "everyone" if reporting else evidence
    with opened(db) as connection:
        columns, found = rows(
            connection, _SQL, [gap, sort, whose, "median" if median else "best", family]
        )
    if form is Format.table:
        columns, found = columns[:_SHOWN], [row[:_SHOWN] for row in found]
    print_rows(
        columns,
        found,
        form,
        f"{gap} gap, positive where the {'authors report more' if reporting else 'model is better'}",
    )
