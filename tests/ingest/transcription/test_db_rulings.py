"""What the second reader ruled about the independent benchmarks is visible in the catalog."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import pytest

import ingest.transcription
from ingest.transcription.base import Source, convert
from schema.paths import default_catalog
from tests.ingest.transcription.test_db_values import rows

SOURCES: list[Source] = [
    source
    for found in pkgutil.iter_modules(ingest.transcription.__path__)
    if found.name.startswith("db_")
    for source in getattr(
        importlib.import_module(f"ingest.transcription.{found.name}"), "SOURCES", ()
    )
]
# data rows of the evidence files (wc -l less the header), and those kept after the rulings
COUNTS = {
    "feng2025_natcommun": (356, 356),
    "lindsey2025_tokenizer": (1299, 1299),
    # 206 and 19 rows, less 46 p-values and one share of motifs
    "dart_eval_task5": (225, 178),
    # 24 properties of data sets
    "grey_kavuru_leakage": (72, 48),
    # 6 leakage shares, 7 summaries, 4 of an unnamed model, 1 best of three
    "grey_xiang_capability": (451, 433),
    "rewire_literature_rows": (11, 7),
}


def flags(table: str) -> Counter[str]:
    """How often each flag stands in a table."""
    return Counter(flag for row in rows(table) for flag in row.get("flags", "").split())


def test_preprint_of_feng_counts_only_where_the_journal_is_silent() -> None:
    """57 sets, 3 models, 2 poolings, 4 scores; 52 of the sets stand in the journal version."""
    assert len(rows("feng2024benchmarking/embeddings")) == 57 * 3 * 2 * 4
    assert flags("feng2024benchmarking/embeddings")["duplicate"] == 52 * 3 * 2 * 4


def test_vilov_is_half_widths_and_folded_where_the_notebook_folds() -> None:
    """416 folded AUROCs (24 and 352 zero-shot, 40 probes); motifs are not folded."""
    zero, probes = "variants-zero-shot", "variants-probes"
    for slug, count in ((zero, 376), (probes, 40)):
        assert flags(f"vilov2025investigating/{slug}")["folded_direction"] == count
    assert "folded_direction" not in flags("vilov2025investigating/rbp-motifs")
    kinds = Counter(
        (row["uncertainty_kind"], "input=whole mRNA" in row["setting"])
        for slug in (zero, probes, "rbp-motifs", "mpra", "half-life", "half-life-context")
        for row in rows(f"vilov2025investigating/{slug}")
    )
    assert kinds.pop(("unknown", True)) == 3, "Student's t times the SD of ten folds: no interval"
    assert set(kinds) == {("ci95_half", False)}


def test_marin_is_development_data_throughout() -> None:
    """206 scored rows: 199 on the training split that is the development set, 7 on pull 151's test."""
    tables = [
        f"openathena2026marin/{path.stem}"
        for path in (default_catalog() / "results" / "openathena2026marin").glob("*.csv")
        if path.stem != "cost"
    ]
    assert sum(flags(table)["dev_as_test"] for table in tables) == 199
    assert sum(row["split"] == "test" for table in tables for row in rows(table)) == 7
    assert sum(len(rows(table)) for table in tables) == 206


def test_quotations_are_no_runs_of_their_own() -> None:
    """Counts of the ruling: 150 competitor cells, 13 GENEB, 12 published, 2 of DART-Eval."""
    tables = [
        f"xiangmira2026capability/{path.stem}"
        for path in (default_catalog() / "results" / "xiangmira2026capability").glob("*.csv")
    ]
    quoted = sum(row["origin"] == "quoted" for table in tables for row in rows(table))
    assert quoted == 150 + 13 + 12 + 2


@pytest.mark.shared
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_catalog_holds_what_conversion_writes(source: Source, shared: Path) -> None:
    """Every row is kept or dropped with a reason, and the files in the catalog are those."""
    outcome = convert(source, shared / "evidence")
    assert outcome.problems == []
    assert outcome.kept.total() + outcome.dropped.total() == outcome.rows_in
    for name, text in outcome.files.items():
        assert (default_catalog() / "results" / name).read_text(encoding="utf-8") == text
    if source.id in COUNTS:
        assert (outcome.rows_in, outcome.kept.total()) == COUNTS[source.id]


@pytest.mark.shared
def test_no_row_of_the_evidence_is_forgotten(shared: Path) -> None:
    """Every result file of the two folders is some source's, once."""
    named = [name for source in SOURCES for name in source.files]
    assert len(named) == len(set(named))
    folders = ("dna_benchmarks", "dna_benchmarks_2")
    there = {
        f"{folder}/results/{path.name}"
        for folder in folders
        for path in (shared / "evidence" / folder / "results").glob("*.csv")
    }
    assert set(named) == there
