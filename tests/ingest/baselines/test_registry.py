"""Promises about catalog/datasets/, checked over every entry, and the registry's own errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.baselines.learners import METHODS
from ingest.baselines.registry import DatasetError, Verification, find_task, load_registry
from schema.problems import CatalogError
from schema.yaml_reader import read_yaml
from tests.conftest import ROOT
from tests.ingest.baselines import made

SUITES = load_registry(ROOT / "catalog" / "datasets")
BY_ID = {s.id: s for s in SUITES}


def test_the_suites_that_were_promised_are_there() -> None:
    verified = {s.id: sum(t.verification is Verification.verified for t in s.tasks) for s in SUITES}
    assert verified["gue"] >= 13
    assert len(BY_ID["genomic-benchmarks"].tasks) >= 8
    assert len(BY_ID["nt-tasks-original"].tasks) == 18
    assert len(BY_ID["nt-tasks-revised"].tasks) == 18
    assert verified["ienhancer-2l"] == 2
    assert verified["uci"] == 2


def test_every_address_is_pinned_to_a_commit_or_a_numbered_record() -> None:
    pinned = re.compile(
        r"https://raw\.githubusercontent\.com/[\w.-]+/[\w.-]+/[0-9a-f]{40}/"
        r"|https://huggingface\.co/datasets/[\w.-]+/[\w.-]+/resolve/[0-9a-f]{40}/"
        r"|https://zenodo\.org/records/\d+/files/"
    )
    loose = [
        f"{s.id}/{t.id}: {f.url}"
        for s in SUITES for t in s.tasks for f in t.files
        if f.url != "not_checked" and not pinned.match(f.url)
    ]  # fmt: skip
    assert not loose, "pin these to a commit or a numbered record:\n" + "\n".join(loose)


def test_counted_rows_are_the_published_sizes() -> None:
    differ = []
    for suite in SUITES:
        for task in suite.tasks:
            for split, files in task.splits.items():
                said = getattr(task.published, split, "not_reported") if task.published else None
                rows = [f.rows for f in files]
                counted = sum(r for r in rows if isinstance(r, int))
                if isinstance(said, int) and "not_checked" not in rows and counted != said:
                    differ.append(f"{suite.full_id(task)} {split}: {counted}, published {said}")
    assert not differ, "record the difference as a defect, or correct it:\n" + "\n".join(differ)


def test_tasks_are_those_of_the_catalogs_benchmarks() -> None:
    missing = []
    for suite in SUITES:
        path = ROOT / "catalog" / "benchmarks" / f"{suite.benchmark}.yaml"
        if not path.exists():
            continue
        entry = read_yaml(path, ROOT)
        assert isinstance(entry, dict)
        known = {t["id"] for t in entry["tasks"]}
        missing += [
            f"{suite.id}: {t.catalog_task}" for t in suite.tasks if t.catalog_task not in known
        ]
    assert not missing, "correct catalog_task, or add to catalog/benchmarks/:\n" + "\n".join(
        missing
    )


def test_tasks_are_found_whatever_the_case_or_by_their_catalog_id() -> None:
    wanted = find_task(SUITES, "gue/EMP/H3")
    assert find_task(SUITES, "GUE/emp/h3") == wanted
    assert find_task(SUITES, "gue/emp-h3") == wanted


def test_an_unknown_task_brings_its_neighbours() -> None:
    with pytest.raises(DatasetError, match=r"B001.*did you mean gue/mouse/3"):
        find_task(SUITES, "gue/mouse3")


def test_slips_are_reported_with_their_places_all_at_once(tmp_path: Path) -> None:
    folder = made.write_task(tmp_path, train=[("ACGT", "0")], test=[("ACGT", "0")]) / "datasets"
    path = folder / "made.yaml"
    text = path.read_text().replace("metric: mcc", "metrik: mcc").replace("rows: 1", "rows: one", 1)
    path.write_text(text)
    with pytest.raises(CatalogError) as caught:
        load_registry(folder)
    said = str(caught.value)
    line = text.splitlines().index("    metrik: mcc") + 1
    assert f"datasets/made.yaml:{line}:5: E020 tasks.0.metrik" in said
    assert "found 'one'" in said


def test_a_source_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    folder = made.write_task(tmp_path, train=[("ACGT", "0")], test=[("ACGT", "0")]) / "datasets"
    path = folder / "made.yaml"
    path.write_text(path.read_text().replace("source: us", "source: them"))
    with pytest.raises(CatalogError, match="every source listed under `sources:`, also them"):
        load_registry(folder)


def test_verification_is_what_the_files_prove() -> None:
    seen = {"path": "a", "bytes": 3, "sha256": "0" * 64, "rows": 1}
    listed = {"path": "a", "git_blob": "0" * 40}
    for files, expected in (
        ([seen], Verification.verified),
        ([seen, listed], Verification.pinned),
        ([seen, {"path": "a"}], Verification.unverified),
    ):
        task = made.suite(splits={"train": files, "test": files}).tasks[0]
        assert task.verification is expected


def test_every_method_is_in_the_catalog_as_a_simple_baseline() -> None:
    wrong = []
    for method in METHODS:
        path = ROOT / "catalog" / "methods" / f"{method}.yaml"
        entry = read_yaml(path, ROOT) if path.exists() else None
        if not isinstance(entry, dict) or entry["kind"] != "simple_baseline":
            wrong.append(method)
    assert not wrong, "add these to catalog/methods/ as simple_baseline: " + ", ".join(wrong)
