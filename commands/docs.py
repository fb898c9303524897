"""`claimgap docs`: writes what is generated: data dictionary, rule pages, JSON Schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.dictionary import dictionary
from analysis.store import connect
from commands.common import DatabaseOption, console, database_file
from schema.json_schema import FILES, editor_settings, text_of
from schema.paths import home
from schema.rule_pages import pages


def generated(database: Path) -> dict[str, str]:
    """Every generated file of the repository by its path, as it should be."""
    with connect(database) as connection:
        made = {"docs/dictionary.md": dictionary(connection)}
    made |= {f"docs/rules/{name}": text for name, text in pages().items()}
    made |= {f"schema/json/{kind}.json": text_of(kind) for kind in FILES}
    made[".vscode/settings.json"] = editor_settings()
    return made


def docs(
    db: DatabaseOption = None,
    out: Annotated[Path | None, typer.Option(help="The repository's folder.")] = None,
) -> None:
    """Write the data dictionary, the rule pages and the JSON Schemas anew.

    Example: claimgap docs
    """
    root = out or home()
    for name, text in generated(database_file(db)).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    console.print(f"{root}: docs/dictionary.md, docs/rules/ and schema/json/ are up to date")
