"""The Contribute page: a form from the schema, the same rules, a finished file, a preview."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader

ROOT = Path(__file__).resolve().parents[2]


def catalog_bytes() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "catalog").rglob("*")):
        if path.is_file():
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def type_in(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("textbox", name=label)
    box.fill(text)
    box.press("Enter")


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    # an id stands before its name
    page.get_by_role("option", name=re.compile(rf"^{re.escape(option)}(:|$)")).click()
    page.keyboard.press("Tab")  # a list of several stays open, over everything else


def add(page: Page, label: str, text: str) -> None:
    """Type what the list doesn't hold."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(text)
    box.press("Enter")
    page.keyboard.press("Tab")


def test_a_method_is_checked_as_it_is_typed_and_comes_out_as_a_file(reader: Reader) -> None:
    before = catalog_bytes()
    page = reader.open("contribute?kind=method")
    expect(page.get_by_text("Still to say:")).to_be_visible()
    type_in(page, "Its id", "Di Logistic")
    expect(page.get_by_text("expected lower-case letters")).to_be_visible()
    type_in(page, "Its id", "di-logistic-of-a-test")
    expect(page.get_by_text("expected lower-case letters")).to_have_count(0)
    type_in(page, "Its name", "Dinucleotide counts")
    choose(page, "What sort of thing", "simple baseline")
    choose(page, "Finer sort", "composition")
    choose(page, "Citekeys of the publications", "zhou2024dnabert2")
    type_in(page, "One sentence on what it is", "Counts of the sixteen dinucleotides.")
    type_in(page, "Where does it stand", "Section 2")
    choose(page, "Which publication says so", "zhou2024dnabert2")
    expect(page.get_by_text("this would pass the check of a pull request")).to_be_visible()
    expect(page.get_by_text("catalog/methods/di-logistic-of-a-test.yaml").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download di-logistic-of-a-test.yaml").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert "id: di-logistic-of-a-test" in text
    assert "kind: simple_baseline" in text
    reader.assert_sound()
    assert catalog_bytes() == before


def test_the_same_rules_speak_as_at_the_command_line(reader: Reader) -> None:
    page = reader.open("contribute?kind=corpus")
    type_in(page, "Its id", "corpus-of-a-test")
    type_in(page, "Its name", "A corpus")
    choose(page, "What it holds", "DNA")
    # a key that references.bib doesn't have, typed as a new option
    add(page, "Citekeys of the publications", "xyzzy2020qqq")
    type_in(page, "One sentence", "Sequences.")
    type_in(page, "Where does it stand", "Section 2")
    expect(page.get_by_text("E201").first).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="xyzzy2020qqq").first).to_be_visible()
    reader.assert_sound()


def test_the_kind_is_in_the_address(reader: Reader) -> None:
    page = reader.open("contribute?kind=claim")
    expect(page.get_by_role("combobox", name="What would decide it")).to_be_visible()
    page.get_by_role("radio", name="Corpus").click()
    expect(page.get_by_text("Data that models were pretrained on.")).to_be_visible()
    reader.settled()
    assert "kind=corpus" in page.url
    reader.assert_sound()


def test_words_of_a_vocabulary_are_read_without_underscores(reader: Reader) -> None:
    page = reader.open("contribute?kind=results")
    expect(page.get_by_text("not_reported")).to_have_count(0)
    for label in ("How was it read", "How was each method brought"):
        page.get_by_role("combobox", name=label).click()
        options = page.get_by_role("option")
        expect(options.first).to_be_visible()
        said = options.all_inner_texts()
        assert len(said) > 2
        assert not [each for each in said if "_" in each]
        page.keyboard.press("Escape")
    reader.assert_sound()
