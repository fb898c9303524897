"""Europe PMC's core search results."""

import pytest

from ingest.services import europepmc
from tests.ingest.services.stamps import parse, people

RESULT = {
    "id": "39609566", "source": "MED", "pmid": "39609566", "doi": "10.1038/s41592-024-02523-z",
    "title": "Building <i>robust</i> foundation models.",
    "authorString": "ignored",
    "authorList": {"author": [
        {"fullName": "Dalla-Torre H", "firstName": "Hugo", "lastName": "Dalla-Torre", "initials": "H",
         "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"}},
        {"collectiveName": "ENCODE Project Consortium"},
        {"fullName": "de Almeida BP", "lastName": "de Almeida", "initials": "BP"},
        {"fullName": "Smith J"},
    ]},
    "journalInfo": {"monthOfPublication": 2, "yearOfPublication": 2025,
                    "journal": {"title": "Nature methods"}, "printPublicationDate": "2025-02-01"},
    "pubYear": "2025", "firstPublicationDate": "2024-11-28",
    "pubTypeList": {"pubType": ["research-article", "Journal Article", "Retracted Publication"]},
    "commentCorrectionList": {"commentCorrection": [
        {"id": "PPR602434", "source": "PPR", "type": "Preprint in"},
        {"id": "40000001", "source": "MED", "type": "Erratum in",
         "reference": "Nat Methods. 2025 Mar;22(3):600. doi: 10.1038/s41592-025-00001-1."},
    ]},
    "abstractText": "<h4>Motivation</h4>These models might be <b>promising</b>.",
}  # fmt: skip


def test_an_article() -> None:
    (record,) = parse("europepmc", {"resultList": {"result": [RESULT]}})
    assert record.title == "Building robust foundation models"
    assert people(record) == [
        ("Dalla-Torre", "Hugo", "Hugo Dalla-Torre"),
        (None, None, "ENCODE Project Consortium"),
        ("de Almeida", "BP", "BP de Almeida"),
        ("Smith", "J", "J Smith"),
    ]
    assert record.authors[0].orcid == "0000-0002-1825-0097"
    assert (record.year, record.month, record.day) == (2024, 11, 28)
    assert record.versions == [{"id": "ppr:PPR602434", "relation": "preprint"}]
    assert [(u["type"], u["doi"]) for u in record.updates] == [
        ("correction", "10.1038/s41592-025-00001-1"),
        ("retraction", None),
    ]
    assert record.abstract_terms is not None
    assert record.abstract_terms["terms"] == {
        "promotional": {"promising": 1, "robust": 1},
        "hedging": {"might": 1},
    }


def test_a_preprint_names_what_it_became() -> None:
    (record,) = parse(
        "europepmc",
        {"resultList": {"result": [{
            "id": "PPR1", "source": "PPR", "title": "A preprint", "doi": "10.1101/1",
            "versionNumber": 3, "authorString": "van der Maaten L, Hinton GE.",
            "commentCorrectionList": {"commentCorrection": [
                {"id": "39609566", "source": "MED", "type": "Preprint of"}]},
        }]}},
    )  # fmt: skip
    assert (record.type, record.version_of) == ("preprint", "pmid:39609566")
    assert people(record) == [
        ("van der Maaten", "L", "L van der Maaten"),
        ("Hinton", "GE", "GE Hinton"),
    ]
    assert record.versions[0]["number"] == 3


def test_queries_for_each_kind_of_identifier() -> None:
    assert europepmc.query_of("39609566") == "EXT_ID:39609566 AND SRC:MED"
    assert europepmc.query_of("pmc123") == "PMCID:PMC123"
    assert europepmc.query_of("10.1/x".replace("10.1/", "10.1234/")) == 'DOI:"10.1234/x"'
    with pytest.raises(ValueError, match="PubMed"):
        europepmc.query_of("what")
