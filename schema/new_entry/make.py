"""From answers to a new file of the catalog: put together, typed, written, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from schema.files import write_whole
from schema.layout import order
from schema.new_entry.questions import RECORDS, SOURCE, Kind, Question, parted
from schema.new_entry.render import last_claim, place_of, rendered, rows_text
from schema.partial import check_part
from schema.problems import Problem, relative
from schema.records.base import Fact
from schema.records.evaluation import COLUMNS
from schema.refusals import did_you_mean, refusal
from schema.yaml_reader import parse_yaml

ROW = ("method", "task", "metric", "value")


class EntryError(ValueError):
    """An entry that can't be made; `problems` says each reason and what to do."""

    def __init__(self, problems: list[str], *, misuse: bool = True) -> None:
        """Keep the reasons; `misuse` tells wrong answers from a file that is in the way."""
        self.problems, self.misuse = problems, misuse
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Made:
    """A new entry: the files written, and what is still wrong with them."""

    written: list[str]
    problems: list[Problem]


def drafted(
    root: Path,
    kind: Kind,
    answers: Mapping[Question, str],
    more: list[str],
    credit: list[dict[str, str]],
    rows: list[str],
) -> dict[str, str]:
    """The files of a new entry, path inside the catalog and text; nothing is written.

    `more` holds KEY=VALUE for further keys, `rows` METHOD,TASK,METRIC,VALUE. A claim comes as its
    publication's whole file. Raises EntryError.
    """
    _refuse_bytes(
        [*answers.values(), *more, *rows, *(text for who in credit for text in who.values())]
    )
    entry, table = _entry(kind, answers)
    record = RECORDS[kind]
    home = entry["claims"][0] if kind is Kind.claim else entry
    owner = order.alternatives(order.items(record.model_fields["claims"].annotation))[0] if (
        kind is Kind.claim) else record  # fmt: skip
    _set(home, owner, more)
    if credit:
        home["contributors"] = credit
    name = place_of(kind, entry, table)
    files = _files(root, kind, entry, name, rows)
    _typed(record, entry)
    return files


def make(
    root: Path,
    kind: Kind,
    answers: Mapping[Question, str],
    more: list[str],
    credit: list[dict[str, str]],
    rows: list[str],
) -> Made:
    """Write a new entry into the catalog `root`, which is never overwritten, and check it.

    As `drafted`, which says what the arguments hold. Raises EntryError.
    """
    files = drafted(root, kind, answers, more, credit, rows)
    for each, text in files.items():
        write_whole(root / each, text)
    report = check_part(root, files)
    return Made([relative(root / each, root.parent) for each in files], report.problems)


def _refuse_bytes(texts: list[str]) -> None:
    """Raise EntryError for what isn't text: bytes that the shell's encoding has no letter for."""
    wrong = [text for text in texts if any("\ud800" <= c <= "\udfff" for c in text)]
    if wrong:
        raise EntryError([f"found {each!r}, expected text in UTF-8" for each in wrong])


def _entry(kind: Kind, answers: Mapping[Question, str]) -> tuple[dict[str, Any], str]:
    """The answers as an entry, and the table's id for results."""
    entry: dict[str, Any] = {}
    table = ""
    for question, text in answers.items():
        if question.path == ("table",):
            table = text
        else:
            _put(entry, question.path, question.value(text))
    if "sources" in entry:
        source = entry["sources"][SOURCE]
        published = entry.get("publications")
        if "cite" not in source and not isinstance(published, list):
            raise EntryError(["--cite is missing: which publication says so? (its citekey)"])
        if "cite" not in source and isinstance(published, list):
            entry["sources"][SOURCE] = {"cite": published[0], **source}
    for task in entry.get("tasks", []):
        task["source"] = SOURCE
    if kind is Kind.corpus:
        entry["components"] = []
    return entry, table


def _put(entry: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    node: Any = entry
    for key, following in zip(path, [*path[1:], None], strict=True):
        new: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(node, list):
            if len(node) <= int(key):
                node.append(new)
            node = node[int(key)]
        elif following is None:
            node[key] = new
        else:
            node = node.setdefault(key, new)


def _set(entry: dict[str, Any], record: type[BaseModel], more: list[str]) -> None:
    wrong = []
    for each in more:
        key, sign, text = each.partition("=")
        if not sign or key not in record.model_fields:
            hint = did_you_mean(key, list(record.model_fields)) or "see docs/dictionary.md"
            wrong.append(f"--set {each}: found the key '{key}', expected KEY=VALUE with a key of "
                         f"this kind; {hint}")  # fmt: skip
            continue
        entry[key] = _valued(record, key, text.strip())
    if wrong:
        raise EntryError(wrong)


def _valued(record: type[BaseModel], key: str, text: str) -> Any:
    kind = record.model_fields[key].annotation
    facts = [each for each in order.alternatives(kind) if issubclass(each, Fact)]
    if facts:
        if text in ("not_reported", "not_applicable", "not_checked"):
            return text
        inner = facts[0].model_fields["value"].annotation
        value = parted(text) if order.items(inner) is not None else text
        return {"value": value, "source": SOURCE}
    return parted(text) if order.items(kind) is not None else text


def _typed(record: type[BaseModel], entry: dict[str, Any]) -> None:
    try:
        record.model_validate(entry)
    except ValidationError as error:
        told = [refusal(each, record) for each in error.errors()]
        raise EntryError(
            [f"{'.'.join(map(str, path))}: found {found}, expected {expected}; {remedy}"
             for path, _, found, expected, remedy in told]
        ) from None  # fmt: skip


def _files(
    root: Path, kind: Kind, entry: dict[str, Any], name: str, rows: list[str]
) -> dict[str, str]:
    if kind is Kind.claim:
        return {name: _with_claim(root, entry, name)}
    files = {name: ""}
    if kind is Kind.results:
        files[name.removesuffix(".yaml") + ".csv"] = rows_text(_numbered(root, rows))
    there = [each for each in files if (root / each).exists()]
    if there:
        raise EntryError(
            [f"{relative(root / each, root.parent)} is there already; edit it, or choose another id"
             for each in there], misuse=False)  # fmt: skip
    return {**files, name: rendered(kind, entry, name, root)}


def _numbered(root: Path, rows: list[str]) -> list[dict[str, str]]:
    """Rows as columns; a foundation model whose checkpoint isn't said gets `not_reported`."""
    found, wrong = [], []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row.split(",")]
        if len(cells) != len(ROW):
            wrong.append(f"--row {row}: found {len(cells)} values, expected {','.join(ROW)}")
            continue
        values = {"row": str(number), **dict(zip(ROW, cells, strict=True))}
        is_model = (root / "models" / f"{values['method']}.yaml").exists()
        values["variant"] = "not_reported" if is_model else "not_applicable"
        assert values.keys() <= set(COLUMNS)
        found.append(values)
    if wrong:
        raise EntryError(wrong)
    return found


def _with_claim(root: Path, entry: dict[str, Any], name: str) -> str:
    """A file of claims with one more at its end; the claim gets the next number."""
    path = root / name
    shown = relative(path, root.parent)
    claim = entry["claims"][0]
    citekey = entry["publication"]
    if not path.exists():
        entry["claims"] = [{"id": f"{citekey}-1", **claim}]
        return rendered(Kind.claim, entry, name, root)
    text = path.read_text(encoding="utf-8")
    before = parse_yaml(text, shown)
    if not isinstance(before, dict) or not isinstance(before.get("claims"), list):
        raise EntryError(
            [f"{shown} can't be read: run `claimgap check {shown}` first"], misuse=False
        )
    taken = {str(each.get("id")) for each in before["claims"] if isinstance(each, dict)}
    number = next(n for n in range(1, len(taken) + 2) if f"{citekey}-{n}" not in taken)
    claim = {"id": f"{citekey}-{number}", **claim}
    entry["claims"] = [claim]
    dash = next(
        (line for line in text.splitlines() if line.lstrip().startswith("- id:")), "  - id:"
    )
    indent = len(dash) - len(dash.lstrip())
    made = f"{text.rstrip()}\n{last_claim(rendered(Kind.claim, entry, name, root), indent)}"
    after = parse_yaml(made, shown)
    if not isinstance(after, dict) or after.get("claims") != [*before["claims"], claim]:
        raise EntryError(
            [f"{shown}: claims aren't the last key of the file; run `claimgap fmt {shown}` first"],
            misuse=False,
        )
    return made
