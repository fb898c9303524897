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


XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><responseWrapper><hitCount>1</hitCount>
<resultList><result><id>39609566</id><source>MED</source><pmid>39609566</pmid><doi>10.1234/a</doi>
<title>A title.</title><authorList><author><fullName>Doe J</fullName><firstName>Jane</firstName>
<lastName>Doe</lastName><authorId type="ORCID">0000-0002-1825-0097</authorId></author>
<author><collectiveName>X Consortium</collectiveName></author></authorList>
<pubTypeList><pubType>Journal Article</pubType></pubTypeList>
<firstPublicationDate>2024-11-28</firstPublicationDate></result></resultList></responseWrapper>"""


def test_the_xml_answer_says_the_same_as_the_json() -> None:
    (record,) = parse("europepmc", XML.encode())
    assert (record.doi, record.title, record.day) == ("10.1234/a", "A title", 28)
    assert people(record) == [("Doe", "Jane", "Jane Doe"), (None, None, "X Consortium")]
    assert record.authors[0].orcid == "0000-0002-1825-0097"
    assert record.type == "journal_article"


ARTICLE = """<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Nature Methods</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1234/JATS</article-id><article-id pub-id-type="pmid">77</article-id>
<title-group><article-title>On <italic>k</italic>-mers &amp; H<sub>2</sub>O</article-title></title-group>
<contrib-group><contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>
<name><surname>Almeida</surname><given-names>Bernardo P.</given-names><prefix>de</prefix></name></contrib>
<contrib contrib-type="author"><collab>The GTEx Consortium<contrib-group><contrib><name><surname>In</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2025</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>4</month><year>2024</year></pub-date>
<related-article related-article-type="correction-forward" xlink:href="10.1234/fix"/>
<abstract><p>A novel way.</p></abstract><abstract abstract-type="graphical"><p>promising</p></abstract>
</article-meta></front></article>"""


def test_a_full_text_is_a_record_too() -> None:
    (record,) = parse("europepmc", ARTICLE.encode())
    assert (record.doi, record.pmid, record.venue) == ("10.1234/jats", "77", "Nature Methods")
    assert record.title == "On k-mers & H₂O"
    assert people(record) == [
        ("de Almeida", "Bernardo P.", "Bernardo P. de Almeida"),
        (None, None, "The GTEx Consortium"),
    ]
    assert (record.year, record.month, record.day) == (2024, 4, 3)
    assert record.updates == [
        {"type": "correction", "doi": "10.1234/fix", "date": None, "direction": "about_this"}
    ]
    assert record.abstract_terms is not None
    assert record.abstract_terms["terms"] == {"promotional": {"novel": 1}}
