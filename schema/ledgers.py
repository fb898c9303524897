"""Rows of the tables of claims, findings, errors of sources, missing evidence, overlaps, term counts."""

from __future__ import annotations

from typing import Any

from schema.catalog import Catalog
from schema.records.base import known


def rows(catalog: Catalog) -> dict[str, list[dict[str, Any]]]:
    """Rows of claim, finding_definition, erratum, wanted and overlap."""
    claims: list[dict[str, Any]] = [
        {
            "id": c.id, "publication": file.publication, "says": c.says, "category": c.category,
            "locator": c.locator, "read": c.read, "second_reading": c.second_reading,
            "methods": list(c.method), "predicate_kind": c.predicate.kind,
            "predicate": c.predicate.model_dump_json(exclude_defaults=False),
            "note": c.note,
            "file": catalog.file("claims", f"{file.publication}.yaml"),
        }
        for file in catalog.claims.values() for c in file.claims
    ]  # fmt: skip
    return {
        "claim": claims,
        "finding_definition": [
            {
                "id": f.id, "topic": f.group, "statement": f.statement, "measure": f.measure,
                "needs": f.needs, "caveat": f.caveat,
            }
            for f in catalog.findings.values()
        ],
        "erratum": [
            {
                "id": e.id, "publication": e.source, "evaluation": e.evaluation, "what": e.what,
                "evidence": e.evidence, "action": e.action, "status": e.status,
                "expect": e.expect,
            }
            for e in catalog.errata
        ],
        "wanted": [
            {
                "id": w.id, "what": w.what, "publication": known(w.publication),
                "would_decide": list(w.would_decide), "tried": w.tried,
            }
            for w in catalog.wanted
        ],
        "overlap": [
            {
                "corpus": o.corpus, "dataset": o.dataset, "benchmark": o.benchmark,
                "kind": o.kind, "evidence": o.evidence, "share": known(o.share),
                "citekey": o.source.cite, "locator": o.source.locator, "note": o.note,
            }
            for o in catalog.overlaps
        ],
        "term_count": [
            {
                "publication": t.publication, "part": t.part, "words": t.words,
                "promotional": t.promotional, "hedging": t.hedging, "lexicon": t.lexicon,
                "source": t.source,
            }
            for t in catalog.terms
        ],
    }  # fmt: skip
