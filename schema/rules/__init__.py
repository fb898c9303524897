"""The checks over the whole catalog: one function a rule, each with a code and a docs page.

A rule takes the catalog and yields problems. Its docstring says what it holds, and shows a bad and
a good example; docs/rules/ is generated from these.
"""

from __future__ import annotations

from schema.catalog import Catalog
from schema.problems import Problem
from schema.rules import (
    claims,
    credit,
    datasets,
    entries,
    references,
    replies,
    results,
    tasks,
    values,
)
from schema.rules.registry import RULES, Rule

__all__ = ["RULES", "Rule", "check_catalog"]

_MODULES = (
    credit,
    entries,
    references,
    results,
    values,
    claims,
    datasets,
    replies,
    tasks,
)  # importing them registers their rules


def check_catalog(catalog: Catalog) -> list[Problem]:
    """Run every rule over a catalog that was read; all problems, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule.check(catalog)})
