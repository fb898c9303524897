"""The watch: pages of three services, what is known taken out, ranked, decided, counted."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.http import Fetcher, Policy
from ingest.record import Author, Record
from ingest.watch import screen, search
from ingest.watch.ledger import Ledger, LedgerError, entry_id
from ingest.watch.rank import LEAST_REJECTED, Ranker
from schema.catalog import Catalog
from schema.records.publication import Publication
from tests.ingest.loopback import Loopback

CATALOGUED = [
    "Nucleotide Transformer: building and evaluating robust foundation models for human genomics",
    "DNABERT: pre-trained bidirectional encoder representations for DNA language in genome",
    "HyenaDNA: long-range genomic sequence modeling at single nucleotide resolution",
    "Benchmarking DNA foundation models for genomic sequence classification",
    "Deep learning predictions of gene perturbation effects do not outperform linear methods",
]
REJECTED = [f"Foundation model of {thing} images for radiology" for thing in
            ("chest", "brain", "liver", "skin", "retina", "heart", "lung", "bone", "kidney", "breast",
             "colon", "prostate")]  # fmt: skip


@pytest.fixture
def catalog() -> Catalog:
    found = Catalog(root=Path("catalog"))
    for n, title in enumerate(CATALOGUED):
        key = f"doe{2020 + n}paper"
        found.publications[key] = Publication.model_validate({
            "citekey": key, "type": "article", "title": title, "author": [{"family": "Doe"}],
            "authors_complete": True, "year": str(2020 + n), "venue": "J", "doi": f"10.1234/known{n}",
            "arxiv": "2306.15006" if n == 1 else None, "evidence_level": "peer_reviewed",
            "role": "model", "verified": "made for a test",
        })  # fmt: skip
    return found


def record(title: str, **fields: object) -> Record:
    base = {"authors": [Author("Roe", "R", "R Roe")], "year": 2026, "title": title}
    return Record(**{**base, **fields})


@pytest.mark.parametrize("query", search.queries(), ids=lambda q: q.id)
def test_built_in_queries_ask_for_works_since_the_day(query: search.Query) -> None:
    address = search.first_address(query, date(2026, 10, 1))
    assert "2026-10-01" in address or "202610010000" in address
    assert query.why


def test_pages_of_each_service_are_followed_to_their_end(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENALEX", "EUROPEPMC", "ARXIV"):
        monkeypatch.setenv(f"CLAIMGAP_{name}_URL", server.url)

    def openalex(h):
        last = "cursor=c2" in h.path
        body = {"meta": {"next_cursor": None if last else "c2"},
                "results": [{"title": "B" if last else "A", "doi": "10.1234/b" if last else "10.1234/a"}]}  # fmt: skip
        h.reply(200, json.dumps(body).encode())

    def europepmc(h):
        first = "cursorMark=%2A" in h.path
        body = {"nextCursorMark": "m2", "resultList": {"result": [{"title": "E"}] if first else []}}
        h.reply(200, json.dumps(body).encode())

    def arxiv(h):
        number = "1" if "start=0" in h.path else "2"
        body = (
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            "<opensearch:totalResults>2</opensearch:totalResults><entry>"
            f"<id>http://arxiv.org/abs/2610.0000{number}v1</id><title>X</title></entry></feed>"
        )
        h.reply(200, body.encode(), "application/atom+xml; charset=UTF-8")

    server.answers |= {"/works": openalex, "/search": europepmc, "/api/query": arxiv}
    fetcher = Fetcher(None, policies={"default": Policy(interval=0, attempts=1)})
    counts = {}
    for service in ("openalex", "europepmc", "arxiv"):
        query = search.Query("q", service, "why", "genomic")
        pages = search.run(
            query, date(2026, 1, 1),
            lambda s, u: fetcher.get(s, u, accept=search.ACCEPT[s]), tmp_path,
        )  # fmt: skip
        assert pages.complete
        counts[service] = (len(pages), len(list(search.records(pages, service))))
    assert counts == {"openalex": (2, 2), "europepmc": (2, 1), "arxiv": (2, 2)}


def test_known_works_are_taken_out_by_identifier_version_and_title(
    catalog: Catalog, tmp_path: Path
) -> None:
    known = screen.known_works(catalog, Ledger(tmp_path))
    assert known.has(record("anything", doi="10.1234/known0"))
    assert known.has(record("anything", arxiv="2306.15006"))
    assert known.has(record("anything", doi="10.48550/arxiv.2306.15006"))
    assert known.has(record("A preprint", version_of="doi:10.1234/known3"))
    assert known.has(record(CATALOGUED[2].upper()))
    assert not known.has(record("Evo: DNA foundation modeling from molecular to genome scale"))


def test_each_work_is_a_candidate_once_and_the_counts_add_up(
    catalog: Catalog, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path)
    new = "A new genomic foundation model benchmark of DNA sequence"
    found = [
        ("q1", record(new, doi="10.1234/new")),
        ("q2", record(new, arxiv="2610.00001", type="preprint", version_of="doi:10.1234/new")),
        ("q2", record("Cooking with chickpeas for the whole family", doi="10.1234/off")),
        ("q1", record("x", doi="10.1234/known1")),
    ]
    result = screen.screen(
        found, screen.known_works(catalog, ledger), screen.ranker_for(catalog, ledger), "2026-11-01"
    )
    assert [e.id for e in result.entries] == ["doi:10.1234/new", "doi:10.1234/off"]
    assert (result.duplicates, result.known) == (1, 1)
    assert result.identified == {"q1": 2, "q2": 2}
    assert sum(result.identified.values()) == len(result.entries) + result.duplicates + result.known
    assert float(result.entries[0].score) > float(result.entries[1].score)
    assert "+foundation" in result.entries[0].terms


def test_with_rejected_titles_the_model_learns_from_them() -> None:
    few = Ranker(CATALOGUED, REJECTED[: LEAST_REJECTED - 1])
    many = Ranker(CATALOGUED, REJECTED)
    assert (few.model, many.model) == ("likeness", "logistic")
    off, on = many.rank(["A foundation model of spleen images for radiology",
                         "Evaluating genomic foundation models on DNA sequence"])  # fmt: skip
    assert on.score > 0.5 > off.score
    assert "-images" in off.reasons() or "-radiology" in off.reasons()
    again = Ranker(CATALOGUED, REJECTED).rank(
        ["Evaluating genomic foundation models on DNA sequence"]
    )
    assert again[0] == on


def test_abstracts_of_this_run_are_read_along_and_kept_nowhere(
    catalog: Catalog, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path)
    plain = "A study of many things in general"
    found = [
        (
            "q",
            record(plain, doi="10.1234/a", abstract="Genomic foundation models on DNA sequence."),
        ),
        ("q", record(plain + " again", doi="10.1234/b", abstract="Recipes for soup and bread.")),
        ("q", record(CATALOGUED[0], abstract="Transformers for nucleotide sequences in genomics.")),
    ]
    ranker = screen.ranker_for(catalog, ledger, [r for _, r in found])
    result = screen.screen(found, screen.known_works(catalog, ledger), ranker, "2026-11-01")
    assert [e.id for e in result.entries] == ["doi:10.1234/a", "doi:10.1234/b"]
    for entry in result.entries:
        ledger.add(entry)
    ledger.save()
    assert "soup" not in (tmp_path / "ledger.csv").read_text().replace("+soup", "").replace(
        "-soup", ""
    )
    assert "abstract" not in found[0][1].to_json()


def test_news_of_catalogued_works(catalog: Catalog) -> None:
    about = {"doi": None, "date": None, "direction": "about_this"}
    told = [
        record("x", doi="10.1234/known0", updates=[{**about, "type": "retraction"}]),
        record("x", arxiv="2306.15006",
               versions=[{"id": "arxiv:2306.15006v3", "relation": "version", "date": "2026-10-05"}]),
        record("x", arxiv="2306.15006",
               versions=[{"id": "arxiv:2306.15006v2", "relation": "version", "date": "2024-03-18"}]),
        record("x", doi="10.1234/stranger", updates=[{**about, "type": "retraction"}]),
    ]  # fmt: skip
    entries = screen.news(told, catalog, "2026-10-01", "2026-11-01")
    assert [(e.terms, e.found_by, e.note) for e in entries] == [
        ("doe2020paper", "retraction", ""),
        ("doe2021paper", "new_version", "arxiv:2306.15006v3"),
    ]


def test_decisions_are_kept_and_counted(catalog: Catalog, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    found = [
        ("q", record(f"A study number {n} of genomic things", doi=f"10.1234/n{n}"))
        for n in range(4)
    ]
    result = screen.screen(
        found, screen.known_works(catalog, ledger), screen.ranker_for(catalog, ledger), "2026-11-01"
    )
    for entry in result.entries:
        assert ledger.add(entry)
    ledger.searches.append({"run_on": "2026-11-01", "query": "q", "since": "2026-10-01",
                            "identified": "4", "duplicates": "0", "known": "0", "new": "4"})  # fmt: skip
    ledger.decide("doi:10.1234/n0", "include", "", "Ada", "2026-11-02")
    ledger.decide("doi:10.1234/n1", "exclude", "review", "Ada", "2026-11-02", note="a review")
    ledger.save()
    again = Ledger(tmp_path)
    assert again.entries["doi:10.1234/n1"].note == "a review"
    assert again.prisma() == {
        "identified": 4, "identified_by_query": {"q": 4}, "duplicates_removed": 0,
        "known_removed": 0, "screened": 2, "waiting": 2, "included": 1, "unsure": 0, "excluded": 1,
        "excluded_by_reason": {"review": 1},
    }  # fmt: skip
    assert not again.add(result.entries[0])  # found again: the decision stays


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("doi:10.1234/nix", "include", "", "Ada"), "is not in the ledger"),
        (("doi:10.1234/a", "maybe", "", "Ada"), "expected one of include"),
        (("doi:10.1234/a", "exclude", "", "Ada"), "needs its reason"),
        (("doi:10.1234/a", "include", "", " "), "name of who decides"),
    ],
)
def test_decisions_that_cannot_stand(
    arguments: tuple[str, str, str, str], message: str, tmp_path: Path, catalog: Catalog
) -> None:
    ledger = Ledger(tmp_path)
    ranker = screen.ranker_for(catalog, ledger)
    found = [("q", record("A genomic title of some length", doi="10.1234/a"))]
    for entry in screen.screen(found, screen.Known(), ranker, "2026-11-01").entries:
        ledger.add(entry)
    with pytest.raises(LedgerError, match=message):
        ledger.decide(*arguments, day="2026-11-02")


def test_a_broken_ledger_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("id,title\n")
    with pytest.raises(LedgerError, match=r"ledger\.csv:1: columns id, title; expected id, kind"):
        Ledger(tmp_path)


def test_works_without_identifiers_are_known_by_their_title() -> None:
    assert entry_id(record("A Title: of Things")) == "title:a-title-of-things"
