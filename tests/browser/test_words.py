"""Every predicate in the catalog, and every kind that there is, has its plain English."""

from __future__ import annotations

import json
from typing import get_args

import duckdb

from schema.records.claim import Predicate
from views.parts import words


def test_every_kind_of_predicate_has_a_sentence() -> None:
    union = get_args(Predicate)[0]
    kinds = {get_args(record.model_fields["kind"].annotation)[0] for record in get_args(union)}
    assert kinds == set(words._TEMPLATES)


def test_every_claim_reads_as_a_sentence(real: duckdb.DuckDBPyConnection) -> None:
    names = dict(
        real.execute("SELECT id, name FROM method UNION SELECT id, name FROM variant").fetchall()
    )
    claims = real.execute("SELECT id, predicate, methods FROM claim ORDER BY id").fetchall()
    wrong = [
        claim
        for claim, predicate, methods in claims
        for text in [words.in_english(json.loads(predicate), methods, names)]
        if "None" in text or "{" in text or "[" in text or ".." in text
    ]
    assert wrong == []


def test_a_counted_claim_says_how_many_and_what_a_tie_is() -> None:
    predicate = {
        "kind": "wins_at_least", "wins": 12, "of": 18, "ties": "half",
        "rivals": {"methods": ["b"]}, "scope": {"benchmarks": ["gue"]},
    }  # fmt: skip
    assert words.in_english(predicate, ["a"], {"a": "Alpha", "b": "Beta"}, {"gue": "GUE"}) == (
        "Alpha must beat the best of Beta on 12 of 18 tasks, or on the same share of those that the "
        "catalog holds. A tie counts as half a win. Counted: suite GUE."
    )


def test_what_is_stricter_or_narrower_is_said() -> None:
    names = {"a": "Alpha", "a-1": "Alpha 1", "b": "Beta"}
    every = {
        "kind": "wins_at_least", "every": True, "wins": None, "of": None, "ties": "loss",
        "subject": {"methods": ["a"], "configurations": {"a": ["sum_of_both"]}},
        "rivals": {"methods": ["b"], "not_variants": ["a-1"]},
        "scope": {"metrics": ["avg-bio"], "means": True},
    }  # fmt: skip
    assert words.in_english(every, [], names) == (
        "Alpha, run as sum of both, must beat the best of Beta (but not Alpha 1) in every row, whatever "
        "its metric. A tie counts as a loss. Counted: metric avg bio; printed means only."
    )
    equal = {"kind": "matches", "margin": 0.02, "two_sided": True, "rivals": {"methods": ["b"]}}
    assert words.in_english(equal, ["a"], names) == (
        "Alpha against the best of Beta in the same cell: it may be neither worse nor better by more "
        "than 0.02. Counted: every row there is."
    )
