"""What is said of a task hangs together."""

from __future__ import annotations

from collections.abc import Iterator

from schema.catalog import Catalog
from schema.problems import Problem
from schema.rules.registry import at_key, rule
from schema.vocabularies import LeakageStatus, Unknown


@rule("E220")
def leakage_has_a_status_and_words(catalog: Catalog) -> Iterator[Problem]:
    """What is known of a task's leakage is a status and a sentence, never one of them alone.

    Bad: `leakage: a third of the test items stand in train` without `leakage_status`.
    Good: the same with `leakage_status: suspected`.
    """
    for name, suite in catalog.benchmarks.items():
        for i, task in enumerate(suite.tasks):
            silent = task.leakage == Unknown.not_checked
            if silent == (task.leakage_status == LeakageStatus.not_checked):
                continue
            key = "leakage_status" if silent else "leakage"
            file = catalog.file("benchmarks", f"{name}.yaml")
            yield at_key(catalog, file, ("tasks", i, key), "E220",
                         f"{task.leakage_status} without a sentence" if silent
                         else "a sentence without a status", "both",
                         "say under leakage what was found and by whom" if silent
                         else "add leakage_status: suspected, checked_clean or not_reported")  # fmt: skip
