"""A table as a full grid: every position has a cell, spans are filled, headers are counted."""

from dataclasses import dataclass, field, replace
from typing import Any

from ingest.tables.values import NOT_A_NUMBER, Reading, read_value

# A span or a column count beyond these is a broken or hostile file, not a result table.
MAX_COLUMNS = 1_000
MAX_CELLS = 500_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One position of the grid. ``origin`` is where the span that covers it begins."""

    text: str = ""
    bold: bool = False
    underline: bool = False
    header: bool = False
    origin: tuple[int, int] = (0, 0)

    @property
    def reading(self) -> Reading:
        """The number that the text says, if it says one."""
        return read_value(self.text) if self.text else NOT_A_NUMBER


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as the source gives it: content and how far it reaches."""

    text: str
    bold: bool = False
    underline: bool = False
    header: bool = False
    rows: int = 1
    columns: int = 1


class TableTooLargeError(ValueError):
    """The spans ask for more cells than any printed table has."""


@dataclass(slots=True)
class Table:
    """One table: label and caption as in the source, a rectangular grid, header rows on top."""

    rows: list[list[Cell]]
    label: str | None = None
    caption: str | None = None
    header_rows: int = 0
    footnotes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    locator: str | None = None

    @property
    def n_columns(self) -> int:
        """Width of the grid."""
        return len(self.rows[0]) if self.rows else 0

    def header_path(self, column: int) -> list[str]:
        """Header texts above a column, outermost first, a span's text once."""
        path: list[str] = []
        seen: set[tuple[int, int]] = set()
        for row in self.rows[: self.header_rows]:
            cell = row[column]
            if cell.text and cell.origin not in seen:
                seen.add(cell.origin)
                path.append(cell.text)
        return path

    def section_of(self, row: int) -> str | None:
        """Text of the row if one cell covers its whole width, or all others are empty."""
        filled = {cell.origin: cell for cell in self.rows[row] if cell.text}
        if len(filled) != 1 or self.n_columns < 2:
            return None
        ((origin, cell),) = filled.items()
        return None if cell.reading.value is not None or origin[1] else cell.text

    def to_json(self) -> dict[str, Any]:
        """The table as `claimgap ingest table --format json` prints it."""
        return {
            "label": self.label,
            "caption": self.caption,
            "n_rows": len(self.rows),
            "n_columns": self.n_columns,
            "header_rows": self.header_rows,
            "cells": [
                _cell_json(r, c, cell)
                for r, row in enumerate(self.rows)
                for c, cell in enumerate(row)
            ],
            "column_headers": [self.header_path(c) for c in range(self.n_columns)],
            "footnotes": self.footnotes,
            "warnings": self.warnings,
            "locator": self.locator,
        }


def _cell_json(row: int, column: int, cell: Cell) -> dict[str, Any]:
    reading = cell.reading
    return {
        "row": row,
        "column": column,
        "text": cell.text,
        "value": reading.value,
        "uncertainty": reading.uncertainty,
        "bold": cell.bold,
        "underline": cell.underline,
        "value_printed": reading.printed,
        "uncertainty_printed": reading.uncertainty_printed,
        "interval": list(reading.interval) if reading.interval else None,
        "span_from": list(cell.origin) if cell.origin != (row, column) else None,
    }


def lay_out(rows: list[list[Placed]], *, push_right: bool) -> list[list[Cell]]:
    """Resolve spans into a rectangular grid.

    ``push_right`` is HTML's and JATS's rule: a cell moves right past positions that a span from
    above already covers. In LaTeX the author leaves those positions empty instead, so there a
    covered position is overwritten unless the new cell is empty.

    Raises TableTooLargeError for spans beyond what a printed table has.
    """
    grid: dict[tuple[int, int], Cell] = {}
    width = 0
    for r, row in enumerate(rows):
        c = 0
        for placed in row:
            if push_right:
                while (r, c) in grid:
                    c += 1
            height = min(placed.rows, len(rows) - r)
            if c + placed.columns > MAX_COLUMNS:
                raise TableTooLargeError(
                    f"row {r + 1} reaches column {c + placed.columns}; at most {MAX_COLUMNS} "
                    "columns are read. Check the spans (colspan, \\multicolumn) of that row."
                )
            _place(grid, placed, r, c, height, keep_filled=not push_right)
            c += placed.columns
            width = max(width, c)
        if width * len(rows) > MAX_CELLS:
            raise TableTooLargeError(
                f"{len(rows)} rows of {width} columns are more than the {MAX_CELLS} cells that "
                "are read from one table. Split the file."
            )
    return [[grid.get((r, c), Cell(origin=(r, c))) for c in range(width)] for r in range(len(rows))]


def _place(
    grid: dict[tuple[int, int], Cell], placed: Placed, r: int, c: int, height: int, *,
    keep_filled: bool,
) -> None:  # fmt: skip
    # \\multirow counts upwards where its number is negative.
    top = max(0, r + height + 1) if height < 0 else r
    bottom = r if height < 0 else r + max(1, height) - 1
    while top < r and any(
        grid[top, x].text for x in range(c, c + placed.columns) if (top, x) in grid
    ):
        top += 1
    cell = Cell(placed.text, placed.bold, placed.underline, placed.header, (top, c))
    for y in range(top, bottom + 1):
        for x in range(c, c + placed.columns):
            if keep_filled and y == r and not placed.text and (y, x) in grid:
                continue
            grid[y, x] = cell


def trim(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Drop rows that hold nothing at all; origins move along."""
    keep = [r for r, row in enumerate(rows) if any(cell.text for cell in row)]
    position = {old: new for new, old in enumerate(keep)}
    return [
        [replace(cell, origin=(position.get(cell.origin[0], new), cell.origin[1])) for cell in row]
        for new, row in enumerate(rows[old] for old in keep)
    ]
