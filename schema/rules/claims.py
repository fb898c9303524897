"""Claims: ids are given once, and predicates speak of what the catalog holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from schema.catalog import Catalog
from schema.problems import Problem, shown
from schema.records.claim import Claim, HasAttribute, Scope, Selector
from schema.records.model import FACT_FIELDS
from schema.refusals import did_you_mean
from schema.rules.registry import at_key, rule
from schema.vocabularies import Flag

_ADD = "add its entry first, or correct the name"


def _missing(words: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    names = list(known)
    for word in words:
        if word not in names:
            yield word, did_you_mean(word, names) or _ADD


@rule("E130")
def claim_ids_are_given_once(catalog: Catalog) -> Iterator[Problem]:
    """A claim's id starts with its publication's citekey and is given once.

    Bad: id `claim-1` in catalog/claims/zhou2024dnabert2.yaml.
    Good: id `zhou2024dnabert2-1`.
    """
    counts = Counter(claim.id for file in catalog.claims.values() for claim in file.claims)
    for name, file in catalog.claims.items():
        for i, claim in enumerate(file.claims):
            place = (catalog, catalog.file("claims", f"{name}.yaml"), ("claims", i, "id"), "E130")
            if not claim.id.startswith(f"{name}-"):
                yield at_key(
                    *place, shown(claim.id), f"an id that starts with '{name}-'", "rename it"
                )
            if counts[claim.id] > 1:
                yield at_key(*place, f"{shown(claim.id)} twice", "each id once", "number it anew")


@rule("E131")
def predicates_name_what_exists(catalog: Catalog) -> Iterator[Problem]:
    """Methods, variants, benchmarks, tasks, metrics and evaluations of a predicate exist.

    Bad: `rivals: {methods: [dnabert2]}`.
    Good: `rivals: {methods: [dnabert-2]}`.
    """
    names = catalog.names
    methods = names.scored
    variants = [v for each in names.variants.values() for v in each]
    for name, file in catalog.claims.items():
        path = catalog.file("claims", f"{name}.yaml")
        for i, claim in enumerate(file.claims):
            where: tuple[str | int, ...] = ("claims", i)
            named: list[tuple[tuple[str | int, ...], Iterable[str], Iterable[str]]] = [
                ((*where, "method"), claim.method, methods)
            ]
            predicate = claim.predicate
            for key, selector in _selectors(claim):
                at = (*where, "predicate", key)
                named += [
                    ((*at, "methods"), selector.methods, methods),
                    ((*at, "not_methods"), selector.not_methods, methods),
                    ((*at, "variants"), selector.variants, variants),
                    ((*at, "not_variants"), selector.not_variants, variants),
                    ((*at, "configurations"), selector.configurations, methods),
                ]
            scope: Scope = predicate.scope
            at = (*where, "predicate", "scope")
            named += [
                ((*at, "benchmarks"), scope.benchmarks, names.benchmarks),
                ((*at, "tasks"), scope.tasks, names.tasks),
                ((*at, "metrics"), scope.metrics, names.metrics),
                ((*at, "evaluations"), scope.evaluations, names.evaluations),
            ]
            if isinstance(predicate, HasAttribute):
                named.append(((*where, "predicate", "field"), [predicate.field], FACT_FIELDS))
            for keys, words, known in named:
                for word, hint in _missing(words, known):
                    yield at_key(catalog, path, keys, "E131", f"{shown(word)}, which isn't in the "
                                 "catalog", f"a name of the catalog for {keys[-1]}", hint)  # fmt: skip


@rule("E132")
def claims_are_about_rows_that_are_held(catalog: Catalog) -> Iterator[Problem]:
    """Conditions and configurations that a claim names stand in result rows, and so does its scope.

    A claim that an entry of catalog/wanted.yaml names under `would_decide` is about rows that aren't
    held, and isn't asked. Neither is any where only a part of the catalog is checked.

    Bad: `settings: [standrad]`; a task with a metric that no row has there.
    Good: `settings: [standard]`.
    """
    rows = catalog.rows()
    if rows.empty or len(catalog.results) < len(catalog.names.evaluations):
        return
    awaited = {each for wanted in catalog.wanted for each in wanted.would_decide}
    rows = _with_tasks(catalog, rows)
    settings = set(rows["setting"])
    for name, file in catalog.claims.items():
        path = catalog.file("claims", f"{name}.yaml")
        for i, claim in enumerate(file.claims):
            if claim.id in awaited or isinstance(claim.predicate, HasAttribute):
                continue
            where: tuple[str | int, ...] = ("claims", i, "predicate")
            scope: Scope = claim.predicate.scope
            named = [((*where, "scope", "settings"), scope.settings, settings)]
            for key, selector in _selectors(claim):
                for method, ways in selector.configurations.items():
                    held = set(rows.loc[rows["method"] == method, "configuration"])
                    named.append(((*where, key, "configurations", method), ways, held))
            wrong = [(at, *each) for at, words, known in named for each in _missing(words, known)]
            for at, word, hint in wrong:
                yield at_key(catalog, path, at, "E132", f"{shown(word)}, which no result row has",
                             "words of the result rows", _or_wanted(hint))  # fmt: skip
            if not wrong and _known(scope, catalog) and not _meets(rows, scope).any():
                yield at_key(catalog, path, (*where, "scope"), "E132", "a scope that no result row "
                             "meets", "one that some row meets", _or_wanted("correct it"))  # fmt: skip


def _or_wanted(hint: str) -> str:
    return (
        f"{'correct it' if hint == _ADD else hint}; or, where the rows aren't held, name the claim "
        "under `would_decide` of the entry of catalog/wanted.yaml that says so"
    )


def _selectors(claim: Claim) -> Iterator[tuple[str, Selector]]:
    for key in ("subject", "rivals"):
        selector = getattr(claim.predicate, key, None)
        if isinstance(selector, Selector):
            yield key, selector


def _with_tasks(catalog: Catalog, rows: pd.DataFrame) -> pd.DataFrame:
    tasks = {f"{b.id}/{task.id}": task for b in catalog.benchmarks.values() for task in b.tasks}
    known = rows["task"].map(tasks.get)
    return rows.assign(
        benchmark=rows["task"].str.partition("/")[0],
        domain=known.map(lambda task: task.domain.value if task else ""),
        organism=known.map(lambda task: tuple(task.organism) if task else ()),
        mean=rows["flags"].str.split().map(lambda flags: Flag.task_mean in flags),
    )


def _known(scope: Scope, catalog: Catalog) -> bool:
    """Whether all names of a scope exist (E131 tells of the others)."""
    names = catalog.names
    return all(
        set(words) <= set(known)
        for words, known in (
            (scope.benchmarks, names.benchmarks),
            (scope.tasks, names.tasks),
            (scope.metrics, names.metrics),
            (scope.evaluations, names.evaluations),
        )
    )


def _meets(rows: pd.DataFrame, scope: Scope) -> pd.Series:
    """Which rows a scope means."""
    met = rows["mean"] if scope.means else pd.Series(True, index=rows.index)
    for column, words in (
        ("benchmark", scope.benchmarks), ("task", scope.tasks), ("domain", scope.domains),
        ("metric", scope.metrics), ("protocol", scope.protocols), ("split", scope.splits),
        ("evaluation", scope.evaluations), ("setting", scope.settings),
    ):  # fmt: skip
        if words:
            met &= rows[column].isin([str(word) for word in words])
    if scope.organisms:
        met &= rows["organism"].map(lambda species: bool({*species} & {*scope.organisms}))
    return met
