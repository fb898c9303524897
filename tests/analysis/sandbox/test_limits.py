"""Each limit and each code has its place in docs/console.md, and the page's numbers are true."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.sandbox import CODES, Limits

PAGE = (Path(__file__).parents[3] / "docs" / "console.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", fields(Limits), ids=lambda setting: setting.name)
def test_setting_has_its_heading_with_its_default(setting) -> None:  # type: ignore[no-untyped-def]
    headings = re.findall(rf"^### {setting.name}: ([\d,.]+)", PAGE, re.MULTILINE)
    assert [float(number.replace(",", "")) for number in headings] == [setting.default]


def test_page_names_no_setting_that_is_gone() -> None:
    assert set(re.findall(r"^### (\w+): ", PAGE, re.MULTILINE)) == {
        setting.name for setting in fields(Limits)
    }


def test_each_code_has_its_row() -> None:
    assert dict(re.findall(r"^\| (Q\d{3}) \| ([^|]+?) \|", PAGE, re.MULTILINE)) == CODES


@pytest.mark.parametrize("setting", fields(Limits), ids=lambda setting: setting.name)
def test_limit_of_nothing_is_refused(setting) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=setting.name):
        Limits(**{setting.name: 0})
