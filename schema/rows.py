"""Result rows: CSV files read as text, with header defaults filled in and lines remembered."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from schema.problems import Problem, relative, shown
from schema.records.base import Source
from schema.records.evaluation import BUILT_IN_DEFAULTS, COLUMNS, Evaluation
from schema.refusals import did_you_mean
from schema.vocabularies import ReadHow
from schema.yaml_reader import read_text, read_yaml

csv.field_size_limit(1_000_000)
_LINE_END = re.compile(r"\r\n|\r|\n")  # as the csv module counts lines


@dataclass(frozen=True)
class ResultTable:
    """One evaluation: its head, and its rows as text (columns COLUMNS plus `line`)."""

    publication: str
    table: str
    header: Evaluation
    header_file: str
    rows_file: str
    rows: pd.DataFrame

    @property
    def id(self) -> str:
        """`<citekey>/<table>`."""
        return f"{self.publication}/{self.table}"


def stand_in(path: Path, root: Path) -> Evaluation | None:
    """A header that was refused, as far as its rows need one to be checked; None where none can be.

    What it lacks is told of the header itself: a catalog that holds a stand-in has problems.
    """
    node = read_yaml(path, root)
    if not isinstance(node, dict):
        return None
    given, files = node.get("defaults"), node.get("transcribed_from")
    defaults = given if isinstance(given, dict) else {}
    return Evaluation.model_construct(
        title="",
        source=Source.model_construct(cite=path.parent.name, locator="", read=ReadHow.by_hand),
        transcribed_from=files if isinstance(files, list) else [],
        defaults={key: word for key, word in defaults.items() if isinstance(word, str)},
    )


def read_rows(
    path: Path, root: Path, header: Evaluation, header_file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a results CSV into a frame of text, one column per name in COLUMNS, plus `line`.

    Empty cells and absent columns take the header's `defaults`, then BUILT_IN_DEFAULTS.
    """
    name = relative(path, root)
    empty = pd.DataFrame(columns=[*COLUMNS, "line"], dtype="str")
    text = read_text(path, root)
    problems: list[Problem] = []
    if isinstance(text, Problem):
        if text.code != "E006":
            return empty, [text]
        problems = [text]  # what a spreadsheet put before the head hides nothing of the rest
        text = path.read_text(encoding="utf-8-sig")
    if other := _separator(text):
        problem = Problem(
            name, 1, 1, "E104", "", f"cells parted by {other}", "cells parted by commas",
            "save it as CSV with commas (`CSV UTF-8` in a spreadsheet whose language writes 0.5), "
            "with points in numbers",
        )  # fmt: skip
        return empty, [*problems, problem]
    problems += [
        Problem(header_file, 1, 1, "E101", f"defaults.{key}", f"the unknown column {shown(key)}",
                "a column of results", did_you_mean(key, COLUMNS) or "see docs/dictionary.md")
        for key in header.defaults
        if key not in COLUMNS or key in {"row", "value"}
    ]  # fmt: skip
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    lines: list[int] = []
    columns: list[str] = []
    head = start = 1
    try:
        for record in reader:
            line, start = start, reader.line_num + 1
            if reader.line_num > line:
                problems.append(
                    Problem(name, line, 1, "E102", "", "a line break inside a cell",
                            "one row a line", "replace the line break by a space")
                )  # fmt: skip
            if not columns:
                columns, head = [cell.strip() for cell in record], line
                continue
            if not record:
                continue
            if len(record) != len(columns):
                problems.append(
                    Problem(name, line, 1, "E103", "", f"{len(record)} cells",
                            f"{len(columns)}, as many as the head names",
                            "quote cells that hold commas, or complete the row")
                )  # fmt: skip
                continue
            records.append([cell.strip() for cell in record])
            lines.append(line)
    except csv.Error as error:
        problems.append(
            Problem(name, max(reader.line_num, 1), 1, "E104", "", str(error), "comma-separated rows",
                    "check the quotes around this line")
        )  # fmt: skip
    for index, column in enumerate(columns):
        if column not in COLUMNS:
            at = cell_column(_LINE_END.split(text, head)[head - 1], index)
            hint = did_you_mean(column, COLUMNS) or "see docs/dictionary.md for the columns"
            problems.append(
                Problem(name, head, at, "E101", column, f"the unknown column {shown(column)}",
                        "a column of results", hint)
            )  # fmt: skip
    if len(set(columns)) < len(columns):
        problems.append(
            Problem(name, 1, 1, "E101", "", "a column twice", "each column once", "remove one")
        )
        return empty, problems
    if not columns:
        problems.append(
            Problem(name, 1, 1, "E104", "", "an empty file", "a head and rows", "add them")
        )
        return empty, problems
    if not lines and not problems:
        problems.append(
            Problem(name, 1, 1, "E104", "", "a head without rows", "a head and rows",
                    "add the rows, or remove both files of the table")
        )  # fmt: skip
    cells = dict(zip(columns, zip(*records, strict=True), strict=True)) if records else {}
    filled: dict[str, list[str]] = {}
    for column in COLUMNS:
        default = header.defaults.get(column, BUILT_IN_DEFAULTS.get(column, ""))
        given = cells.get(column, ("",) * len(records))
        filled[column] = [cell or default for cell in given]
    frame = pd.DataFrame(filled, columns=list(COLUMNS), dtype="str")
    frame["line"] = lines
    return frame, problems


def _separator(text: str) -> str:
    """What parts the cells of the head where commas don't, or an empty string."""
    head = text.lstrip().split("\n", 1)[0]
    if "," in head:
        return ""
    for character, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len({cell.strip(' "\r') for cell in head.split(character)} & set(COLUMNS)) > 1:
            return called
    return ""


def cell_column(line: str, index: int) -> int:
    """The character (from 1) at which the cell number `index` (from 0) of a CSV line starts."""
    at, quoted = 0, False
    for position, character in enumerate(line):
        if at == index:
            return position + 1
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            at += 1
    return len(line) + 1
