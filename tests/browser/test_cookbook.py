"""Every example query of docs/cookbook runs on the real database, in the sandbox, within limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sandbox import SandboxSession
from views.parts.examples import COOKBOOK, examples


@pytest.fixture(scope="module")
def console(real_database: Path):
    """One warm child for all examples."""
    with SandboxSession(real_database) as session:
        yield session


@pytest.mark.parametrize("question", examples())
def test_an_example_answers_with_rows_and_uncut(console: SandboxSession, question: str) -> None:
    result = console.run(examples()[question])
    assert result.rows
    assert result.cut is None


def test_every_file_asks_a_question() -> None:
    assert len(list(COOKBOOK.glob("*.sql"))) == len(examples()) >= 8
    assert all("?" in question for question in examples())
