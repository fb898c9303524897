"""Numbers in result rows: readable, on their metric's scale, with an honest plus-minus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.rules.registry import at_cells, rule
from schema.vocabularies import Origin, Status, UncertaintyKind, Unit, Unknown

NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"
DIGITS = {"row": 9, "n_runs": 9, "source_row": 9, "n_test": 15, "n_train": 15, "input_bp": 15}
"""Whole numbers of a row with the digits that their columns in the database hold."""


def _told(column: str, expected: str, remedy: str) -> Callable[[pd.Series], tuple[str, str, str]]:
    return lambda row: (shown(row[column]), expected, remedy)


@rule("E120")
def numbers_are_numbers(catalog: Catalog) -> Iterator[Problem]:
    """Values and uncertainties are plain numbers as printed; counts are whole.

    Bad: `0,862`, `86.2%`, `~0.9`.
    Good: `0.862`; `86.2` with unit percent.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    for column in ("value", "uncertainty", "uncertainty_low", "uncertainty_high"):
        # 1e999 reads as infinity
        finite = np.isfinite(pd.to_numeric(rows[column], errors="coerce").fillna(0.0))
        bad = rows[(rows[column] != "") & ~(rows[column].str.match(NUMBER) & finite)]
        expected = ("a number such as 0.862", "write the number alone, as printed")
        yield from at_cells(catalog, bad, column, "E120", _told(column, *expected))
    for column, digits in DIGITS.items():
        unknown = rows[column].isin(["", Unknown.not_reported.value])
        bad = rows[~unknown & ~rows[column].str.match(rf"^[1-9]\d{{0,{digits - 1}}}$")]
        expected = (f"a whole number from 1, of at most {digits} digits", "correct the count")
        yield from at_cells(catalog, bad, column, "E120", _told(column, *expected))


def numeric(rows: pd.DataFrame, column: str = "value") -> pd.Series:
    """A text column as numbers on the metric's own scale (percent divided by 100)."""
    values = pd.to_numeric(rows[column], errors="coerce")
    return values.where(rows["unit"] != Unit.percent, values / 100)


@rule("E121")
def values_are_in_range(catalog: Catalog) -> Iterator[Problem]:
    """A value lies between the lowest and the highest that its metric can take.

    Bad: an accuracy of 86.2 with unit fraction.
    Good: 86.2 with unit percent, or 0.862.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    bounds = pd.DataFrame(
        [
            (m.id, *(b if isinstance(b, float) else None for b in (m.lower, m.upper)))
            for m in catalog.metrics.values()
        ],
        columns=["metric", "lower", "upper"],
    ).astype({"lower": "float64", "upper": "float64"})
    rows = rows.assign(number=numeric(rows)).merge(bounds, on="metric", how="left")
    slack = 1e-9
    out = (rows["number"] < rows["lower"] - slack) | (rows["number"] > rows["upper"] + slack)

    def say(row: pd.Series) -> tuple[str, str, str]:
        slip = row["unit"] == Unit.fraction and 1 < abs(float(row["number"])) <= 100
        return (
            f"{row['value']} ({row['unit']})",
            f"{row['metric']} between {row['lower']:g} and {row['upper']:g}",
            "is it a percentage? then unit is percent"
            if slip
            else "check the value and the metric",
        )

    yield from at_cells(catalog, rows[out & (rows["status"] == Status.ok)], "value", "E121", say)


@rule("E122")
def uncertainty_has_a_kind(catalog: Catalog) -> Iterator[Problem]:
    """A plus-minus says what it is; bounds enclose the value.

    Bad: uncertainty 0.02 with kind not_reported.
    Good: uncertainty 0.02 with kind sd, or unknown where the source doesn't say what it is.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    number = rows["uncertainty"] != ""
    bounds = (rows["uncertainty_low"] != "") & (rows["uncertainty_high"] != "")
    kind = rows["uncertainty_kind"]
    bad = rows[(number | bounds) & (kind == UncertaintyKind.not_reported)]
    yield from at_cells(catalog, bad, "uncertainty_kind", "E122", lambda row: (
        "not_reported beside a number", "what the number is", "sd, se, range, ... or unknown"))  # fmt: skip
    bare = rows[~number & ~bounds & (kind != UncertaintyKind.not_reported)]
    yield from at_cells(catalog, bare, "uncertainty_kind", "E122", lambda row: (
        f"{row['uncertainty_kind']} without a number", "the number, or not_reported",
        "add the uncertainty, or write not_reported"))  # fmt: skip
    low, high = numeric(rows, "uncertainty_low"), numeric(rows, "uncertainty_high")
    upside = rows[bounds & (low > high)]
    yield from at_cells(catalog, upside, "uncertainty_low", "E122", lambda row: (
        f"{row['uncertainty_low']} above {row['uncertainty_high']}", "the lower bound first",
        "exchange the two"))  # fmt: skip
    below = pd.to_numeric(rows["uncertainty"], errors="coerce") < 0
    yield from at_cells(catalog, rows[below], "uncertainty", "E122", lambda row: (
        row["uncertainty"], "a number from 0", "remove the sign"))  # fmt: skip


@rule("E123")
def quotations_name_their_source(catalog: Catalog) -> Iterator[Problem]:
    """A value taken from another paper says so, and from whom where that is known.

    Bad: origin quoted with an empty quoted_from.
    Good: quoted_from schiff2024caduceus, or not_reported.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    bad = rows[(rows["origin"] == Origin.quoted) & (rows["quoted_from"] == "")]
    yield from at_cells(catalog, bad, "quoted_from", "E123", lambda row: (
        "an empty cell", "whose number it is", "give the citekey, or not_reported"))  # fmt: skip
    own = rows[(rows["origin"] == Origin.own) & (rows["quoted_from"] != "")]
    yield from at_cells(catalog, own, "origin", "E123", lambda row: (
        f"own beside quoted_from {row['quoted_from']}", "quoted", "correct one of the two"))  # fmt: skip


@rule("E124")
def transcribed_rows_point_into_files(catalog: Catalog) -> Iterator[Problem]:
    """source_file counts the header's transcribed_from list from 0; source_row goes with it.

    Bad: source_file 1 with one file listed.
    Good: source_file 0, source_row 17.
    """
    rows = catalog.rows()
    if not len(rows):
        return
    listed = {table.id: len(table.header.transcribed_from) for table in catalog.results}
    known = rows["evaluation"].map(listed)
    index = pd.to_numeric(rows["source_file"].where(rows["source_file"].str.match(r"^\d{1,9}$")))
    bad = rows[(rows["source_file"] != "") & ~((index >= 0) & (index < known))]
    yield from at_cells(catalog, bad, "source_file", "E124", lambda row: (
        shown(row["source_file"]), "the number of a file under transcribed_from, from 0",
        "correct the number, or list the file"))  # fmt: skip
    lone = rows[(rows["source_file"] == "") != (rows["source_row"] == "")]
    yield from at_cells(catalog, lone, "source_row", "E124", lambda row: (
        "one of source_file and source_row alone", "both or neither", "complete the pair"))  # fmt: skip
