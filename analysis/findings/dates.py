"""Dates of several precisions: the order of releases where it is known."""

from __future__ import annotations

MODEL_DATES = """
model_date AS (
    SELECT m.id AS model, coalesce(
        (SELECT min(v.released) FROM variant v WHERE v.model = m.id),
        (SELECT min(p.first_public) FROM method_publication mp JOIN publication p USING (citekey) WHERE mp.method = m.id)
    ) AS released
    FROM method m
    WHERE m.kind = 'foundation_model'
)"""
"""CTE: each foundation model's first release, else the day its first publication was public."""

WORKS = """
work AS (SELECT citekey, coalesce(version_of, citekey) AS work, first_public FROM publication)"""
"""CTE: publications, a preprint and its published version being one work."""


def sql_earlier(a: str, b: str) -> str:
    """SQL: date a lies before date b, compared as far as both are known.

    2023 is not earlier than 2023-05, nor later.
    """
    length = f"least(length({a}), length({b}))"
    return f"left({a}, {length}) < left({b}, {length})"


def earlier(a: str, b: str) -> bool:
    """The same for two texts."""
    length = min(len(a), len(b))
    return a[:length] < b[:length]
