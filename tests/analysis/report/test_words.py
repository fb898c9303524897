"""Numbers of the report in words."""

from __future__ import annotations

from analysis.report.words import measured, of_these


def test_one_is_not_many() -> None:
    assert of_these(1, "publications") == "1 publication"
    assert of_these(1, "model families") == "1 model family"
    assert of_these(0, "publications") == "0 publications"
    assert of_these(1234, "models") == "1,234 models"


def test_skill_reads_as_everywhere_else() -> None:
    said = measured(-0.02778, -0.1039, 0.04832, "skill")
    assert said == "\N{MINUS SIGN}0.028 (95% interval \N{MINUS SIGN}0.104 to +0.048), skill"
    assert measured(0.02707, None, None, "skill per tenfold parameters") == (
        "+0.027, skill per tenfold parameters"
    )
    assert measured(0.618, 0.519, 0.718, "share of tasks") == (
        "61.8% (95% interval 51.9% to 71.8%), share of tasks"
    )
