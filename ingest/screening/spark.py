"""The same screening on Spark: reading spread over its tasks, the same expression on its engine.

Each task makes one partition narrow with the function that DuckDB's engine uses, and writes it
where all nodes see it (a shared folder); so a stopped run goes on here too. Selecting and tying run
in Spark itself. The nodes need claimgap installed.
"""

import json
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.screening import expression
from ingest.screening.convert import convert_one, forget_others, narrow_name, version
from ingest.screening.errors import ScreeningError
from ingest.screening.gzip_blocks import Aside
from ingest.screening.progress import Meter
from ingest.screening.run import LEAST_MB, Plan, Runner
from ingest.screening.snapshot import Partition, Snapshot, form_of
from ingest.screening.state import Result, State, readable, write_table

# A selection is small: two hundred shuffle partitions, Spark's default, would be mostly empty.
_SHUFFLE = "8"
_PATIENCE_S = 10.0


@contextmanager
def session(master: str | None) -> Iterator[Any]:
    """A Spark session: the master's, the one that SPARK_REMOTE names, or local[*].

    Raises ScreeningError if Spark or Java isn't there.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ScreeningError(
            f"Spark isn't installed ({error}): install claimgap[spark], or leave --engine away"
        ) from error
    _answers(master or os.environ.get("SPARK_REMOTE", ""))
    builder = SparkSession.builder.appName("claimgap screen")
    if master:
        builder = builder.master(master)
    elif not os.environ.get("SPARK_REMOTE"):
        builder = builder.master("local[*]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", _SHUFFLE)
    running = SparkSession.getActiveSession()
    try:
        found = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise ScreeningError(
            f"Spark didn't start ({str(error).splitlines()[0]}): it needs Java 17 or newer, and a "
            "master that answers"
        ) from error
    try:
        yield found
    finally:
        if running is None:  # a session that was there before belongs to whoever made it
            found.stop()


def _answers(address: str) -> None:
    """Raise ScreeningError if nobody listens at a spark:// or sc:// address.

    Spark's clients ask again for one minute (a master) or ten (Connect) before they say so.
    """
    scheme, _, rest = address.partition("://")
    if scheme not in ("spark", "sc"):
        return
    refused = []
    for place in rest.partition("/")[0].partition(";")[0].split(","):
        parts = urlsplit(f"//{place}")
        try:
            port = parts.port or {"spark": 7077, "sc": 15002}[scheme]
            socket.create_connection((parts.hostname or "", port), _PATIENCE_S).close()
        except (OSError, ValueError) as error:
            refused.append(f"{place} ({error})")
        else:
            return
    raise ScreeningError(
        f"no Spark answers at {address}: {'; '.join(refused)}. Start it, or name another by "
        "--master or SPARK_REMOTE; --engine duckdb needs none"
    )


def convert(
    snapshot: Snapshot, state: State, plan: Plan, meter: Meter, spark: Any, out: Path
) -> list[Result]:
    """Narrow Parquet of all partitions, a task each. Results of done partitions are taken."""
    runner = Runner(snapshot, state, version(), plan, meter)
    forget_others(runner, out)
    left = runner.left
    kept = list(runner.results.values())
    meter.start(snapshot.size, snapshot.promised, sum(r.bytes for r in kept),
                sum(r.records for r in kept), len(kept))  # fmt: skip
    if left:
        told = [
            (json.dumps({**asdict(p), "path": str(p.path.absolute())}, default=str),) for p in left
        ]
        place, kept_in = str(out.absolute()), str(state.folder.absolute())
        memory = max(LEAST_MB, plan.memory_mb // plan.workers)

        def task(rows: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in rows:
                done = [_convert_here(said, place, kept_in, memory) for said in batch.column(0).to_pylist()]  # fmt: skip
                yield pa.record_batch([pa.array(done, pa.string())], ["result"])

        frame = spark.createDataFrame(told, "partition string").repartition(len(left))
        tasks = frame.mapInArrow(task, "result string")
        by_name = {p.name: p for p in left}
        for row in _followed(tasks.collect, runner, by_name):
            result = json.loads(row["result"])
            result["aside"] = [Aside(**entry) for entry in result["aside"]]
            runner.results[result["name"]] = Result(**result)
    return [runner.results[p.name] for p in snapshot.partitions]


def _convert_here(said: str, out: str, state: str, memory_mb: int) -> str:
    """One partition, in a process of Spark's."""
    told = json.loads(said)
    partition = Partition(**{**told, "path": Path(told["path"])})
    alone = Snapshot(partition.path, [partition])
    plan = Plan((), pa.table({}), memory_mb=memory_mb, workers=1)
    runner = Runner(alone, State(Path(state)), version(), plan, Meter(_nowhere()))
    return json.dumps(asdict(convert_one(runner, partition, Path(out))))


def _nowhere() -> Any:
    from rich.console import Console

    return Console(file=tempfile.SpooledTemporaryFile(mode="w"), quiet=True)


def _followed(collect: Any, runner: Runner, left: dict[str, Partition]) -> list[Any]:
    """Spark's answer; meanwhile the partitions that appear in the state are shown as done."""
    found: list[Any] = []
    failed: list[BaseException] = []

    def wait() -> None:
        try:
            found.extend(collect())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=wait, daemon=True)
    thread.start()
    waiting = dict(left)
    while thread.is_alive():
        thread.join(1.0)
        for name in list(waiting):
            if result := runner.state.load(runner.keys[name]):
                runner.meter.records(result.records)
                runner.meter.partition(name, waiting.pop(name).size, result)
    if failed:
        if isinstance(failed[0], KeyboardInterrupt):
            raise failed[0]
        lines = [line for line in str(failed[0]).splitlines() if line.strip()]
        raise ScreeningError(
            f"Spark failed: {lines[-1] if lines else failed[0]!r}; finished partitions are kept"
        ) from failed[0]
    return found


def screen(
    snapshot: Snapshot, state: State, plan: Plan, meter: Meter, spark: Any
) -> tuple[pa.Table, list[Result]]:
    """Tied records and the partitions' results. What isn't narrow yet is made narrow first.

    So is a narrow file that Spark can't read: of that, salvage takes what is whole.
    """
    failures = _failures()
    narrow = {p.name for p in snapshot.partitions if form_of(p.path)[0] == "narrow"}
    try:
        return _screen(snapshot, narrow, state, plan, meter, spark)
    except failures as error:
        broken = {p.name for p in snapshot.partitions if p.name in narrow and not readable(p.path)}
        if not broken:
            raise ScreeningError(_failed(error)) from error
    try:
        return _screen(snapshot, narrow - broken, state, plan, meter, spark)
    except failures as error:
        raise ScreeningError(_failed(error)) from error


def _failures() -> tuple[type[Exception], ...]:
    """What Spark raises; what its Java side raises comes untranslated where Arrow fetches it."""
    from pyspark.errors import PySparkException

    try:
        return PySparkException, import_module("py4j.protocol").Py4JError
    except ImportError:  # a client of Spark Connect alone
        return (PySparkException,)


def _failed(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    said = next((line for line in lines if "Exception" in line or "[" in line), repr(error))
    return f"Spark failed: {said.strip()[:300]}; finished partitions are kept"


def _screen(
    snapshot: Snapshot, narrow: set[str], state: State, plan: Plan, meter: Meter, spark: Any
) -> tuple[pa.Table, list[Result]]:
    import ibis

    ready = [p for p in snapshot.partitions if p.name in narrow]
    rest = [p for p in snapshot.partitions if p.name not in narrow]
    folder = state.folder / "narrow"
    made = Snapshot(snapshot.root, rest)
    results = convert(made, state, plan, meter, spark, folder) if rest else []
    results += [_narrow_result(p) for p in ready]
    paths = [str(p.path.absolute()) for p in ready]
    paths += [str((folder / narrow_name(p.name)).absolute()) for p in rest]
    known = state.folder / "known.parquet"
    write_table(known, plan.known)
    records = spark.read.parquet(*[_literal(path) for path in paths])
    count, expected = records.count(), sum(r.screened for r in results)
    if count != expected:
        raise AssertionError(f"{expected} records were made narrow, Spark reads {count}")
    records.createOrReplaceTempView("narrow")
    spark.read.parquet(_literal(str(known.absolute()))).createOrReplaceTempView("known")
    tied = ibis.pyspark.connect(spark).to_pyarrow(expression.tie(plan.select()))
    for result, selected in _selected(tied, results):
        result.selected = selected
    order = {p.name: n for n, p in enumerate(snapshot.partitions)}
    return tied, sorted(results, key=lambda r: order[r.name])


def _literal(path: str) -> str:
    """A path that means this very file to Spark, which takes ``{}[]*?`` for patterns."""
    return re.sub(r"([\\{}\[\]*?])", r"\\\1", path)


def _narrow_result(partition: Partition) -> Result:
    metadata = pq.read_metadata(partition.path)
    said = (metadata.metadata or {}).get(b"claimgap.aside", b"[]")
    aside = [Aside(**entry) for entry in json.loads(said)]
    rows = metadata.num_rows
    return Result(
        partition.name,
        "narrow",
        partition.size,
        rows + sum(a.records for a in aside),
        rows,
        0,
        aside,
    )


def _selected(tied: pa.Table, results: list[Result]) -> Iterator[tuple[Result, int]]:
    """Rows are one engine's answer, not counted by partition there: all stand with the first."""
    for number, result in enumerate(results):
        yield result, tied.num_rows if number == 0 else 0
