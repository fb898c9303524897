"""Benchmark data: registered tasks, audits and own runs belong to tasks of the catalog."""

from __future__ import annotations

from collections.abc import Iterator

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.refusals import did_you_mean
from schema.rules.registry import at_key, repeated, rule


def _unknown(word: str, known: list[str], expected: str) -> tuple[str, str, str]:
    return (
        f"{shown(word)}, which isn't there",
        expected,
        did_you_mean(word, known) or "add it first",
    )


@rule("E214")
def registered_data_are_of_the_catalogs_tasks(catalog: Catalog) -> Iterator[Problem]:
    """Every task of catalog/datasets/ is, by its `catalog_task`, a task of catalog/benchmarks/.

    Bad: `catalog_task: mouse3` where the suite's file has mouse-3.
    Good: `catalog_task: mouse-3`.
    """
    names = catalog.names
    for name, suite in catalog.datasets.items():
        file = catalog.file("datasets", f"{name}.yaml")
        if suite.benchmark not in names.benchmarks:
            words = _unknown(suite.benchmark, names.benchmarks, "a file of catalog/benchmarks/")
            yield at_key(catalog, file, ("benchmark",), "E214", *words)
            continue
        known = [t.partition("/")[2] for t in names.tasks if t.startswith(f"{suite.benchmark}/")]
        for i, task in enumerate(suite.tasks):
            if task.catalog_task not in known:
                words = _unknown(task.catalog_task, known, f"a task of {suite.benchmark}")
                yield at_key(catalog, file, ("tasks", i, "catalog_task"), "E214", *words)
    registered = [
        (catalog.file("datasets", f"{name}.yaml"), i, f"{suite.benchmark}/{task.catalog_task}")
        for name, suite in catalog.datasets.items()
        for i, task in enumerate(suite.tasks)
    ]
    for at, task_id in repeated(task_id for _, _, task_id in registered):
        file, i, _ = registered[at]
        yield at_key(catalog, file, ("tasks", i, "catalog_task"), "E214", f"{shown(task_id)} twice",
                     "one set of files for one task", "keep one of the two")  # fmt: skip


@rule("E215")
def audits_are_of_registered_files(catalog: Catalog) -> Iterator[Problem]:
    """Every audit is of a registered task and of files with the registered checksums.

    A task has one audit, a check one result, a test row one flag.

    Bad: an audit whose `files:` have another sha256 than catalog/datasets/ gives.
    Good: audit anew: `claimgap baseline audit TASK --out catalog/datasets/audits`.
    """
    registered = {
        suite.full_id(task): {f.path: f.sha256 for f in task.files}
        for suite in catalog.datasets.values()
        for task in suite.tasks
    }
    audits = list(catalog.audits)
    for at, task in repeated(audit.task for audit in catalog.audits.values()):
        file = catalog.file("datasets", "audits", f"{audits[at]}.yaml")
        yield at_key(catalog, file, ("task",), "E215", f"a second audit of {task}",
                     "one audit of one task", "remove the older one")  # fmt: skip
    for name, audit in catalog.audits.items():
        file = catalog.file("datasets", "audits", f"{name}.yaml")
        for i, check in repeated(each.id for each in audit.checks):
            yield at_key(catalog, file, ("checks", i, "id"), "E215", f"{shown(check)} twice",
                         "each check once", "audit the task anew")  # fmt: skip
        for i, row in repeated(str(each.row) for each in audit.flagged):
            yield at_key(catalog, file, ("flagged", i, "row"), "E215", f"row {row} twice",
                         "each row once, with all its reasons", "audit the task anew")  # fmt: skip
        if audit.task not in registered:
            words = _unknown(audit.task, list(registered), "a task of catalog/datasets/")
            yield at_key(catalog, file, ("task",), "E215", *words)
            continue
        for path, sha256 in audit.files.items():
            expected = registered[audit.task].get(path, "no such file")
            if expected != sha256:
                yield at_key(
                    catalog, file, ("files",), "E215", f"{path} with sha256 {sha256}", expected,
                    f"claimgap baseline audit {audit.task} --out catalog/datasets/audits",
                )  # fmt: skip


@rule("E216")
def own_runs_are_of_the_catalogs_tasks(catalog: Catalog) -> Iterator[Problem]:
    """The header of our own runs says for each task of the table what made it, and for no other.

    Bad: rows of gue/mouse-3 without an entry of it under `own_run: tasks:`.
    Good: the table as `claimgap baseline run --out` writes it.
    """
    for table in catalog.results:
        run = table.header.own_run
        if run is None:
            continue
        said = [task.task for task in run.tasks]
        for i, task in repeated(said):
            yield at_key(
                catalog, table.header_file, ("own_run", "tasks", i, "task"), "E216",
                f"{shown(task)} twice", "one entry for each task of the table", "remove one",
            )  # fmt: skip
        held = sorted(set(table.rows["task"]))
        for task in sorted(set(said) ^ set(held)):
            found = "rows without an entry" if task in held else "an entry without rows"
            yield at_key(
                catalog, table.header_file, ("own_run", "tasks"), "E216", f"{found}: {task}",
                "one entry for each task of the table", "take the table as the runner writes it",
            )  # fmt: skip
