"""How a source stands to a method, against 24 pairs labelled by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analysis.build import build
from schema.frames import given_key, name_key

FIXTURE = [
    # who introduces what: alpha by Abel and Berg (abel2024alpha), beta by Eriksen and Dag Dahl
    ("abel2024alpha/table-1", "alpha", "self"),
    ("abel2024alpha/table-1", "beta", "rival"),
    ("abel2024alpha/table-1", "cnn-from-scratch", "rival"),
    ("cole2025check/table-2", "alpha", "independent"),
    ("cole2025check/table-2", "beta", "affiliated"),  # Dag Dahl is on both papers
    ("cole2025check/table-2", "kmer-logistic-regression", "independent"),
    ("cole2025check/table-2", "gc-content", "independent"),
]


@pytest.mark.parametrize(("evaluation", "method", "relation"), FIXTURE)
def test_relation_is_what_a_reader_would_say(
    small: duckdb.DuckDBPyConnection, evaluation: str, method: str, relation: str
) -> None:
    found = small.execute(
        "SELECT relation FROM relation WHERE evaluation = ? AND method = ?", [evaluation, method]
    ).fetchone()
    assert found == (relation,)


TABLE = """title: Beta alone
source: {cite: abel2024alpha, locator: Table 2, read: by_hand}
defaults: {split: test, protocol: fine_tune, unit: fraction}
"""
ROWS = "row,method,variant,task,metric,value\n1,beta,beta-1,toys/two,mcc,0.40\n"


def test_who_brings_a_method_is_a_rival_in_tables_without_it_too(
    catalog_copy: Path, tmp_path: Path
) -> None:
    folder = catalog_copy / "results" / "abel2024alpha"
    (folder / "table-2.yaml").write_text(TABLE)
    (folder / "table-2.csv").write_text(ROWS)
    build(catalog_copy, tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT relation FROM relation WHERE evaluation = 'abel2024alpha/table-2'"
        ).fetchall()
    assert found == [("rival",)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Grešová", "Katarína"), ("Gresova", "Katarina"), True),
        (("Dalla-Torre", "Hugo"), ("Dalla Torre", "H."), True),
        (("Theodoris", "Christina V."), ("Theodoris", "C"), True),
        (("Zhang", "Yi"), ("Zhang", "Yu"), False),
        (("Zhang", "Y."), ("Zhang", "Yu"), True),
        (("Wang", "Bo"), ("Wang", "Bohan"), False),
        (("Søren", "Ole"), ("Soren", "Ole"), True),
        (("Li", "Wei"), ("Lin", "Wei"), False),
    ],
)
def test_names_match_as_people_would_match_them(
    one: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    keys = [(name_key(*name), given_key(name[1])) for name in (one, other)]
    spelt_out = all(len(given) > 1 for _, given in keys)
    matched = keys[0][0] == keys[1][0] and (not spelt_out or keys[0][1] == keys[1][1])
    assert matched is same
