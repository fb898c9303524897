"""A screening on DuckDB: partitions side by side, each result kept, then one ledger."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.finished import Finished
from ingest.screening import expression, narrow, reader
from ingest.screening.errors import ScreeningError, UnreadableError
from ingest.screening.gzip_blocks import Aside, Tally
from ingest.screening.progress import Meter
from ingest.screening.queries import SnapshotQuery, might_match
from ingest.screening.salvage import Salvage
from ingest.screening.snapshot import Partition, Snapshot, form_of
from ingest.screening.state import Result, State, readable

# Raise it when a result kept by an older program would no longer be right.
_VERSION = 1
# What a worker needs at least: DuckDB's JSON reader alone holds 64 MB of buffers.
LEAST_MB = 256
# Reading holds those buffers; selecting holds the known keys and a batch.
_READING = 0.7


def _cores() -> int:
    # macOS can't say which cores this process may use.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class Plan:
    """What is asked of a snapshot, and with which means."""

    queries: Sequence[SnapshotQuery]
    known: pa.Table
    since: str | None = None
    by: str = "either"
    memory_mb: int = 1024
    workers: int = field(default_factory=_cores)

    def version(self) -> str:
        """Changes whenever a kept result of a partition would be another."""
        said = [_VERSION, narrow.VERSION, [repr(q) for q in self.queries], self.since, self.by,
                self.known.to_pylist()]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]

    def gate(self) -> str:
        """SQL of records that a query could find; only their abstracts are put together."""
        return " or ".join(might_match(q.condition, "title_text", "bag") for q in self.queries)

    def select(self) -> Any:
        """The expression's first half: records to keep."""
        return expression.select(self.queries, self.since, self.by)


class Stopped(Exception):  # noqa: N818 -- no error: somebody asked
    """A worker was asked to stop."""


class Runner:
    """Does one thing to every partition, several at a time, and keeps what is done."""

    def __init__(self, snapshot: Snapshot, state: State, version: str, plan: Plan, meter: Meter):
        """Look up what an earlier run has done."""
        self.snapshot, self.state, self.plan, self.meter = snapshot, state, plan, meter
        self.keys = {p.name: p.key(version) for p in snapshot.partitions}
        self.results: dict[str, Result] = {}
        for partition in snapshot.partitions:
            if kept := state.load(self.keys[partition.name]):
                self.results[partition.name] = kept
        self._stop = threading.Event()
        self._open: set[duckdb.DuckDBPyConnection] = set()

    @property
    def left(self) -> list[Partition]:
        """Partitions without a result."""
        return [p for p in self.snapshot.partitions if p.name not in self.results]

    def run(self, work: Callable[[Partition], Result]) -> list[Result]:
        """Results of all partitions in order; done ones are taken as they are.

        Ctrl-C stops within a moment; partitions under way are lost, finished ones are kept. The
        first ScreeningError or WriteError ends the run in the same way.
        """
        kept = sum(r.bytes for r in self.results.values())
        records = sum(r.records for r in self.results.values())
        self.meter.start(
            self.snapshot.size, self.snapshot.promised, kept, records, len(self.results)
        )
        with ThreadPoolExecutor(self.plan.workers) as pool:
            ended: Finished[Result] = Finished()
            waiting: dict[Future[Result], Partition] = {}
            try:
                for partition in self.left:
                    waiting[ended.watch(pool.submit(work, partition))] = partition
                while waiting:
                    for future in ended.next(timeout=0.5):
                        partition = waiting.pop(future)
                        self.results[partition.name] = future.result()
                        self.meter.partition(
                            partition.name, partition.size, self.results[partition.name]
                        )
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                for connection in list(self._open):
                    connection.interrupt()
                raise
        return [self.results[p.name] for p in self.snapshot.partitions]

    @contextmanager
    def connection(self, part: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB with a part of a worker's share of the memory, interrupted when the run stops."""
        share = int(self.plan.memory_mb / self.plan.workers * part)
        spill = self.state.folder / f"spill-{os.getpid()}"
        with reader.connect(share, spill) as connection:
            self._open.add(connection)
            try:
                yield connection
            finally:
                self._open.discard(connection)

    def _counted(
        self,
        partition: Partition,
        batches: Iterator[pa.RecordBatch],
        tally: Tally,
        passed: list[int],
    ) -> Iterator[pa.RecordBatch]:
        """The batches, counted on their way; at their end the manifest's promise is compared."""
        for batch in batches:
            if self._stop.is_set():
                raise Stopped
            passed[0] += batch.num_rows
            self.meter.records(batch.num_rows)
            yield batch
        if partition.promised is not None and partition.promised != tally.read:
            why = f"the manifest promises {partition.promised:,} records, {tally.read:,} were found"
            tally.aside.append(Aside(partition.name, 0, 0, why, 0))

    def read(
        self, partition: Partition, gate: str,
        use: Callable[[Iterator[pa.RecordBatch], Tally], pa.Table],
    ) -> tuple[str, pa.Table, Tally, int]:  # fmt: skip
        """A partition's narrow records given to ``use``; if damage shows, once more by salvage.

        Returns the form, what ``use`` made, the tally, and how many records were passed on. A file
        of no known form is set aside whole, and ``use`` gets nothing.
        """
        tally, passed = Tally(), [0]
        try:
            form, source = form_of(partition.path)
        except UnreadableError as error:
            return self._unreadable(partition, use, error)
        if form == "unknown":
            tally.aside.append(Aside(partition.name, 0, 0, f"set aside whole: {source}", 0))
            return form, use(iter(()), tally), tally, 0
        with self.connection(_READING) as connection:
            arguments = (connection, partition.path, partition.name, form, source, gate)
            try:
                batches = reader.batches(*arguments, tally)
                made = use(self._counted(partition, batches, tally, passed), tally)
            except reader.DamagedError:
                self.meter.records(-passed[0])
                tally, passed = Tally(), [0]
                batches = Salvage(*arguments, tally).batches()
                try:
                    made = use(self._counted(partition, batches, tally, passed), tally)
                except UnreadableError as error:
                    self.meter.records(-passed[0])
                    return self._unreadable(partition, use, error)
        if tally.read != passed[0] + sum(a.records for a in tally.aside):
            raise AssertionError(f"{partition.name}: read {tally.read}, passed on {passed[0]}")
        if form == "narrow":
            _add_carried(partition.path, tally)
        return form, made, tally, passed[0]

    @staticmethod
    def _unreadable(
        partition: Partition, use: Callable[[Iterator[pa.RecordBatch], Tally], pa.Table],
        error: UnreadableError,
    ) -> tuple[str, pa.Table, Tally, int]:  # fmt: skip
        again = f"set aside whole: {error}; the next run tries again"
        tally = Tally(0, [Aside(partition.name, 0, 0, again, 0)], unreadable=True)
        return "unknown", use(iter(()), tally), tally, 0


def _add_carried(path: Path, tally: Tally) -> None:
    """What was set aside when the narrow file was made belongs to it still."""
    said = (pq.read_metadata(path).metadata or {}).get(b"claimgap.aside", b"[]")
    for entry in json.loads(said):
        tally.aside.append(Aside(**entry))
        tally.read += entry["records"]


def streamed(
    connection: duckdb.DuckDBPyConnection, query: str, batches: Iterator[pa.RecordBatch]
) -> pa.Table:
    """A query over the table `narrow`, whose rows come batch by batch.

    Raises what the batches raise, where DuckDB would only tell of a stream that broke.
    """
    raised: list[BaseException] = []

    def watched() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except BaseException as error:
            raised.append(error)
            raise

    connection.register("narrow", pa.RecordBatchReader.from_batches(narrow.SCHEMA, watched()))
    try:
        return connection.sql(query).to_arrow_table()
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if raised:
            raise raised[0] from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise ScreeningError(
                f"the memory limit doesn't suffice ({error}); raise --memory"
            ) from error
        raise
    finally:
        connection.unregister("narrow")


def screen_partitions(runner: Runner) -> list[Result]:
    """Select candidates of every partition; rows and counts are in the runner's state."""
    plan = runner.plan
    expressed = plan.select()
    query, gate = str(ibis.to_sql(expressed, dialect="duckdb")), plan.gate()
    nothing = expressed.schema().to_pyarrow().empty_table()

    def work(partition: Partition) -> Result:
        def use(batches: Iterator[pa.RecordBatch], tally: Tally) -> pa.Table:
            with runner.connection(1 - _READING) as connection:
                connection.register("known", plan.known)
                return streamed(connection, query, batches)

        form, rows, tally, passed = runner.read(partition, gate, use)
        rows = rows.cast(nothing.schema)
        result = Result(
            partition.name, form, partition.size, tally.read, passed, rows.num_rows, tally.aside
        )
        runner.state.save(runner.keys[partition.name], result, rows, tally.unreadable)
        return result

    return runner.run(work)


def tie_selected(runner: Runner) -> pa.Table:
    """All partitions' selected rows, tied into works."""
    selected = ibis.table(runner.plan.select().schema(), name="selected")
    query = str(ibis.to_sql(expression.tie(selected), dialect="duckdb"))
    paths = [
        reader.literal(runner.state.rows(runner.keys[p.name])) for p in runner.snapshot.partitions
    ]
    spill = runner.state.folder / f"spill-{os.getpid()}"
    with reader.connect(runner.plan.memory_mb, spill) as connection:
        connection.from_parquet(paths).create_view("selected")
        try:
            return connection.sql(query).to_arrow_table()
        except duckdb.OutOfMemoryException as error:
            raise ScreeningError(
                f"the memory limit doesn't suffice to tie the selected records ({error}); raise "
                "--memory, or ask narrower queries"
            ) from error
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            broken = [p.name for p in runner.snapshot.partitions
                      if not readable(runner.state.rows(runner.keys[p.name]))]  # fmt: skip
            for name in broken:
                runner.state.drop(runner.keys[name])
            again = f"the kept results of {len(broken)} partitions, such as {broken[0]}, are damaged and were removed: run the same command again" if broken else "finished partitions are kept"  # fmt: skip
            raise ScreeningError(f"DuckDB failed ({said}); {again}") from error
