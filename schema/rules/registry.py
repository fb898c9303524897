"""Where rules are listed, and what helps them to say where a problem is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from schema.catalog import Catalog
from schema.problems import Problem, Severity
from schema.rows import cell_column
from schema.yaml_reader import locate

Check = Callable[[Catalog], Iterable[Problem]]


@dataclass(frozen=True)
class Rule:
    """A stable code, and the function that holds the promise."""

    code: str
    check: Check

    @property
    def title(self) -> str:
        """The first line of the rule's docstring."""
        return (self.check.__doc__ or "").strip().splitlines()[0]


RULES: list[Rule] = []
_OF_A_WORD = ("E111", "E112")
"""Codes that judge one cell by itself, so that a default is wrong once and not row by row."""


def rule(code: str) -> Callable[[Check], Check]:
    """Register a check under its code."""

    def register(check: Check) -> Check:
        if any(each.code == code for each in RULES):
            raise ValueError(f"the rule code {code} is taken")
        RULES.append(Rule(code, check))
        RULES.sort(key=lambda each: each.code)
        return check

    return register


def repeated(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Place (from 0) and name of each that stood before."""
    seen: set[str] = set()
    for i, name in enumerate(names):
        if name in seen:
            yield i, name
        seen.add(name)


def at_key(
    catalog: Catalog, file: str, keys: tuple[str | int, ...], code: str,
    found: str, expected: str, remedy: str,
) -> Problem:  # fmt: skip
    """A problem at a key of a YAML entry of the catalog."""
    text = (catalog.root.parent / file).read_text(encoding="utf-8")
    line, column = locate(text, keys)
    return Problem(file, line, column, code, ".".join(map(str, keys)), found, expected, remedy)


def at_cells(
    catalog: Catalog, bad: pd.DataFrame, column: str, code: str,
    words: Callable[[pd.Series], tuple[str, str, str]], severity: Severity = Severity.error,
) -> Iterator[Problem]:  # fmt: skip
    """One problem for each row of `bad`, at the cell under `column` of its results CSV.

    A word that all of them have from the header's defaults is one problem, there.
    """
    tables = {table.rows_file: table for table in catalog.results}
    for file, group in bad.groupby("file", sort=True):
        name = str(file)
        lines = _lines(catalog.root.parent / name)
        head = [cell.strip() for cell in lines[0].split(",")] if lines else []
        if code in _OF_A_WORD and column not in head and column in tables[name].header.defaults:
            told = {words(row) for _, row in group.iterrows()}
            if len(told) == 1:
                header = tables[name].header_file
                yield at_key(catalog, header, ("defaults", column), code, *told.pop())
                continue
        for _, row in group.iterrows():
            number = int(row["line"])
            at = 1
            if column in head and number <= len(lines):
                at = cell_column(lines[number - 1], head.index(column))
            yield Problem(name, number, at, code, column, *words(row), severity=severity)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").split("\n")
