"""bioRxiv, Semantic Scholar, DataCite, Hugging Face, GitHub."""

import pytest

from ingest.services import github, huggingface
from tests.ingest.services.stamps import parse, people


def test_biorxiv_versions_become_one_record() -> None:
    common = {"doi": "10.1101/2023.01.11.523679", "authors": "Dalla-Torre, H.; de Almeida, B. P.;",
              "server": "biorxiv", "type": "new results", "license": "cc_by_nc"}  # fmt: skip
    body = {
        "messages": [{"status": "ok"}],
        "collection": [
            {**common, "version": "2", "date": "2023-03-09", "title": "New title",
             "published": "10.1038/s41592-024-02523-z"},
            {**common, "version": "1", "date": "2023-01-15", "title": "Old title", "published": "NA"},
        ],
    }  # fmt: skip
    (record,) = parse("biorxiv", body)
    assert record.title == "New title"
    assert (record.year, record.month, record.day) == (2023, 1, 15)
    assert record.version_of == "doi:10.1038/s41592-024-02523-z"
    assert [v["id"] for v in record.versions] == [
        "doi:10.1101/2023.01.11.523679v1",
        "doi:10.1101/2023.01.11.523679v2",
        "doi:10.1038/s41592-024-02523-z",
    ]
    assert people(record)[1] == ("de Almeida", "B. P.", "B. P. de Almeida")
    assert record.venue == "bioRxiv"


def test_biorxiv_withdrawals_and_empty_answers() -> None:
    (record,) = parse(
        "biorxiv",
        {"collection": [{"doi": "10.1101/1234", "title": "WITHDRAWN: A model", "published": "NA"}]},
    )
    assert [u["type"] for u in record.updates] == ["withdrawal"]
    assert record.version_of is None
    assert parse("biorxiv", {"messages": [{"status": "no posts found"}], "collection": []}) == []


def test_semantic_scholar_batch_with_gaps() -> None:
    body = [
        None,
        {"paperId": "x" * 40, "title": "A", "externalIds": {"ArXiv": "2306.15006", "PubMed": "12"},
         "year": 2023, "publicationDate": None, "authors": [{"name": "Q. McX"}, {"name": None}],
         "venue": "arXiv.org", "publicationTypes": ["JournalArticle"], "abstract": None},
    ]  # fmt: skip
    (record,) = parse("semanticscholar", body)
    assert (record.arxiv, record.pmid, record.year, record.month) == (
        "2306.15006",
        "12",
        2023,
        None,
    )
    assert record.type == "preprint" and people(record) == [("McX", "Q.", "Q. McX")]


def test_datacite_arxiv_doi() -> None:
    attributes = {
        "doi": "10.48550/arxiv.2306.15006",
        "creators": [
            {"name": "Zhou, Zhihan", "nameType": "Personal", "givenName": "Zhihan",
             "familyName": "Zhou", "nameIdentifiers": [
                {"nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                 "nameIdentifierScheme": "ORCID"}]},
            {"name": "InstaDeep Team", "nameType": "Organizational"},
        ],
        "titles": [{"title": "Untertitel", "titleType": "Subtitle"}, {"title": "DNABERT-2"}],
        "publisher": "arXiv", "publicationYear": 2023,
        "dates": [{"date": "2023-06", "dateType": "Issued"},
                  {"date": "2020/2021", "dateType": "Collected"}],
        "types": {"resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [
            {"relatedIdentifier": "10.1093/bioinformatics/btab083",
             "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}],
        "descriptions": [{"description": "Novel.", "descriptionType": "Abstract"}],
    }  # fmt: skip
    (record,) = parse("datacite", {"data": {"type": "dois", "attributes": attributes}})
    assert (record.title, record.arxiv, record.type) == ("DNABERT-2", "2306.15006", "preprint")
    assert (record.year, record.month, record.day) == (2023, 6, None)
    assert record.version_of == "doi:10.1093/bioinformatics/btab083"
    assert record.authors[0].orcid == "0000-0002-1825-0097"
    assert record.authors[1].family is None


def test_hugging_face_model() -> None:
    (record,) = parse(
        "hf",
        {"id": "zhihan1996/DNABERT-2-117M", "author": "zhihan1996", "sha": "abc",
         "lastModified": "2024-10-30T10:00:00.000Z", "createdAt": "2023-06-26T04:10:31.000Z",
         "tags": ["pytorch", "arxiv:2306.15006", "license:apache-2.0"], "gated": False},
    )  # fmt: skip
    assert (record.title, record.type) == ("zhihan1996/DNABERT-2-117M", "model")
    assert record.version_of == "arxiv:2306.15006"
    assert (record.year, record.month, record.day) == (2023, 6, 26)
    assert record.url == "https://huggingface.co/zhihan1996/DNABERT-2-117M"
    # The Hub did not record creation dates before 2022-03-02 (its API's documented default).
    (old,) = parse("hf", {"id": "a/b", "createdAt": "2022-03-02T23:29:04.000Z"})
    assert old.year is None


def test_github_repository() -> None:
    (record,) = parse(
        "github",
        {"full_name": "MAGICS-LAB/DNABERT_2", "owner": {"login": "MAGICS-LAB"},
         "created_at": "2023-06-26T19:12:43Z", "homepage": "", "html_url":
         "https://github.com/MAGICS-LAB/DNABERT_2", "license": None, "archived": True},
    )  # fmt: skip
    assert (record.title, record.type, record.year) == ("MAGICS-LAB/DNABERT_2", "software", 2023)


@pytest.mark.parametrize(
    "text",
    [
        "https://github.com/a/b.git",
        "git@github.com:a/b.git",
        "a/b",
        "https://github.com/a/b/tree/main",
    ],
)
def test_repository_names(text: str) -> None:
    assert github.repository(text) == "a/b"


def test_names_that_climb_are_refused() -> None:
    for bad in ("../../etc", "a", "a/.."):
        with pytest.raises(ValueError, match="expected owner/name"):
            github.repository(bad)
    assert huggingface.model_id("https://huggingface.co/a/b/tree/main") == "a/b"
    with pytest.raises(ValueError, match="expected owner/name"):
        huggingface.model_id("a b")
