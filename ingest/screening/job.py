"""A whole screening, or a whole conversion: plan, run, ledger."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingest.screening import ledger as ledgers
from ingest.screening.convert import convert_partitions, strangers, version
from ingest.screening.errors import ScreeningError
from ingest.screening.gzip_blocks import Aside
from ingest.screening.known import known_keys
from ingest.screening.progress import Meter
from ingest.screening.queries import load
from ingest.screening.run import LEAST_MB, Plan, Runner, screen_partitions, tie_selected
from ingest.screening.score import Scorer
from ingest.screening.snapshot import Snapshot, open_snapshot
from ingest.screening.state import Result, State, alone
from ingest.watch.ledger import Ledger
from schema.catalog import Catalog

_STATE = ".screen"
_FAILED = "DuckDB failed ({}); finished partitions are kept, run the same command to go on"


@dataclass(slots=True)
class Done:
    """What a finished run has written, and what is worth saying about it."""

    ledger: pa.Table
    counts: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def screen(
    root: Path, out: Path, catalog: Catalog, watched: Ledger, *, engine: str = "duckdb",
    since: str | None = None, by: str = "either", least: float = 0.0, queries: Path | None = None,
    memory_mb: int = 1024, workers: int | None = None, master: str | None = None,
    meter: Meter | None = None,
) -> Done:  # fmt: skip
    """Screen a snapshot into ``out``: ledger.parquet, set_aside.csv, counts.json.

    Results of partitions are kept in ``out``/.screen, so that a run that was stopped goes on.
    Raises ScreeningError, WriteError, LedgerError.
    """
    snapshot = open_snapshot(root, out)
    plan = _plan(Plan(load(queries), known_keys(catalog, watched), since, by), memory_mb, workers)
    scorer = Scorer(catalog, watched)
    meter = meter or Meter()
    skipped = _prune(snapshot, since, by)
    state = State(out / _STATE)
    with alone(state.folder):
        try:
            if engine == "spark":
                from ingest.screening import spark

                with spark.session(master) as session:
                    tied, results = spark.screen(snapshot, state, plan, meter, session)
            else:
                runner = Runner(snapshot, state, plan.version(), plan, meter)
                results = screen_partitions(runner)
                tied = tie_selected(runner)
        except duckdb.Error as error:
            raise ScreeningError(_FAILED.format(str(error).splitlines()[0])) from error
        finally:
            meter.finish()
            _sweep(out)
        rows = ledgers.rows_of(tied, scorer, least)
        aside = _aside(snapshot, results)
        counts = ledgers.counts_of(rows, results, aside, skipped)
        ledgers.write(out, rows, counts, aside)
    return Done(rows, counts, _notes(snapshot))


def convert(
    root: Path, out: Path, *, engine: str = "duckdb", memory_mb: int = 1024,
    workers: int | None = None, master: str | None = None, meter: Meter | None = None,
) -> Done:  # fmt: skip
    """Write a snapshot's narrow Parquet files into ``out``. Raises ScreeningError, WriteError."""
    snapshot = open_snapshot(root, out)
    plan = _plan(Plan((), pa.table({})), memory_mb, workers)
    meter, state = meter or Meter(), State(out / _STATE)
    with alone(state.folder):
        try:
            if engine == "spark":
                from ingest.screening import spark

                with spark.session(master) as session:
                    results = spark.convert(snapshot, state, plan, meter, session, out)
            else:
                results = convert_partitions(Runner(snapshot, state, version(), plan, meter), out)
        except duckdb.Error as error:
            raise ScreeningError(_FAILED.format(str(error).splitlines()[0])) from error
        finally:
            meter.finish()
            _sweep(out)
        aside = _aside(snapshot, results)
        counts = {
            "partitions": len(results),
            "partitions_damaged": sum(1 for r in results if r.aside),
            "records_in": sum(r.records for r in results),
            "records_converted": sum(r.screened for r in results),
            "records_set_aside": sum(a.records for a in aside),
            "places_set_aside": len(aside),
        }
        ledgers.write_aside(out, aside)
    notes = _notes(snapshot)
    if others := strangers(snapshot, out):
        notes.append(f"{len(others)} files in {out} are not of this snapshot and will be screened with it, such as {others[0]}; remove what is out of date")  # fmt: skip
    return Done(pa.table({}), counts, notes)


def _plan(plan: Plan, memory_mb: int, workers: int | None) -> Plan:
    """As many workers as asked for (else all cores), but no more than the memory is enough for."""
    plan.memory_mb = memory_mb
    plan.workers = max(1, min(workers or plan.workers, memory_mb // LEAST_MB))
    return plan


def _prune(snapshot: Snapshot, since: str | None, by: str) -> int:
    """Leave out OpenAlex's partitions of works that were last updated before the day."""
    if since is None or by != "updated":
        return 0
    before = len(snapshot.partitions)
    snapshot.partitions = [p for p in snapshot.partitions if _updated(p.name) >= since]
    if not snapshot.partitions:
        raise ScreeningError(f"{snapshot.root}: no partition was updated on {since} or later")
    return before - len(snapshot.partitions)


def _updated(name: str) -> str:
    _, marked, rest = name.partition("updated_date=")
    return rest[:10] if marked else "9999"


def _aside(snapshot: Snapshot, results: Sequence[Result]) -> list[Aside]:
    missing = [
        Aside(name, 0, 0, "named by the manifest, but not there; fetch it", 0)
        for name in snapshot.missing
    ]
    missing += [Aside(name, 0, 0, why, 0) for name, why in snapshot.unread.items()]
    return [*missing, *[entry for result in results for entry in result.aside]]


def _notes(snapshot: Snapshot) -> list[str]:
    notes = list(snapshot.notes)
    if snapshot.ignored:
        notes.append(f"{len(snapshot.ignored)} files hold no works and were not read, such as {snapshot.ignored[0]}")  # fmt: skip
    if snapshot.unread:
        notes.append(f"{len(snapshot.unread)} files or folders can't be read, such as {min(snapshot.unread)}")  # fmt: skip
    if snapshot.missing:
        notes.append(f"{len(snapshot.missing)} partitions of the manifest aren't there")
    return notes


def _sweep(out: Path) -> None:
    """Remove what DuckDB spilled and what a killed run left half-written."""
    for path in (out / _STATE).glob("spill-*"):
        shutil.rmtree(path, ignore_errors=True)
    for folder in (out, out / _STATE, out / _STATE / "narrow"):
        for path in folder.glob(".*.parquet.*"):
            path.unlink(missing_ok=True)
