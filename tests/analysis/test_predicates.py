"""Which rows a predicate reads, counted by hand on a table added to the fixture catalog."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis.build import build
from analysis.predicates.decide import read_evidence
from analysis.verdicts import deciding_rows, judge, read_claim
from tests.conftest import SMALL

HEADER = """title: Ways of running alpha
source: {cite: cole2025check, locator: Table 3, read: by_hand}
defaults: {split: test, protocol: fine_tune, variant: not_applicable}
"""
# of the row without a variant nobody knows whether it is alpha-1
ROWS = """row,method,variant,configuration,task,metric,protocol,value,flags
1,alpha,alpha-1,sum,toys/one,accuracy,,0.70,
2,alpha,alpha-1,mean,toys/one,accuracy,,0.90,
3,alpha,not_reported,sum,toys/one,accuracy,,0.60,
4,kmer-logistic-regression,,,toys/one,accuracy,own_training,0.80,
5,alpha,alpha-1,sum,toys/three,mse,,0.50,
6,kmer-logistic-regression,,,toys/three,mse,own_training,0.40,
7,alpha,alpha-1,sum,toys/two,mcc,,0.30,task_mean
8,kmer-logistic-regression,,,toys/two,mcc,own_training,0.20,task_mean
"""
KMER = {"methods": ["kmer-logistic-regression"]}
ACCURACY = {"metrics": ["accuracy"]}


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("ways")
    catalog: Path = shutil.copytree(SMALL, folder / "catalog")
    (catalog / "results" / "cole2025check" / "ways.yaml").write_text(HEADER, encoding="utf-8")
    (catalog / "results" / "cole2025check" / "ways.csv").write_text(ROWS, encoding="utf-8")
    build(catalog, folder / "ways.duckdb")
    with duckdb.connect(str(folder / "ways.duckdb"), read_only=True) as connection:
        yield connection


def _context(scope: dict[str, Any], **predicate: Any) -> Any:
    scope = {"evaluations": ["cole2025check/ways"], **scope}
    row = {"id": "x", "methods": ["alpha"], "work": "abel2024alpha"}
    filled = {"kind": "outperforms", "rivals": KMER, "scope": scope, **predicate}
    return read_claim({**row, "predicate": json.dumps(filled)})


def _points(ways: duckdb.DuckDBPyConnection, context: Any) -> list[float]:
    return sorted(round(float(x), 6) for x in deciding_rows(ways, context)["points"])


@pytest.mark.parametrize(
    ("subject", "points"),
    [
        # 0.90 (the better way of alpha-1) and 0.60 against 0.80
        ({"methods": ["alpha"]}, [-0.2, 0.1]),
        ({"methods": ["alpha"], "configurations": {"alpha": ["sum"]}}, [-0.2, -0.1]),
        ({"methods": ["alpha"], "configurations": {"alpha": ["mean"]}}, [0.1]),
        ({"methods": ["alpha"], "configurations": {"beta": ["mean"]}}, [-0.2, 0.1]),
        # a row without a variant is none of those that are named
        ({"variants": ["alpha-1"]}, [0.1]),
        ({"methods": ["alpha"], "variants": ["alpha-1"]}, [0.1]),
        ({"methods": ["alpha"], "not_variants": ["alpha-1"]}, [-0.2]),
    ],
)
def test_which_of_a_methods_rows_are_meant(
    ways: duckdb.DuckDBPyConnection, subject: dict[str, Any], points: list[float]
) -> None:
    assert _points(ways, _context(ACCURACY, subject=subject)) == points


@pytest.mark.parametrize(
    ("rivals", "points"),
    [
        ({"methods": ["alpha"]}, [-0.1]),  # 0.80 against the best, 0.90
        ({"methods": ["alpha"], "configurations": {"alpha": ["sum"]}}, [0.1]),  # against 0.70
        ({"methods": ["alpha"], "not_variants": ["alpha-1"]}, [0.2]),  # against 0.60
    ],
)
def test_a_rival_can_be_cut_to_one_configuration(
    ways: duckdb.DuckDBPyConnection, rivals: dict[str, Any], points: list[float]
) -> None:
    assert _points(ways, _context(ACCURACY, subject=KMER, rivals=rivals)) == points


def test_only_a_claim_about_printed_means_reads_them(ways: duckdb.DuckDBPyConnection) -> None:
    assert _points(ways, _context({"metrics": ["mcc"]})) == []
    assert _points(ways, _context({"metrics": ["mcc"], "means": True})) == [0.1]  # 0.30 - 0.20
    # and where means are asked for, what isn't a mean isn't read
    assert _points(ways, _context({"metrics": ["accuracy"], "means": True})) == []
    pooled = "SELECT count(*) FROM {} WHERE {} IN ('cole2025check/ways#7', 'cole2025check/ways#8')"
    for table, column in (("scored_all", "result"), ("gap_baseline", "result")):
        assert ways.execute(pooled.format(table, column)).fetchone() == (0,)


def _judged(ways: duckdb.DuckDBPyConnection, **predicate: Any) -> tuple[str, int, int]:
    context = _context({"metrics": ["accuracy", "mse"]}, **predicate)
    judged = judge(context, read_evidence(deciding_rows(ways, context)), "others")
    return str(judged.verdict), judged.summary.wins, judged.summary.losses


def test_every_metric_counts_also_those_without_a_chance_level(
    ways: duckdb.DuckDBPyConnection,
) -> None:
    # alpha-1 wins by accuracy, 0.90 to 0.80, and loses by error, 0.50 to 0.40; an error has no skill,
    # so that the difference in skill alone would call the claim supported
    named = {"methods": ["alpha"], "variants": ["alpha-1"]}
    assert _judged(ways, subject=named) == ("supported", 1, 1)
    every = {"kind": "wins_at_least", "every": True}
    assert _judged(ways, subject=named, **every) == ("overstated", 1, 1)
    # with 0.60 of the nameless variant one of three rows is won: less than half
    assert _judged(ways, **every) == ("contradicted", 1, 2)
    # where a number of tasks is claimed the best variant speaks on each
    assert _judged(ways, kind="wins_at_least", wins=1, of=2) == ("supported", 1, 1)
