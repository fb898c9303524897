"""The catalog's result tables are what the scripts make of the evidence, and nothing else."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.transcription.__main__ import all_sources
from ingest.transcription.base import Outcome, convert

ROOT = Path(__file__).resolve().parents[3]
RESULTS = ROOT / "catalog" / "results"
EVIDENCE = ROOT.parent / "shared" / "evidence"
SOURCES = {source.id: source for source in all_sources()}


@cache
def _outcome(source: str) -> Outcome:
    return convert(SOURCES[source], EVIDENCE)


def test_each_source_and_each_table_is_described_once() -> None:
    tables = Counter(table.id for source in SOURCES.values() for table in source.tables)
    assert [table for table, count in tables.items() if count > 1] == []
    assert len(SOURCES) == len(list(all_sources()))


def test_transcribed_tables_and_scripts_answer_each_other() -> None:
    described = {table.id for source in SOURCES.values() for table in source.tables}
    transcribed = {
        f"{path.parent.name}/{path.stem}"
        for path in RESULTS.glob("*/*.yaml")
        for head in [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)]
        if any(file["format"] == "evidence_csv" for file in head.get("transcribed_from", []))
    }
    assert described - transcribed == set(), "run python -m ingest.transcription for these"
    assert transcribed - described == set(), "no script makes these: remove them or their source"


@pytest.mark.shared
@pytest.mark.parametrize("source", sorted(SOURCES))
def test_the_catalog_holds_what_the_scripts_make(source: str, shared: Path) -> None:
    outcome = _outcome(source)
    assert outcome.problems == []
    assert outcome.rows_in == outcome.kept.total() + outcome.dropped.total()
    differing = [
        name
        for name, text in outcome.files.items()
        if (RESULTS / name).read_text(encoding="utf-8") != text
    ]
    assert differing == [], f"run python -m ingest.transcription ../shared/evidence --only {source}"
