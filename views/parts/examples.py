"""Example queries: the files of docs/cookbook, each with its question as a first comment line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

COOKBOOK = Path(__file__).resolve().parents[2] / "docs" / "cookbook"


@cache
def examples() -> dict[str, str]:
    """Question -> SQL without it, by file name. Raises ValueError for a file without a question."""
    found = {}
    for file in sorted(COOKBOOK.glob("*.sql")):
        first, _, rest = file.read_text(encoding="utf-8").partition("\n")
        if not first.startswith("-- "):
            raise ValueError(f"{file.name}: the first line must be `-- ` and the question.")
        found[first.removeprefix("-- ").strip()] = rest.strip()
    return found
