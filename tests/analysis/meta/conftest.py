"""Data the engine's tests share."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

REFERENCE = Path(__file__).parents[2] / "reference" / "reference.json"


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    return json.loads(REFERENCE.read_text(encoding="utf-8"))


@pytest.fixture
def nested() -> dict[str, np.ndarray]:
    """Nine studies with up to three tasks each, in shuffled rows."""
    rng = np.random.default_rng(5)
    study, task = [], []
    for s in range(9):
        for t in range(int(rng.integers(1, 4))):
            rows = int(rng.integers(1, 5))
            study += [f"s{s}"] * rows
            task += [f"t{t}"] * rows
    k = len(study)
    u = dict(zip(sorted(set(study)), rng.normal(0, 0.03, 9), strict=True))
    v = rng.uniform(1e-4, 9e-4, k)
    y = 0.02 + np.array([u[s] for s in study]) + rng.normal(0, np.sqrt(v + 4e-4))
    order = rng.permutation(k)
    return {
        "y": y[order],
        "v": v[order],
        "study": np.array(study)[order],
        "task": np.array(task)[order],
        "row": np.arange(k),
        "x": rng.normal(8, 1, k),
    }
