"""Suites, their tasks, and the metrics they are scored by."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from schema.records.base import (
    METRIC,
    Bool,
    CiteKey,
    Count,
    Float,
    Id,
    MaybeFact,
    OrUnknown,
    PartialDate,
    Record,
    Share,
    SourceKeys,
    Sources,
    Text,
    Url,
)
from schema.records.contributor import Contributor
from schema.records.model import NOT_CHECKED
from schema.vocabularies import Domain, Generalisation, LeakageStatus, MetricFamily, TaskType

MetricId = Annotated[str, Field(pattern=METRIC)]


class Task(Record):
    """One task of a suite. `dataset` is the same slug wherever the same data are used."""

    id: Id
    name: Text
    domain: Domain
    type: TaskType
    organism: Annotated[list[Text], Field(min_length=1)]
    dataset: Id
    metrics: list[MetricId]
    input_length_bp: OrUnknown[Count] = NOT_CHECKED
    n_train: OrUnknown[Count] = NOT_CHECKED
    n_test: OrUnknown[Count] = NOT_CHECKED
    n_classes: OrUnknown[Count] = NOT_CHECKED
    positive_share: OrUnknown[Share] = NOT_CHECKED
    chance: dict[MetricId, Float] = {}
    generalisation: list[Generalisation] = []
    leakage_status: LeakageStatus = LeakageStatus.not_checked
    leakage: Text = "not_checked"
    source: SourceKeys
    aliases: list[Text] = []
    note: Text | None = None


class Benchmark(Record):
    """catalog/benchmarks/<id>.yaml: a suite and its tasks."""

    id: Id
    name: Text
    publications: Annotated[list[CiteKey], Field(min_length=1)]
    released: MaybeFact[PartialDate] = NOT_CHECKED
    repository: MaybeFact[Url] = NOT_CHECKED
    licence: MaybeFact[Text] = NOT_CHECKED
    summary: Text
    aliases: list[Text] = []
    sources: Annotated[Sources, Field(min_length=1)]
    tasks: Annotated[list[Task], Field(min_length=1)]
    contributors: list[Contributor] = []
    note: Text | None = None


Bound: TypeAlias = OrUnknown[Float]


class Metric(Record):
    """One entry of catalog/metrics.yaml. `chance: task` means that each task says its own."""

    id: MetricId
    name: Text
    family: MetricFamily
    higher_is_better: OrUnknown[Bool]
    chance: OrUnknown[Float | Literal["task"]]
    perfect: Bound
    lower: Bound
    upper: Bound
    aliases: list[Text] = []
    note: Text | None = None
