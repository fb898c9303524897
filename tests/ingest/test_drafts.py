"""From bodies to drafts, through a person's answers, into a catalog that its own rules accept."""

import csv
from pathlib import Path

import pytest

from ingest import answers
from ingest.answers import AnswerError
from ingest.draft import Draft, DraftError, Question, load, save
from ingest.draft_model import draft_model, draft_repository
from ingest.draft_publication import citekey, draft_publication, to_bibtex
from ingest.draft_results import draft_results
from ingest.landing import LandingError, land, put_away
from ingest.merge import merge
from ingest.model_facts import of_model, of_repository
from ingest.record import Author, Record, Stamp
from ingest.tables.latex import read_text
from ingest.tables.proposal import propose
from ingest.tables.vocabulary import catalog_names
from schema.catalog import load as load_catalog
from tests.ingest.toy_catalog import make

STAMP = Stamp("crossref", "https://service.test/x", "2026-01-01T00:00:00Z", "a" * 64)
TABLE = r"""\begin{table}\caption{Bench, MCC}\label{tab:main}\begin{tabular}{lcc}\toprule
Model & Promoters & Splicing \\ \midrule
Toy-1M & $0.81 \pm 0.02$ & \textbf{0.90} \\
Other & 0.70 & 0.60 \\ \bottomrule\end{tabular}\end{table}"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return make(tmp_path / "catalog")


def settle(draft: Draft, **given: str) -> None:
    """Answer every question: as given by field, else by what is suggested."""
    for question in draft.review:
        if question.state != "open":
            continue
        if question.field in given:
            answers.correct(draft, question, given[question.field])
        elif question.suggestion is not None:
            answers.accept(draft, question)
        elif not question.required:
            answers.reject(draft, question, "not needed in this test")
        else:
            raise AssertionError(f"no answer for {question.field}: {question.ask}")


def paper(**fields: object) -> Record:
    base = {"title": "On the Use of k-mers", "authors": [Author("O'Brien", "Ann", "Ann O'Brien")],
            "year": 2024, "venue": "J. Tests", "type": "journal_article", "doi": "10.1234/kmers"}  # fmt: skip
    return Record(**{**base, **fields}).stamped(STAMP)


def test_a_publication_from_records_to_references(catalog: Path) -> None:
    (draft,) = draft_publication(merge([paper()])[0])
    assert draft.id == "obrien2024use"
    assert draft.provenance["title"]["sha256"] == "a" * 64
    settle(draft, role="evaluation")
    land(draft, catalog, "Ada Lovelace")
    found = load_catalog(catalog).publications["obrien2024use"]
    assert (found.title, found.doi) == ("On the Use of k-mers", "10.1234/kmers")
    assert found.evidence_level == "peer_reviewed" and found.role == "evaluation"
    assert "extracted_by: claimgap ingest" in found.verified
    assert "reviewed_by: Ada Lovelace" in found.verified


def test_a_preprint_is_tied_by_its_citekey() -> None:
    preprint = paper(doi=None, arxiv="2401.00001", type="preprint", venue="arXiv", year=2023,
                     version_of="doi:10.1234/kmers")  # fmt: skip
    published, early = draft_publication(merge([paper(), preprint])[0])
    assert early.entry["citekey"] == "obrien2023use"
    assert early.entry["version_of"] == published.entry["citekey"] == "obrien2024use"
    assert early.entry["evidencelevel"] == "preprint"


def test_conflicts_become_questions_with_both_words() -> None:
    other = paper(year=2025).stamped(Stamp("openalex", "https://o.test", "2026", "b" * 64))
    (draft,) = draft_publication(merge([paper(), other])[0])
    question = next(q for q in draft.review if q.field == "year")
    assert question.alternatives == ["2024", "2025"]
    assert "crossref: 2024; openalex: 2025" in question.ask


def test_a_work_that_is_there_is_not_entered_twice(catalog: Path) -> None:
    (draft,) = draft_publication(merge([paper(doi="10.1234/toy")])[0])
    settle(draft, role="model")
    before = (catalog / "references.bib").read_text()
    with pytest.raises(LandingError, match="doe2020toy is this work already"):
        land(draft, catalog, "Ada")
    assert (catalog / "references.bib").read_text() == before


def test_bibtex_survives_braces_that_do_not_pair() -> None:
    entry = {"type": "misc", "citekey": "a2020b", "title": "A } lost brace", "author": ["{The X}"]}
    assert "title = {A  lost brace}" in to_bibtex(entry, "v")
    assert "author = {{The X}}" in to_bibtex(entry, "v")


def test_citekeys_need_author_year_and_title() -> None:
    assert citekey(merge([paper(year=None)])[0].main) is None


def info(**more: object) -> tuple[bytes, Stamp]:
    import json

    body = {
        "id": "zz/Neo-117M",
        "tags": ["license:mit"],
        "createdAt": "2025-01-05T00:00:00Z",
        **more,
    }
    return json.dumps(body).encode(), Stamp(
        "hf", "https://hf.test/neo", "2026-01-01T00:00:00Z", "c" * 64
    )


def test_a_model_from_the_hub_to_the_catalog(catalog: Path) -> None:
    config = (b'{"architectures": ["BertForMaskedLM"], "model_type": "bert", "hidden_size": 768, '
              b'"num_hidden_layers": 12}',
              Stamp("hf", "https://hf.test/config.json", "2026-01-01T00:00:00Z", "d" * 64))  # fmt: skip
    draft = draft_model(of_model(info(safetensors={"total": 117_000_000}), config), "arxiv:2401.1")
    assert draft.entry["variants"][0]["parameters"] == {"value": "117000000", "source": "info"}
    assert draft.entry["variants"][0]["layers"]["source"] == "config"
    settle(draft, modality="dna", publications="doe2020toy", cite="doe2020toy", summary="A test.")
    land(draft, catalog, "Ada Lovelace", "0000-0002-1825-0097")
    model = load_catalog(catalog).models["neo"]
    assert model.variants[0].id == "neo-117m"
    assert model.sources["config"].sha256 == "d" * 64
    (credit,) = model.contributors
    assert (credit.name, credit.orcid, credit.role) == (
        "Ada Lovelace", "0000-0002-1825-0097", "reviewed"
    )  # fmt: skip
    assert credit.tool is not None and credit.tool.startswith("claimgap ingest")


def test_what_no_body_says_is_asked_and_stays_unreported(catalog: Path) -> None:
    draft = draft_model(of_model(info()))
    assert any(q.field == "unreported.parameters" for q in draft.review)
    settle(draft, modality="dna", publications="doe2020toy", cite="doe2020toy", summary="A test.")
    land(draft, catalog, "Ada")
    assert load_catalog(catalog).models["neo"].variants[0].parameters == "not_reported"


def test_a_repository_is_added_and_comments_stay(catalog: Path) -> None:
    repo = (b'{"full_name": "a/b", "license": {"spdx_id": "MIT"}, "stargazers_count": 3}',
            Stamp("github", "https://gh.test", "2026-01-01T00:00:00Z", "e" * 64))  # fmt: skip
    draft = draft_repository(of_repository(repo))
    settle(draft, model="toy", cite="doe2020toy")
    land(draft, catalog, "Ada")
    text = (catalog / "models" / "toy.yaml").read_text()
    assert "# the only one" in text
    model = load_catalog(catalog).models["toy"]
    assert model.licence_code.value == "MIT"  # type: ignore[union-attr]


def results_draft(catalog: Path) -> Draft:
    names = catalog_names(catalog)
    (table,) = read_text(TABLE)
    stamp = Stamp("file", "file:paper.tex", "2026-01-01T00:00:00Z", "f" * 64)
    draft = draft_results(table, propose(table, names), stamp, names, 1)
    assert draft is not None
    return draft


ANSWERS = {"source.cite": "doe2020toy", "title": "Main scores"}


def test_a_table_from_latex_to_result_rows(catalog: Path) -> None:
    draft = results_draft(catalog)
    labels = {q.field: q.suggestion for q in draft.review if q.field.startswith("mapping.")}
    assert labels == {
        "mapping.method:Toy-1M": "toy",
        "mapping.method:Other": None,
        "mapping.task:Promoters": "bench/promoters",
        "mapping.task:Splicing": "bench/splicing",
        "mapping.metric:mcc": None,  # named by the caption only: a guess, not an answer
    }
    metric = next(q for q in draft.review if q.field.startswith("mapping.metric"))
    other = next(q for q in draft.review if q.field == "mapping.method:Other")
    answers.reject(draft, other, "not a catalogued method")
    settle(draft, **ANSWERS, **{metric.field: "mcc"})
    assert [r.state for r in draft.rows] == ["open", "open", "rejected", "rejected"]
    for row in draft.open_rows:
        row.state = "accepted"
    land(draft, catalog, "Ada Lovelace")
    load_catalog(catalog)
    with (catalog / "results" / "doe2020toy" / "main.csv").open() as handle:
        rows = list(csv.DictReader(handle))
    assert [(r["method"], r["variant"], r["task"], r["value"], r["uncertainty"]) for r in rows] == [
        ("toy", "toy-1m", "bench/promoters", "0.81", "0.02"),
        ("toy", "toy-1m", "bench/splicing", "0.90", ""),
    ]
    (table,) = load_catalog(catalog).results
    (credit,) = table.header.contributors
    assert (credit.name, credit.orcid, credit.role) == ("Ada Lovelace", None, "reviewed")
    assert credit.tool is not None and credit.tool.startswith("claimgap ingest")


def test_an_open_draft_reaches_no_catalog(catalog: Path) -> None:
    with pytest.raises(LandingError, match="still open"):
        land(results_draft(catalog), catalog, "Ada")
    assert list((catalog / "results").iterdir()) == []


def test_an_unknown_name_is_refused_by_the_catalogs_rules(catalog: Path) -> None:
    draft = results_draft(catalog)
    mapping = {q.field: "nonsense-id" for q in draft.review if q.field.startswith("mapping.method")}
    metric = next(q for q in draft.review if q.field.startswith("mapping.metric"))
    settle(draft, **ANSWERS, **mapping, **{metric.field: "mcc"})
    for row in draft.rows:
        row.state = "accepted"
    with pytest.raises(LandingError, match="nonsense-id"):
        land(draft, catalog, "Ada")
    assert list((catalog / "results").iterdir()) == []


def test_a_review_is_signed(catalog: Path) -> None:
    (draft,) = draft_publication(merge([paper()])[0])
    settle(draft, role="model")
    with pytest.raises(LandingError, match="reviewer's name"):
        land(draft, catalog, " ")


def test_drafts_survive_the_disk_and_are_not_overwritten(catalog: Path, tmp_path: Path) -> None:
    draft = results_draft(catalog)
    answers.accept(draft, next(q for q in draft.review if q.suggestion))
    draft.rows[0].state, draft.rows[0].reason = "rejected", "misread"
    target = save(draft, tmp_path / "drafts", new=True)
    again = load(target)
    assert again.review == draft.review and again.rows == draft.rows and again.entry == draft.entry
    with pytest.raises(DraftError, match="a draft of that name is there"):
        save(draft, tmp_path / "drafts", new=True)
    kept = put_away(target, "accepted")
    assert kept == tmp_path / "drafts" / "accepted" / draft.id and not target.exists()


def test_a_folder_without_a_draft_says_so(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match=r"no draft\.yaml"):
        load(tmp_path)
    (tmp_path / "draft.yaml").write_text("a: [")
    with pytest.raises(DraftError, match="not a draft"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("question", "text", "message"),
    [
        (Question("citekey", "?"), "Zhou 2024", "is no citekey"),
        (Question("id", "?"), "Not An Id", "is no id"),
        (Question("role", "?", alternatives=["model"]), "hero", "is not among model"),
        (Question("modality", "?", alternatives=["dna"]), "dna, xna", "'xna' is not among"),
        (Question("title", "?"), "  ", "empty answer"),
    ],
)
def test_answers_that_cannot_stand_say_what_would(
    question: Question, text: str, message: str
) -> None:
    draft = Draft("d", "publication", {}, {}, [question])
    with pytest.raises(AnswerError, match=message):
        answers.correct(draft, question, text)
    assert question.state == "open"


def test_required_fields_are_not_dropped_and_reasons_are_kept() -> None:
    needed, other = Question("title", "?", required=True), Question("note", "?")
    draft = Draft("d", "publication", {"note": "x"}, {}, [needed, other])
    with pytest.raises(AnswerError, match="can't do without"):
        answers.reject(draft, needed, "don't know")
    with pytest.raises(AnswerError, match="needs its reason"):
        answers.reject(draft, other, " ")
    answers.reject(draft, other, "wrong paper")
    assert (other.state, other.reason, draft.entry) == ("rejected", "wrong paper", {})


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("draft.yaml", "id: x\nkind: results\nentry: {}\nprovenance: {}\nreview: []\ncreated: x\n", "no source"),
        ("draft.yaml", "id: x\nkind: model\nentry: 5\nprovenance: {}\nreview: []\ncreated: x\n", "no sources"),
        ("draft.yaml", "[" * 5000, "not a draft"),
        ("draft.yaml", "id: 2024-13-45\n", "not a draft"),
        ("rows.csv", "row,value\n1\n", "rows.csv:2: a row of another length"),
        ("rows.csv", "row,value\n1,2,3\n", "rows.csv:2: a row of another length"),
        ("rows.csv", "row,caf\xe9\n", "not the rows of a draft"),
    ],
)  # fmt: skip
def test_a_draft_that_somebody_spoiled_is_told(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    entry = {"source": {}, "defaults": {}, "mapping": {"method": {}, "task": {}, "metric": {}}}
    folder = save(Draft("x", "results", entry, {"rows": {}}), tmp_path)
    (folder / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(DraftError, match=says):
        load(folder)
