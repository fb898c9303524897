"""docs/sql.md: every query runs in the sandbox, every recipe is listed, and its traps are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.sandbox import SandboxSession

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.S)


@pytest.fixture(scope="module")
def console(real_database: Path):
    with SandboxSession(real_database) as session:
        yield session


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_a_query_of_the_page_answers_uncut(console: SandboxSession, number: int) -> None:
    result = console.run(QUERIES[number])
    assert result.rows and result.cut is None


def test_every_table_that_the_page_names_is_there(console: SandboxSession) -> None:
    named = set(re.findall(r"^\| [^|]+ \| (.+?) \|", PAGE.partition("## Traps")[0], re.M))
    tables = {word for cell in named for word in re.findall(r"`(\w+)`", cell)}
    there = {row[0] for row in console.run("SHOW TABLES").rows}
    assert len(tables) > 9 and tables <= there


def test_every_recipe_is_listed_with_its_question() -> None:
    recipes = sorted((ROOT / "docs" / "cookbook").glob("*.sql"))
    assert len(recipes) > 9
    for path in recipes:
        question = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ")
        assert f"| [{path.name}](cookbook/{path.name}) | {question} |" in PAGE, path.name


@pytest.mark.parametrize(
    ("trap", "sql"),
    [
        ("pooled keeps controls and composites", "SELECT count(*) FROM results WHERE pooled AND method_kind IN ('composite', 'control_negative')"),
        ("pooled keeps our own runs", "SELECT count(*) FROM results WHERE pooled AND relation = 'own'"),
        ("pooled keeps costs", "SELECT count(*) FROM results WHERE pooled AND metric_family = 'cost'"),
        ("values in percent are divided", "SELECT count(*) FROM results WHERE unit = 'percent' AND value < 1.01"),
        ("a checkpoint that isn't said is NULL in scored", "SELECT count(*) FROM scored WHERE kind = 'foundation_model' AND variant IS NULL"),
        ("a method stands twice in a cell", "SELECT count(*) FROM (SELECT 1 FROM scored GROUP BY cell, method HAVING count(*) > 1)"),
        ("a join with publications multiplies", "SELECT count(*) - count(DISTINCT r.result) FROM results r JOIN method_publication p ON p.method = r.method"),
        ("species are one text", "SELECT count(*) FROM task WHERE organism LIKE '%;%'"),
        ("pairs of one model's checkpoints", "SELECT count(*) FROM comparison WHERE a_method = b_method"),
        ("gap_pooled overlaps", "SELECT count(*) FROM gap_pooled WHERE evidence = 'everyone' AND domain = 'all'"),
    ],
)  # fmt: skip
def test_a_trap_that_the_page_warns_of_exists(console: SandboxSession, trap: str, sql: str) -> None:
    assert console.run(sql).rows[0][0] > 0, trap


@pytest.mark.parametrize("other", ["task t ON t.id = r.task", "metric t ON t.id = r.metric",
                                   "method t ON t.id = r.method", "publication t ON t.citekey = r.publication",
                                   "evaluation t ON t.id = r.evaluation"])  # fmt: skip
def test_joins_that_the_page_calls_safe_keep_the_rows(console: SandboxSession, other: str) -> None:
    joined, plain = console.run(
        f"SELECT (SELECT count(*) FROM results r JOIN {other}), (SELECT count(*) FROM results)"
    ).rows[0]
    assert joined == plain > 0
