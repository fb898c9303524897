"""What is wrong with a catalog, said so that a person can mend it.

A problem names the place (file:line:column and key), what was found, what was expected and what to
do, under a stable code that docs/rules/ explains.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning is only shown."""

    error = "error"
    warning = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    code: str
    key: str
    found: str
    expected: str
    remedy: str
    severity: Severity = Severity.error

    def __str__(self) -> str:
        """`catalog/models/x.yaml:12:3: E021 key: found ..., expected ...; do ...`."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        return (
            f"{place}: {self.code}{key} found {self.found}, expected {self.expected}; {self.remedy}"
        )


class CatalogError(Exception):
    """The catalog can't be built as it stands; `problems` holds all of what is wrong, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems, in the order of their places."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def shown(value: object, limit: int = 80) -> str:
    """Quote a found value for a message, cut to `limit` characters."""
    text = value if isinstance(value, str) else repr(value)
    text = text.replace("\n", "\\n")
    return f"'{text[: limit - 1]}…'" if len(text) > limit else f"'{text}'"


def relative(path: Path, root: Path) -> str:
    """The path as people type it: from the folder that holds the catalog.

    A link counts as the file that it stands for, not as the one it leads to.
    """
    for one, other in ((path.absolute(), root.absolute()), (path.resolve(), root.resolve())):
        if one.is_relative_to(other):
            return one.relative_to(other).as_posix()
    return path.as_posix()
