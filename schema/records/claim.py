"""What publications claim, each claim bound to a predicate that the rows can decide."""

from __future__ import annotations

import typing
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from schema.records.base import (
    WORD,
    Bool,
    CiteKey,
    Count,
    Float,
    Id,
    Record,
    Repository,
    Text,
)
from schema.records.benchmark import MetricId
from schema.records.contributor import Contributor
from schema.vocabularies import (
    ClaimCategory,
    Domain,
    MethodKind,
    Protocol,
    ReadHow,
    SecondReading,
    Split,
    Subkind,
)

Against = Literal["chance", "rivals"]


class Selector(Record):
    """Which methods are meant: all of the named and of the named kinds, but not the excluded.

    Variants named beside methods narrow these. A row whose variant isn't recorded is none of the
    named ones: `variants` leaves it out, and `not_variants` lets it in. `configurations` gives, by
    method, the ways of running it that are meant, each as it stands in the result rows.
    """

    methods: list[Id] = []
    variants: list[Id] = []
    kinds: list[MethodKind] = []
    subkinds: list[Subkind] = []
    not_methods: list[Id] = []
    not_variants: list[Id] = []
    configurations: dict[Id, list[Text]] = {}


class Scope(Record):
    """Which cells are meant; an empty list doesn't restrict.

    With `means` the rows are printed means over tasks or scores, in the metrics named, and not what
    they are means of: no other claim sees these.
    """

    benchmarks: list[Id] = []
    tasks: list[Text] = []
    domains: list[Domain] = []
    metrics: list[MetricId] = []
    protocols: list[Protocol] = []
    splits: list[Split] = []
    organisms: list[Text] = []
    evaluations: list[Text] = []
    settings: list[Text] = []
    means: Bool = False

    @model_validator(mode="after")
    def _means_of_what(self) -> Scope:
        if self.means and not self.metrics:
            raise ValueError("the metrics of the printed means, under `metrics`")
        return self


class _Predicate(Record):
    subject: Selector | None = None
    scope: Scope = Scope()


class Outperforms(_Predicate):
    """The subject's pooled difference to the best rival of each cell exceeds the margin."""

    kind: Literal["outperforms"]
    rivals: Selector
    margin: Float = 0.0


class Matches(_Predicate):
    """The subject isn't worse than the best rival by more than the margin, nor better if two-sided.

    One-sided for "as good as", "on a par" and "competitive"; two-sided for "equally" and "no
    difference".
    """

    kind: Literal["matches"]
    rivals: Selector
    margin: Float
    two_sided: Bool = False


class NoBetterThan(_Predicate):
    """The subject doesn't beat the best rival (what critiques claim)."""

    kind: Literal["no_better_than"]
    rivals: Selector
    margin: Float = 0.0


class WinsAtLeast(_Predicate):
    """The subject beats every rival on at least `wins` of `of` tasks, or in every row, by its sign."""

    kind: Literal["wins_at_least"]
    wins: Count | None = None
    of: Count | None = None
    every: Bool = False
    rivals: Selector
    ties: Literal["win", "half", "loss"] = "loss"

    @model_validator(mode="after")
    def _how_many(self) -> WinsAtLeast:
        counts = (self.wins is not None, self.of is not None)
        if self.every == any(counts) or (not self.every and not all(counts)):
            raise ValueError("either `wins` and `of`, or `every: true`")
        return self


class WorksZeroShot(_Predicate):
    """Without labels of the task, the subject beats chance or the rivals."""

    kind: Literal["works_zero_shot"]
    against: Against
    rivals: Selector = Selector()


class UsesContext(_Predicate):
    """The same model scores better with longer input than with shorter."""

    kind: Literal["uses_context"]
    short_bp: Count | None = None
    long_bp: Count | None = None
    margin: Float = 0.0


class GeneralisesAcross(_Predicate):
    """The subject beats chance or the rivals where test items are new in the named way."""

    kind: Literal["generalises_across"]
    over: Literal["species", "cell_types", "perturbations", "studies", "sequences"]
    against: Against
    rivals: Selector = Selector()


class TransfersTo(_Predicate):
    """The subject beats chance or the rivals on the tasks in scope, foreign to its training."""

    kind: Literal["transfers_to"]
    against: Against
    rivals: Selector = Selector()


class CheaperAtEqualSkill(_Predicate):
    """The subject is at least `factor` times as cheap and not worse by more than the margin."""

    kind: Literal["cheaper_at_equal_skill"]
    cost: Literal["parameters", "compute", "runtime"]
    factor: Float = 1.0
    rivals: Selector
    margin: Float = 0.01


class PretrainingHelps(_Predicate):
    """The subject beats its own architecture without pretraining."""

    kind: Literal["pretraining_helps"]
    margin: Float = 0.0


class FineTuningHelps(_Predicate):
    """The subject scores better fine-tuned than frozen or zero-shot."""

    kind: Literal["fine_tuning_helps"]
    margin: Float = 0.0


class LargerIsBetter(_Predicate):
    """Within the family, the variant with more parameters scores better in the same cell."""

    kind: Literal["larger_is_better"]
    margin: Float = 0.0


class HasAttribute(_Predicate):
    """A recorded fact of the model is at least, at most, or equal to what is claimed."""

    kind: Literal["has_attribute"]
    field: Annotated[str, Field(pattern=WORD)]
    at_least: Float | None = None
    at_most: Float | None = None
    equals: Text | None = None
    variant: Id | None = None

    @model_validator(mode="after")
    def _how_much(self) -> HasAttribute:
        if self.at_least is None and self.at_most is None and self.equals is None:
            raise ValueError("one of `at_least`, `at_most` and `equals`")
        return self


class Reproduces(_Predicate):
    """Others' values lie within the margin of the authors' own."""

    kind: Literal["reproduces"]
    margin: Float


Predicate = Annotated[
    Outperforms
    | Matches
    | NoBetterThan
    | WinsAtLeast
    | WorksZeroShot
    | UsesContext
    | GeneralisesAcross
    | TransfersTo
    | CheaperAtEqualSkill
    | PretrainingHelps
    | FineTuningHelps
    | LargerIsBetter
    | HasAttribute
    | Reproduces,
    Field(discriminator="kind"),
]

PREDICATES = frozenset(
    typing.get_args(each.model_fields["kind"].annotation)[0]
    for each in typing.get_args(typing.get_args(Predicate)[0])
)
"""The kinds of predicate."""


_OneOrMany = Id | list[Id] | Literal["not_applicable"]


def _one_or_many(value: Any) -> Any:
    if value == "not_applicable":
        return []
    return [value] if isinstance(value, str) else value


class Claim(Record):
    """One claim, in our own words, with its place and its test."""

    id: Id
    says: Text
    category: ClaimCategory
    locator: Text
    repository: Repository | None = None
    path: Text | None = None
    read: ReadHow
    second_reading: SecondReading = SecondReading.not_checked
    method: Annotated[list[Id], BeforeValidator(_one_or_many, json_schema_input_type=_OneOrMany)]
    predicate: Predicate
    contributors: list[Contributor] = []
    note: Text | None = None


class ClaimFile(Record):
    """catalog/claims/<citekey>.yaml: what one publication claims."""

    publication: CiteKey
    claims: Annotated[list[Claim], Field(min_length=1)]
