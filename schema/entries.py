"""From an untyped YAML file to a typed record, or to all that is wrong with it, with places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from schema.problems import Problem, relative, shown
from schema.records.base import UNION_TAGS
from schema.yaml_reader import Node, locate, parse_yaml, read_text

R = TypeVar("R", bound=BaseModel)

_EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "enum": lambda c: "one of " + str(c.get("expected", "")).replace("'", ""),
    "literal_error": lambda c: "one of " + str(c.get("expected", "")).replace("'", ""),
    "string_pattern_mismatch": lambda c: f"text of the form {c.get('pattern')}",
    "greater_than_equal": lambda c: f"at least {c.get('ge')}",
    "less_than_equal": lambda c: f"at most {c.get('le')}",
    "too_short": lambda c: f"at least {c.get('min_length')} item(s)",
    "model_type": lambda c: "keys with values",
    "model_attributes_type": lambda c: "keys with values",
    "dict_type": lambda c: "keys with values",
    "list_type": lambda c: "a list",
    "string_type": lambda c: "text",
    "union_tag_invalid": lambda c: "one of " + str(c.get("expected_tags", "")).replace("'", ""),
    "union_tag_not_found": lambda c: "a `kind`",
}


def did_you_mean(word: str, known: list[str] | tuple[str, ...], cutoff: float = 70) -> str:
    """`did you mean 'x'?` for the nearest known word, or an empty string."""
    best = process.extractOne(word, known, processor=str.lower, score_cutoff=cutoff)
    return f"did you mean '{best[0]}'?" if best else ""


def validate(
    record: type[R], node: Node, name: str, text: str, at: tuple[str | int, ...] = ()
) -> R | list[Problem]:
    """Type `node` as `record`; `at` is where the node stands in its file."""
    try:
        return record.model_validate(node)
    except ValidationError as error:
        problems = []
        for each in error.errors():
            loc = tuple(p for p in each["loc"] if p not in _NOT_KEYS and "[" not in str(p))
            line, column = locate(text, (*at, *loc))
            key = ".".join(str(p) for p in (*at, *loc))
            problems.append(_problem(each, record, name, line, column, key))
        return sorted(set(problems))


# Names of union members, which pydantic puts into its paths beside the keys of the file.
_NOT_KEYS = UNION_TAGS | {"outperforms", "matches", "no_better_than", "wins_at_least"}
_NOT_KEYS |= {"works_zero_shot", "uses_context", "generalises_across", "transfers_to"}
_NOT_KEYS |= {"cheaper_at_equal_skill", "pretraining_helps", "fine_tuning_helps"}
_NOT_KEYS |= {"larger_is_better", "has_attribute", "reproduces"}


def _problem(
    each: Any, record: type[BaseModel], name: str, line: int, column: int, key: str
) -> Problem:
    kind, context = each["type"], each.get("ctx", {})
    last = key.rsplit(".", 1)[-1]
    if kind == "extra_forbidden":
        known = tuple(record.model_fields)
        hint = did_you_mean(last, known) or "remove it, or see docs/dictionary.md for the keys"
        return Problem(name, line, column, "E020", key, f"the unknown key {shown(last)}",
                       "a key of this record", hint)  # fmt: skip
    if kind == "missing":
        return Problem(name, line, column, "E022", key, "nothing", f"the key {shown(last)}",
                       "add it (not_reported where the source doesn't say)")  # fmt: skip
    found = shown(each["input"]) if not isinstance(each["input"], dict) else "keys with values"
    if isinstance(each["input"], list):
        found = "a list"
    make = _EXPECTED.get(kind)
    expected = make(context) if make else each["msg"].removeprefix("Value error, ")
    remedy = "correct the value"
    if kind in {"enum", "literal_error", "union_tag_invalid"} and isinstance(each["input"], str):
        words = str(context.get("expected", context.get("expected_tags", "")))
        options = [w.strip(" '") for w in words.replace(" or ", ",").split(",")]
        remedy = did_you_mean(each["input"], options) or "choose one of them"
    if "as_unknown" in each["loc"] and "Fact[" in str(record.model_fields.get(key, "")):
        expected = "{value: ..., source: ...}, or " + expected
    return Problem(name, line, column, "E021", key, found, expected, remedy)


# what each folder's entries are, the folder, and keys that only entries of that kind have
_KINDS: dict[str, tuple[str, str, frozenset[str]]] = {
    "Model": ("a model", "models", frozenset({"variants", "family"})),
    "Method": ("a method", "methods", frozenset({"kind", "subkind", "description"})),
    "Corpus": ("a corpus", "corpora", frozenset({"components", "base_pairs"})),
    "Benchmark": ("a benchmark", "benchmarks", frozenset({"tasks", "repository"})),
    "ClaimFile": ("a file of claims", "claims", frozenset({"claims", "publication"})),
    "Finding": ("a finding", "findings", frozenset({"statement", "measure", "needs"})),
    "Evaluation": ("a results header", "results/<citekey>", frozenset({"title", "defaults"})),
}


def _elsewhere(record: type[BaseModel], node: Node, path: Path) -> tuple[str, str] | None:
    """What a refused entry seems to be and where it belongs, if that isn't where it lies."""
    if not isinstance(node, dict) or record.__name__ not in _KINDS:
        return None
    scores = {name: len(keys & node.keys()) for name, (_, _, keys) in _KINDS.items()}
    best = max(scores, key=lambda name: scores[name])
    if best == record.__name__ or scores[best] < 2 or scores[record.__name__] > 0:
        return None
    what, folder, _ = _KINDS[best]
    return what, f"{folder}/{path.name}"


def read_entry(record: type[R], path: Path, root: Path) -> R | list[Problem]:
    """Read one YAML file as one record; the file's name must be the record's id."""
    name = relative(path, root)
    text = read_text(path, root)
    if isinstance(text, Problem):
        return [text]
    node = parse_yaml(text, name)
    if isinstance(node, Problem):
        return [node]
    entry = validate(record, node, name, text)
    if isinstance(entry, list):
        elsewhere = _elsewhere(record, node, path)
        if elsewhere:
            return [Problem(name, 1, 1, "E107", "", f"what looks like {elsewhere[0]}",
                            f"{_KINDS[record.__name__][0]} in this folder",
                            f"move the file to catalog/{elsewhere[1]}")]  # fmt: skip
        return entry
    own = getattr(entry, "id", None) or getattr(entry, "publication", None)
    if own is not None and own != path.stem:
        line, column = locate(text, ("id",) if hasattr(entry, "id") else ("publication",))
        return [
            Problem(name, line, column, "E023", "id", shown(own), f"the file's name, '{path.stem}'",
                    f"rename the file to {own}.yaml, or change the id")
        ]  # fmt: skip
    return entry


def read_list(record: type[R], path: Path, root: Path) -> tuple[list[R], list[Problem]]:
    """Read one YAML file that is a list of records; good ones are kept beside the problems."""
    name = relative(path, root)
    if not (path.exists() or path.is_symlink()):  # a link to nowhere is no missing file
        return [], []
    text = read_text(path, root)
    if isinstance(text, Problem):
        return [], [text]
    node = parse_yaml(text, name)
    if isinstance(node, Problem):
        return [], [node]
    if not isinstance(node, list):
        return [], [Problem(name, 1, 1, "E021", "", "something else", "a list of entries",
                            "start each entry with a dash")]  # fmt: skip
    entries: list[R] = []
    problems: list[Problem] = []
    for index, item in enumerate(node):
        entry = validate(record, item, name, text, (index,))
        if isinstance(entry, list):
            problems += entry
        else:
            entries.append(entry)
    return entries, problems
