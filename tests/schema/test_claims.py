"""What a claim may name, and that a scope which nothing meets is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.catalog import CatalogError, load, read_catalog
from schema.partial import check_part
from schema.rules import check_catalog
from tests.schema.test_catalog import spoil

CLAIM = "claims/abel2024alpha.yaml"
PREDICATE = "{kind: outperforms, rivals: {methods: [beta]}, scope: {benchmarks: [toys]}}"
WANTED = """- id: more-toys
  what: Alpha on other toys.
  publication: abel2024alpha
  would_decide: [abel2024alpha-1]
  tried: there is no other
"""


def _codes(catalog: Path, predicate: str) -> list[str]:
    spoil(catalog, CLAIM, PREDICATE, predicate)
    found, problems = read_catalog(catalog)
    return sorted(p.code for p in {*problems, *check_catalog(found)})


def _outperforms(scope: str, rivals: str = "{methods: [beta]}") -> str:
    return f"{{kind: outperforms, rivals: {rivals}, scope: {scope}}}"


@pytest.mark.parametrize(
    ("predicate", "codes"),
    [
        (_outperforms("{settings: [standard]}"), []),
        (_outperforms("{settings: [standrad]}"), ["E132"]),
        (_outperforms("{}", "{methods: [beta], configurations: {beta: [standard]}}"), []),
        (_outperforms("{}", "{methods: [beta], configurations: {beta: [pooled]}}"), ["E132"]),
        (_outperforms("{}", "{methods: [beta], configurations: {betta: [standard]}}"),
         ["E131", "E132"]),
        (_outperforms("{}", "{methods: [beta], not_variants: [beta-2]}"), ["E131"]),
        # accuracy is never printed for task two, nor anything of a mouse there
        (_outperforms("{tasks: [toys/two], metrics: [mcc]}"), []),
        (_outperforms("{tasks: [toys/two], metrics: [accuracy]}"), ["E132"]),
        (_outperforms("{tasks: [toys/two], organisms: [Mus musculus]}"), ["E132"]),
        (_outperforms("{tasks: [toys/three], organisms: [Mus musculus]}"), []),
        (_outperforms("{tasks: [toys/too]}"), ["E131"]),  # one slip, told once
        (_outperforms("{metrics: [mcc], means: true}"), ["E132"]),  # no row is flagged as a mean
        (_outperforms("{means: true}"), ["E021"]),
        ("{kind: wins_at_least, wins: 1, of: 2, rivals: {methods: [beta]}}", []),
        ("{kind: wins_at_least, every: true, rivals: {methods: [beta]}}", []),
        ("{kind: wins_at_least, every: true, wins: 1, of: 2, rivals: {methods: [beta]}}", ["E021"]),
        ("{kind: wins_at_least, wins: 1, rivals: {methods: [beta]}}", ["E021"]),
        ("{kind: wins_at_least, rivals: {methods: [beta]}}", ["E021"]),
    ],
)  # fmt: skip
def test_what_a_predicate_may_say(catalog_copy: Path, predicate: str, codes: list[str]) -> None:
    assert _codes(catalog_copy, predicate) == codes


def test_a_claim_that_waits_for_wanted_evidence_isnt_asked_for_rows(catalog_copy: Path) -> None:
    (catalog_copy / "wanted.yaml").write_text(WANTED, encoding="utf-8")
    assert _codes(catalog_copy, _outperforms("{settings: [other toys]}")) == []


@pytest.mark.parametrize(
    "rivals",
    [
        "{kinds: [foundation_model], configurations: {beta: [standard]}}",
        "{kinds: [foundation_model], not_variants: [beta-1]}",
    ],
)
def test_what_names_a_model_is_told_when_the_model_goes(catalog_copy: Path, rivals: str) -> None:
    spoil(catalog_copy, CLAIM, PREDICATE, _outperforms("{}", rivals))
    (catalog_copy / "models" / "beta.yaml").unlink()
    told = check_part(catalog_copy, ["models/beta.yaml"]).problems
    assert ("E131", f"catalog/{CLAIM}") in {(p.code, p.file) for p in told}


def test_the_message_says_what_to_do(catalog_copy: Path) -> None:
    spoil(catalog_copy, CLAIM, PREDICATE, _outperforms("{settings: [standrad]}"))
    with pytest.raises(CatalogError) as caught:
        load(catalog_copy)
    (problem,) = caught.value.problems
    assert (problem.line, problem.found) == (9, "'standrad', which no result row has")
    assert "did you mean 'standard'?" in problem.remedy
    assert "catalog/wanted.yaml" in problem.remedy
