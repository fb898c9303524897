"""`claimgap models`: foundation models and their facts."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.store import rows
from commands.common import DatabaseOption, Format, FormatOption, print_rows
from commands.database import opened

_COLUMNS = (
    "variant, model_name, modality, architecture, tokenizer, parameters, context_tokens, "
    "context_bp, released, licence, n_results AS results, n_results_model AS results_of_model"
)


def models(
    find: Annotated[str, typer.Argument(help="Part of a name, family or modality.")] = "",
    form: FormatOption = Format.table,
    db: DatabaseOption = None,
) -> None:
    """List foundation-model variants with their main facts.

    Example: claimgap models hyena --format json
    """
    with opened(db) as connection:
        columns, found = rows(
            connection,
            f"SELECT {_COLUMNS} FROM models WHERE contains(lower(concat_ws(' ', variant, "
            "variant_name, model, model_name, family, modality)), lower(?)) ORDER BY model, variant",
            [find],
        )
    print_rows(columns, found, form, "foundation models")
