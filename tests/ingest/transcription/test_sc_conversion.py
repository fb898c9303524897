"""Extra checks of the single-cell conversion against the evidence files themselves."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from pathlib import Path

import pytest

import ingest.transcription
from ingest.transcription.base import Source, convert
from schema.catalog import read_catalog
from schema.paths import default_catalog

SOURCES: list[Source] = [
    source
    for found in pkgutil.iter_modules(ingest.transcription.__path__)
    if found.name.startswith("sc_")
    for source in getattr(
        importlib.import_module(f"ingest.transcription.{found.name}"), "SOURCES", ()
    )
]
# rows of the evidence file, and how many of them are kept; counted by hand in the rulings
COUNTS = {
    "ahlmanneltze2025_linear_baselines": (33, 33),
    "openproblems_label_projection": (485, 466),
    "openproblems_foundation_models": (120, 0),
    "generrnib_all_scores": (4720, 1830),
    "wei2026_scperturbench": (5148, 858),
    "demo_notebook_outputs": (20, 17),
    "hao2024_scfoundation_secondary": (18, 0),
}


@pytest.fixture(scope="module")
def evidence(shared: Path) -> Path:
    return shared / "evidence"


@pytest.mark.shared
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_catalog_holds_what_conversion_writes(source: Source, evidence: Path) -> None:
    """Every row is kept or dropped with a reason, and the files in the catalog are those."""
    outcome = convert(source, evidence)
    assert outcome.problems == []
    assert outcome.kept.total() + outcome.dropped.total() == outcome.rows_in
    assert all(reason.strip() for reason in outcome.dropped)
    for name, text in outcome.files.items():
        assert (default_catalog() / "results" / name).read_text(encoding="utf-8") == text


@pytest.mark.shared
@pytest.mark.parametrize("name", COUNTS)
def test_rows_in_and_kept(name: str, evidence: Path) -> None:
    """The counts that the rulings lead to."""
    (source,) = [each for each in SOURCES if each.id == name]
    outcome = convert(source, evidence)
    assert (outcome.rows_in, outcome.kept.total()) == COUNTS[name]


@pytest.mark.shared
def test_every_single_cell_file_has_a_source(evidence: Path) -> None:
    """No result file of the two single-cell folders is passed over in silence."""
    there = {
        path.relative_to(evidence).as_posix()
        for folder in ("single_cell", "single_cell_2")
        for path in (evidence / folder / "results").glob("*.csv")
    }
    assert there == {name for source in SOURCES for name in source.files}


@pytest.mark.shared
def test_values_are_those_of_the_evidence(evidence: Path) -> None:
    """`source_row` leads to a row of the evidence file with the same digits."""
    catalog, _ = read_catalog(default_catalog())
    rows = catalog.rows()
    names = {name: source.id for source in SOURCES for name in source.files}
    files = {name: list(csv.DictReader((evidence / name).open(encoding="utf-8"))) for name in names}
    checked = 0
    for table in catalog.results:
        behind = [each.name for each in table.header.transcribed_from]
        if not behind or behind[0] not in files:
            continue
        here = rows[rows["evaluation"] == table.id]
        for row in here.itertuples():
            printed = files[behind[int(row.source_file)]][int(row.source_row) - 1]
            assert printed["value"] == (row.value or printed["value"])
            checked += 1
    assert checked > 8000
