"""The ledgers: findings to be measured, errors of sources, evidence gaps, data overlaps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from schema.records.base import CiteKey, Id, Record, Share, Source, Text
from schema.vocabularies import (
    ErratumAction,
    ErratumStatus,
    OverlapEvidence,
    OverlapKind,
    Unknown,
)


class Finding(Record):
    """catalog/findings/<Fnn>.yaml: a statement about the field and what decides it."""

    id: Annotated[str, Field(pattern=r"^F\d{2}$")]
    group: Text
    statement: Text
    measure: Text
    needs: Text
    caveat: Text


class Erratum(Record):
    """One known error of a source. `expect` is SQL that is true for as long as the error stands."""

    id: Id
    source: CiteKey
    evaluation: Text | None = None
    what: Text
    evidence: Text
    action: ErratumAction
    status: ErratumStatus = ErratumStatus.open
    expect: Text | None = None


class Wanted(Record):
    """Evidence that we couldn't have, and what it would decide."""

    id: Id
    what: Text
    publication: CiteKey | Unknown
    would_decide: list[Text]
    tried: Text


class Overlap(Record):
    """What a pretraining corpus shares with evaluation data."""

    corpus: Id
    dataset: Id | None = None
    benchmark: Id | None = None
    kind: OverlapKind
    evidence: OverlapEvidence
    share: Share | Unknown = Unknown.not_reported
    source: Source
    note: Text | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Overlap:
        if (self.dataset is None) == (self.benchmark is None):
            raise ValueError("both or neither of dataset and benchmark; give exactly one")
        return self
