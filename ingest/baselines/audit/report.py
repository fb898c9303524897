"""What an audit found, as data: a verdict a check, with counts, examples and the rows at fault."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, field_validator

from schema.entries import read_entry
from schema.problems import CatalogError
from schema.records.base import Count, Float, Record, Sha256, Text

EXAMPLES = 5
VERSION = 1
"""Raised when a check changes what it finds: older audits are then made anew."""
Number = Annotated[Count | Float, Field(union_mode="left_to_right")]


class Verdict(StrEnum):
    """How a check came out."""

    clean = "clean"
    notice = "notice"  # there is something, too little to move a score much
    serious = "serious"  # a score on this task can't be read without knowing this
    not_checked = "not_checked"  # the check needs what this task doesn't have


class Check(Record):
    """One check. What `counts` leaves out is zero. Examples name items as `split:row`, rows counted from 1 in published order."""

    id: Text
    verdict: Verdict
    says: Text
    counts: dict[str, Number] = Field(default_factory=dict)
    examples: list[Text] = Field(default_factory=list)

    @field_validator("counts")
    @classmethod
    def _without_zeros(cls, counts: dict[str, Number]) -> dict[str, Number]:
        return {key: number for key, number in counts.items() if number != 0}


class Flag(Record):
    """A test row that a score without contamination leaves out, and why."""

    row: Count  # from 1, in published order
    reasons: list[Text] = Field(min_length=1)


class Audit(Record):
    """The audit of one task, bound to the exact files by their checksums."""

    task: Text
    version: Count = VERSION
    files: dict[str, Sha256]
    sizes: dict[str, Count]
    checks: list[Check]
    flagged: list[Flag]

    @property
    def worst(self) -> Verdict:
        """The gravest verdict of all checks."""
        order = [Verdict.serious, Verdict.notice, Verdict.clean]
        found = {c.verdict for c in self.checks}
        return next((v for v in order if v in found), Verdict.not_checked)


def share(part: int, whole: int) -> float:
    """`part` of `whole`, rounded to what a table shows; 0 of nothing is 0."""
    return round(part / whole, 4) if whole else 0.0


def grade(value: float, notice: float, serious: float) -> Verdict:
    """Clean below `notice`, serious from `serious` on."""
    if value >= serious:
        return Verdict.serious
    return Verdict.notice if value >= notice and value > 0 else Verdict.clean


def file_name(task: str) -> str:
    """`gue/mouse/3` is kept as `gue__mouse__3.yaml`."""
    return task.replace("/", "__") + ".yaml"


def write(audit: Audit, folder: Path) -> Path:
    """Write the audit to a temporary name, then rename it; one line a flagged row."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(audit.task)
    body: dict[str, Any] = audit.model_dump(mode="json")
    flagged = body.pop("flagged")
    text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=100)
    text += "flagged:\n" if flagged else "flagged: []\n"
    text += "".join(
        f"  - {{row: {f['row']}, reasons: [{', '.join(f['reasons'])}]}}\n" for f in flagged
    )
    part = target.with_name(target.name + ".part")
    part.write_text(text, "utf-8")
    part.replace(target)
    return target


def read(path: Path) -> Audit:
    """Read an audit; raises CatalogError with all that is wrong."""
    entry = read_entry(Audit, path, path.parent)
    if isinstance(entry, list):
        raise CatalogError(entry)
    return entry
