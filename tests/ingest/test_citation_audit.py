"""Citations: labels and identifiers found, and judged against what the identifiers really are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from ingest.citation_audit import Work, audit, find_in_text, identifier_of, known_works
from schema.bib_reader import read_bibliography

ROOT = Path(__file__).resolve().parents[2]

# What these identifiers really are, read on the publishers' and arXiv's pages as stored in search
# results and bibliographies of other projects (see the `verified` fields of references.bib).
REAL = """
A flood of papers ([Dalla-Torre et al., 2024, Nature Methods](https://www.nature.com/articles/s41592-024-02201-0),
[Cui et al., 2024, Nature Methods](https://www.nature.com/articles/s41592-024-02201-0)).
No standard ([Bendidi et al., 2024, arXiv](https://arxiv.org/abs/2410.13956)).
Nobody knows ([Nobody et al., 2024, Journal](https://doi.org/10.1234/none)). [A link](https://example.org).
"""


def _works() -> dict[str, Work]:
    publications, problems = read_bibliography(ROOT / "catalog" / "references.bib", ROOT)
    assert problems == []
    return known_works(publications)


def test_links_with_author_year_labels_are_found_and_others_left() -> None:
    found = find_in_text(REAL)
    assert [(c.author, c.year, c.identifier) for c in found] == [
        ("Dalla-Torre", 2024, "doi:10.1038/s41592-024-02201-0"),
        ("Cui", 2024, "doi:10.1038/s41592-024-02201-0"),
        ("Bendidi", 2024, "arxiv:2410.13956"),
        ("Nobody", 2024, "doi:10.1234/none"),
    ]
    assert [c.line for c in found] == [2, 3, 4, 5]


def test_each_verdict() -> None:
    judged = audit(find_in_text(REAL), _works())
    assert [each.verdict for each in judged] == ["mismatch", "match", "match", "unknown"]
    wrong = judged[0]
    assert wrong.actual is not None
    assert wrong.actual["first_author"] == "Cui"
    assert wrong.actual["title"].startswith("scGPT")
    assert wrong.suggestion is not None
    assert wrong.suggestion["identifier"] == "doi:10.1038/s41592-024-02523-z"


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://www.nature.com/articles/s41592-024-02201-0", "doi:10.1038/s41592-024-02201-0"),
        ("https://doi.org/10.1093/bioinformatics/btab083", "doi:10.1093/bioinformatics/btab083"),
        (
            "https://www.biorxiv.org/content/10.1101/2023.01.11.523679v3.full",
            "doi:10.1101/2023.01.11.523679",
        ),
        ("https://arxiv.org/pdf/2306.15006v2", "arxiv:2306.15006"),
        ("https://doi.org/10.48550/arXiv.2306.15006", "arxiv:2306.15006"),
        ("https://github.com/HazyResearch/hyena-dna", None),
    ],
)
def test_identifiers_of_addresses(address: str, identifier: str | None) -> None:
    assert identifier_of(address) == identifier


def test_a_service_is_asked_only_where_references_bib_is_silent() -> None:
    asked: list[str] = []

    def look_up(identifier: str) -> Work:
        asked.append(identifier)
        return Work("Somebody", "Another paper", 2024, "Journal", identifier)

    judged = audit(find_in_text(REAL), _works(), look_up)
    assert asked == ["doi:10.1234/none"]
    assert judged[3].verdict == "mismatch"


def test_a_bibliography_whose_doi_belongs_to_another_paper(tmp_path: Path) -> None:
    bib = tmp_path / "mine.bib"
    bib.write_text(
        "@article{x2024y,\n title = {Nucleotide Transformer},\n author = {Dalla-Torre, Hugo},\n"
        " year = {2024},\n journal = {Nature Methods},\n doi = {10.1038/s41592-024-02201-0},\n"
        " evidencelevel = {peer_reviewed},\n role = {model},\n verified = {no},\n}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["audit", "citations", str(bib), "--format", "json"])
    assert result.exit_code == 1
    (row,) = json.loads(result.stdout)
    assert row["verdict"] == "mismatch"
    assert set(row) >= {"label", "identifier", "verdict", "actual", "suggestion"}
    assert set(row["actual"]) >= {"first_author", "title", "year", "venue"}


def test_a_missing_file_is_a_message_not_a_traceback(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["audit", "citations", str(tmp_path / "none.md")])
    assert result.exit_code == 2
    assert "E903" in result.stderr


@pytest.mark.shared
def test_the_texts_that_the_project_began_from_cite_five_papers_and_none_is_right(
    shared: Path,
) -> None:
    # docs/citation-audit.md tells the case; first authors and identifiers from the publishers' records
    texts = sorted((shared / "seeds").glob("*.txt"))
    judged = [each for text in texts for each in audit(find_in_text(text.read_text()), _works())]
    actual = {
        each.identifier: (each.verdict, each.actual["first_author"])
        for each in judged
        if each.actual
    }
    assert actual == {
        "doi:10.1038/s41592-024-02201-0": ("mismatch", "Cui"),
        "doi:10.1038/s41592-024-02191-z": ("mismatch", "Rosen"),
        "arxiv:2410.13956": ("mismatch", "Bendidi"),
        "doi:10.1038/s42256-024-00949-w": ("mismatch", "Boiarsky"),
        "doi:10.1038/s41592-025-02772-6": ("mismatch", "Ahlmann-Eltze"),
    }
