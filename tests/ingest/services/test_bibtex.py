"""BibTeX as people export it."""

from pathlib import Path

import pytest

from ingest.services.reading import MalformedResponseError
from ingest.services.registry import SERVICES, from_file
from tests.ingest.services.stamps import parse, people

BIB = rb"""
@string{bio = "Bioinformatics"}
@article{ji2021dnabert,
  title = {{DNABERT}: pre-trained {B}idirectional $k$-mers for Schr{\"o}dinger \& Erd{\H{o}}s},
  author = {Ji, Yanrong and van der Maaten, Laurens and {The ENCODE Consortium} and
            de la Cruz, Jr., Ana Mar{\'\i}a and others},
  journal = bio, volume = {37}, year = 2021, month = feb,
  doi = {https://doi.org/10.1093/BIOINFORMATICS/btab083}, pmid = {33538820},
}
@misc{zhou2023dnabert2,
  title={DNABERT-2}, author={Zhihan Zhou and Yanrong Ji},
  eprint={2306.15006}, archivePrefix={arXiv}, year={2023}, month = "6"
}
@article{preprint, title={X}, journal={arXiv preprint arXiv:2306.15794}, year={2023}}
"""


def test_three_entries() -> None:
    article, misc, preprint = parse("bib", BIB)
    assert article.title == ("DNABERT: pre-trained Bidirectional k-mers for Schrödinger & Erdős")
    assert people(article) == [
        ("Ji", "Yanrong", "Yanrong Ji"),
        ("van der Maaten", "Laurens", "Laurens van der Maaten"),
        (None, None, "The ENCODE Consortium"),
        ("de la Cruz Jr.", "Ana María", "Ana María de la Cruz Jr."),
    ]
    assert (article.venue, article.year, article.month) == ("Bioinformatics", 2021, 2)
    assert (article.doi, article.pmid) == ("10.1093/bioinformatics/btab083", "33538820")
    assert (misc.arxiv, misc.type, misc.month) == ("2306.15006", "preprint", 6)
    assert (preprint.arxiv, preprint.type) == ("2306.15794", "preprint")


def test_broken_and_double_entries_are_named_with_their_lines() -> None:
    broken = b"@article{a, title={A}}\n@article{a, title={B}}\n@article{c, title={C}\n"
    with pytest.raises(MalformedResponseError, match=r"line 2: a second entry a"):
        parse("bib", broken)


def test_a_file_in_latin_1_is_read() -> None:
    (record,) = parse("bib", "@misc{a, author={Müller, Jörg}, title={É}}".encode("cp1252"))
    assert people(record) == [("Müller", "Jörg", "Jörg Müller")] and record.title == "É"


def test_entries_are_picked_by_their_keys(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(BIB)
    (record,) = from_file(SERVICES["bib"], path, ["zhou2023dnabert2"])
    assert record.arxiv == "2306.15006"
    with pytest.raises(
        MalformedResponseError, match=r"refs\.bib: no entry nix; it has ji2021dnabert"
    ):
        from_file(SERVICES["bib"], path, ["nix"])
