"""Narrow records of one partition, straight from DuckDB's own readers, as Arrow batches."""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.screening.errors import ScreeningError
from ingest.screening.fold import MACROS as FOLD_MACROS
from ingest.screening.gzip_blocks import Aside, Tally
from ingest.screening.narrow import COLUMNS, MACROS, SCHEMA, narrow_sql

# Records a batch: some 10 MB of narrow records with their abstracts.
BATCH = 10_000
# Crossref's files are one JSON object each, which DuckDB reads whole: they unpack to some tens of MB.
LARGEST_OBJECT = 256 << 20


class DamagedError(Exception):
    """A partition that can't be read as it stands; it needs `salvage`."""


def connect(memory_mb: int, spill: Path, threads: int = 1) -> duckdb.DuckDBPyConnection:
    """A DuckDB of our own with bounded memory, which spills into a folder, and our macros."""
    connection = duckdb.connect(
        config={
            "memory_limit": f"{memory_mb}MB", "threads": threads, "temp_directory": str(spill),
            "preserve_insertion_order": True, "autoinstall_known_extensions": False,
        }
    )  # fmt: skip
    # DuckDB's own bar goes to standard output, into what programs read there.
    connection.execute("SET enable_progress_bar = false")
    connection.execute(FOLD_MACROS)
    connection.execute(MACROS)
    return connection


def literal(path: Path) -> str:
    """A path that means this very file to DuckDB, whose readers take ``*?[`` for patterns."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def quoted(path: Path) -> str:
    """The same as a literal of SQL."""
    return "'" + literal(path).replace("'", "''") + "'"


def relation(connection: duckdb.DuckDBPyConnection, path: Path, form: str, source: str) -> str:
    """SQL of a partition's records with the columns of its service."""
    if form == "parquet":
        return columns_of(connection, _parquet(path), source)
    packed = "gzip" if path.suffix.lower() == ".gz" else "none"
    common = f"{quoted(path)}, compression='{packed}', hive_partitioning=false"
    columns = COLUMNS[source]
    if form == "lines":
        listed = ", ".join(f"\"{column}\": '{kind}'" for column, kind in columns.items())
        return f"read_json({common}, format='newline_delimited', columns={{{listed}}})"
    fields = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    return (
        f"(SELECT unnest(items, max_depth := 2) FROM read_json({common}, format='unstructured', "
        f"maximum_object_size={min(max(unpacked_size(path), 1 << 20), LARGEST_OBJECT)}, columns={{items: 'STRUCT({fields})[]'}}))"
    )


def _parquet(path: Path) -> str:
    return f"read_parquet({quoted(path)}, hive_partitioning=false)"


def unpacked_size(path: Path) -> int:
    """Bytes of a file unpacked: what gzip wrote at its end (of one member, below 4 GiB)."""
    size = path.stat().st_size
    if path.suffix.lower() != ".gz" or size < 18:
        return size
    with path.open("rb") as handle:
        handle.seek(-4, os.SEEK_END)
        return int.from_bytes(handle.read(4), "little")


def columns_of(connection: duckdb.DuckDBPyConnection, read: str, source: str) -> str:
    """Columns as the JSON has them, from Parquet in which they may be text, lists or structs."""
    there = {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()}  # fmt: skip
    parts = []
    for column, kind in COLUMNS[source].items():
        named = f'"{column}"'
        if column not in there:
            shown = f"NULL::{kind}"
        elif kind == "VARCHAR":
            shown = f"{named}::VARCHAR"
        elif there[column] != "VARCHAR":
            shown = f"to_json({named})"
        elif column in ("title", "subtitle"):
            shown = f"CASE WHEN json_valid({named}) THEN {named}::JSON ELSE to_json([{named}]) END"
        else:
            shown = f"TRY_CAST({named} AS JSON)"
        parts.append(f"{shown} AS {named}")
    return f"(SELECT {', '.join(parts)} FROM {read})"


def batches(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, form: str, source: str, gate: str,
    tally: Tally,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    """Narrow records of an undamaged partition, in order.

    Raises DamagedError at the first damage, after batches that must then be thrown away, and
    ScreeningError if the memory doesn't suffice.
    """
    if form == "narrow":
        columns = ", ".join(c for c in SCHEMA.names if c != "text")
        # An abstract that no query can find needn't travel.
        gated = gate.replace("(bag", "(text")
        query = (
            f"SELECT {columns.replace(', file', '')}, CASE WHEN {gated} THEN text ELSE '  ' END AS text, "
            f"file FROM {_parquet(path)}"
        )
    else:
        query = narrow_sql(source, relation(connection, path, form, source), name, gate)
    seen = 0
    try:
        for batch in connection.sql(query).to_arrow_reader(BATCH):
            kept = without_empty(batch, partial(_counted, seen), name, tally)
            seen += batch.num_rows
            tally.read += batch.num_rows
            yield kept
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        # What fails after the first batch comes through Arrow, as an OSError with DuckDB's words.
        # One large object needs twice its size at once; salvage takes it item by item.
        if "Out of Memory" in str(error) and form != "items":
            raise ScreeningError(
                f"{name}: the memory limit doesn't suffice ({str(error).splitlines()[0]}); "
                "raise --memory, or lower --workers"
            ) from error
        raise DamagedError(str(error).splitlines()[0]) from error


def _counted(before: int, row: int) -> tuple[int, int]:
    return before + row + 1, 0


def without_empty(
    batch: pa.RecordBatch, place: Callable[[int], tuple[int, int]], name: str,
    tally: Tally,
) -> pa.RecordBatch:  # fmt: skip
    """A batch without records that say neither id, DOI nor title; these are set aside."""
    empty = None
    for column in ("id", "doi", "title"):
        blank = pc.equal(batch.column(column), "")
        empty = blank if empty is None else pc.and_(empty, blank)
    if not pc.any(empty).as_py():
        return batch
    for row in pc.indices_nonzero(empty).to_pylist():
        line, offset = place(row)
        tally.aside.append(Aside(name, line, offset, "a record with neither id, DOI nor title", 1))
    return batch.filter(pc.invert(empty))
