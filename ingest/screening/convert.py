"""A snapshot made narrow once: a Parquet file a partition, to be screened again and again."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.screening import narrow
from ingest.screening.gzip_blocks import Tally
from ingest.screening.run import Runner
from ingest.screening.snapshot import Partition, Snapshot
from ingest.screening.state import Result, parquet_writer

_NOTHING = pa.table({"records": pa.array([], pa.int64())})


def narrow_name(name: str) -> str:
    """The narrow file's name of a partition: flat and plain, and no other partition's.

    Engines read meaning into folders and into odd letters, and leave out what begins with a line;
    the checksum tells ``a b`` from ``a_b``.
    """
    plain = re.sub(r"[^A-Za-z0-9.-]+", "_", name.replace("/", "__")).strip("._")[-120:]
    told = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:10]
    return f"n-{plain}.{told}.parquet"


def version() -> str:
    """Changes whenever narrow files would be others."""
    return f"narrow {narrow.VERSION}"


def convert_partitions(runner: Runner, out: Path) -> list[Result]:
    """Write each partition's narrow records into ``out``; done ones are taken as they are."""

    def work(partition: Partition) -> Result:
        return convert_one(runner, partition, out)

    forget_others(runner, out)
    return runner.run(work)


def forget_others(runner: Runner, out: Path) -> None:
    """Leave only results whose narrow file is there, whole, and made of this very partition.

    A file of the same name can be of another snapshot that was converted in between.
    """
    for name, result in list(runner.results.items()):
        try:
            footer = pq.read_metadata(out / narrow_name(name))
        except (OSError, pa.ArrowException):
            del runner.results[name]
            continue
        key = (footer.metadata or {}).get(b"claimgap.key", b"").decode()
        if key != runner.keys[name] or footer.num_rows != result.screened:
            del runner.results[name]


def strangers(snapshot: Snapshot, out: Path) -> list[str]:
    """Narrow files in ``out`` that are of no partition of the snapshot."""
    ours = {narrow_name(p.name) for p in snapshot.partitions}
    return sorted(p.name for p in out.glob("*.parquet") if p.name not in ours)


def convert_one(runner: Runner, partition: Partition, out: Path) -> Result:
    """Write one partition's narrow records, with what was set aside in the file's own metadata."""

    def use(batches: Iterator[pa.RecordBatch], tally: Tally) -> pa.Table:
        with parquet_writer(out / narrow_name(partition.name), narrow.SCHEMA) as writer:
            for batch in batches:
                writer.write_batch(batch)
            aside = json.dumps([asdict(entry) for entry in tally.aside])
            writer.add_key_value_metadata(
                {
                    "claimgap.narrow": str(narrow.VERSION),
                    "claimgap.aside": aside,
                    "claimgap.key": runner.keys[partition.name],
                }
            )
        return _NOTHING

    form, _, tally, passed = runner.read(partition, "true", use)
    result = Result(partition.name, form, partition.size, tally.read, passed, 0, tally.aside)
    runner.state.save(runner.keys[partition.name], result, _NOTHING, tally.unreadable)
    return result
