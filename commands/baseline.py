"""`claimgap baseline`: simple methods on public benchmarks, and an audit of the benchmarks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn
from rich.status import Status

from commands.common import (
    INTERRUPTED,
    WRONG_USE,
    Format,
    FormatOption,
    console,
    errors,
    print_rows,
    stop,
)
from commands.common import stop_with_problems as stop_with
from ingest.baselines import results, splits, store
from ingest.baselines.audit import report
from ingest.baselines.audit.report import Audit
from ingest.baselines.audit.run import audit as audit_task
from ingest.baselines.audit.run import stored
from ingest.baselines.learners import METHODS, Method, choose
from ingest.baselines.provenance import code_digest
from ingest.baselines.registry import DatasetError, DataTask, Suite, find_task, load_registry
from ingest.baselines.runner import run as run_task
from schema.paths import default_catalog
from schema.problems import CatalogError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Simple baselines on public benchmark data, and an audit of the data itself.",
)


TaskArgument = Annotated[
    str | None, typer.Argument(help="A task, as in gue/mouse/3; `baseline list` shows all.")
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Every task at hand, of the suite TASK when one is named.")
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Folder with the files; without it they are fetched once."),
]
DatasetsOption = Annotated[
    Path | None,
    typer.Option("--datasets", help="The registry's folder.", show_default="catalog/datasets"),
]


def _registry(datasets: Path | None) -> list[Suite]:
    """The registered suites; ends where there are none or where a file has problems."""
    try:
        suites = load_registry(datasets)
    except CatalogError as error:
        stop_with(error)
    if not suites:
        place = datasets or default_catalog() / "datasets"
        stop(
            f"B001: no suite is registered in {place}; name the registry with --datasets", WRONG_USE
        )
    return suites


def _picked(
    task: str | None,
    every: bool,
    data: Path | None,
    datasets: Path | None,
    partial: bool = False,
) -> list[tuple[Suite, DataTask]]:
    suites = _registry(datasets)
    if not every:
        if task is None:
            stop("B000: name a task, or give --all", WRONG_USE)
        try:
            return [find_task(suites, task)]
        except DatasetError as error:
            stop(str(error))
    chosen = [s for s in suites if task is None or s.id == task.lower()]
    found = [(s, t) for s in chosen for t in s.tasks if _at_hand(t, data, partial)]
    if not found:
        known = ", ".join(s.id for s in suites)
        stop(f"B001: nothing to do for suite {task!r} of {known}; see `claimgap baseline list`")
    return found


def _at_hand(task: DataTask, data: Path | None, partial: bool) -> bool:
    """With --data: all files are there, or with `partial` those of one split; without it: all can
    be fetched and proven.
    """
    if data is None:
        return task.trainable and task.verification.value != "unverified"
    there = [all(store.find_local(f, data) for f in files) for files in task.splits.values()]
    return any(there) if partial else task.trainable and all(there)


@contextmanager
def _transfer() -> Iterator[store.Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        known: dict[str, TaskID] = {}

        def progress(name: str, done: int, total: int | None) -> None:
            if name not in known:
                known[name] = bars.add_task(name, total=total)
            bars.update(known[name], completed=done, total=total)

        yield progress


def _load(task: DataTask, data: Path | None, partial: bool = False) -> splits.TaskData:
    with _transfer() as progress:
        return splits.load(task, data, progress=progress, partial=partial)


def _audits(datasets: Path | None) -> Path:
    return (datasets or default_catalog() / "datasets") / "audits"


def _teller(status: Status, name: str) -> Callable[[str], None]:
    return lambda what: status.update(f"{name}: {what}")


@app.command("list")
def list_tasks(form: FormatOption = Format.table, datasets: DatasetsOption = None) -> None:
    """List the registered tasks, how far their files were checked, and what audits found.

    Example: claimgap baseline list --format json
    """
    suites = _registry(datasets)
    rows = []
    for suite in suites:
        for task in suite.tasks:
            sizes = {
                split: sum(f.rows for f in files if isinstance(f.rows, int))
                for split, files in task.splits.items()
                if all(isinstance(f.rows, int) for f in files)
            }
            counted = ", ".join(f"{k} {v}" for k, v in sizes.items())
            name = suite.full_id(task)
            kept = _audits(datasets) / report.file_name(name)
            verdict = "none"
            if kept.is_file():
                try:
                    audit = report.read(kept)
                except CatalogError as error:
                    stop_with(error)
                verdict = audit.worst.value + ("" if "train" in audit.sizes else ", without train")
            rows.append([name, task.metric, task.verification.value, verdict, counted])
    print_rows(["task", "metric", "files", "audit", "rows counted"], rows, form)
    if form is Format.table:
        console.print("methods: " + ", ".join(METHODS))


@app.command("audit")
def audit_command(
    task: TaskArgument = None,
    every: AllOption = False,
    data: DataOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to keep audits in.")] = None,
    form: FormatOption = Format.table,
    datasets: DatasetsOption = None,
) -> None:
    """Look for copies, leaks and shortcuts in a task's data, before any score.

    With --data, splits that aren't there are left out of the audit.

    Example: claimgap baseline audit gue/mouse/3 --format json
    """
    found: list[Audit] = []
    for suite, each in _picked(task, every, data, datasets, partial=True):
        name = suite.full_id(each)
        try:
            with errors.status(name) as status:
                loaded = _load(each, data, partial=data is not None)
                found.append(audit_task(name, loaded, each.metric, _teller(status, name)))
        except DatasetError as error:
            stop(str(error))
        if out:
            errors.print(f"wrote {report.write(found[-1], out)}", soft_wrap=True)
    if form is Format.json:
        _print_json([a.model_dump(mode="json") for a in found])
        return
    columns = ["verdict", "check", "what was found"]
    if form is Format.csv:
        rows = [[a.task, c.verdict.value, c.id, c.says] for a in found for c in a.checks]
        print_rows(["task", *columns], rows, form)
        return
    for each_audit in found:
        cells = [[c.verdict.value, c.id, c.says] for c in each_audit.checks]
        print_rows(columns, cells, form, each_audit.task)
        console.print(f"{len(each_audit.flagged)} test items are left out of clean scores")


@app.command("run")
def run_command(
    task: TaskArgument = None,
    every: AllOption = False,
    methods: Annotated[
        str | None, typer.Option("--methods", help="Some methods only, with commas between.")
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Fits of methods that draw.")] = 5,
    data: DataOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for runs and tables; resumes there.")
    ] = None,
    threads: Annotated[int, typer.Option("--threads", min=1, help="Threads a fit may use.")] = 1,
    form: FormatOption = Format.table,
    datasets: DatasetsOption = None,
) -> None:
    """Choose each simple method's settings on dev, then score it on test, with intervals.

    Example: claimgap baseline run gue/mouse/3 --methods kmer-logistic,dyad-svm
    """
    try:
        wanted = choose(methods.replace(",", " ").split() if methods else None)
    except DatasetError as error:
        stop(str(error), WRONG_USE)
    runs: list[tuple[Suite, DataTask, dict[str, Any]]] = []
    for suite, each in _picked(task, every, data, datasets):
        try:
            run = _one(suite, each, wanted, seeds, data, out, threads, datasets)
        except (DatasetError, CatalogError) as error:
            stop(str(error))
        except KeyboardInterrupt:
            kept = f"{len(runs)} runs are kept in {out}; the same command goes on" if out else ""
            stop(f"stopped in {suite.full_id(each)}. {kept}".rstrip(), INTERRUPTED)
        runs.append((suite, each, run))
    if out:
        for suite in {s.id: s for s, _, _ in runs}.values():
            own = [(t, r) for s, t, r in runs if s.id == suite.id]
            for path in results.write_suite(suite, own, out / "tables"):
                errors.print(f"wrote {path}", soft_wrap=True)
    _print_runs([r for _, _, r in runs], form)


def _one(
    suite: Suite,
    task: DataTask,
    wanted: list[Method],
    seeds: int,
    data: Path | None,
    out: Path | None,
    threads: int,
    datasets: Path | None,
) -> dict[str, Any]:
    """Run one task, or take the run that `out` keeps when it is the same one."""
    name = suite.full_id(task)
    with errors.status(name) as status:
        loaded = _load(task, data)
        expected = {
            "files": loaded.sha256,
            "code_sha256": code_digest(),
            "seeds": list(range(seeds)),
            "methods": [m.id for m in wanted],
        }
        kept = results.kept(name, out, expected) if out else None
        if kept is not None:
            return kept
        say = _teller(status, name)
        audit = stored(name, loaded, _audits(datasets)) or audit_task(
            name, loaded, task.metric, say
        )
        run = run_task(name, loaded, task.metric, wanted, audit, seeds, threads, say).as_data()
        if out:
            results.save(run, out)
        return run


def _print_runs(runs: list[dict[str, Any]], form: Format) -> None:
    if form is Format.json:
        _print_json([row for run in runs for row in run["rows"]])
        return
    columns = ["method", "settings", "items", "n", "dev", "test", "low", "high"]
    every = [[run["task"], *cells] for run in runs for cells in _cells(run)]
    if form is Format.csv:
        print_rows(["task", *columns], every, form)
        return
    for run in runs:
        print_rows(columns, _cells(run), form, f"{run['task']}, {run['metric']}")
    console.print(
        "* best of all methods on dev. low, high: 95 % bootstrap interval over test items.\n"
        "clean: without the test items that `claimgap baseline audit` leaves out."
    )


def _cells(run: dict[str, Any]) -> list[list[Any]]:
    table = []
    for row in run["rows"]:
        score = row["scores"][run["metric"]]
        method = row["method"] + (" *" if row["best_on_dev"] else "")
        settings = row["configuration"].replace("features=", "").replace("learning_rate", "rate")
        values = [f"{v:.3f}" for v in (row["dev"], score["value"], score["low"], score["high"])]
        table.append([method, settings, row["items"], row["n_test"], *values])
    return table


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
