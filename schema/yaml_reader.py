"""YAML as the catalog uses it: read untyped, typed later by the records.

YAML 1.1 turns `no` into False, `1:30` into 90, `010` into 8, `1.10` into 1.1, and lets the last of
two equal keys win. Here every scalar stays the text that was written, so the records decide what
it means; duplicate keys, anchors, tags and second documents are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from schema.problems import Problem, relative, shown

Node = dict[str, Any] | list[Any] | str
"""What a YAML file is once read: mappings, sequences, and text."""

Path_ = tuple[str | int, ...]


class _RefusedError(Exception):
    def __init__(self, mark: Any, found: str, expected: str, remedy: str, code: str) -> None:
        self.mark, self.found, self.expected = mark, found, expected
        self.remedy, self.code = remedy, code
        super().__init__(found)


# PyYAML's C parser where it was built (14 times as fast), the Python one elsewhere.
_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_CONFLICT = re.compile(r"^(<{7}|>{7})(?= |\r?$)", re.MULTILINE)
"""What git leaves in a file whose merge isn't finished."""

MANY = 2_000
"""Levels that the C parser's stack surely holds; of 100,000 it dies without a word."""

_INDENTED = re.compile(rf"^[ \-?:]{{{MANY}}}", re.MULTILINE)

_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


class _Loader(_BaseLoader):  # type: ignore[misc]
    """CBaseLoader that refuses what lets YAML say one thing and mean another."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        if node in self.constructed_objects:
            raise _RefusedError(
                node.start_mark,
                "an alias (*name)",
                "each value written out",
                "write the value again instead of referring to it",
                "E005",
            )
        if node.tag not in _PLAIN_TAGS:
            raise _RefusedError(
                node.start_mark,
                f"the tag {shown(node.tag)}",
                "plain YAML without tags",
                "remove the tag",
                "E005",
            )
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key_node, _ in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise _RefusedError(
                    key_node.start_mark,
                    "a key that is a list or a mapping",
                    "a plain word as key",
                    "name the key with one word",
                    "E003",
                )
            if key in seen:
                raise _RefusedError(
                    key_node.start_mark,
                    f"the key {shown(key)} a second time (first on line {seen[key] + 1})",
                    "each key once",
                    "keep one of the two",
                    "E004",
                )
            seen[key] = key_node.start_mark.line
        mapping: dict[str, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_text(path: Path, root: Path) -> str | Problem:
    """Read a catalog file as UTF-8 with LF or CRLF line ends, or say what is wrong with it."""
    name = relative(path, root)
    if path.exists() and not path.is_file():  # a folder; or a pipe, which would be read for ever
        return Problem(
            name, 0, 0, "E001", "", "no plain file", "a readable file", "remove or rename it"
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Problem(
            name, 0, 0, "E001", "", error.strerror or str(error), "a readable file",
            "check the file's name and permissions",
        )  # fmt: skip
    excel = " (in Excel: 'CSV UTF-8')" if path.suffix == ".csv" else ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return Problem(
                name, 1, 1, "E002", "", "UTF-16 text", "UTF-8 text",
                "save the file with the encoding UTF-8" + excel,
            )  # fmt: skip
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return Problem(
            name, line, column, "E002", "", f"the byte 0x{raw[error.start]:02x}", "UTF-8 text",
            "save the file with the encoding UTF-8" + excel,
        )  # fmt: skip
    if text.startswith("\ufeff"):
        return Problem(
            name, 1, 1, "E006", "", "a byte-order mark before the first character",
            "UTF-8 text without it", f"remove it with `claimgap fmt {name}`",
        )  # fmt: skip
    if marker := _CONFLICT.search(text):
        return Problem(
            name, text.count("\n", 0, marker.start()) + 1, 1, "E008", "",
            f"the merge marker {shown(marker[0])}", "one version of the text",
            "finish the merge: keep what is right of the two sides, delete the marker lines",
        )  # fmt: skip
    return text


def parse_yaml(text: str, name: str) -> Node | Problem:
    """Parse one YAML document into mappings, lists and text; `name` is used in the message."""
    if deep := _too_deep(text):
        return Problem(
            name, deep, 1, "E003", "", f"over {MANY:,} levels of nesting", "a dozen at most",
            "close what was opened, or write the entry flat",
        )  # fmt: skip
    loader = _Loader(text)
    try:
        node = loader.get_single_data()
    except _RefusedError as refused:
        mark = refused.mark
        return Problem(
            name, mark.line + 1, mark.column + 1, refused.code, "",
            refused.found, refused.expected, refused.remedy,
        )  # fmt: skip
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        if at and (tab := _tab_before(text, at.line)):
            return Problem(
                name, *tab, "E007", "", "a tab", "indentation by spaces",
                "replace each tab by two spaces",
            )  # fmt: skip
        return Problem(
            name, at.line + 1 if at else 1, at.column + 1 if at else 1, "E003", "",
            (error.problem or "text that YAML can't read").removeprefix("found ") + _began(error),
            "well-formed YAML",
            "check indentation, quotes and colons around this place",
        )  # fmt: skip
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # the reader's own errors (control characters, too deep nesting) carry no mark
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        return Problem(
            name, line, 1, "E003", "", shown(str(error).splitlines()[0] if str(error) else error),
            "well-formed YAML", "remove control characters and very deep nesting",
        )  # fmt: skip
    finally:
        loader.dispose()
    if node is None or node == "":
        return Problem(
            name, 1, 1, "E003", "", "an empty file", "an entry", "fill it in, or delete the file"
        )
    result: Node = node
    return result


def _too_deep(text: str) -> int:
    """The line (from 1) at which a text is nested deeper than the parser can bear, or 0."""
    if text.count("[") + text.count("{") <= MANY and not _INDENTED.search(text):
        return 0  # a level takes a bracket or a column
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_BaseLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MANY:
                    line: int = event.start_mark.line  # type: ignore[union-attr]
                    return line + 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return 0  # parse_yaml tells what is broken, in words
    return 0


def _began(error: yaml.MarkedYAMLError) -> str:
    """Where what is broken began, if that is on an earlier line: there the slip may be."""
    first, last = error.context_mark, error.problem_mark
    if first is None or last is None or first.line >= last.line:
        return ""
    return f" {error.context}, begun on line {first.line + 1}"


def _tab_before(text: str, line: int) -> tuple[int, int] | None:
    """Where a tab indents the line (from 0) at which YAML gave up, or one just above it."""
    lines = text.split("\n")
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            lead = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
            if "\t" in lead:
                return (number + 1, lead.index("\t") + 1)
    return None


def read_yaml(path: Path, root: Path) -> Node | Problem:
    """Read one YAML file of the catalog, untyped; a `Problem` says where it can't be read."""
    text = read_text(path, root)
    return text if isinstance(text, Problem) else parse_yaml(text, relative(path, root))


def locate(text: str, keys: Path_) -> tuple[int, int]:
    """Line and column (from 1) of the value under `keys`, or of its nearest parent that exists.

    Composes the file once more; called only where a record was refused, since keeping the marks
    of all files would cost three times the reading.
    """
    try:
        node = yaml.compose(text, Loader=_BaseLoader)
    except yaml.YAMLError:
        return (1, 1)
    if node is None:
        return (1, 1)
    mark = node.start_mark
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if found is None:
                continue  # pydantic adds the names of union members to its path
            mark, node = found[0].start_mark, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            if key >= len(node.value):
                break
            node = node.value[key]
            mark = node.start_mark
        else:
            continue
    return (mark.line + 1, mark.column + 1)
