"""Whatever an entry names must be in the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import duckdb

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.records.base import Fact
from schema.records.model import FACT_FIELDS
from schema.refusals import did_you_mean
from schema.rules.registry import at_key, rule
from schema.vocabularies import Unknown


def _unknown(word: str, known: Iterable[str], what: str) -> tuple[str, str, str]:
    names = list(known)
    hint = did_you_mean(word, names) or f"add {what} first, or correct the name"
    return f"{shown(word)}, which isn't in the catalog", what, hint


def _citations(catalog: Catalog) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Every citekey that an entry names: file, key path, citekey."""
    for name, model in catalog.models.items():
        file = catalog.file("models", f"{name}.yaml")
        yield from ((file, ("publications", i), c) for i, c in enumerate(model.publications))
        yield from ((file, ("sources", k, "cite"), s.cite) for k, s in model.sources.items())
    for folder, entries in (("methods", catalog.methods), ("corpora", catalog.corpora)):
        for name, entry in entries.items():
            file = catalog.file(folder, f"{name}.yaml")
            if not isinstance(entry.publications, Unknown):
                yield from (
                    (file, ("publications", i), c) for i, c in enumerate(entry.publications)
                )
            yield from ((file, ("sources", k, "cite"), s.cite) for k, s in entry.sources.items())
    for name, suite in catalog.benchmarks.items():
        file = catalog.file("benchmarks", f"{name}.yaml")
        yield from ((file, ("publications", i), c) for i, c in enumerate(suite.publications))
        yield from ((file, ("sources", k, "cite"), s.cite) for k, s in suite.sources.items())
    for table in catalog.results:
        yield (table.header_file, ("source", "cite"), table.header.source.cite)
    for name in catalog.claims:
        yield (catalog.file("claims", f"{name}.yaml"), ("publication",), name)
    for i, erratum in enumerate(catalog.errata):
        yield (catalog.file("errata.yaml"), (i, "source"), erratum.source)
    for i, wanted in enumerate(catalog.wanted):
        if not isinstance(wanted.publication, Unknown):
            yield (catalog.file("wanted.yaml"), (i, "publication"), wanted.publication)
    for i, overlap in enumerate(catalog.overlaps):
        yield (catalog.file("overlaps.yaml"), (i, "source", "cite"), overlap.source.cite)
    for i, count in enumerate(catalog.terms):
        yield (catalog.file("terms.yaml"), (i, "publication"), count.publication)


@rule("E201")
def citations_exist(catalog: Catalog) -> Iterator[Problem]:
    """Every citekey is an entry of references.bib.

    Bad: `cite: zhou2024dnabert` where references.bib has `zhou2024dnabert2`.
    Good: the key as references.bib has it; add the publication there first if it is new.
    """
    known = set(catalog.names.publications)
    for file, keys, citekey in _citations(catalog):
        if citekey not in known:
            words = _unknown(citekey, known, "a publication of references.bib")
            yield at_key(catalog, file, keys, "E201", *words)


def _facts(catalog: Catalog) -> Iterator[tuple[str, tuple[str | int, ...], Fact[object], set[str]]]:
    for name, model in catalog.models.items():
        file, sources = catalog.file("models", f"{name}.yaml"), set(model.sources)
        for key in (*FACT_FIELDS, "labels"):
            fact = getattr(model, key)
            if isinstance(fact, Fact):
                yield file, (key,), fact, sources
        for i, variant in enumerate(model.variants):
            for key in FACT_FIELDS:
                fact = getattr(variant, key)
                if isinstance(fact, Fact):
                    yield file, ("variants", i, key), fact, sources
    for folder, entries in (
        ("methods", catalog.methods),
        ("corpora", catalog.corpora),
        ("benchmarks", catalog.benchmarks),
    ):
        for name, entry in entries.items():
            file, sources = catalog.file(folder, f"{name}.yaml"), set(entry.sources)
            for key in type(entry).model_fields:
                fact = getattr(entry, key)
                if isinstance(fact, Fact):
                    yield file, (key,), fact, sources


def _sourced(
    catalog: Catalog,
) -> Iterator[tuple[str, tuple[str | int, ...], list[str], set[str]]]:
    for file, keys, fact, sources in _facts(catalog):
        yield file, (*keys, "source"), fact.source, sources
    for name, suite in catalog.benchmarks.items():
        file, known = catalog.file("benchmarks", f"{name}.yaml"), set(suite.sources)
        for i, task in enumerate(suite.tasks):
            yield file, ("tasks", i, "source"), task.source, known
    for name, corpus in catalog.corpora.items():
        file, known = catalog.file("corpora", f"{name}.yaml"), set(corpus.sources)
        for i, part in enumerate(corpus.components):
            yield file, ("components", i, "source"), part.source, known


@rule("E202")
def fact_sources_exist(catalog: Catalog) -> Iterator[Problem]:
    """Every fact points to a source that its own file lists.

    Bad: `parameters: {value: 117000000, source: card}` without `card` under `sources:`.
    Good: `sources: {card: {cite: ..., locator: ..., read: by_hand}}` above it.
    """
    for file, keys, named, known in _sourced(catalog):
        for key in named:
            if key not in known:
                words = _unknown(key, known, "a key under `sources:` of this file")
                yield at_key(catalog, file, keys, "E202", *words)


@rule("E203")
def corpora_exist(catalog: Catalog) -> Iterator[Problem]:
    """Every corpus that a model or an overlap names has its file in catalog/corpora/.

    Bad: `corpora: {value: [hg38], source: paper}` where the corpus file is grch38.yaml.
    Good: `corpora: {value: [grch38], source: paper}`.
    """
    names = catalog.names
    for file, keys, fact, _ in _facts(catalog):
        if keys[-1] == "corpora" and isinstance(fact.value, list):
            for corpus in fact.value:
                if corpus not in names.corpora:
                    words = _unknown(corpus, names.corpora, "a file of catalog/corpora/")
                    yield at_key(catalog, file, (*keys, "value"), "E203", *words)
    file = catalog.file("overlaps.yaml")
    for i, overlap in enumerate(catalog.overlaps):
        if overlap.corpus not in names.corpora:
            words = _unknown(overlap.corpus, names.corpora, "a file of catalog/corpora/")
            yield at_key(catalog, file, (i, "corpus"), "E203", *words)
        if overlap.dataset is not None and overlap.dataset not in names.datasets:
            words = _unknown(overlap.dataset, names.datasets, "a dataset that some task names")
            yield at_key(catalog, file, (i, "dataset"), "E203", *words)
        if overlap.benchmark is not None and overlap.benchmark not in names.benchmarks:
            words = _unknown(overlap.benchmark, names.benchmarks, "a file of catalog/benchmarks/")
            yield at_key(catalog, file, (i, "benchmark"), "E203", *words)


@rule("E204")
def metrics_exist(catalog: Catalog) -> Iterator[Problem]:
    """Every metric that a task, its registered data or a run of our own names is in metrics.yaml.

    Bad: `metrics: [MCC]`.
    Good: `metrics: [mcc]`.
    """
    known = catalog.names.metrics
    for name, suite in catalog.benchmarks.items():
        file = catalog.file("benchmarks", f"{name}.yaml")
        for i, task in enumerate(suite.tasks):
            for metric in (*task.metrics, *task.chance):
                if metric not in known:
                    words = _unknown(metric, known, "an entry of metrics.yaml")
                    yield at_key(catalog, file, ("tasks", i, "metrics"), "E204", *words)
    named = [
        (catalog.file("datasets", f"{name}.yaml"), ("tasks", i, "metric"), task.metric)
        for name, suite in catalog.datasets.items()
        for i, task in enumerate(suite.tasks)
    ] + [
        (table.header_file, ("own_run", "tasks", i, "selected_by"), task.selected_by)
        for table in catalog.results
        if table.header.own_run is not None
        for i, task in enumerate(table.header.own_run.tasks)
    ]
    for file, keys, metric in named:
        if metric not in known:
            words = _unknown(metric, known, "an entry of metrics.yaml")
            yield at_key(catalog, file, keys, "E204", *words)


@rule("E205")
def relatives_exist(catalog: Catalog) -> Iterator[Problem]:
    """A random-init method names its model, a preprint entry its published version.

    Bad: `kind: random_init` without `architecture_of`.
    Good: `architecture_of: hyenadna`.
    """
    names = catalog.names
    for name, method in catalog.methods.items():
        file = catalog.file("methods", f"{name}.yaml")
        if method.architecture_of and method.architecture_of not in names.scored:
            words = _unknown(method.architecture_of, names.variants, "a file of catalog/models/")
            yield at_key(catalog, file, ("architecture_of",), "E205", *words)
    for citekey, publication in catalog.publications.items():
        if publication.version_of and publication.version_of not in names.publications:
            words = _unknown(publication.version_of, names.publications, "a publication")
            yield Problem(
                catalog.file("references.bib"), 0, 0, "E205", f"{citekey}.versionof", *words
            )


@rule("E207")
def works_stand_once(catalog: Catalog) -> Iterator[Problem]:
    """No two entries of references.bib have the same DOI or the same arXiv identifier.

    Bad: `doi = {10.1038/S41592-024-02523-Z}` in a second entry, in other letters.
    Good: one entry for one work; a preprint with an identifier of its own and `versionof`.
    """
    file = catalog.file("references.bib")
    for field, key in (("doi", "doi"), ("arxiv", "eprint")):
        first: dict[str, str] = {}
        for citekey, publication in catalog.publications.items():
            identifier = str(getattr(publication, field) or "").lower()
            if identifier and first.setdefault(identifier, citekey) != citekey:
                line = _bib_line(catalog, citekey, key)
                yield Problem(
                    file, line, 1, "E207", f"{citekey}.{key}",
                    f"{shown(identifier)}, which {first[identifier]} has too", "each work once",
                    "cite the entry that is there, or correct the identifier",
                )  # fmt: skip


def _bib_line(catalog: Catalog, citekey: str, field: str) -> int:
    """The line of a field of an entry of references.bib, or of the entry."""
    text = (catalog.root / "references.bib").read_text(encoding="utf-8")
    start = re.search(rf"^@\w+\s*\{{\s*{re.escape(citekey)}\s*,", text, re.MULTILINE)
    if start is None:
        return 0
    end = text.find("\n@", start.end())
    within = re.compile(rf"^\s*{field}\s*=", re.MULTILINE | re.IGNORECASE)
    found = within.search(text, start.end(), end if end >= 0 else len(text))
    at = found.end() if found else start.start()
    return text.count("\n", 0, at) + 1


@rule("E208")
def expectations_only_ask(catalog: Catalog) -> Iterator[Problem]:
    """What an erratum expects is one SELECT: building a catalog must not let its text act.

    Bad: `expect: "COPY result TO 'x.csv'"`.
    Good: `expect: "SELECT count(*) = 1 FROM result WHERE id = 'doe2026example/table-2#3'"`.
    """
    for i, erratum in enumerate(catalog.errata):
        if erratum.expect is None:
            continue
        try:
            kinds = [each.type for each in duckdb.extract_statements(erratum.expect)]
        except duckdb.Error as error:
            found = shown(str(error).splitlines()[0])
        else:
            if kinds == [duckdb.StatementType.SELECT]:
                continue
            found = f"{len(kinds)} statements" if len(kinds) != 1 else f"a {kinds[0].name}"
        yield at_key(catalog, catalog.file("errata.yaml"), (i, "expect"), "E208", found,
                     "one SELECT that is true while the error stands", "write it as a question")  # fmt: skip


@rule("E206")
def ledgers_point_somewhere(catalog: Catalog) -> Iterator[Problem]:
    """Errata and wanted evidence name evaluations, findings and claims that exist.

    Bad: `would_decide: [F99]`.
    Good: `would_decide: [F12, zhou2024dnabert2-1]`.
    """
    evaluations = set(catalog.names.evaluations)
    for i, erratum in enumerate(catalog.errata):
        if erratum.evaluation and erratum.evaluation not in evaluations:
            words = _unknown(erratum.evaluation, evaluations, "an evaluation, <citekey>/<table>")
            file = catalog.file("errata.yaml")
            yield at_key(catalog, file, (i, "evaluation"), "E206", *words)
    decided = {*catalog.names.findings, *catalog.names.claims}
    for i, wanted in enumerate(catalog.wanted):
        for each in wanted.would_decide:
            if each not in decided:
                words = _unknown(each, decided, "a finding or a claim")
                file = catalog.file("wanted.yaml")
                yield at_key(catalog, file, (i, "would_decide"), "E206", *words)
