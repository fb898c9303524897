"""`claimgap new`: one valid, commented file per call, from flags or from answers in a terminal."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from commands.new import _EXAMPLE
from schema.catalog import load
from schema.layout import formatted
from schema.new_entry.questions import RECORDS, Kind
from schema.new_entry.render import place_of
from schema.yaml_reader import parse_yaml
from tests.conftest import ROOT

RUN = CliRunner()

MODEL = ["--id", "gamma", "--name", "Gamma", "--family", "gamma", "--modality", "dna,rna",
         "--publications", "abel2024alpha", "--summary", "A model: made up, for tests.",
         "--locator", "Section 1", "--variant-id", "gamma-1", "--variant-name", "Gamma 1"]  # fmt: skip
METHOD = ["--id", "knn", "--name", "kNN", "--kind", "simple_baseline", "--subkind", "nearest_neighbour",
          "--publications", "not_applicable", "--description", "Nearest neighbours.",
          "--cite", "cole2025check", "--locator", "Methods"]  # fmt: skip
CORPUS = ["--id", "mm39", "--name", "GRCm39", "--modality", "dna", "--publications", "not_applicable",
          "--summary", "The mouse.", "--cite", "cole2025check", "--locator", "Methods"]  # fmt: skip
BENCHMARK = ["--id", "games", "--name", "Games", "--publications", "cole2025check", "--summary", "Tasks.",
             "--locator", "Table 1", "--task-id", "chess", "--task-name", "Chess", "--domain", "promoter",
             "--type", "binary", "--organism", "Homo sapiens", "--dataset", "games-chess",
             "--metrics", "mcc,accuracy"]  # fmt: skip
CLAIM = ["--publication", "cole2025check", "--says", "K-mers suffice.", "--category", "critique",
         "--locator", "abstract", "--read", "by_hand", "--method", "not_applicable", "--predicate",
         "no_better_than", "--rivals", "kmer-logistic-regression"]  # fmt: skip
RESULTS = ["--publication", "cole2025check", "--table", "table-3", "--title", "More of the toys",
           "--locator", "Table 3", "--split", "test", "--protocol", "fine_tune",
           "--row", "alpha,toys/one,accuracy,0.81", "--row", "gc-content,toys/one,accuracy,0.5"]  # fmt: skip
GIVEN = {Kind.model: MODEL, Kind.method: METHOD, Kind.corpus: CORPUS, Kind.benchmark: BENCHMARK,
         Kind.claim: CLAIM, Kind.results: RESULTS}  # fmt: skip
PLACES = {
    Kind.model: "models/gamma.yaml",
    Kind.method: "methods/knn.yaml",
    Kind.corpus: "corpora/mm39.yaml",
    Kind.benchmark: "benchmarks/games.yaml",
    Kind.claim: "claims/cole2025check.yaml",
    Kind.results: "results/cole2025check/table-3.yaml",
}


def new(catalog: Path, kind: Kind, *arguments: str):
    return RUN.invoke(app, ["new", kind.value, *arguments, "--catalog", str(catalog)])


@pytest.mark.parametrize("kind", Kind)
def test_with_all_flags_a_valid_file_is_written_and_nothing_is_asked(
    catalog_copy: Path, kind: Kind
) -> None:
    done = new(catalog_copy, kind, *GIVEN[kind])
    assert done.exit_code == 0, done.output
    assert f"written: catalog/{PLACES[kind]}" in done.output
    assert f"next: claimgap check catalog/{PLACES[kind]}" in done.output
    load(catalog_copy)  # raises if anything in the catalog is wrong now
    checked = RUN.invoke(
        app, ["check", str(catalog_copy / PLACES[kind]), "--catalog", str(catalog_copy)]
    )
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("kind", Kind)
def test_it_is_laid_out_and_editors_find_its_schema(catalog_copy: Path, kind: Kind) -> None:
    new(catalog_copy, kind, *GIVEN[kind])
    path = catalog_copy / PLACES[kind]
    text = path.read_text(encoding="utf-8")
    assert formatted(text.encode(), PLACES[kind]) == text
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = (path.parent / first.partition("=")[2]).resolve()
    assert (ROOT / schema.relative_to(catalog_copy.parent)).is_file()


@pytest.mark.parametrize(
    "kind", [Kind.model, Kind.method, Kind.corpus, Kind.benchmark, Kind.results]
)
def test_no_file_is_overwritten(catalog_copy: Path, kind: Kind) -> None:
    new(catalog_copy, kind, *GIVEN[kind])
    before = (catalog_copy / PLACES[kind]).read_bytes()
    done = new(catalog_copy, kind, *GIVEN[kind])
    assert done.exit_code == 1
    assert f"catalog/{PLACES[kind]} is there already" in done.output
    assert (catalog_copy / PLACES[kind]).read_bytes() == before


def test_a_second_claim_joins_the_first_and_changes_nothing_of_it(catalog_copy: Path) -> None:
    path = catalog_copy / "claims" / "abel2024alpha.yaml"
    before = path.read_text(encoding="utf-8")
    arguments = [a.replace("cole2025check", "abel2024alpha") for a in CLAIM]
    assert new(catalog_copy, Kind.claim, *arguments).exit_code == 0
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before)
    ids = [claim.id for claim in load(catalog_copy).claims["abel2024alpha"].claims]
    assert ids == ["abel2024alpha-1", "abel2024alpha-2"]


def test_every_key_of_the_record_is_there_or_offered_in_a_comment(catalog_copy: Path) -> None:
    new(catalog_copy, Kind.model, *MODEL)
    text = (catalog_copy / PLACES[Kind.model]).read_text(encoding="utf-8")
    for key in RECORDS[Kind.model].model_fields:
        assert f"\n{key}:" in text or f"\n# {key}:" in text or f"\n    # {key}:" in text, key


def test_a_comment_that_is_filled_in_is_a_valid_line(catalog_copy: Path) -> None:
    new(catalog_copy, Kind.model, *MODEL)
    path = catalog_copy / PLACES[Kind.model]
    text = path.read_text(encoding="utf-8")
    for gap, filled in (
        ("# tokenizer: {value: , ", "tokenizer: {value: bpe, "),
        ("    # parameters: {value: , ", "    parameters: {value: 117000000, "),
        ("# corpora: {value: [], ", "corpora: {value: [grch38], "),
    ):
        assert gap in text
        text = text.replace(gap, filled)
    path.write_text(text, encoding="utf-8")
    model = load(catalog_copy).models["gamma"]
    assert model.variants[0].parameters.value == 117000000  # type: ignore[union-attr]


def test_a_gap_that_is_left_empty_is_refused(catalog_copy: Path) -> None:
    new(catalog_copy, Kind.model, *MODEL)
    path = catalog_copy / PLACES[Kind.model]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# compute: {value: , ", "compute: {value: , "), encoding="utf-8")
    done = RUN.invoke(app, ["check", str(path), "--catalog", str(catalog_copy)])
    assert done.exit_code == 1 and "found '', expected a text, or not_reported" in done.output


def test_further_facts_get_the_source_and_credit_goes_to_who_gave_them(catalog_copy: Path) -> None:
    more = ["--set", "architecture=hyena", "--set", "released=2024", "--set", "labels=not_reported",
            "--contributor", "Ada Lovelace", "--orcid", "0000-0002-1825-0097"]  # fmt: skip
    assert new(catalog_copy, Kind.model, *MODEL, *more).exit_code == 0
    model = load(catalog_copy).models["gamma"]
    assert model.architecture.source == ["paper"]  # type: ignore[union-attr]
    assert model.released.value == "2024"  # type: ignore[union-attr]
    assert [(c.name, c.role) for c in model.contributors] == [("Ada Lovelace", "extracted")]


def test_all_that_is_missing_is_told_at_once_where_nobody_can_be_asked(catalog_copy: Path) -> None:
    done = new(catalog_copy, Kind.model, "--id", "gamma")
    assert done.exit_code == 2
    for option in (
        "name",
        "family",
        "modality",
        "publications",
        "summary",
        "locator",
        "variant-id",
    ):
        assert f"--{option} is missing" in done.output
    assert not (catalog_copy / PLACES[Kind.model]).exists()


WRONG = [
    (Kind.model, "--modality", "dnaa", "did you mean 'dna'?"),
    (Kind.model, "--id", "Gamma 1", "expected lower-case letters, digits, hyphens and dots"),
    (Kind.model, "--publications", "Abel et al.", "such as zhou2024dnabert2"),
    (Kind.method, "--kind", "baseline", "did you mean 'simple_baseline'?"),
    (Kind.results, "--row", "alpha,toys/one,0.8", "expected method,task,metric,value"),
    (Kind.results, "--protocol", "finetune", "did you mean 'fine_tune'?"),
    (Kind.claim, "--predicate", "outperform", "did you mean 'outperforms'?"),
    (Kind.model, "--set", "architecure=hyena", "did you mean 'architecture'?"),
    (
        Kind.model,
        "--set",
        "released=2026-13",
        "released.value: found '2026-13', expected a date such as 2026",
    ),
    (
        Kind.model,
        "--set",
        "species_count=12k",
        "species_count.value: found '12k', expected a whole number",
    ),
    (
        Kind.claim,
        "--predicate",
        "wins_at_least",
        "claims.0.predicate: found keys with values, expected either `wins` and `of`",
    ),
]


@pytest.mark.parametrize(("kind", "option", "value", "told"), WRONG)
def test_a_wrong_answer_is_told_and_nothing_is_written(
    catalog_copy: Path, kind: Kind, option: str, value: str, told: str
) -> None:
    before = sorted(p for p in catalog_copy.rglob("*"))
    done = new(catalog_copy, kind, *GIVEN[kind], option, value)
    assert done.exit_code == 2, done.output
    assert told in " ".join(done.output.split())
    assert sorted(p for p in catalog_copy.rglob("*")) == before


def test_what_the_catalog_lacks_is_told_at_once(catalog_copy: Path) -> None:
    done = new(catalog_copy, Kind.model, *MODEL, "--publications", "abel2024alfa")
    assert done.exit_code == 0
    assert "E201" in done.output and "did you mean 'abel2024alpha'?" in done.output


def test_in_a_terminal_what_is_missing_is_asked_and_wrong_answers_are_asked_again(
    catalog_copy: Path,
) -> None:
    answers = ["Gamma", "gamma", "dnaa", "dna", "abel2024alpha", "A made-up model.", "Section 1", "",
               "gamma-1", "Gamma 1", "Ada Lovelace", "0000-0002-1825-0097"]  # fmt: skip
    person, terminal = pty.openpty()
    os.write(person, ("\n".join(answers) + "\n").encode())
    done = subprocess.run(
        [sys.executable, "-m", "cli", "new", "model", "--id", "gamma", "--catalog", str(catalog_copy)],
        stdin=terminal, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    os.close(terminal)
    os.close(person)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "did you mean 'dna'?" in done.stderr
    model = load(catalog_copy).models["gamma"]
    assert (model.sources["paper"].read, model.contributors[0].name) == ("by_hand", "Ada Lovelace")


@pytest.mark.parametrize("kind", Kind)
def test_the_example_of_each_help_makes_an_entry_as_it_stands(
    catalog_copy: Path, kind: Kind
) -> None:
    """Where the example's name is taken (the catalog of tests has an alpha), another one is given."""
    renamed = {"model": ["--id", "alef", "--variant-id", "alef-1"], "method": ["--id", "gc"],
               "benchmark": ["--id", "toyshop"], "corpus": ["--id", "grch37"],
               "results": ["--table", "table-9"], "claim": []}[kind.value]  # fmt: skip
    done = new(catalog_copy, kind, *shlex.split(_EXAMPLE[kind]), *renamed)
    assert done.exit_code == 0, done.output
    assert "to mend" not in done.output
    load(catalog_copy)


def test_a_claim_that_counts_wins_says_how_many(catalog_copy: Path) -> None:
    at = CLAIM.index("--predicate")
    given = [
        *CLAIM[:at],
        "--predicate",
        "wins_at_least",
        "--wins",
        "3",
        "--of",
        "4",
        *CLAIM[at + 2 :],
    ]
    assert new(catalog_copy, Kind.claim, *given).exit_code == 0
    predicate = load(catalog_copy).claims["cole2025check"].claims[0].predicate
    assert (predicate.kind, predicate.wins, predicate.of) == ("wins_at_least", 3, 4)  # type: ignore[union-attr]


def test_a_claim_on_a_fact_says_how_much(catalog_copy: Path) -> None:
    at = CLAIM.index("--predicate")
    given = [*CLAIM[:at], "--predicate", "has_attribute", "--field", "parameters"]
    done = new(catalog_copy, Kind.claim, *given)
    assert done.exit_code == 2
    assert "expected one of `at_least`, `at_most` and `equals`" in " ".join(done.output.split())
    assert new(catalog_copy, Kind.claim, *given, "--at-least", "1000").exit_code == 0


def test_each_kind_has_a_place_of_its_own() -> None:
    entry = {"id": "x", "publication": "a2024b", "source": {"cite": "a2024b"}}
    assert len({place_of(kind, entry, "t") for kind in Kind}) == len(Kind)


def test_text_that_yaml_would_misread_arrives_as_typed(catalog_copy: Path) -> None:
    for number, text in enumerate(["no", "1.10", "a: b #c", "[x", "'\"", "é"]):
        arguments = [
            *MODEL,
            "--id",
            f"gamma-{number}",
            "--variant-id",
            f"gamma-{number}-v",
            "--summary",
            text,
        ]
        assert new(catalog_copy, Kind.model, *arguments).exit_code == 0
        node = parse_yaml((catalog_copy / f"models/gamma-{number}.yaml").read_text("utf-8"), "x")
        assert isinstance(node, dict) and node["summary"] == text
