"""One logical table of one source: header facts in YAML, rows in CSV."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from schema.records.base import WORD, CiteKey, Count, Id, Record, Sha256, Source, Text
from schema.records.contributor import Contributor
from schema.vocabularies import EvidenceLevel

COLUMNS: tuple[str, ...] = (
    "row",
    "method",
    "variant",
    "configuration",
    "task",
    "metric",
    "split",
    "protocol",
    "setting",
    "input_bp",
    "n_train",
    "value",
    "unit",
    "uncertainty",
    "uncertainty_low",
    "uncertainty_high",
    "uncertainty_kind",
    "uncertainty_over",
    "n_runs",
    "n_test",
    "status",
    "origin",
    "quoted_from",
    "flags",
    "locator",
    "source_file",
    "source_row",
    "method_printed",
    "task_printed",
    "metric_printed",
    "note",
)
"""Columns a results CSV may have, in their canonical order."""

OPTIONAL_COLUMNS = frozenset(
    {
        "input_bp",
        "n_train",
        "uncertainty",
        "uncertainty_low",
        "uncertainty_high",
        "n_test",
        "quoted_from",
        "flags",
        "locator",
        "source_file",
        "source_row",
        "method_printed",
        "task_printed",
        "metric_printed",
        "note",
    }
)
"""Columns that may stay empty: nothing is known there and nothing is lost by it."""

BUILT_IN_DEFAULTS: dict[str, str] = {
    "variant": "not_applicable",
    "configuration": "standard",
    "setting": "standard",
    "unit": "fraction",
    "uncertainty_kind": "not_reported",
    "uncertainty_over": "not_applicable",
    "n_runs": "not_reported",
    "status": "ok",
    "origin": "own",
}
"""What a column means when neither the CSV nor the header's `defaults` says."""


class TranscribedFrom(Record):
    """A machine-readable file that rows were read from, found again by its checksum."""

    name: Text
    sha256: Sha256
    format: Text


class OwnRunTask(Record):
    """How the rows of one task of our own runs can be made again."""

    task: Text
    command: Text
    selected_by: Id  # metric that chose settings on dev
    dev: Literal["published", "hash"]  # hash: cut from train by the rule of docs/baselines.md
    test: Literal["published", "hash"]
    test_files: Annotated[dict[str, Sha256], Field(min_length=1)]


class OwnRun(Record):
    """What made the rows of a table of our own: code, libraries, seeds, test files."""

    code_sha256: Sha256
    versions: dict[str, Text]
    seeds: Annotated[list[Count], Field(min_length=1)]
    tasks: Annotated[list[OwnRunTask], Field(min_length=1)]


class Evaluation(Record):
    """catalog/results/<citekey>/<table>.yaml: the head of a result table."""

    title: Text
    source: Source
    transcribed_from: list[TranscribedFrom] = []
    evidence_level: EvidenceLevel | None = None
    defaults: dict[Annotated[str, Field(pattern=WORD)], str] = {}
    contributors: list[Contributor] = []
    own_run: OwnRun | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _own_runs_say_what_made_them(self) -> Evaluation:
        if (self.own_run is not None) != (self.evidence_level is EvidenceLevel.own_run):
            raise ValueError("`own_run:` and `evidence_level: own_run` go together")
        return self


class EvaluationKey(Record):
    """Where an evaluation lives: who reports it, and which of their tables it is."""

    publication: CiteKey
    table: Id
