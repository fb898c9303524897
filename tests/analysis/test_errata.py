"""An erratum that no longer holds stops the build and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.build import build
from schema.problems import CatalogError


@pytest.mark.parametrize(
    "expect", ["SELECT count(*) = 99 FROM result", "SELECT nonsense FROM nowhere"]
)
def test_a_mended_source_is_noticed(catalog_copy: Path, tmp_path: Path, expect: str) -> None:
    path = catalog_copy / "errata.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f'  expect: "{expect}"\n', encoding="utf-8")
    with pytest.raises(CatalogError, match="E301"):
        build(catalog_copy, tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


def test_a_standing_error_is_fine(catalog_copy: Path, tmp_path: Path) -> None:
    path = catalog_copy / "errata.yaml"
    sql = "SELECT n_runs = 5 FROM result WHERE id = 'abel2024alpha/table-1#1'"
    path.write_text(path.read_text(encoding="utf-8") + f'  expect: "{sql}"\n', encoding="utf-8")
    build(catalog_copy, tmp_path / "x.duckdb")
    assert (tmp_path / "x.duckdb").exists()
