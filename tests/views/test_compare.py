"""What a head-to-head chart says of its middle."""

from __future__ import annotations

from views.compare import _middle


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    assert _middle("A", "B", -0.0004) == "A and B are level on the middle dataset"


def test_the_one_that_is_ahead_stands_first() -> None:
    assert _middle("A", "B", -0.0126) == "B is 0.013 in skill ahead of A on the middle dataset"
    assert _middle("A", "B", 0.2) == "A is 0.200 in skill ahead of B on the middle dataset"
