"""Chance levels and variances by metric, against scikit-learn and by hand, on a table added here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from analysis.build import build
from tests.conftest import SMALL

METRICS = """
- {id: f1, name: F1, family: f1, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: f1-macro, name: Macro F1, family: f1, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: f1-micro, name: Micro F1, family: f1, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: f1-weighted, name: Weighted F1, family: f1, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: f1-base-pairs, name: F1 of base pairs, family: f1, higher_is_better: true, chance: 0, perfect: 1, lower: 0, upper: 1}
- {id: balanced-accuracy, name: Balanced accuracy, family: accuracy, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: paired-accuracy, name: Paired accuracy, family: accuracy, higher_is_better: true, chance: 0.5, perfect: 1, lower: 0, upper: 1}
- {id: top5-accuracy, name: Top-5 accuracy, family: accuracy, higher_is_better: true, chance: task, perfect: 1, lower: 0, upper: 1}
- {id: rmse, name: RMSE, family: error, higher_is_better: false, chance: not_applicable, perfect: 0, lower: 0, upper: not_applicable}
- {id: mae, name: MAE, family: error, higher_is_better: false, chance: not_applicable, perfect: 0, lower: 0, upper: not_applicable}
"""
TASK = """  - {id: four, name: Task four, domain: promoter, type: binary, organism: [Homo sapiens], dataset: toy-four, metrics: [f1], n_test: 1000, n_classes: 2, positive_share: 0.6, source: paper}
"""
HEADER = """title: One value in every metric
source: {cite: cole2025check, locator: Table 4, read: by_hand}
defaults: {split: test, protocol: fine_tune, method: alpha, variant: alpha-1, task: toys/four}
"""
NAMES = (
    "accuracy", "f1", "f1-macro", "f1-micro", "f1-weighted", "f1-base-pairs", "balanced-accuracy",
    "paired-accuracy", "top5-accuracy", "mse", "rmse", "mae",
)  # fmt: skip
TRUTH = np.repeat([1, 0], [600, 400])


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("chance")
    catalog: Path = shutil.copytree(SMALL, folder / "catalog")
    for file, text in (("metrics.yaml", METRICS.lstrip()), ("benchmarks/toys.yaml", TASK)):
        with (catalog / file).open("a", encoding="utf-8") as out:
            out.write(text)
    rows = "".join(f"{i},{name},0.8\n" for i, name in enumerate(NAMES, 1))
    place = catalog / "results" / "cole2025check"
    (place / "metrics.yaml").write_text(HEADER, encoding="utf-8")
    (place / "metrics.csv").write_text("row,metric,value\n" + rows, encoding="utf-8")
    build(catalog, folder / "chance.duckdb")
    with duckdb.connect(str(folder / "chance.duckdb"), read_only=True) as connection:
        yield connection


def _constant(metric: str) -> float:
    """The best score of an answer that is the same for every item."""
    scores = []
    for answer in (0, 1):
        said = np.full(TRUTH.size, answer)
        if metric == "accuracy":
            scores.append(accuracy_score(TRUTH, said))
        else:
            average = metric.removeprefix("f1-") if "-" in metric else "binary"
            scores.append(f1_score(TRUTH, said, average=average, zero_division=0))
    return max(scores)


@pytest.mark.parametrize("metric", ["accuracy", "f1", "f1-macro", "f1-micro", "f1-weighted"])
def test_chance_is_the_best_constant_answer(
    metrics: duckdb.DuckDBPyConnection, metric: str
) -> None:
    found = metrics.execute(
        "SELECT chance, skill FROM scored WHERE task = 'toys/four' AND metric = ?", [metric]
    ).fetchall()
    chance = _constant(metric)
    assert found == [(pytest.approx(chance), pytest.approx((0.8 - chance) / (1 - chance)))]


@pytest.mark.parametrize(
    ("metric", "chance"),
    [
        # the metric's own chance goes before the task's classes
        ("paired-accuracy", 0.5),
        ("f1-base-pairs", 0.0),
        # each class counts the same, whatever its share
        ("balanced-accuracy", 0.5),
        ("top5-accuracy", None),
        ("rmse", None),
    ],
)
def test_chance_that_isnt_a_matter_of_the_shares(
    metrics: duckdb.DuckDBPyConnection, metric: str, chance: float | None
) -> None:
    found = metrics.execute(
        "SELECT chance FROM scored WHERE task = 'toys/four' AND metric = ?", [metric]
    ).fetchall()
    assert found == [(chance,)]


@pytest.mark.parametrize(
    ("metric", "variance"),
    [
        # docs/methods/effects.md: F (1 - F) (2 - F) / (2 n p) for F1, F (1 - F) / n for its averages
        ("f1", 0.8 * 0.2 * 1.2 / (2 * 1000 * 0.6)),
        ("f1-macro", 0.8 * 0.2 / 1000),
        ("f1-weighted", 0.8 * 0.2 / 1000),
        # on the log 2/n, 1/(2n) and (pi/2 - 1)/n
        ("mse", 0.64 * 2 / 1000),
        ("rmse", 0.64 / 2000),
        ("mae", 0.64 * (np.pi / 2 - 1) / 1000),
    ],
)
def test_variance_knows_which_average_and_which_error(
    metrics: duckdb.DuckDBPyConnection, metric: str, variance: float
) -> None:
    found = metrics.execute(
        "SELECT a.variance FROM arm_variance a JOIN scored s USING (result) "
        "WHERE s.task = 'toys/four' AND s.metric = ?",
        [metric],
    ).fetchall()
    assert found == [(pytest.approx(variance),)]
