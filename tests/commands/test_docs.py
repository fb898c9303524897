"""What is generated is current; JSON Schemas agree with the records, from outside pydantic."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from commands.docs import generated
from schema.json_schema import FILES, schema_of

ROOT = Path(__file__).resolve().parents[2]


def test_generated_files_are_current(real_database: Path) -> None:
    stale = [
        name
        for name, text in generated(real_database, ROOT).items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `claimgap docs`"


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))


def test_every_code_in_the_source_has_its_page() -> None:
    used = set()
    for path in (ROOT / "schema").rglob("*.py"):
        used |= set(re.findall(r'"(E[012]\d\d)"', path.read_text(encoding="utf-8")))
    have = {path.stem for path in (ROOT / "docs" / "rules").glob("E*.md")}
    assert used - have == set()
    assert len(used) > 25


def test_a_broken_entry_is_refused_by_the_schema_too() -> None:
    # read by a plain YAML parser: editors don't know our reader
    entry = yaml.safe_load(
        "{id: x, name: X, kind: simple_baseline, subkind: linear, publications: not_applicable, description: d}"
    )
    validator = jsonschema.Draft202012Validator(schema_of("method"))
    assert validator.is_valid(entry)
    assert not validator.is_valid({**entry, "kind": "baseline"})
    assert not validator.is_valid({**entry, "colour": "red"})
