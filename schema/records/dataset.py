"""The registry of benchmark data: one suite of catalog/datasets/, its tasks and their files.

A file of sequences is named by a public URL that is pinned to a commit or version, and by what
proves that it is the right one: its size and sha256 where the content was seen, the git object id
where only the pinned commit's listing was. What nobody checked is `not_checked`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.records.base import Count, Float, Id, Record, Sha256, Text, Url

NotChecked = Literal["not_checked"]
GitBlob = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
Metric = Literal["mcc", "accuracy", "f1-macro", "auroc", "auprc"]


class Format(StrEnum):
    """How a file holds its sequences and labels."""

    csv = "csv"  # a header line, one column of sequences, one of labels
    fasta = "fasta"  # one class a file, named by the file's `label`
    fasta_labelled = "fasta_labelled"  # the label is the header's last field after `|`
    uci_splice = "uci_splice"  # label, name, sequence; no header
    uci_promoters = "uci_promoters"  # number, one column a base, + or -; no header
    class_folders_zip = "class_folders_zip"  # zip: <name>/<split>/<class>/<n>.txt


class DataFile(Record):
    """One file of one split."""

    path: Text  # below the data folder; a copy with .gz beside it is read as well
    url: Url | NotChecked = "not_checked"
    bytes: Count | NotChecked = "not_checked"
    sha256: Sha256 | NotChecked = "not_checked"
    git_blob: GitBlob | NotChecked = "not_checked"
    rows: Count | NotChecked = "not_checked"
    label: str | None = None  # the class of all its sequences, where the format doesn't say


class Published(Record):
    """Sizes that somebody printed, to be compared with what was counted."""

    train: Count | Literal["not_reported"] = "not_reported"
    dev: Count | Literal["not_reported"] = "not_reported"
    test: Count | Literal["not_reported"] = "not_reported"
    source: str  # key of the suite's sources


class Defect(Record):
    """A known fault of a task, in our words, with where it is described."""

    what: Text
    source: str


class DataSource(Record):
    """Where a fact of the registry was read."""

    locator: Text
    repository: str | None = None  # owner/name@commit
    path: str | None = None
    url: Url | None = None
    note: str | None = None


class Licence(Record):
    """Under which terms the data may be used, as the place says that was read."""

    value: Text
    source: str


class Derived(Record):
    """The rule that makes splits for a task that publishes none."""

    rule: Literal["hash"]  # see splits.py
    test_share: Annotated[Float, Field(gt=0, lt=1)]
    dev_share: Annotated[Float, Field(gt=0, lt=1)]


class Verification(StrEnum):
    """How far the files of a task were checked; computed, never typed."""

    verified = "verified"  # content seen: sha256, size and rows of every file are known
    pinned = "pinned"  # every file has a checksum, though not every content was seen
    unverified = "unverified"  # at least one file has no checksum at all


class DataTask(Record):
    """One task: labelled sequences in splits."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$")]
    catalog_task: Id
    format: Format
    classes: Count | NotChecked = "not_checked"
    metric: Metric
    sequence_column: str = "sequence"
    label_column: str = "label"
    splits: dict[Literal["train", "dev", "test", "whole"], list[DataFile]]
    derived: Derived | None = None
    published: Published | None = None
    defects: tuple[Defect, ...] = ()
    note: str | None = None

    @property
    def files(self) -> list[DataFile]:
        """All files, split by split."""
        return [f for files in self.splits.values() for f in files]

    @property
    def verification(self) -> Verification:
        """How far the files were checked."""
        if not self.files or any(
            f.sha256 == "not_checked" and f.git_blob == "not_checked" for f in self.files
        ):
            return Verification.unverified
        seen = all("not_checked" not in (f.sha256, f.bytes, f.rows) for f in self.files)
        return Verification.verified if seen else Verification.pinned

    @property
    def trainable(self) -> bool:
        """Whether the splits let a method learn and be tested."""
        return {"train", "test"} <= set(self.splits) or (
            "whole" in self.splits and self.derived is not None
        )

    @model_validator(mode="after")
    def _whole_or_split(self) -> DataTask:
        if "whole" in self.splits and (len(self.splits) > 1 or self.derived is None):
            raise ValueError("`whole` alone, with a `derived` rule, or published splits")
        return self


class Suite(Record):
    """One benchmark suite of the registry."""

    id: Id
    name: Text
    benchmark: Id  # id of the suite in catalog/benchmarks/
    licence: Licence
    sources: dict[str, DataSource]
    note: str | None = None
    tasks: list[DataTask] = Field(min_length=1)

    @model_validator(mode="after")
    def _sources_known(self) -> Suite:
        used = {self.licence.source}
        for task in self.tasks:
            used |= {d.source for d in task.defects}
            used |= {task.published.source} if task.published else set()
        if unknown := sorted(used - set(self.sources)):
            raise ValueError(f"every source listed under `sources:`, also {', '.join(unknown)}")
        if len({t.id.lower() for t in self.tasks}) < len(self.tasks):
            raise ValueError("each task id once")
        return self

    def full_id(self, task: DataTask) -> str:
        """`gue/mouse/3`."""
        return f"{self.id}/{task.id}"
