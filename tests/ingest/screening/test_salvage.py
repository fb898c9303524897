"""Damaged partitions: what is whole comes through, the rest is told with its place, none is lost."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.screening import narrow, reader
from ingest.screening.gzip_blocks import Tally
from ingest.screening.salvage import Salvage
from ingest.screening.snapshot import form_of

GOOD = [
    json.dumps({"id": f"https://openalex.org/W{n}", "title": f"Work {n} é", "authorships": []})
    for n in range(3_000)
]
PACKED = gzip.compress(("\n".join(GOOD) + "\n").encode(), mtime=0)


def rescue(path: Path, raw: bytes, memory: int = 256) -> tuple[list[str], Tally, bool]:
    """Ids that come through, the tally, and whether salvage was needed."""
    path.write_bytes(raw)
    form, source = form_of(path)
    assert form != "unknown", source
    with reader.connect(memory, path.parent / "spill") as connection:
        tally, needed = Tally(), False
        arguments = (connection, path, path.name, form, source, "true")
        try:
            found = list(reader.batches(*arguments, tally))
        except reader.DamagedError:
            tally, needed = Tally(), True
            found = list(Salvage(*arguments, tally).batches())
    ids = pa.Table.from_batches(found, narrow.SCHEMA)["id"].to_pylist()
    assert tally.read == len(ids) + sum(a.records for a in tally.aside)
    return ids, tally, needed


def with_line_plain(line: bytes) -> bytes:
    before, after = "\n".join(GOOD[:100]).encode(), "\n".join(GOOD[100:200]).encode()
    return before + b"\n" + line + b"\n" + after + b"\n"


def with_line(line: bytes) -> bytes:
    return gzip.compress(with_line_plain(line))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{garbage", "not JSON: Expecting property name"),
        (b"[1, 2]", "JSON, but no object: list"),
        (b"12", "JSON, but no object: int"),
        (b'{"id": "W1", "title": "caf\xe9"}', "not UTF-8 (byte 27 of the line: 0xe9)"),
        (b'{"id": "W1", "title": "a\\ud800b"}', "half of a surrogate pair"),
        (b'{"id": "W1", "title": "a\tb"}', "Invalid control character"),
        (GOOD[0].encode() + GOOD[1].encode(), "not JSON: Extra data"),
        (b"\x00\xff\xfe\x00", "not UTF-8"),
        (b"[" * 100_000, "not"),
    ],
)
def test_a_bad_line_is_set_aside_alone(tmp_path: Path, line: bytes, reason: str) -> None:
    ids, tally, needed = rescue(tmp_path / "part.gz", with_line(line))
    assert needed and ids == [f"W{n}" for n in range(200)]
    (aside,) = tally.aside
    assert (aside.line, aside.records, aside.file) == (101, 1, "part.gz")
    assert reason in aside.reason or "nested too deep" in aside.reason
    # the offset is that of the line in the unpacked file
    assert aside.offset == len("\n".join(GOOD[:100]).encode()) + 1
    assert len(aside.excerpt) <= 60


def test_a_record_with_a_key_twice_is_kept(tmp_path: Path) -> None:
    ids, tally, _ = rescue(tmp_path / "part.gz", with_line(b'{"id":"W7","title":"a","title":"b"}'))
    assert len(ids) == 201 and not tally.aside


@pytest.mark.parametrize("cut", [3, 8, len(PACKED) // 3, len(PACKED) - 200])
def test_a_cut_off_file_gives_what_was_whole(tmp_path: Path, cut: int) -> None:
    ids, tally, needed = rescue(tmp_path / "part.gz", PACKED[:-cut])
    assert needed and ids == [f"W{n}" for n in range(len(ids))]
    assert "cut off before its end" in tally.aside[0].reason
    assert sum(a.records for a in tally.aside) <= 1


def test_a_flipped_bit_costs_only_what_it_touches(tmp_path: Path) -> None:
    broken = bytearray(PACKED)
    broken[len(broken) // 2] ^= 0xFF
    ids, tally, _ = rescue(tmp_path / "part.gz", bytes(broken))
    assert len(ids) > 1_000
    assert any("broken gzip" in a.reason for a in tally.aside)


def test_bytes_behind_the_end_are_told_and_several_members_are_one_file(tmp_path: Path) -> None:
    ids, tally, _ = rescue(tmp_path / "part.gz", PACKED + b"something else")
    assert len(ids) == 3_000 and "behind the end" in tally.aside[0].reason
    ids, tally, needed = rescue(tmp_path / "two.gz", PACKED + PACKED)
    assert len(ids) == 6_000 and not needed


def test_line_ends_blank_lines_and_a_byte_order_mark_are_no_damage(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + "\r\n".join([*GOOD[:50], "", *GOOD[50:60]]).encode()
    ids, tally, needed = rescue(tmp_path / "part.gz", gzip.compress(raw))
    assert len(ids) == 60 and not tally.aside and not needed
    raw += b"\n{garbage"
    ids, tally, needed = rescue(tmp_path / "part.gz", gzip.compress(raw))
    assert len(ids) == 60 and needed and [a.line for a in tally.aside] == [62]


def test_a_line_longer_than_any_record_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("ingest.screening.salvage._BLOCK", 1 << 20)
    monkeypatch.setattr("ingest.screening.salvage._LONGEST_LINE", 4 << 20)
    before, after = "\n".join(GOOD[:100]) + "\n", "\n" + "\n".join(GOOD[100:200]) + "\n{bad"
    for size in (30 << 20, (4 << 20) + 77, 20 << 20):
        raw = before.encode() + b"\0" * size + after.encode()
        ids, tally, _ = rescue(tmp_path / "part.jsonl", raw)
        assert ids == [f"W{n}" for n in range(200)]
        told = [(a.line, a.offset) for a in tally.aside]
        assert told == [(101, len(before)), (202, len(raw) - 4)]
        # one just over the limit may have been looked at by the time its end is there
        assert size < 5 << 20 or "longer than any record" in tally.aside[0].reason
    ids, tally, _ = rescue(tmp_path / "part.jsonl", before.encode() + b"\0" * (30 << 20))
    assert len(ids) == 100 and [a.line for a in tally.aside] == [101]


def test_a_line_beyond_the_memory_is_told_and_tried_again(tmp_path: Path) -> None:
    """One record of 50 MB, where DuckDB may use 179 MB and takes at most 16 MB as it is."""
    much = json.dumps({"id": "W1", "title": "Much", "authorships": ["x" * 50_000_000]}).encode()
    ids, tally, needed = rescue(tmp_path / "part.jsonl", with_line_plain(much), memory=179)
    assert needed and ids == [f"W{n}" for n in range(200)]
    (aside,) = tally.aside
    assert (aside.line, aside.records) == (101, 1) and "raise --memory" in aside.reason
    assert tally.unreadable
    ids, tally, _ = rescue(tmp_path / "part.jsonl", with_line_plain(much), memory=2_000)
    assert len(ids) == 201 and not tally.aside


def test_objects_of_items_behind_one_another_are_all_read(tmp_path: Path) -> None:
    def items(*dois: str) -> bytes:
        return json.dumps(
            {"items": [{"DOI": f"10.1234/{d}", "title": ["A"]} for d in dois]}
        ).encode()

    both = items("a", "b") + b"\n" + items("c")
    ids, tally, needed = rescue(tmp_path / "0.json", both)
    assert (len(ids), needed) == (3, False)
    broken = both.replace(b'[{"DOI": "10.1234/a"', b'[5, {"DOI": "10.1234/a"')
    ids, tally, needed = rescue(tmp_path / "1.json", broken)
    assert needed and ids == ["10.1234/a", "10.1234/b", "10.1234/c"] and len(tally.aside) == 1
    ids, tally, _ = rescue(tmp_path / "2.json", b"\xef\xbb\xbf" + both)
    assert len(ids) == 3 and not tally.aside


def test_an_item_too_deep_for_python_is_no_damage(tmp_path: Path) -> None:
    deep = "[" * 3_000 + '"]}\\\\"' + "]" * 3_000
    raw = f'{{"items": [{{"DOI": "10.1234/a", "title": ["A"], "author": {deep}}}, 5, {{"DOI": "10.1234/b"}}]}}'
    ids, tally, _ = rescue(tmp_path / "0.json", raw.encode())
    assert ids == ["10.1234/a", "10.1234/b"] and len(tally.aside) == 1


def test_items_come_up_to_the_broken_one(tmp_path: Path) -> None:
    items = [{"DOI": f"10.1234/{n}", "title": [f"Work {n}"]} for n in range(50)]
    whole = json.dumps({"items": items})
    broken = whole.replace('"10.1234/30"', '"10.1234/30')
    ids, tally, needed = rescue(tmp_path / "0.json.gz", gzip.compress(broken.encode()))
    assert needed and len(ids) == 30
    assert "item 31 is broken" in tally.aside[0].reason
    cut = gzip.compress(whole.encode())
    ids, tally, _ = rescue(tmp_path / "1.json.gz", cut[: len(cut) - 60])
    assert 0 < len(ids) < 50 and any("cut off" in a.reason for a in tally.aside)


def test_a_broken_row_group_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "works.parquet"
    rows = [{"id": f"https://openalex.org/W{n}", "display_name": f"Work {n} {'x' * 50}"} for n in range(4_000)]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=1_000, compression="gzip")
    metadata = pq.read_metadata(path)
    column = metadata.row_group(2).column(0)
    raw = bytearray(path.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    raw[start + 30 : start + 200] = b"\xff" * 170
    ids, tally, needed = rescue(path, bytes(raw))
    assert needed and len(ids) == 3_000
    assert tally.aside[0].records == 1_000 and "row group 2" in tally.aside[0].reason


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.gz", b"", "an empty file"),
        ("a.gz", b"PK\x03\x04 a zip", "not gzip: begins with"),
        ("a.jsonl", b"a,b,c\n1,2,3\n", "no work in its first lines"),
        ("a.parquet", b"PAR1 nothing", "not a readable Parquet file"),
    ],
)
def test_what_is_no_partition_says_why(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    form, why = form_of(path)
    assert form == "unknown" and said in why
