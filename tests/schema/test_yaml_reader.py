"""YAML is read untyped, so that YAML 1.1 can't turn one value into another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.problems import Problem
from schema.yaml_reader import locate, parse_yaml, read_yaml


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "1:30", "010", "1e5", "1.10", "0x1F", "2024-01-02", "~", "null"]
)
def test_words_that_yaml_1_1_turns_into_something_else_stay_as_written(word: str) -> None:
    # the cases are those that YAML 1.1's type repository resolves to other types (yaml.org/type)
    assert parse_yaml(f"key: {word}\n", "x.yaml") == {"key": word}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "E004", 3),
        ("a: &x 1\nb: *x\n", "E005", 1),
        ("a: !!python/object/apply:os.system ['true']\n", "E005", 1),
        ("a: [1, 2\nb: 3\n", "E003", 2),
        ("a: 1\n---\nb: 2\n", "E003", 2),
        ("? [a, b]\n: 1\n", "E003", 1),
        ("", "E003", 1),
        ("a: b: c\n", "E003", 1),
        ("\ta: 1\n", "E007", 1),
        ("[" * 1000 + "]" * 1000, "E003", 1),
        # of so many PyYAML's C parser dies, and Python with it
        ("a: 1\nb: " + "[" * 100_000 + "]" * 100_000, "E003", 2),
        ("- " * 100_000 + "x", "E003", 1),
    ],
)
def test_what_yaml_lets_pass_is_refused_with_its_place(text: str, code: str, line: int) -> None:
    problem = parse_yaml(text, "x.yaml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.file) == (code, line, "x.yaml")


def test_bytes_that_are_not_utf8_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    problem = read_yaml(path, tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.column) == ("E002", 2, 7)


def test_a_missing_file_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    problem = read_yaml(tmp_path / "none.yaml", tmp_path)
    assert isinstance(problem, Problem)
    assert problem.code == "E001"


@given(st.text())
def test_any_text_gives_a_value_or_a_problem(text: str) -> None:
    result = parse_yaml(text, "x.yaml")
    assert isinstance(result, dict | list | str | Problem)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    assert isinstance(read_yaml(path, path.parent), dict | list | str | Problem)


def test_locate_finds_a_value_by_its_keys() -> None:
    text = "a: 1\nb:\n  - c: x\n  - c: y\n"
    assert locate(text, ("b", 1, "c")) == (4, 5)


def test_locate_falls_back_to_the_nearest_parent() -> None:
    assert locate("a:\n  b: 1\n", ("a", "missing")) == (1, 1)
