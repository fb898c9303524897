"""The same paper from five services is one publication; disagreements stay visible."""

from ingest.merge import merge
from ingest.record import Author, Record, Stamp


def record(service: str, **fields: object) -> Record:
    return Record(**fields).stamped(
        Stamp(service, f"https://{service}.test", "2026-01-01T00:00:00Z", "0" * 64)
    )


HUGO = Author("Dalla-Torre", "Hugo", "Hugo Dalla-Torre", "0000-0002-1825-0097")
INITIAL = Author("Dalla-Torre", "H.", "H. Dalla-Torre")
ALMEIDA = Author("de Almeida", "Bernardo P.", "Bernardo P. de Almeida")
GUESSED = Author("Almeida", "Bernardo P. de", "Bernardo P. de Almeida")
TITLE = "Nucleotide Transformer: building and evaluating robust foundation models"


def five() -> list[Record]:
    return [
        record("crossref", doi="10.1038/nt", title=TITLE, authors=[HUGO, ALMEIDA], year=2024, month=11,
               venue="Nature Methods", type="journal_article",
               versions=[{"id": "doi:10.1101/nt", "relation": "preprint"}]),
        record("openalex", doi="10.1038/nt", pmid="396", title=TITLE.title(),
               authors=[INITIAL, GUESSED], year=2025, venue="Nature methods", type="journal_article"),
        record("arxiv", arxiv="2301.00001", doi="10.1038/nt", title="The " + TITLE, year=2023,
               authors=[HUGO, ALMEIDA], venue="arXiv", type="preprint", version_of="doi:10.1038/nt"),
        record("europepmc", pmid="396", doi="10.1038/nt", title=TITLE, authors=[INITIAL, ALMEIDA],
               year=2024, month=11, type="journal_article"),
        record("bib", title=TITLE, authors=[HUGO, ALMEIDA], year=2023, venue="bioRxiv",
               type="preprint"),
    ]  # fmt: skip


def test_five_services_one_publication_two_versions() -> None:
    (publication,) = merge(five())
    assert [v.kind for v in publication.versions] == ["published", "preprint"]
    published = publication.main
    assert published.value("title") == TITLE
    assert published.value("pmid") == "396"
    assert published.value("authors") == [HUGO, ALMEIDA]  # the fullest of those that agree
    assert "shared identifier doi:10.1038/nt" in publication.ties
    assert "title and first author" in publication.ties  # the BibTeX entry has no identifier


def test_conflicts_stand_side_by_side_with_their_sources() -> None:
    (publication,) = merge(five())
    conflicts = publication.main.conflicts()
    assert set(conflicts) == {"year"}
    assert [(o.service, o.value) for o in conflicts["year"]] == [
        ("crossref", 2024),
        ("europepmc", 2024),
        ("openalex", 2025),
    ]
    assert publication.main.value("year") == 2024
    shown = publication.to_json()["versions"][0]["conflicts"]["year"][2]
    assert shown["value"] == 2025 and shown["source"]["url"] == "https://openalex.test"


def test_different_authors_are_a_conflict() -> None:
    a = record("crossref", doi="10.1234/a", authors=[HUGO, ALMEIDA], title=TITLE)
    b = record("openalex", doi="10.1234/a", authors=[ALMEIDA, HUGO], title=TITLE)
    (publication,) = merge([a, b])
    assert set(publication.main.conflicts()) == {"authors"}


def test_a_retraction_known_to_one_service_is_the_works() -> None:
    a = record("crossref", doi="10.1234/a", title=TITLE)
    b = record("openalex", doi="10.1234/a", title=TITLE,
               updates=[{"type": "retraction", "doi": None, "date": None, "direction": "about_this"}])  # fmt: skip
    (publication,) = merge([a, b])
    assert [u["type"] for u in publication.updates] == ["retraction"]


def test_two_papers_with_one_title_stay_two() -> None:
    a = record("crossref", doi="10.1234/a", title=TITLE, authors=[HUGO], type="journal_article")
    b = record("crossref", doi="10.1234/b", title=TITLE, authors=[HUGO], type="journal_article")
    c = record("crossref", doi="10.1234/c", title=TITLE, authors=[ALMEIDA], type="journal_article")
    assert len(merge([a, b, c])) == 3
    short = [
        record("bib", title="Evo", authors=[HUGO]),
        record("bib", title="Evo 2", authors=[HUGO]),
    ]
    assert len(merge(short)) == 2


def test_an_arxiv_doi_and_an_arxiv_number_are_one_paper() -> None:
    a = record("datacite", doi="10.48550/arxiv.2306.15006", arxiv="2306.15006", type="preprint")
    b = record("semanticscholar", arxiv="2306.15006", type="preprint")
    assert len(merge([a, b])) == 1


def test_a_model_repository_is_not_its_paper() -> None:
    a = record("arxiv", arxiv="2306.15006", title=TITLE, type="preprint")
    b = record("hf", title="a/b", type="model", version_of="arxiv:2306.15006")
    assert len(merge([a, b])) == 2
