"""From typed records to one data frame per base table, in a fixed order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

from schema import credit, ledgers, replies
from schema.catalog import Catalog
from schema.dataset_frames import datasets
from schema.records.base import Fact, Source, known
from schema.records.evaluation import COLUMNS
from schema.records.model import FACT_FIELDS, Model, Variant
from schema.records.publication import Publication
from schema.rules.values import numeric
from schema.vocabularies import UNPOOLED_FLAGS, MethodKind, Origin, Status, Unknown

Rows = list[dict[str, Any]]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if c.isalnum())


def name_key(family: str, given: str) -> str:
    """By what two spellings of one author's name agree: folded family name and first initial."""
    return f"{_fold(family)} {_fold(given)[:1]}".strip()


def given_key(given: str) -> str:
    """The folded first given name, which tells namesakes apart where both spell it out."""
    return _fold(given.replace("-", "").split()[0]) if given.split() else ""


def publications(catalog: Catalog) -> tuple[Rows, Rows]:
    """Rows of publication and publication_author."""
    rows: Rows = []
    authors: Rows = []
    for p in catalog.publications.values():
        rows.append(
            {
                "citekey": p.citekey,
                "type": p.type,
                "title": p.title,
                "first_author": p.author[0].family,
                "authors": "; ".join(f"{a.given} {a.family}".strip() for a in p.author),
                "authors_complete": p.authors_complete,
                "year": p.year,
                "month": p.month,
                "venue": p.venue,
                "doi": p.doi,
                "arxiv": p.arxiv,
                "preprint": p.preprint,
                "preprint_date": p.preprint_date,
                "first_public": _first_public(p),
                "version_of": p.version_of,
                "url": p.url,
                "evidence_level": p.evidence_level,
                "role": p.role,
                "verified": p.verified,
            }
        )
        authors += [
            {
                "citekey": p.citekey,
                "position": i,
                "family": a.family,
                "given": a.given,
                "name_key": name_key(a.family, a.given),
                "given_key": given_key(a.given),
            }
            for i, a in enumerate(p.author, start=1)
        ]
    return rows, authors


def _first_public(p: Publication) -> str:
    own = "-".join([f"{p.year:04d}", *(f"{x:02d}" for x in (p.month, p.day) if x)])
    return min(p.preprint_date, own) if p.preprint_date else own


def methods(catalog: Catalog) -> tuple[Rows, Rows]:
    """Rows of method and method_publication: models and comparators in one table."""
    rows: Rows = []
    introduced: Rows = []
    for m in catalog.models.values():
        rows.append(
            {
                "id": m.id, "name": m.name, "kind": MethodKind.foundation_model, "subkind": None,
                "family": m.family, "modality": known(m.modality), "labels": known(m.labels) or [],
                "architecture_of": None, "summary": m.summary, "aliases": list(m.aliases),
                "file": catalog.file("models", f"{m.id}.yaml"),
            }
        )  # fmt: skip
        introduced += [{"method": m.id, "citekey": c} for c in dict.fromkeys(m.publications)]
    for c in catalog.methods.values():
        rows.append(
            {
                "id": c.id, "name": c.name, "kind": c.kind, "subkind": c.subkind, "family": None,
                "modality": [], "labels": [], "architecture_of": c.architecture_of,
                "summary": c.description, "aliases": list(c.aliases),
                "file": catalog.file("methods", f"{c.id}.yaml"),
            }
        )  # fmt: skip
        if not isinstance(c.publications, Unknown):
            introduced += [{"method": c.id, "citekey": k} for k in dict.fromkeys(c.publications)]
    return sorted(rows, key=lambda r: r["id"]), sorted(
        introduced, key=lambda r: (r["method"], r["citekey"])
    )


def effective(model: Model, variant: Variant, field: str) -> Any:
    """A variant's own fact where it has one, else its model's."""
    own = getattr(variant, field)
    return getattr(model, field) if own is Unknown.not_checked else own


def variants(catalog: Catalog) -> tuple[Rows, Rows]:
    """Rows of variant and variant_corpus."""
    rows: Rows = []
    trained: Rows = []
    for model in catalog.models.values():
        for variant in model.variants:
            facts = {field: known(effective(model, variant, field)) for field in FACT_FIELDS}
            names = [*variant.aliases]
            rows.append(
                {
                    "id": variant.id,
                    "model": model.id,
                    "name": variant.name,
                    "aliases": names,
                    **facts,
                }
            )
            trained += [
                {"variant": variant.id, "corpus": corpus}
                for corpus in dict.fromkeys(facts["corpora"] or [])
            ]
    return sorted(rows, key=lambda r: r["id"]), trained


def facts(catalog: Catalog) -> Rows:
    """Rows of fact: each recorded fact once per source, each unknown once."""
    rows: Rows = []

    def add(kind: str, entity: str, field: str, fact: Any, sources: dict[str, Source]) -> None:
        head = {"entity_kind": kind, "entity": entity, "field": field}
        if not isinstance(fact, Fact):
            rows.append({**head, "value": None, "state": str(fact)})
            return
        value = known(fact)
        text = ", ".join(value) if isinstance(value, list) else str(value)
        for key in fact.source:
            source = sources[key]
            rows.append(
                {
                    **head, "value": text, "state": "known", "citekey": source.cite,
                    "locator": source.locator, "repository": source.repository,
                    "path": source.path, "read": source.read,
                    "second_reading": source.second_reading, "note": fact.note,
                }
            )  # fmt: skip

    for model in catalog.models.values():
        for field in (*FACT_FIELDS, "labels"):
            add("model", model.id, field, getattr(model, field), model.sources)
        for variant in model.variants:
            for field in FACT_FIELDS:
                fact = getattr(variant, field)
                if fact is not Unknown.not_checked:
                    add("variant", variant.id, field, fact, model.sources)
    for method in catalog.methods.values():
        for field in FACT_FIELDS:
            if isinstance(getattr(method, field), Fact):
                add("method", method.id, field, getattr(method, field), method.sources)
    for kind, group, fields in (
        ("corpus", catalog.corpora, ("species_count", "cells", "tokens", "base_pairs", "scope")),
        ("benchmark", catalog.benchmarks, ("released", "repository", "licence")),
    ):
        for entry in group.values():
            for field in fields:
                add(kind, entry.id, field, getattr(entry, field), entry.sources)
    return rows


def corpora(catalog: Catalog) -> tuple[Rows, Rows]:
    """Rows of corpus and corpus_component."""
    rows: Rows = []
    parts: Rows = []
    for c in catalog.corpora.values():
        rows.append(
            {
                "id": c.id, "name": c.name, "modality": known(c.modality),
                "species_count": known(c.species_count), "cells": known(c.cells),
                "tokens": known(c.tokens), "base_pairs": known(c.base_pairs),
                "scope": known(c.scope), "summary": c.summary,
            }
        )  # fmt: skip
        parts += [
            {
                "corpus": c.id, "name": p.name, "kind": p.kind, "organism": p.organism,
                "share": p.share, "citekey": c.sources[p.source[0]].cite,
            }
            for p in {each.name: each for each in c.components}.values()
        ]  # fmt: skip
    return rows, parts


def benchmarks(catalog: Catalog) -> tuple[Rows, Rows, Rows, Rows]:
    """Rows of metric, benchmark, task and task_metric."""
    metric_rows: Rows = [
        {
            "id": m.id, "name": m.name, "family": m.family,
            "higher_is_better": known(m.higher_is_better),
            "chance": m.chance if isinstance(m.chance, float) else None,
            "perfect": known(m.perfect), "lower": known(m.lower), "upper": known(m.upper),
        }
        for m in sorted(catalog.metrics.values(), key=lambda each: each.id)
    ]  # fmt: skip
    suites: Rows = []
    tasks: Rows = []
    links: Rows = []
    for b in catalog.benchmarks.values():
        suites.append(
            {
                "id": b.id, "name": b.name, "released": known(b.released),
                "repository": known(b.repository), "licence": known(b.licence),
                "summary": b.summary, "citekey": b.publications[0],
                "file": catalog.file("benchmarks", f"{b.id}.yaml"),
            }
        )  # fmt: skip
        for t in b.tasks:
            task_id = f"{b.id}/{t.id}"
            tasks.append(
                {
                    "id": task_id, "benchmark": b.id, "name": t.name, "domain": t.domain,
                    "type": t.type, "organism": "; ".join(t.organism), "dataset": t.dataset,
                    "input_length_bp": known(t.input_length_bp), "n_train": known(t.n_train),
                    "n_test": known(t.n_test), "n_classes": known(t.n_classes),
                    "positive_share": known(t.positive_share),
                    "generalisation": known(t.generalisation),
                    "leakage_status": t.leakage_status, "leakage": t.leakage,
                    "locator": "; ".join(
                        f"{b.sources[k].cite}: {b.sources[k].locator}" for k in t.source
                    ),
                    "note": t.note,
                }
            )  # fmt: skip
            links += [
                {"task": task_id, "metric": metric, "chance": t.chance.get(metric)}
                for metric in dict.fromkeys([*t.metrics, *t.chance])
            ]
    return metric_rows, suites, tasks, links


def evaluations(catalog: Catalog) -> tuple[Rows, Rows]:
    """Rows of evaluation and evaluation_file."""
    rows: Rows = []
    files: Rows = []
    for table in catalog.results:
        source = table.header.source
        level = (
            table.header.evidence_level or catalog.publications[table.publication].evidence_level
        )
        rows.append(
            {
                "id": table.id, "publication": table.publication, "title": table.header.title,
                "evidence_level": level, "locator": source.locator,
                "repository": source.repository, "path": source.path, "read": source.read,
                "second_reading": source.second_reading, "n_rows": len(table.rows),
                "file": table.header_file, "note": table.header.note,
            }
        )  # fmt: skip
        files += [
            {"evaluation": table.id, "position": i, "name": f.name, "sha256": f.sha256}
            for i, f in enumerate(table.header.transcribed_from)
        ]
    return rows, files


def results(catalog: Catalog) -> pd.DataFrame:
    """Rows of result: text turned into numbers on each metric's own scale."""
    rows = catalog.rows()
    if not len(rows):
        return pd.DataFrame(columns=["id"])
    unknown = {Unknown.not_reported.value, Unknown.not_applicable.value}
    flags = rows["flags"].str.split()
    ok = (rows["status"] == Status.ok) & (rows["origin"] == Origin.own)
    clean = flags.map(lambda each: not UNPOOLED_FLAGS.intersection(each))
    text = {c: rows[c].where(rows[c] != "", None) for c in COLUMNS}

    def whole(column: str) -> pd.Series:
        return pd.to_numeric(rows[column], errors="coerce").astype("Int64")

    frame = pd.DataFrame(
        {
            "id": rows["evaluation"] + "#" + rows["row"],
            "evaluation": rows["evaluation"],
            "row": whole("row"),
            "method": rows["method"],
            "variant": rows["variant"].where(~rows["variant"].isin(unknown), None),
            "variant_state": rows["variant"].where(rows["variant"].isin(unknown), "known"),
            "configuration": rows["configuration"],
            "task": rows["task"],
            "metric": rows["metric"],
            "split": rows["split"],
            "protocol": rows["protocol"],
            "setting": rows["setting"],
            "input_bp": whole("input_bp"),
            "n_train": whole("n_train"),
            "value": numeric(rows),
            "value_printed": rows["value"],
            "unit": rows["unit"],
            "decimals": rows["value"].str.extract(r"\.(\d+)", expand=False).fillna("").str.len(),
            "uncertainty": numeric(rows, "uncertainty"),
            "uncertainty_low": numeric(rows, "uncertainty_low"),
            "uncertainty_high": numeric(rows, "uncertainty_high"),
            "uncertainty_kind": rows["uncertainty_kind"],
            "uncertainty_over": rows["uncertainty_over"],
            "n_runs": whole("n_runs"),
            "n_test": whole("n_test"),
            "status": rows["status"],
            "origin": rows["origin"],
            "quoted_from": text["quoted_from"],
            "flags": flags,
            "pooled": ok & clean,
            "locator": rows["locator"],
            "source_file": whole("source_file"),
            "source_row": whole("source_row"),
            "method_printed": text["method_printed"],
            "task_printed": text["task_printed"],
            "metric_printed": text["metric_printed"],
            "note": text["note"],
            "file": rows["file"],
            "line": rows["line"].astype("int64"),
        }
    )  # fmt: skip
    heads = {table.id: table.header.source.locator for table in catalog.results}
    head = frame["evaluation"].map(heads)
    frame["locator"] = head.where(frame["locator"] == "", head + ", " + frame["locator"])
    return frame.sort_values(["evaluation", "row"], kind="stable", ignore_index=True)


def tables(catalog: Catalog) -> Iterable[tuple[str, pd.DataFrame]]:
    """Every base table with its rows, in an order that foreign keys allow."""
    publication, author = publications(catalog)
    method, introduced = methods(catalog)
    corpus, component = corpora(catalog)
    variant, trained = variants(catalog)
    metric, benchmark, task, task_metric = benchmarks(catalog)
    evaluation, evaluation_file = evaluations(catalog)
    plain: dict[str, Rows] = {
        "publication": publication,
        "publication_author": author,
        "method": method,
        "method_publication": introduced,
        "corpus": corpus,
        "corpus_component": component,
        "variant": variant,
        "variant_corpus": trained,
        "fact": facts(catalog),
        "metric": metric,
        "benchmark": benchmark,
        "task": task,
        "task_metric": task_metric,
        "evaluation": evaluation,
        "evaluation_file": evaluation_file,
    }
    for name, rows in plain.items():
        yield name, pd.DataFrame(rows)
    yield "contributor", pd.DataFrame(credit.rows(catalog))
    yield "result", results(catalog)
    for name, rows in (ledgers.rows(catalog) | datasets(catalog) | replies.rows(catalog)).items():
        yield name, pd.DataFrame(rows)
