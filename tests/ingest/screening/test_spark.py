"""Both engines, one ledger: 200,000 made works with ugly and damaged ones among them.

Run by `make test-spark`. Without Spark or Java these fail, they don't skip: where the job is asked
for, its absence is the failure.
"""

import gzip
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.screening_papers import write_papers
from benchmarks.screening_snapshot import write
from ingest.screening import job, spark
from ingest.tables.folder import read_folder, read_on_spark
from tests.ingest.screening.odd_names import ODD, write_odd_names

pytestmark = pytest.mark.spark
RECORDS = 200_000


@pytest.fixture(scope="module")
def session():
    with spark.session("local[2]") as running:
        yield running


def test_both_engines_write_the_same_ledger(session, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    planted = write(tmp_path / "made", RECORDS, files=4, seed=7)
    files = sorted((tmp_path / "made").rglob("*.gz"))
    # one partition is cut off, one has lines that are no records
    files[0].write_bytes(files[0].read_bytes()[:-100_000])
    some = gzip.decompress(files[1].read_bytes()).splitlines()
    some[5:6] = [b"{garbage", b'{"id": "W1", "title": "caf\xe9"}', b"[]"]
    files[1].write_bytes(gzip.compress(b"\n".join(some), 1))
    here = job.screen(tmp_path / "made", tmp_path / "duckdb", small_catalog, no_ledger, meter=quiet)
    there = job.screen(tmp_path / "made", tmp_path / "spark", small_catalog, no_ledger,
                       engine="spark", master="local[2]", meter=quiet)  # fmt: skip
    assert here.ledger.num_rows > 800
    assert there.counts == here.counts
    for name in ("ledger.parquet", "set_aside.csv", "counts.json"):
        ours, theirs = (tmp_path / engine / name for engine in ("duckdb", "spark"))
        assert ours.read_bytes() == theirs.read_bytes(), name
    # not equal because both are wrong in one way: whole partitions hold what was planted there
    whole = {str(r["id"]) for r in here.ledger.to_pylist() if r["file"].endswith(("2.gz", "3.gz"))}
    last = {i for ids in planted.topical.values() for i in ids if int(i[1:]) > 4_000_110_000}
    assert last and last <= whole


def test_odd_names_and_a_broken_narrow_file_are_the_same_to_both(session, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    folder = write_odd_names(tmp_path / "in [1] {a,b} *")
    (folder / "odd.jsonl").write_text(
        '{"id": "W1", "title": "A genomic foundation model", "publication_year": -2147483648, "authorships": [{"raw_author_name": "A B"}]}\n'
        '{"id": "W2", "title": "A genomic foundation model", "publication_year": 2147483647, "authorships": [{"raw_author_name": "A B"}]}\n'
    )  # fmt: skip
    engines = ({}, {"engine": "spark", "master": "local[2]"})
    for number, engine in enumerate(engines):
        out = tmp_path / f"{number} [{{}}] ?"
        job.screen(folder, out, small_catalog, no_ledger, meter=quiet, **engine)
        assert pq.read_table(out / "ledger.parquet").num_rows == len(ODD) + 2
    job.convert(folder, tmp_path / "narrow", meter=quiet)
    spoilt = sorted((tmp_path / "narrow").glob("*.parquet"))[3]
    raw = bytearray(spoilt.read_bytes())
    raw[4:400] = b"\xff" * 396  # pages of its only row group; the footer stays
    spoilt.write_bytes(raw)
    for number, engine in enumerate(engines):
        out = tmp_path / f"narrow {number}"
        done = job.screen(tmp_path / "narrow", out, small_catalog, no_ledger, meter=quiet, **engine)
        assert done.counts["partitions_damaged"] == 1
    for stem in ("{} [{{}}] ?", "narrow {}"):
        for name in ("ledger.parquet", "set_aside.csv", "counts.json"):
            ours, theirs = (tmp_path / stem.format(n) / name for n in (0, 1))
            assert ours.read_bytes() == theirs.read_bytes(), name


def test_spark_reads_what_duckdb_made_narrow_and_the_reverse(session, made, small_catalog, no_ledger, quiet, tmp_path: Path) -> None:  # fmt: skip
    job.convert(made.folder, tmp_path / "by-duckdb", meter=quiet)
    job.convert(made.folder, tmp_path / "by-spark", engine="spark", master="local[2]", meter=quiet)
    for path in sorted((tmp_path / "by-duckdb").glob("*.parquet")):
        assert pq.read_table(path).equals(pq.read_table(tmp_path / "by-spark" / path.name))
    one = job.screen(tmp_path / "by-spark", tmp_path / "a", small_catalog, no_ledger, meter=quiet)
    two = job.screen(tmp_path / "by-duckdb", tmp_path / "b", small_catalog, no_ledger,
                     engine="spark", master="local[2]", since="2023-06-01", by="published", meter=quiet)  # fmt: skip
    three = job.screen(tmp_path / "by-duckdb", tmp_path / "c", small_catalog, no_ledger,
                       since="2023-06-01", by="published", meter=quiet)  # fmt: skip
    assert one.counts["candidates"] == len(made.planted.topical)
    assert two.ledger.equals(three.ledger) and 0 < two.ledger.num_rows < one.ledger.num_rows


def test_tables_of_papers_as_a_spark_job(session, tmp_path: Path) -> None:
    write_papers(tmp_path / "papers", 12)
    told: list[str] = []
    ours = read_folder(tmp_path / "papers", tmp_path / "a", 2, lambda p: None)
    theirs = read_on_spark(tmp_path / "papers", tmp_path / "b", "local[2]", lambda p: told.append(p.name))  # fmt: skip
    assert theirs == ours and sorted(told) == [p.name for p in ours]
    for path in sorted((tmp_path / "a").glob("*.json")):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
