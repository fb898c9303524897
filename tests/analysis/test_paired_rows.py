"""Which pairs a predicate reads, counted by hand on two tables added to the fixture catalog.

Beside alpha in two ways (0.70, 0.90): its network without pretraining in two ways (0.60, 0.80), and
beta as another paper printed it (0.75). A critic's table quotes beta too, beside an alpha of 0.85.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis.build import build
from analysis.verdicts import deciding_rows, read_claim
from tests.conftest import SMALL

NETWORK = """id: alpha-random-init
name: Alpha without pretraining
kind: random_init
subkind: from_scratch
publications: not_applicable
description: Alpha's network trained on the task from random weights.
architecture_of: alpha
"""
HEADER = """title: Pairs with alpha
source: {{cite: {cite}, locator: Table 9, read: by_hand}}
defaults: {{split: test, protocol: fine_tune, task: toys/one, metric: accuracy, variant: not_applicable}}
"""
COLUMNS = "row,method,variant,configuration,protocol,value,origin,quoted_from\n"
TABLES = {
    "abel2024alpha": """1,alpha,alpha-1,sum,,0.70,own,
2,alpha,alpha-1,mean,,0.90,own,
3,alpha-random-init,,sum,own_training,0.60,own,
4,alpha-random-init,,mean,own_training,0.80,own,
5,beta,beta-1,,,0.75,quoted,cole2025check
""",
    "cole2025check": """1,alpha,alpha-1,,,0.85,own,
2,beta,beta-1,,,0.99,quoted,not_reported
""",
}


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("pairs")
    catalog: Path = shutil.copytree(SMALL, folder / "catalog")
    (catalog / "methods" / "alpha-random-init.yaml").write_text(NETWORK, encoding="utf-8")
    for cite, rows in TABLES.items():
        place = catalog / "results" / cite
        (place / "pairs.yaml").write_text(HEADER.format(cite=cite), encoding="utf-8")
        (place / "pairs.csv").write_text(COLUMNS + rows, encoding="utf-8")
    build(catalog, folder / "pairs.duckdb")
    with duckdb.connect(str(folder / "pairs.duckdb"), read_only=True) as connection:
        yield connection


CHEAPER = {"kind": "cheaper_at_equal_skill", "cost": "parameters", "factor": 1.0}


@pytest.mark.parametrize(
    ("predicate", "points"),
    [
        # the best way of each: 0.90 against 0.80
        ({"kind": "pretraining_helps"}, [0.1]),
        # the claimant's own table quotes beta, and the claim is made against it: 0.90 against 0.75;
        # what a critic's table quotes is nobody's new measurement
        ({**CHEAPER, "rivals": {"methods": ["beta"]}}, [0.15]),
        # chance is 0.5
        ({"kind": "works_zero_shot", "against": "chance"}, []),
        ({"kind": "transfers_to", "against": "chance"}, [0.35, 0.4]),
    ],
)
def test_the_best_way_of_a_method_stands_for_it_on_both_sides(
    pairs: duckdb.DuckDBPyConnection, predicate: dict[str, Any], points: list[float]
) -> None:
    scope = {"evaluations": ["abel2024alpha/pairs", "cole2025check/pairs"]}
    row = {"id": "x", "methods": ["alpha"], "work": "abel2024alpha"}
    context = read_claim({**row, "predicate": json.dumps({**predicate, "scope": scope})})
    found = sorted(round(float(x), 6) for x in deciding_rows(pairs, context)["points"])
    assert found == points


def test_a_network_of_another_build_isnt_the_models_own(real: duckdb.DuckDBPyConnection) -> None:
    # HyenaDNA, Table A.4, columns pretrained minus scratch, not k-mer nor bidirectional: 0.4, 0.4, 0.2,
    # 1.3, 3.5, 3.4, 3.3 and 2.1 points over the eight sets, 14.6 in all
    found = real.execute(
        "SELECT own_verdict, own_effect, n_own FROM claims WHERE claim = 'nguyen2023hyenadna-5'"
    ).fetchone()
    assert found == ("supported", pytest.approx(0.146 / 8), 8)
    # the same table, and there alone, has 6-mers ahead of the network with HyenaDNA's own tokens
    other = "hyenadna-kmer-from-scratch"
    against = real.execute(
        "SELECT DISTINCT against FROM gap_arms WHERE comparator = ?", [other]
    ).fetchall()
    assert ("random_init",) not in against
