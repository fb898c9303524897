"""The ledgers: findings to be measured, errors of sources, evidence gaps, data overlaps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from schema.records.base import CiteKey, Id, Int, Record, Share, Source, Text
from schema.records.contributor import Contributor
from schema.vocabularies import (
    ErratumAction,
    ErratumStatus,
    OverlapEvidence,
    OverlapKind,
    TextPart,
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
    contributors: list[Contributor] = []


class Wanted(Record):
    """Evidence that we couldn't have, and what it would decide."""

    id: Id
    what: Text
    publication: CiteKey | Unknown
    would_decide: list[Text]
    tried: Text
    contributors: list[Contributor] = []


class TermCount(Record):
    """Promotional and hedging terms of a publication's title, or of title and abstract.

    Only counts: the text they were counted in is nobody's to republish.
    """

    publication: CiteKey
    part: TextPart
    words: Annotated[Int, Field(ge=1, le=10**6)]
    promotional: Annotated[Int, Field(ge=0)]
    hedging: Annotated[Int, Field(ge=0)]
    lexicon: Annotated[Int, Field(ge=1, le=10**6)]
    source: Text

    @model_validator(mode="after")
    def _terms_are_words(self) -> TermCount:
        if self.promotional + self.hedging > 2 * self.words:
            raise ValueError("at most two terms a word, since a word has two counted parts at most")
        return self


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
            raise ValueError("exactly one of dataset and benchmark")
        return self
