"""Every code that a message can carry is explained by a page and held by a test."""

from __future__ import annotations

import re

from schema.rule_pages import COMMANDS, READING, pages, titles
from schema.rules import RULES
from tests.conftest import ROOT

CODE = re.compile(r"\bE\d{3}\b")
OURS = [
    *(ROOT / name for name in ("cli.py", "app.py")),
    *(p for room in ("schema", "ingest", "analysis", "commands", "views") for p in (ROOT / room).rglob("*.py")),
]  # fmt: skip
TESTS = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name != "test_rule_pages.py"]


def test_no_message_carries_a_code_without_a_page() -> None:
    used = {code: path for path in OURS for code in CODE.findall(path.read_text(encoding="utf-8"))}
    nameless = {code: path.name for code, path in used.items() if code not in titles()}
    assert nameless == {}, "explain it in schema/rule_pages.py, or by its rule's docstring"
    assert {f"{code}.md" for code in titles()} <= pages().keys()


def test_a_code_stands_for_one_thing() -> None:
    lists = [set(READING), set(COMMANDS), {rule.code for rule in RULES}]
    assert len(set.union(*lists)) == sum(map(len, lists))


def test_every_code_is_in_a_test() -> None:
    tested = {code for path in TESTS for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert sorted(set(titles()) - tested) == []


def test_every_rule_shows_a_bad_and_a_good_example() -> None:
    bare = [
        rule.code
        for rule in RULES
        if not all(word in (rule.check.__doc__ or "") for word in ("Bad:", "Good:"))
    ]
    assert bare == []
