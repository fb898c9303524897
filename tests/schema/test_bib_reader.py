"""references.bib: every broken or double entry is told of, and names keep their parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.bib_reader import parse_authors, read_bibliography

GOOD = """@article{abel2024alpha,
  title = {Alpha},
  author = {Abel, Ada and de la Cruz, Ben and {The Consortium} and others},
  year = {2024},
  journal = {J},
  evidencelevel = {peer_reviewed},
  role = {model},
  verified = {by hand},
}
"""


def _read(tmp_path: Path, text: str):
    path = tmp_path / "references.bib"
    path.write_text(text, encoding="utf-8")
    return read_bibliography(path, tmp_path)


def test_authors_keep_order_particles_and_consortia(tmp_path: Path) -> None:
    publications, problems = _read(tmp_path, GOOD)
    assert problems == []
    names = [(a.family, a.given) for a in publications[0].author]
    assert names == [("Abel", "Ada"), ("de la Cruz", "Ben"), ("The Consortium", "")]
    assert publications[0].authors_complete is False


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        # forms of a name that BibTeX defines (btxdoc, section 4)
        ("Donald E. Knuth", "Knuth", "Donald E."),
        ("van der Berg, Jan", "van der Berg", "Jan"),
        ("King, Jr, Martin Luther", "King Jr", "Martin Luther"),
    ],
)
def test_forms_of_a_name(name: str, family: str, given_name: str) -> None:
    people, complete = parse_authors(name)
    assert people == [{"family": family, "given": given_name}]
    assert complete


def test_messages_name_the_fields_as_bibtex_does(tmp_path: Path) -> None:
    bare = "@article{abel2024alpha,\n  titel = {Alpha},\n  eprint = {arXiv: 2306.15006v2},\n}\n"
    _, problems = _read(tmp_path, bare)
    missing = {p.key.partition(".")[2]: p for p in problems if p.code == "E014"}
    assert set(missing) == {
        "title", "author", "year", "journal", "evidencelevel", "role", "verified", "eprint",
    }  # fmt: skip
    assert "booktitle" in missing["journal"].expected
    assert missing["eprint"].remedy == "did you mean '2306.15006'?"
    assert [p.remedy for p in problems if p.code == "E013"] == ["did you mean 'title'?"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD + GOOD, "E011"),
        (GOOD.replace("  year = {2024},\n", "  year = {2024},\n  year = {2023},\n"), "E011"),
        (GOOD.replace("{2024}", "{in press}"), "E014"),
        (GOOD.replace("  title = {Alpha},\n", ""), "E014"),
        (GOOD.replace("peer_reviewed", "reviewed"), "E014"),
        (GOOD.replace("Abel, Ada", "Abel, A, Ada, Ann"), "E012"),
        (GOOD.replace("Abel, Ada", "Abel,"), "E012"),
        (GOOD.replace("  journal = {J},\n", "  jurnal = {J},\n"), "E013"),
        (
            GOOD.replace(
                "  journal = {J},\n", "  journal = {J},\n  doi = {https://doi.org/10.1/x},\n"
            ),
            "E014",
        ),
    ],
)
def test_faults_are_told_with_a_code_and_a_line(tmp_path: Path, text: str, code: str) -> None:
    _, problems = _read(tmp_path, text)
    assert code in {problem.code for problem in problems}
    assert all(problem.line > 0 and problem.file == "references.bib" for problem in problems)


@given(st.text(alphabet=st.sampled_from('@{}",=\n abcXYZ0é#%\\')))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    _read(tmp_path_factory.getbasetemp(), text)
