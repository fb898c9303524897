"""The means over ten runs that Boiarsky's notebook prints, against the runs that it prints too."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from scipy import stats

from schema.paths import default_catalog

FOLDER = default_catalog() / "results" / "boiarsky2024deeper"


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_means_of_the_hard_types_are_those_of_their_runs() -> None:
    runs = [row for row in _rows("zheng68k") if row["setting"].startswith("cells=")]
    # whatever stands in both tables is counted in one
    assert {row["flags"] for row in runs} == {"duplicate"}
    means = [row for row in _rows("hard-types") if row["uncertainty"]]
    assert len(means) == 6
    for row in means:
        key = ("method", "configuration", "metric")
        same = [float(r["value"]) for r in runs if all(r[k] == row[k] for k in key)]
        assert len(same) == 10
        # the notebook's own interval: t with nine degrees of freedom, on an SD that divides by ten
        half = stats.t.ppf(0.975, 9) * np.std(same, ddof=0) / np.sqrt(10)
        assert float(row["value"]) == pytest.approx(np.mean(same), abs=1e-6)
        assert float(row["uncertainty"]) == pytest.approx(half, rel=1e-4)
