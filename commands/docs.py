"""`claimgap docs`: writes what is generated: data dictionary, rule pages, JSON Schemas."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.dictionary import coverage, dictionary
from analysis.sandbox import QueryError, run_query
from commands.common import DatabaseOption, console, database_file, not_written, shown, stop
from commands.database import opened
from schema.files import write_whole
from schema.json_schema import FILES, editor_settings, text_of
from schema.paths import home
from schema.rule_pages import pages

_EXAMPLE = re.compile(r'(```console\n\$ claimgap query "([^"]+)"\n)[^`]*(```)')


def with_answers(readme: str, database: Path) -> str:
    """README.md with the answer of each `claimgap query` under its question."""

    def answer(example: re.Match[str]) -> str:
        result = run_query(database, example[2])
        table = Table(*(column.name for column in result.columns), box=box.ASCII2)
        for row in result.rows:
            table.add_row(*(Text(shown(cell)) for cell in row))
        page = Console(width=140, record=True, file=io.StringIO())
        page.print(table)
        text = "\n".join(line.rstrip() for line in page.export_text().rstrip().splitlines())
        return f"{example[1]}{text}\n{example[3]}"

    return _EXAMPLE.sub(answer, readme)


def generated(database: Path, root: Path) -> dict[str, str]:
    """Every generated file of the repository at `root` by its path, as it should be."""
    with opened(database) as connection:
        made = {
            "docs/dictionary.md": dictionary(connection),
            "docs/coverage.md": coverage(connection),
        }
    made |= {f"docs/rules/{name}": text for name, text in pages().items()}
    made |= {f"schema/json/{kind}.json": text_of(kind) for kind in FILES}
    made[".vscode/settings.json"] = editor_settings()
    readme = root / "README.md"
    if readme.exists():
        made["README.md"] = with_answers(readme.read_text(encoding="utf-8"), database)
    return made


def docs(
    db: DatabaseOption = None,
    out: Annotated[Path | None, typer.Option(help="The repository's folder.")] = None,
) -> None:
    """Write anew what is generated: dictionary, coverage, rule pages, JSON Schemas, README's answers.

    Example: claimgap docs
    """
    root = out or home()
    try:
        made = generated(database_file(db), root)
    except QueryError as error:
        stop(f"{root / 'README.md'}: {error}")
    for name, text in made.items():
        try:
            write_whole(root / name, text)
        except OSError as error:
            not_written(root / name, error, "--out")
    console.print(f"{root}: docs, rule pages, JSON Schemas and README.md are up to date")
