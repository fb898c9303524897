"""Crossref's documented works format, with what is ugly in it."""

import pytest

from ingest.services import crossref
from tests.ingest.services.stamps import parse, people

# 0000-0002-1825-0097 is ORCID's own sample iD (support.orcid.org, structure of the identifier).
WORK = {
    "DOI": "10.1038/S41592-024-02523-Z",
    "type": "journal-article",
    "title": ["Modelling <i>k</i>-mers in H<sub>2</sub>O &amp;amp; CO<sup>2+</sup>"],
    "author": [
        {"given": "Hugo", "family": "Dalla-Torre", "sequence": "first",
         "ORCID": "http://orcid.org/0000-0002-1825-0097", "authenticated-orcid": False},
        {"given": "Ludwig", "family": "Beethoven", "prefix": "van", "suffix": "Jr."},
        {"name": "The Genome Consortium", "sequence": "additional"},
        {"family": "Plato"},
        {"given": "Jean", "family": "Müller", "prefix": "Dr.", "ORCID": "0000-0002-1825-0098"},
    ],
    "published-print": {"date-parts": [[2025, 2]]},
    "published": {"date-parts": [[2024, 11, 28]]},
    "issued": {"date-parts": [[2024, 11, 28]]},
    "container-title": ["Nature Methods"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>A novel model. It may help.</jats:p>",
    "relation": {
        "has-preprint": [
            {"id-type": "doi", "id": "10.1101/2023.01.11.523679", "asserted-by": "object"},
            {"id-type": "doi", "id": "10.1101/2023.01.11.523679", "asserted-by": "subject"},
        ],
        "is-supplemented-by": [{"id-type": "uri", "id": "https://example.org"}],
    },
    "updated-by": [
        {"DOI": "10.1038/S41592-025-00001-1", "type": "correction", "label": "Correction",
         "updated": {"date-parts": [[2025, 3, 1]], "timestamp": 1740787200000}},
        {"DOI": "10.1038/s41592-025-00002-2", "type": "retraction", "source": "retraction-watch",
         "updated": {"date-parts": [[2025, 6]]}},
    ],
    "URL": "https://doi.org/10.1038/s41592-024-02523-z",
}  # fmt: skip


def test_a_journal_article() -> None:
    (record,) = parse("crossref", {"status": "ok", "message-type": "work", "message": WORK})
    assert record.doi == "10.1038/s41592-024-02523-z"
    assert record.title == "Modelling k-mers in H₂O & CO²⁺"
    assert (record.year, record.month, record.day) == (2024, 11, 28)
    assert (record.venue, record.type) == ("Nature Methods", "journal_article")
    assert people(record) == [
        ("Dalla-Torre", "Hugo", "Hugo Dalla-Torre"),
        ("van Beethoven Jr.", "Ludwig", "Ludwig van Beethoven Jr."),
        (None, None, "The Genome Consortium"),
        ("Plato", None, "Plato"),
        ("Müller", "Jean", "Jean Müller"),
    ]
    assert [a.orcid for a in record.authors] == ["0000-0002-1825-0097", None, None, None, None]
    assert record.versions == [{"id": "doi:10.1101/2023.01.11.523679", "relation": "preprint"}]
    assert [(u["type"], u["doi"], u["date"]) for u in record.updates] == [
        ("correction", "10.1038/s41592-025-00001-1", "2025-03-01"),
        ("retraction", "10.1038/s41592-025-00002-2", "2025-06"),
    ]
    assert record.abstract_terms is not None
    assert record.abstract_terms["terms"] == {"promotional": {"novel": 1}, "hedging": {"may": 1}}
    assert "model" not in str(record.to_json()["abstract_terms"])  # counts only, never the text
    assert record.provenance["doi"]["service"] == "crossref"
    assert set(record.provenance) == {
        "doi", "title", "authors", "year", "month", "day", "venue", "type", "versions", "updates",
        "abstract_terms", "url",
    }  # fmt: skip


def test_a_preprint_is_tied_to_its_published_version() -> None:
    (record,) = parse(
        "crossref",
        {
            "message": {
                "DOI": "10.1101/011569",
                "type": "posted-content",
                "subtype": "preprint",
                "title": ["A preprint"],
                "institution": [{"name": "bioRxiv"}],
                "posted": {"date-parts": [[2015, 2, 18]]},
                "relation": {
                    "is-preprint-of": [
                        {"id-type": "doi", "id": "10.1371/JOURNAL.PCBI.1004259",
                         "asserted-by": "subject"}
                    ]
                },
            }
        },
    )  # fmt: skip
    assert (record.type, record.venue) == ("preprint", "bioRxiv")
    assert record.version_of == "doi:10.1371/journal.pcbi.1004259"
    assert (record.year, record.month, record.day) == (2015, 2, 18)


def test_a_notice_says_what_it_is_about() -> None:
    (record,) = parse(
        "crossref",
        {"DOI": "10.1/notice".replace("10.1/", "10.1234/"), "title": ["Retraction"],
         "update-to": [{"DOI": "10.1234/Paper", "type": "retraction"}]},
    )  # fmt: skip
    assert record.updates == [
        {"type": "retraction", "doi": "10.1234/paper", "date": None, "direction": "notice_of"}
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2024]], (2024, None, None)),
        ([[2024, 5]], (2024, 5, None)),
        ([[None]], (None, None, None)),
        ([[]], (None, None, None)),
        ([], (None, None, None)),
        ([["2024", "13", "40"]], (2024, None, None)),
        (None, (None, None, None)),
    ],
)
def test_partial_dates_stay_partial(parts: object, expected: tuple[int | None, ...]) -> None:
    (record,) = parse("crossref", {"DOI": "10.1234/a", "issued": {"date-parts": parts}})
    assert (record.year, record.month, record.day) == expected


def test_mathml_and_tex_in_a_title() -> None:
    mathml = (
        "Bounds for <mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:msup>"
        "<mml:mi>R</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> at $\\alpha \\leq 0.05$"
    )
    (record,) = parse("crossref", {"DOI": "10.1234/a", "title": [mathml]})
    assert record.title == "Bounds for R² at α≤0.05"


def test_a_list_answers_in_order() -> None:
    body = {"message": {"items": [{"DOI": "10.1234/a"}, {"DOI": "10.1234/b"}, {"odd": 1}]}}
    assert [r.doi for r in parse("crossref", body)] == ["10.1234/a", "10.1234/b"]


def test_a_doi_with_brackets_is_escaped_in_the_address() -> None:
    # A DOI in use since the 1990s (Wiley), the handbook's example of awkward characters.
    old = "10.1002/(SICI)1096-8644(199609)101:1<1::AID-AJPA1>3.0.CO;2-T"
    assert crossref.address("10.1016/s0140-6736(05)67889-0").endswith(
        "/works/10.1016%2Fs0140-6736%2805%2967889-0"
    )
    with pytest.raises(ValueError, match="not a DOI"):
        crossref.address("nonsense " + old[:5])
