"""Audits as data: written, read back, reused only for the very same files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.baselines.audit import report
from ingest.baselines.audit.run import audit, stored
from schema.problems import CatalogError
from tests.conftest import ROOT
from tests.ingest.baselines import made

KEPT = sorted((ROOT / "catalog" / "datasets" / "audits").glob("*.yaml"))


@pytest.fixture
def task():
    rng = np.random.default_rng(0)
    train = made.rows(rng, 80)
    return made.data(train=train, test=[*made.rows(rng, 40), train[0]])


def test_written_and_read_back(task, tmp_path: Path) -> None:
    found = audit("made/motif/0", task, "mcc")
    path = report.write(found, tmp_path)
    assert path.name == "made__motif__0.yaml"
    assert report.read(path) == found
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert "  - {row: 41, reasons: [copy_in_train, near_copy_in_train]}" in path.read_text()


def test_a_kept_audit_is_used_for_the_same_files_only(task, tmp_path: Path) -> None:
    found = audit("made/motif/0", task, "mcc")
    assert stored("made/motif/0", task, tmp_path) is None
    report.write(found, tmp_path)
    assert stored("made/motif/0", task, tmp_path) == found
    other = replace(task, sha256={"made/train.csv": "0" * 64})
    assert stored("made/motif/0", other, tmp_path) is None


def test_a_spoilt_audit_is_refused_with_its_place(task, tmp_path: Path) -> None:
    path = report.write(audit("made/motif/0", task, "mcc"), tmp_path)
    path.write_text(path.read_text().replace("row: 41", "row: last"))
    with pytest.raises(CatalogError, match=r"made__motif__0\.yaml:\d+:\d+: E021.*'last'"):
        report.read(path)


def test_verdicts_by_their_limits() -> None:
    assert report.grade(0.0, 0.0, 0.01) is report.Verdict.clean
    assert report.grade(0.001, 0.0, 0.01) is report.Verdict.notice
    assert report.grade(0.01, 0.0, 0.01) is report.Verdict.serious
    assert report.grade(-0.4, 0.1, 0.3) is report.Verdict.clean


def test_kept_audits_can_be_read_and_hold_no_sequence() -> None:
    assert KEPT, (
        "no audit in catalog/datasets/audits: `claimgap baseline audit --all --out` makes them"
    )
    for path in KEPT:
        found = report.read(path)
        assert path.name == report.file_name(found.task)
        text = path.read_text().upper()
        runs = max((len(w) for w in text.split() if set(w) <= set("ACGT")), default=0)
        assert runs < 10, f"{path.name} seems to quote a sequence"
