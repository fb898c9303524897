"""Names are given once, and to one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.rules.registry import at_key, repeated, rule
from schema.vocabularies import MethodKind


@rule("E210")
def ids_are_given_once(catalog: Catalog) -> Iterator[Problem]:
    """Models and methods share one name space; variants, tasks and ledger entries have their own.

    Bad: catalog/models/enformer.yaml beside catalog/methods/enformer.yaml.
    Good: one of the two.
    """
    names = catalog.names
    for name in sorted({*catalog.models, *catalog.methods}):
        if name in names.variants and name in names.methods:
            kind = "methods" if name in catalog.methods else "models"
            other = "model" if kind == "methods" else "method"
            yield at_key(catalog, catalog.file(kind, f"{name}.yaml"), ("id",), "E210",
                         f"{shown(name)}, which is a {other} too", "one entry for one thing",
                         "remove one of the two files")  # fmt: skip
    owners: dict[str, list[str]] = {}
    for name, variants in names.variants.items():
        for each in variants:
            owners.setdefault(each, []).append(name)
    for name, model in catalog.models.items():
        for i, variant in enumerate(model.variants):
            owner = list(dict.fromkeys(owners.get(variant.id, [name])))
            # where all its owners are being checked, the first keeps the name
            whole = all(each in catalog.models for each in owner)
            others = owner[: owner.index(name)] if whole else [o for o in owner if o != name]
            again = [v.id for v in model.variants].index(variant.id) != i
            if others or again:
                file = catalog.file("models", f"{name}.yaml")
                yield at_key(catalog, file, ("variants", i, "id"), "E210",
                             f"{shown(variant.id)}, a variant of {(others or [name])[0]} too",
                             "a name of its own", "rename one of the two")  # fmt: skip
    for name, suite in catalog.benchmarks.items():
        counts = Counter(task.id for task in suite.tasks)
        for i, task in enumerate(suite.tasks):
            if counts[task.id] > 1:
                file = catalog.file("benchmarks", f"{name}.yaml")
                yield at_key(catalog, file, ("tasks", i, "id"), "E210", f"{shown(task.id)} twice",
                             "a name of its own in the suite", "rename one")  # fmt: skip
    for name, corpus in catalog.corpora.items():
        file = catalog.file("corpora", f"{name}.yaml")
        for i, part in repeated(each.name for each in corpus.components):
            yield at_key(catalog, file, ("components", i, "name"), "E210", f"{shown(part)} twice",
                         "each part once", "merge the two, or name what tells them apart")  # fmt: skip
    for file_name, key, ids in (
        ("metrics.yaml", "id", catalog.listed_metrics),
        ("errata.yaml", "id", [each.id for each in catalog.errata]),
        ("wanted.yaml", "id", [each.id for each in catalog.wanted]),
        ("terms.yaml", "part", [f"{t.publication} {t.part}" for t in catalog.terms]),
    ):
        file = catalog.file(file_name)
        for i, each in repeated(ids):
            yield at_key(catalog, file, (i, key), "E210", f"{shown(each)} twice", "each once",
                         "rename or remove one")  # fmt: skip


@rule("E211")
def methods_are_not_models(catalog: Catalog) -> Iterator[Problem]:
    """catalog/methods/ holds comparators; foundation models live in catalog/models/.

    Bad: `kind: foundation_model` in catalog/methods/x.yaml.
    Good: the entry moved to catalog/models/x.yaml, with variants.
    """
    for name, method in catalog.methods.items():
        if method.kind is MethodKind.foundation_model:
            file = catalog.file("methods", f"{name}.yaml")
            yield at_key(catalog, file, ("kind",), "E211", "foundation_model",
                         "another kind", "move the entry to catalog/models/")  # fmt: skip


@rule("E212")
def result_folders_are_citekeys(catalog: Catalog) -> Iterator[Problem]:
    """A result table lies in the folder of the publication that reports it.

    Bad: results/zhou2024dnabert2/table.yaml with `cite: nguyen2023hyenadna`.
    Good: the folder's name and `source.cite` are the same citekey.
    """
    for table in catalog.results:
        if table.header.source.cite != table.publication:
            yield at_key(catalog, table.header_file, ("source", "cite"), "E212",
                         shown(table.header.source.cite), f"the folder's name, '{table.publication}'",
                         "move the table, or correct the citekey")  # fmt: skip
