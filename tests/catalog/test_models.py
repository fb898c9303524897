"""What the catalog promises of every model and corpus, and of the facts that are often told wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from schema.bib_reader import read_bibliography
from schema.entries import read_entry, read_list
from schema.records.base import Fact
from schema.records.ledger import Overlap
from schema.records.method import Corpus
from schema.records.model import FACT_FIELDS, Model, ModelFacts, Variant
from schema.vocabularies import Tokenizer, Unknown

R = TypeVar("R", bound=BaseModel)

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "catalog"
SCALE = {
    "k": 1e3, "kb": 1e3, "thousand": 1e3, "m": 1e6, "mb": 1e6, "million": 1e6,
    "b": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12, "": 1.0,
}  # fmt: skip
PRINTED = re.compile(
    r"printed (?:~|about |approximately )?(\d[\d,.]*)[ -]?"
    r"(kb|mb|thousand|million|billion|trillion|[kmbt])?(?![a-z])",
    re.IGNORECASE,
)


def read_folder(record: type[R], name: str) -> dict[str, R]:
    entries = {}
    for path in sorted((CATALOG / name).glob("*.yaml")):
        entry = read_entry(record, path, ROOT)
        assert not isinstance(entry, list), [str(each) for each in entry]
        entries[path.stem] = entry
    return entries


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    return read_folder(Model, "models")


@pytest.fixture(scope="module")
def corpora() -> dict[str, Corpus]:
    return read_folder(Corpus, "corpora")


@pytest.fixture(scope="module")
def variants(models: dict[str, Model]) -> dict[str, tuple[Model, Variant]]:
    return {each.id: (model, each) for model in models.values() for each in model.variants}


def stated(record: ModelFacts | Corpus) -> Iterator[tuple[str, Fact]]:
    """The facts of a record that a source gives."""
    names = FACT_FIELDS if isinstance(record, ModelFacts) else tuple(type(record).model_fields)
    for name in names:
        fact = getattr(record, name)
        if isinstance(fact, Fact):
            yield name, fact


def value(model: Model, variant: Variant, name: str):
    """What holds for a variant: its own fact, else the model's; None where no source says."""
    fact = getattr(variant, name)
    if fact == Unknown.not_checked:
        fact = getattr(model, name)
    return fact.value if isinstance(fact, Fact) else None


def everything(models: dict[str, Model]) -> Iterator[tuple[Model, str, ModelFacts]]:
    for model in models.values():
        yield model, model.id, model
        for variant in model.variants:
            yield model, variant.id, variant


def test_there_are_as_many_as_promised(
    models: dict[str, Model], variants: dict[str, tuple[Model, Variant]]
) -> None:
    assert len(models) >= 90
    assert len(variants) >= 160
    assert sum(len(each.variants) for each in models.values()) == len(variants), "a variant twice"


def test_file_names_are_ids(models: dict[str, Model], corpora: dict[str, Corpus]) -> None:
    assert [name for name, each in {**models, **corpora}.items() if name != each.id] == []


def test_every_fact_names_a_source_of_its_entry(
    models: dict[str, Model], corpora: dict[str, Corpus]
) -> None:
    lost = [
        (name, field, key)
        for model, name, record in everything(models)
        for field, fact in stated(record)
        for key in fact.source
        if key not in model.sources
    ]
    lost += [
        (each.id, field, key)
        for each in corpora.values()
        for field, fact in stated(each)
        for key in fact.source
        if key not in each.sources
    ]
    assert lost == []


def test_every_source_is_used_and_in_the_bibliography(models: dict[str, Model]) -> None:
    publications, _ = read_bibliography(CATALOG / "references.bib", ROOT)
    known = {each.citekey for each in publications}
    for model in models.values():
        used = {key for _, fact in stated(model) for key in fact.source}
        used |= {key for each in model.variants for _, fact in stated(each) for key in fact.source}
        if isinstance(model.labels, Fact):
            used |= set(model.labels.source)
        assert set(model.sources) == used, model.id
        assert {each.cite for each in model.sources.values()} <= known, model.id


def test_sources_in_repositories_name_a_commit_and_a_file(
    models: dict[str, Model], corpora: dict[str, Corpus]
) -> None:
    for entry in (*models.values(), *corpora.values()):
        for key, source in entry.sources.items():
            if source.repository and "@" in source.repository:
                assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", source.repository), (
                    entry.id, key,
                )  # fmt: skip
                assert source.path, (entry.id, key)


def test_numbers_are_the_printed_ones(models: dict[str, Model], corpora: dict[str, Corpus]) -> None:
    records = [(name, record) for _, name, record in everything(models)]
    records += [(each.id, each) for each in corpora.values()]
    seen, wrong = 0, []
    for name, record in records:
        for field, fact in stated(record):
            match = PRINTED.search(fact.note or "")
            if match is None or type(fact.value) is not int:
                continue
            if re.search(r" [+x] | and \d", fact.note or ""):
                continue  # a sum or a power, written out in the note
            seen += 1
            number = float(match[1].replace(",", "")) * SCALE[(match[2] or "").lower()]
            if abs(number - fact.value) > 0.5 + 1e-6 * number:
                wrong.append((name, field, fact.value, fact.note))
    assert wrong == []
    assert seen > 200, "the pattern must see the notes that it is to check"


def test_one_token_a_base_means_as_many_bases_as_tokens(
    variants: dict[str, tuple[Model, Variant]],
) -> None:
    for name, (model, variant) in variants.items():
        tokens = value(model, variant, "context_tokens")
        bases = value(model, variant, "context_bp")
        if tokens and bases:
            if value(model, variant, "tokenizer") == Tokenizer.single_nucleotide:
                assert tokens == bases, name
            assert tokens <= bases, name


def test_no_number_is_out_of_reach(variants: dict[str, tuple[Model, Variant]]) -> None:
    reach = {
        "parameters": (10**5, 4 * 10**10),
        "context_bp": (100, 10**6 + 2**16),
        "context_genes": (30, 70_000),
        "cells": (10**5, 10**9),
        "layers": (1, 100),
    }
    for name, (model, variant) in variants.items():
        for field, (low, high) in reach.items():
            number = value(model, variant, field)
            assert number is None or low <= number <= high, (name, field, number)


def test_a_label_belongs_to_one_variant(models: dict[str, Model]) -> None:
    names = Counter(
        label
        for model in models.values()
        for variant in model.variants
        for label in {variant.name, *variant.aliases}
    )
    assert [label for label, count in names.items() if count > 1] == []


def test_corpora_of_models_and_of_overlaps_exist(
    models: dict[str, Model], corpora: dict[str, Corpus]
) -> None:
    named = {
        corpus
        for _, _, record in everything(models)
        if isinstance(record.corpora, Fact)
        for corpus in record.corpora.value
    }
    overlaps, problems = read_list(Overlap, CATALOG / "overlaps.yaml", ROOT)
    assert problems == []
    named |= {each.corpus for each in overlaps}
    assert named - set(corpora) == set()
    assert len(overlaps) >= 100


def test_same_data_has_one_name(corpora: dict[str, Corpus]) -> None:
    """Overlap of corpora is counted over names of components: aliases would hide it."""
    holders: dict[str, set[str]] = {}
    for corpus in corpora.values():
        for part in corpus.components:
            holders.setdefault(part.name, set()).add(corpus.id)
    for shared in ("grch38", "t2t-chm13", "cellxgene-census", "gtdb", "img-vr"):
        assert shared in holders
    assert len(holders["grch38"]) >= 3
    assert len(holders["cellxgene-census"]) >= 3
    assert {name for name in holders if re.fullmatch(r"hg38|grch38-.*|chm13|census", name)} == set()


def test_hyenadna_has_six_and_a_half_million_parameters_at_most(models: dict[str, Model]) -> None:
    sizes = [value(models["hyenadna"], each, "parameters") for each in models["hyenadna"].variants]
    told = [each for each in sizes if each is not None]
    assert told
    assert all(400_000 <= each <= 6_650_000 for each in told)


def test_geneformer_95m_are_cells(
    models: dict[str, Model], variants: dict[str, tuple[Model, Variant]]
) -> None:
    model, variant = variants["geneformer-12l-38m-95m-cells"]
    assert "GF-12L-95M-i4096" in variant.aliases
    assert value(model, variant, "cells") == 95_000_000
    assert value(model, variant, "parameters") == 38_000_000
    for name in ("geneformer", "geneformer-v2", "geneformer-nvidia"):
        sizes = [value(models[name], each, "parameters") for each in models[name].variants]
        assert 95_000_000 not in sizes
        assert 30_000_000 not in sizes


def test_the_size_of_a_corpus_is_not_what_a_checkpoint_saw(
    corpora: dict[str, Corpus], variants: dict[str, tuple[Model, Variant]]
) -> None:
    tokens = corpora["opengenome-2"].tokens
    assert isinstance(tokens, Fact)
    assert tokens.value == 8_800_000_000_000
    for name, (model, variant) in variants.items():
        assert value(model, variant, "training_tokens") != tokens.value, name


@pytest.mark.parametrize("name", ["scfoundation", "state", "rinalmo"])
def test_weights_may_carry_another_licence_than_code(models: dict[str, Model], name: str) -> None:
    code, weights = models[name].licence_code, models[name].licence_weights
    assert isinstance(code, Fact)
    assert isinstance(weights, Fact)
    assert code.value != weights.value


def test_most_models_tell_the_main_facts(
    models: dict[str, Model], variants: dict[str, tuple[Model, Variant]]
) -> None:
    """A floor, so that a change can't quietly empty a column."""
    floors = {
        "architecture": 0.85, "objective": 0.85, "tokenizer": 0.8, "parameters": 0.65,
        "released": 0.9, "code": 0.9, "licence_code": 0.75, "corpora": 0.65,
    }  # fmt: skip
    for field, floor in floors.items():
        told = sum(value(model, each, field) is not None for model, each in variants.values())
        assert told / len(variants) >= floor, field


def test_nothing_points_into_a_machine() -> None:
    for path in [*(CATALOG / "models").glob("*.yaml"), *(CATALOG / "corpora").glob("*.yaml")]:
        text = path.read_text(encoding="utf-8")
        # the two marks are told apart from addresses and from folders inside repositories
        assert not re.search(r"(?<![\w/.])/(work|root|home|tmp)/", text), path.name
