"""What must be known for a new entry: the required fields of its record, nested ones included."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from schema.descriptions import describe
from schema.layout.order import alternatives, items
from schema.records.benchmark import Benchmark
from schema.records.claim import ClaimFile
from schema.records.evaluation import Evaluation
from schema.records.method import Corpus, Method
from schema.records.model import Model
from schema.refusals import did_you_mean, expected_of
from schema.vocabularies import Unknown

Path_ = tuple[str | int, ...]
SOURCE = "paper"
"""The key under which a new entry's source stands."""


class Kind(StrEnum):
    """What can be made anew."""

    model = "model"
    method = "method"
    benchmark = "benchmark"
    corpus = "corpus"
    claim = "claim"
    results = "results"


RECORDS: dict[Kind, type[BaseModel]] = {
    Kind.model: Model,
    Kind.method: Method,
    Kind.benchmark: Benchmark,
    Kind.corpus: Corpus,
    Kind.claim: ClaimFile,
    Kind.results: Evaluation,
}


_UNKNOWN = frozenset(each.value for each in Unknown)


@dataclass(frozen=True)
class Question:
    """One thing to know. `option` is its flag without dashes, `many` that commas part its values."""

    option: str
    path: Path_
    ask: str
    kind: Any
    many: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False

    def value(self, text: str) -> Any:
        """An answer as the entry holds it: a list where the key takes one, else the text."""
        return parted(text) if self.many and text not in _UNKNOWN else text

    def wrong(self, text: str) -> str:
        """Why `text` is no answer, or an empty string."""
        try:
            TypeAdapter(self.kind).validate_python(self.value(text))
        except ValidationError as error:
            if self.choices:
                words = parted(text) if self.many else [text]
                bad = next((w for w in words if w not in self.choices), text)
                hint = did_you_mean(bad, self.choices)
                return f"found '{bad}', expected one of {', '.join(self.choices)}" + (
                    f"; {hint}" if hint else ""
                )
            return f"found '{text}', expected {expected_of(error.errors()[0])}"
        return ""


def parted(text: str) -> list[str]:
    """The values of a list that was typed with commas."""
    return [part for each in text.split(",") if (part := each.strip())]


def questions(kind: Kind) -> list[Question]:
    """All questions for a new entry of this kind, in the order of its file."""
    record = RECORDS[kind]
    if kind is Kind.results:
        return [*_results(record)]
    found = [*_required(record, ())]
    if kind is Kind.method:  # its record can do without, but somebody says that it exists
        found += [*_source()]
    taken: set[str] = set()
    named = []
    for each in found:
        option = each.option
        if option in taken:
            option = f"{_singular(str(each.path[0]))}-{option}"
        taken.add(option)
        named.append(replace(each, option=option))
    return named


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _required(record: type[BaseModel], at: Path_) -> Iterator[Question]:
    for name, field in record.model_fields.items():
        if not field.is_required() or (at and name == "source"):
            continue
        nested = _nested(field)
        if name == "sources":
            yield from _source()
        elif name == "predicate":
            words = tuple(_predicates())
            path: Path_ = (*at, name, "kind")
            yield Question(
                "predicate", path, "What would decide it?", Literal[words], choices=words
            )
        elif name == "components" or (at and at[0] == "claims" and name == "id"):
            continue  # a corpus may be described before it is taken apart; claims are numbered
        elif nested is not None:
            yield from _required(nested, (*at, name, 0))
        else:
            default = "by_hand" if name == "read" else None
            yield _question(record, name, field, (*at, name), default)


def _source() -> Iterator[Question]:
    from schema.records.base import Source

    for name in ("cite", "locator", "read"):
        default = "by_hand" if name == "read" else None
        made = _question(
            Source, name, Source.model_fields[name], ("sources", SOURCE, name), default
        )
        yield replace(made, optional=name == "cite")


def _results(record: type[BaseModel]) -> Iterator[Question]:
    from schema.records.base import Source
    from schema.records.evaluation import EvaluationKey
    from schema.vocabularies import Protocol, Split

    keys = EvaluationKey.model_fields
    yield _question(EvaluationKey, "publication", keys["publication"], ("source", "cite"))
    yield _question(EvaluationKey, "table", keys["table"], ("table",))
    yield _question(record, "title", record.model_fields["title"], ("title",))
    for name in ("locator", "read"):
        default = "by_hand" if name == "read" else None
        yield _question(Source, name, Source.model_fields[name], ("source", name), default)
    for name, words in (("split", Split), ("protocol", Protocol)):
        yield Question(name, ("defaults", name), _ASK[name], words, default="not_reported",
                       choices=tuple(each.value for each in words))  # fmt: skip


_TELLING = ("wins", "of", "every", "at_least", "at_most", "equals")
"""Of these a predicate that knows them needs one or two, whichever the claim says."""


def predicate_questions(kind: str) -> list[Question]:
    """What a predicate of this kind needs beside its kind; optional ones are needed in part."""
    record = _predicates()[kind]
    found = []
    for name, field in record.model_fields.items():
        path: Path_ = ("claims", 0, "predicate", name)
        if name in _TELLING:
            found.append(replace(_question(record, name, field, path), optional=True))
        elif name == "kind" or not field.is_required():
            continue
        elif name == "rivals":
            ask = "Against which methods? (ids)"
            found.append(Question("rivals", (*path, "methods"), ask, list[str], many=True))
        else:
            found.append(_question(record, name, field, path))
    return found


def _predicates() -> dict[str, type[BaseModel]]:
    from schema.records.claim import Claim

    records = alternatives(Claim.model_fields["predicate"].annotation)
    return {typing.get_args(r.model_fields["kind"].annotation)[0]: r for r in records}


def predicate_options() -> dict[str, str]:
    """Every option that some predicate asks for, with what it is and which predicates ask."""
    asks: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}
    for kind in _predicates():
        for each in predicate_questions(kind):
            asks.setdefault(each.option, each.ask)
            kinds.setdefault(each.option, []).append(kind)
    return {option: f"{ask}. For {', '.join(kinds[option])}" for option, ask in asks.items()}


def _nested(field: FieldInfo) -> type[BaseModel] | None:
    inner = items(field.annotation)
    records = alternatives(inner if inner is not None else field.annotation)
    return records[0] if len(records) == 1 else None


_ASK = {
    "id": "Its id (lower case, digits, hyphens)",
    "table": "A short id for the table, such as table-2",
    "publication": "Which publication? (its citekey in references.bib)",
    "split": "On which split were the values measured?",
    "protocol": "How was each method brought to the task?",
    "title": "What does the table show, in your own words?",
    "cite": "Which publication says so? (its citekey; if none is given, the first of publications)",
    "locator": "Where does it stand? (such as Table 2, or Section 3.1)",
    "read": "How was it read?",
    "says": "The claim, in your own words",
    "method": "The method (or methods) it speaks of (ids)",
    "organism": "Species, by Latin name such as Homo sapiens; many, or synthetic",
    "margin": "By how much, at least or at most, in the metric's units (0.01 is one per cent)",
    "against": "Better than what",
    "over": "To what it is said to generalise",
    "cost": "Which cost",
    "field": "Which recorded fact of the model, such as parameters or context_bp",
    "wins": "Tasks won",
    "of": "Tasks in all",
    "every": "true where every row is said to be won, instead of wins and of",
    "at_least": "The fact is at least this",
    "at_most": "The fact is at most this",
    "equals": "The fact is this",
}


def _question(
    record: type[BaseModel], name: str, field: FieldInfo, path: Path_, default: str | None = None
) -> Question:
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    inner = items(field.annotation)
    choices = words_of(inner if inner is not None else field.annotation)
    ask = _ASK.get(name) or f"{describe(record, name) or name.replace('_', ' ')}"
    return Question(name.replace("_", "-"), path, ask, kind, inner is not None, default, choices)


def words_of(kind: Any) -> tuple[str, ...]:
    """The closed vocabulary of a type, or nothing where any text may stand."""
    from schema.layout.order import members

    words: list[str] = []
    for each in members(kind):
        if isinstance(each, type) and issubclass(each, StrEnum):
            words += [] if each is Unknown else [w.value for w in each]
        elif typing.get_origin(each) is typing.Literal:
            words += [str(w) for w in typing.get_args(each)]
        else:
            return ()
    return tuple(words)
