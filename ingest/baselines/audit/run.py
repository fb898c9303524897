"""All checks of one task, and the test rows that a score without contamination leaves out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.baselines.audit import duplicates, homology, near, partners, shortcuts
from ingest.baselines.audit.report import VERSION, Audit, Flag, file_name, read
from ingest.baselines.sequences import join
from ingest.baselines.splits import Split, TaskData

# a copy in dev is no leak into what was learnt, but the selection saw it
_LEAVES_OUT = (
    "copy_in_train",
    "copy_in_dev",
    "near_copy_in_train",
    "near_copy_in_dev",
    "label_conflict",
    "shuffled-partner_in_train",
    "edited-partner_in_train",
    "shuffled-partner_in_dev",
    "edited-partner_in_dev",
)


def published(data: TaskData) -> dict[str, Split]:
    """The splits to compare: a dev part that our rule cut from train counts as train again.

    Train, dev and test in this order; items in published order.
    """
    names = ("train", "dev", "test")
    found = {str(name): data.splits[name] for name in names if name in data.splits}
    if data.dev_rule == "hash" and "dev" in found:
        train, dev = found["train"], found.pop("dev")
        whole = Split(
            join([train.sequences, dev.sequences]),
            np.concatenate([train.labels, dev.labels]),
            np.concatenate([train.rows, dev.rows]),
        )
        found["train"] = whole.take(np.argsort(whole.rows, kind="stable"))
    return found


def audit(
    task: str, data: TaskData, metric: str, say: Callable[[str], None] = lambda _: None
) -> Audit:
    """Audit a loaded task; `say` is told what is being looked at."""
    splits = published(data)
    classes = len(data.classes)
    say("copies")
    copies = duplicates.group(splits)
    across, flags = duplicates.across(splits, copies)
    conflict, more = duplicates.conflicts(splits, copies)
    flags |= more
    checks = [duplicates.within(splits, copies), across, conflict]
    say("near copies")
    check, more = near.check(splits)
    checks.append(check)
    flags |= more
    say("homology")
    checks.append(homology.check(splits, classes, metric))
    say("partners")
    found, more = partners.check(splits, classes, metric)
    checks += found
    flags |= more
    say("shortcuts")
    checks.append(shortcuts.balance(splits, data.classes))
    checks += shortcuts.check(splits, classes)
    return Audit(
        task=task,
        files=data.sha256,
        sizes={name: len(split) for name, split in splits.items()},
        checks=checks,
        flagged=_flagged(splits["test"], flags) if "test" in splits else [],
    )


def _flagged(test: Split, flags: dict[str, NDArray[np.bool_]]) -> list[Flag]:
    reasons: dict[int, list[str]] = {}
    for reason in _LEAVES_OUT:
        for i in np.flatnonzero(flags.get(reason, np.zeros(0, bool))).tolist():
            reasons.setdefault(int(test.rows[i]) + 1, []).append(reason)
    return [Flag(row=row, reasons=why) for row, why in sorted(reasons.items())]


def clean_rows(test: Split, found: Audit) -> NDArray[np.bool_]:
    """Mask (n_test,) of the test items that the audit doesn't leave out."""
    left_out = np.array([f.row - 1 for f in found.flagged], dtype=np.int64)
    return ~np.isin(test.rows, left_out)


def stored(task: str, data: TaskData, folder: Path) -> Audit | None:
    """The audit kept in `folder`, when it is of these very files and of these very checks."""
    path = folder / file_name(task)
    if not path.is_file():
        return None
    found = read(path)
    same = found.files == data.sha256 and found.version == VERSION
    return found if same else None
