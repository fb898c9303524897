"""Extra checks on the real data beside the repository, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.baselines.audit import report
from ingest.baselines.audit.report import Verdict
from ingest.baselines.audit.run import audit
from ingest.baselines.registry import Verification, find_task, load_registry
from ingest.baselines.splits import load
from tests.conftest import ROOT

pytestmark = pytest.mark.shared
SUITES = load_registry(ROOT / "catalog" / "datasets")


def test_every_verified_task_is_what_the_registry_says(shared: Path) -> None:
    names = []
    for suite in SUITES:
        for task in suite.tasks:
            if task.verification is Verification.verified:
                load(task, shared / "data")  # raises on any size, checksum, row or class count
                names.append(suite.full_id(task))
    assert len(names) >= 17


@pytest.mark.parametrize("name", ["gue/mouse/3", "gue/prom/prom_core_tata", "ienhancer-2l/layer2"])
def test_kept_audits_are_what_the_data_give(shared: Path, name: str) -> None:
    _, task = find_task(SUITES, name)
    found = audit(name, load(task, shared / "data"), task.metric)
    kept = report.read(ROOT / "catalog" / "datasets" / "audits" / report.file_name(name))
    assert found == kept, "run `claimgap baseline audit --all --out catalog/datasets/audits`"


def test_mouse_negatives_are_shuffled_positives_found_without_being_told(shared: Path) -> None:
    _, task = find_task(SUITES, "gue/mouse/3")
    found = audit("gue/mouse/3", load(task, shared / "data"), task.metric)
    check = next(c for c in found.checks if c.id == "shuffled-partners")
    assert check.verdict is Verdict.serious
    assert check.counts["of_those_with_the_other_label"] > 0.7 * check.counts["test_items"]
