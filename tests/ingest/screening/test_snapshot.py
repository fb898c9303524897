"""Which files of a folder are partitions of works, and what the manifest says of them."""

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.screening.errors import ScreeningError
from ingest.screening.snapshot import form_of, open_snapshot

WORK = b'{"id": "https://openalex.org/W1", "display_name": "A", "authorships": []}\n'


def put(path: Path, raw: bytes = WORK) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def test_the_layout_of_openalex_before_and_since_2026(tmp_path: Path) -> None:
    # https://docs.openalex.org/download-all-data/snapshot-data-format and
    # https://developers.openalex.org/download/snapshot-format
    put(tmp_path / "old/data/works/updated_date=2024-01-15/part_000.gz")
    put(tmp_path / "old/data/authors/updated_date=2024-01-15/part_000.gz")
    put(tmp_path / "old/RELEASE_NOTES.txt", b"notes")
    found = open_snapshot(tmp_path / "old")
    assert [p.name for p in found.partitions] == ["data/works/updated_date=2024-01-15/part_000.gz"]
    assert found.ignored == [
        "RELEASE_NOTES.txt",
        "data/authors/updated_date=2024-01-15/part_000.gz",
    ]
    for form, end in (("jsonl", "gz"), ("parquet", "parquet")):
        put(tmp_path / f"new/data/{form}/works/updated_date=2026-06-24/part_0000.{end}")
    found = open_snapshot(tmp_path / "new")
    assert [p.name for p in found.partitions] == [
        "data/jsonl/works/updated_date=2026-06-24/part_0000.gz"
    ]
    assert "hold the same works" in found.notes[0]


def test_the_manifest_promises_records_and_tells_what_is_missing(tmp_path: Path) -> None:
    put(tmp_path / "works/updated_date=2026-01-01/part_000.gz")
    entries = [
        {"url": f"s3://openalex/data/works/updated_date=2026-01-0{day}/part_000.gz",
         "meta": {"content_length": 1, "record_count": 7}}
        for day in (1, 2)
    ]  # fmt: skip
    put(tmp_path / "works/manifest", json.dumps({"entries": entries}).encode())
    found = open_snapshot(tmp_path)
    assert found.promised == 7
    assert found.missing == ["updated_date=2026-01-02/part_000.gz"]


def test_a_mixture_is_told_file_by_file(tmp_path: Path) -> None:
    put(tmp_path / "0.json.gz", b'{ "items" : [ {"DOI": "10.1/a"} ] }')
    put(tmp_path / "1.jsonl.gz", b'{"DOI": "10.1/a", "title": ["A"]}\n')
    put(tmp_path / "2.gz")
    put(tmp_path / "3.jsonl", b"garbage\n" + WORK)
    forms = [form_of(p.path) for p in open_snapshot(tmp_path).partitions]
    assert forms == [("items", "crossref"), ("lines", "crossref"), ("lines", "openalex"),
                     ("lines", "openalex")]  # fmt: skip


def test_a_manifest_promises_only_the_format_that_is_read(tmp_path: Path) -> None:
    for form, end in (("jsonl", "gz"), ("parquet", "parquet")):
        name = f"data/{form}/works/updated_date=2026-06-24/part_0000.{end}"
        put(tmp_path / name)
        entry = {"url": f"s3://openalex/{name}", "meta": {"record_count": 1}}
        put(tmp_path / f"data/{form}/works/manifest", json.dumps({"entries": [entry]}).encode())
    found = open_snapshot(tmp_path)
    assert (found.promised, found.missing) == (1, [])
    assert open_snapshot(tmp_path / "data" / "parquet").promised == 1


def test_lists_of_merged_works_are_no_works(tmp_path: Path) -> None:
    # https://docs.openalex.org/download-all-data/snapshot-data-format, "Merged entities"
    put(tmp_path / "data/merged_ids/works/2024-01-01.csv.gz", b"merge_date,id,merge_into_id\n")
    put(tmp_path / "data/works/updated_date=2024-01-15/part_000.gz")
    found = open_snapshot(tmp_path)
    assert len(found.partitions) == 1 and found.ignored == [
        "data/merged_ids/works/2024-01-01.csv.gz"
    ]


def test_links_are_followed_once_and_dead_ones_told(tmp_path: Path) -> None:
    root = tmp_path / "snapshot"
    put(root / "real" / "a.gz")
    put(tmp_path / "else" / "b.gz")
    (root / "again").symlink_to("real")
    (root / "real" / "round").symlink_to(root)
    (root / "more").symlink_to(tmp_path / "else")
    (root / "gone.gz").symlink_to("nowhere.gz")
    (root / "self.gz").symlink_to("self.gz")
    put(root / "folder.gz" / "c.gz")
    put(root / os.fsdecode(b"caf\xe9.gz"))
    found = open_snapshot(root)
    assert [p.name for p in found.partitions] == ["folder.gz/c.gz", "more/b.gz", "real/a.gz"]
    assert set(found.unread) == {"gone.gz", "self.gz", "caf\ufffd.gz"}
    assert [p.name for p in open_snapshot(root, root / "real").partitions] == ["folder.gz/c.gz", "more/b.gz"]  # fmt: skip


def test_nothing_to_read_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ScreeningError, match="no such file or folder"):
        open_snapshot(tmp_path / "nowhere")
    put(tmp_path / "all.tar", b"tar")
    with pytest.raises(ScreeningError, match="must be unpacked first"):
        open_snapshot(tmp_path)


def test_a_partitions_key_changes_with_the_file_and_the_question(tmp_path: Path) -> None:
    path = put(tmp_path / "a.gz")
    first = open_snapshot(tmp_path).partitions[0]
    before = first.key("v1")
    assert before == open_snapshot(tmp_path).partitions[0].key("v1") != first.key("v2")
    stat = path.stat()
    changed = replace(first, promised=7)
    assert changed.key("v1") != before
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert open_snapshot(tmp_path).partitions[0].key("v1") != before
