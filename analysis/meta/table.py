"""Anybody's CSV of effects, read so that every slip is named by its line and column.

Comma, semicolon or tab between cells, UTF-8. Rows are never dropped: a gap in a column that the
model needs is a problem of the file. Codes are M101 to M109 (docs/methods/meta.md).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import process

from analysis.meta.types import FloatArray
from schema.problems import Problem, shown

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_MISSING = {"", "NA", "N/A", "NaN", "nan", "null", "NULL"}
_DELIMITERS = (",", ";", "\t")


class TableError(Exception):
    """The file can't be used as it stands; `problems` holds all of what is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order of their places."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """One record: its cells, the line it starts on, and that line's text."""

    line: int
    cells: list[str]
    text: str


class EffectTable:
    """The file's columns by name; problems collect until `settle` raises them together."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises TableError where it can't be read as a table at all."""
        self.name = path.as_posix()
        self._problems: list[Problem] = []
        text = self._text(path)
        lines = text.splitlines()
        self._delimiter = max(_DELIMITERS, key=lambda d: lines[0].count(d) if lines else 0)
        records = self._records(text, lines)
        if not records:
            self._refuse(0, 0, "M103", "", "an empty file", "a head and rows", "add them")
        self._head = records[0]
        self.columns = [cell.strip() for cell in self._head.cells]
        self.rows = records[1:]
        self._check_shape()

    def __len__(self) -> int:
        """The number of rows under the head."""
        return len(self.rows)

    def require(self, names: Sequence[str]) -> None:
        """Raise for all columns that aren't there, each with the nearest one that is."""
        for name in dict.fromkeys(names):
            if name not in self.columns:
                near = process.extractOne(name, self.columns, score_cutoff=60)
                hint = f"did you mean {near[0]!r}? " if near else ""
                there = ", ".join(self.columns)
                self._add(
                    self._head.line,
                    1,
                    "M104",
                    name,
                    "no such column",
                    f"one of {there}",
                    f"{hint}name a column of the file",
                )
        self.settle()

    def numbers(self, name: str, *, positive: bool = False) -> FloatArray:
        """A column of finite numbers, positive ones if asked; other cells become problems."""
        out = np.full(len(self.rows), np.nan)
        for i, row in enumerate(self.rows):
            cell = self._cell(row, name)
            if _NUMBER.fullmatch(cell) and np.isfinite(float(cell)):
                out[i] = float(cell)
                if positive and not out[i] > 0.0:
                    self._at(
                        row,
                        name,
                        "M106",
                        shown(cell),
                        "a sampling variance above zero",
                        "give the variance, or leave the row out yourself",
                    )
                continue
            decimal = ", with a point for the decimals" if "," in cell else ""
            code, found = ("M107", "nothing") if cell == "" else ("M105", shown(cell))
            self._at(
                row,
                name,
                code,
                found,
                f"a finite number{decimal}",
                "fill the cell, or leave the row out yourself",
            )
        return out

    def labels(self, name: str) -> list[str]:
        """A column of labels; an empty cell or NA becomes a problem."""
        out = []
        for row in self.rows:
            cell = self._cell(row, name)
            if cell in _MISSING:
                self._at(
                    row,
                    name,
                    "M107",
                    shown(cell) if cell else "nothing",
                    "a label",
                    "name the group, or leave the row out yourself",
                )
            out.append(cell)
        return out

    def moderator(self, name: str) -> FloatArray | list[str]:
        """A column of numbers, or of categories where most cells aren't numbers."""
        cells = [self._cell(row, name) for row in self.rows]
        numeric = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
        filled = sum(cell not in _MISSING for cell in cells)
        return self.numbers(name) if 2 * numeric > filled else self.labels(name)

    def settle(self) -> None:
        """Raise all problems there are."""
        if self._problems:
            raise TableError(self._problems)

    def line(self, row: int) -> int:
        """The line on which a row (from 0) starts."""
        return self.rows[row].line

    def _cell(self, row: Row, name: str) -> str:
        return row.cells[self.columns.index(name)].strip()

    def _add(
        self, line: int, column: int, code: str, key: str, found: str, expected: str, do: str
    ) -> None:
        self._problems.append(Problem(self.name, line, column, code, key, found, expected, do))

    def _refuse(
        self, line: int, column: int, code: str, key: str, found: str, expected: str, do: str
    ) -> None:
        self._add(line, column, code, key, found, expected, do)
        self.settle()

    def _at(self, row: Row, name: str, code: str, found: str, expected: str, do: str) -> None:
        column = _column_of(row.text, self.columns.index(name), self._delimiter)
        self._add(row.line, column, code, name, found, expected, do)

    def _text(self, path: Path) -> str:
        try:
            raw = path.read_bytes()
        except OSError as problem:
            what = (problem.strerror or "an unreadable file").lower()
            self._refuse(0, 0, "M101", "", what, "a CSV file that can be read", "check the path")
            raise AssertionError from problem
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4096]:
            self._refuse(
                1, 1, "M102", "", "UTF-16 or binary data", "text in UTF-8", "save it as UTF-8 CSV"
            )
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            before = raw[: problem.start]
            line = before.count(b"\n") + 1
            column = len(before) - (before.rfind(b"\n") + 1) + 1
            found = f"the byte 0x{raw[problem.start]:02x}"
            self._refuse(line, column, "M102", "", found, "text in UTF-8", "save it as UTF-8 CSV")
            raise AssertionError from problem

    def _records(self, text: str, lines: list[str]) -> list[Row]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter, strict=True)
        out: list[Row] = []
        start = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return out
            except csv.Error as problem:
                line = max(reader.line_num, 1)
                self._refuse(
                    line,
                    1,
                    "M108",
                    "",
                    str(problem),
                    "rows of cells",
                    "mend the quotes of this row",
                )
            if any(cell.strip() for cell in cells):
                shown_line = lines[start - 1] if start <= len(lines) else ""
                out.append(Row(start, cells, shown_line))
            start = reader.line_num + 1

    def _check_shape(self) -> None:
        """A head without repeats, rows as long as the head, and at least one of them."""
        head = self._head.line
        for name in sorted({c for c in self.columns if self.columns.count(c) > 1}):
            self._add(head, 1, "M109", name, "a column twice", "each column once", "rename one")
        width = len(self.columns)
        for row in self.rows:
            if len(row.cells) != width:
                found = f"{len(row.cells)} cells"
                self._add(
                    row.line, 1, "M108", "", found, f"{width}, as in the head", "mend the row"
                )
        if not self.rows:
            self._add(head, 1, "M103", "", "a head without rows", "rows of effects", "add them")
        self.settle()


def _column_of(text: str, index: int, delimiter: str) -> int:
    """The character (from 1) at which cell `index` of a line starts, quotes respected."""
    at, quoted = 0, False
    for position, letter in enumerate(text):
        if at == index and not quoted:
            return position + 1
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            at += 1
    return len(text) + 1 if at == index else 1
