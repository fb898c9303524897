"""From an untyped YAML file to a typed record, or to all that is wrong with it, with places."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from schema.problems import Problem, relative, shown
from schema.refusals import refusal
from schema.yaml_reader import Node, locate, parse_yaml, read_text

R = TypeVar("R", bound=BaseModel)


def validate(
    record: type[R], node: Node, name: str, text: str, at: tuple[str | int, ...] = ()
) -> R | list[Problem]:
    """Type `node` as `record`; `at` is where the node stands in its file."""
    try:
        return record.model_validate(node)
    except ValidationError as error:
        problems = set()
        for each in error.errors():
            path, *told = refusal(each, record, at)
            key = ".".join(map(str, path))
            code, found, expected, remedy = told
            problems.add(Problem(name, *locate(text, path), code, key, found, expected, remedy))
        return sorted(problems)


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
