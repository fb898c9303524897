"""OpenAlex's work object, with what is ugly in it."""

from tests.ingest.services.stamps import parse, people

WORK = {
    "id": "https://openalex.org/W4404778899",
    "doi": "https://doi.org/10.1038/S41592-024-02523-Z",
    "title": "Nucleotide <i>models</i>",
    "display_name": "ignored",
    "publication_year": 2024,
    "publication_date": "2024-01-01",
    "type": "article",
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/39609566", "mag": "3"},
    "is_retracted": True,
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1038/s41592-024-02523-z",
        "version": "publishedVersion",
        "source": {"display_name": "Nature Methods", "type": "journal"},
    },
    "locations": [
        {"landing_page_url": "https://doi.org/10.1038/s41592-024-02523-z", "version": "publishedVersion"},
        {"landing_page_url": "https://doi.org/10.1101/2023.01.11.523679", "version": "submittedVersion"},
        {"landing_page_url": "http://arxiv.org/abs/2306.15006", "version": None},
        None,
    ],
    "authorships": [
        {"author_position": "first", "raw_author_name": "Bernardo P. de Almeida",
         "author": {"display_name": "Almeida B", "orcid": "https://orcid.org/0000-0002-1825-0097"}},
        {"author": {"display_name": "GTEx Consortium", "orcid": None}},
        {"author": None, "raw_author_name": "  "},
        {"author": {"display_name": "Nicolas van der Berg III"}},
    ],
    "abstract_inverted_index": {"robust": [1, 4], "A": [0], "model": [2], "and": [3], "bad": "x"},
}  # fmt: skip


def test_a_work() -> None:
    (record,) = parse("openalex", WORK)
    assert (record.doi, record.pmid, record.arxiv) == (
        "10.1038/s41592-024-02523-z", "39609566", "2306.15006",
    )  # fmt: skip
    assert record.title == "Nucleotide models"
    # 1 January is what OpenAlex writes when it knows only the year.
    assert (record.year, record.month, record.day) == (2024, None, None)
    assert people(record) == [
        ("de Almeida", "Bernardo P.", "Bernardo P. de Almeida"),
        (None, None, "GTEx Consortium"),
        ("van der Berg III", "Nicolas", "Nicolas van der Berg III"),
    ]
    assert record.authors[0].orcid == "0000-0002-1825-0097"
    assert {"id": "doi:10.1101/2023.01.11.523679", "relation": "preprint"} in record.versions
    assert [u["type"] for u in record.updates] == ["retraction"]


def test_the_inverted_abstract_is_counted_in_order() -> None:
    (record,) = parse("openalex", WORK)
    assert record.abstract_terms is not None
    # title "Nucleotide models" has 2 words, the abstract "A robust model and robust" has 5
    assert record.abstract_terms["words"] == 7
    assert record.abstract_terms["terms"]["promotional"] == {"robust": 2}


def test_a_page_of_results_and_a_preprint() -> None:
    preprint = {
        "title": "P", "doi": None, "type": "article", "publication_date": "2023-06-26",
        "primary_location": {"source": {"type": "repository", "display_name": "arXiv"},
                             "version": "submittedVersion"},
    }  # fmt: skip
    first, second = parse(
        "openalex", {"meta": {"count": 2}, "results": [preprint, {"title": None}]}
    )
    assert (first.type, first.venue, first.month) == ("preprint", "arXiv", 6)
    assert second.title is None and second.authors == []
