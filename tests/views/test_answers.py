"""Answers kept for all readers: asked for once, never spoiled by one of them, never more than their room."""

from __future__ import annotations

import pandas as pd

from views.parts.answers import ROOM, Answers

CELLS = 1000


def _frame(value: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"n": [value] * CELLS})


SIZE = int(_frame().memory_usage(deep=True).sum())


def _never() -> pd.DataFrame:
    raise AssertionError("asked again")


def test_an_answer_is_asked_for_once() -> None:
    answers = Answers()
    first = answers.get("a", _frame)
    pd.testing.assert_frame_equal(answers.get("a", _never), first)


def test_what_one_reader_writes_the_next_does_not_see() -> None:
    answers = Answers()
    mine = answers.get("a", _frame)
    mine.loc[0, "n"] = 7.0
    mine["new"] = 1
    pd.testing.assert_frame_equal(answers.get("a", _never), _frame())


def test_the_least_recently_asked_for_makes_room() -> None:
    answers = Answers(room=2 * SIZE)
    answers.get("a", lambda: _frame(1))
    answers.get("b", lambda: _frame(2))
    answers.get("a", _never)
    answers.get("c", lambda: _frame(3))
    assert answers.used == 2 * SIZE
    assert answers.get("a", _never)["n"].iloc[0] == 1
    assert answers.get("b", lambda: _frame(9))["n"].iloc[0] == 9


def test_an_answer_larger_than_the_room_is_given_and_not_kept() -> None:
    answers = Answers(room=SIZE - 1)
    assert len(answers.get("a", _frame)) == CELLS
    assert answers.used == 0


def test_the_room_is_an_eighth_of_what_the_app_may_take() -> None:
    """Issue 7: fifty sessions under two gigabytes."""
    assert ROOM <= 2_048_000_000 / 8
