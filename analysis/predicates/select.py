"""Selectors and scopes of predicates as SQL conditions on rows of `scored`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analysis.predicates.means import MEANS, MEANS_ALL
from schema.ddl import quoted
from schema.records.claim import Scope, Selector


@dataclass(frozen=True)
class Context:
    """What a predicate needs to know of its claim."""

    claim: str
    methods: tuple[str, ...]
    predicate: Any
    work: str

    def subject(self, given: Selector | None) -> Selector:
        """The subject named by the predicate, else the claim's methods, else all models."""
        if given is not None:
            return given
        if self.methods:
            return Selector(methods=list(self.methods))
        return Selector.model_validate({"kinds": ["foundation_model"]})


def _among(column: str, words: Iterable[object]) -> str:
    return f"{column} IN ({', '.join(quoted(str(each)) for each in words)})"


def selector_sql(selector: Selector, alias: str) -> str:
    """The union of named methods, variants, kinds and subkinds, without what is excluded.

    A row whose variant isn't recorded can't be said to be any: naming variants leaves it out,
    excluding variants keeps it.
    """
    named = [
        _among(f"{alias}.{column}", words)
        for column, words in (
            ("method", selector.methods),
            ("variant", selector.variants),
            ("kind", selector.kinds),
            ("subkind", selector.subkinds),
        )
        if words
    ]
    # a variant named beside its model narrows the model, it doesn't widen the choice
    if selector.methods and selector.variants:
        named = [
            f"({_among(f'{alias}.method', selector.methods)} AND "
            f"{_among(f'{alias}.variant', selector.variants)})",
            *named[2:],
        ]
    condition = f"({' OR '.join(named)})" if named else "TRUE"
    if selector.not_methods:
        condition += f" AND NOT {_among(f'{alias}.method', selector.not_methods)}"
    if selector.not_variants:
        excluded = _among(f"{alias}.variant", selector.not_variants)
        condition += f" AND NOT coalesce({excluded}, FALSE)"
    for method, ways in selector.configurations.items():
        other = f"{alias}.method <> {quoted(method)}"
        condition += f" AND ({other} OR {_among(f'{alias}.configuration', ways)})"
    return condition


def scope_sql(scope: Scope, alias: str) -> str:
    """All restrictions of a scope together; an empty list doesn't restrict."""
    parts = [
        _among(f"{alias}.{column}", words)
        for column, words in (
            ("benchmark", scope.benchmarks),
            ("task", scope.tasks),
            ("domain", scope.domains),
            ("metric", scope.metrics),
            ("protocol", scope.protocols),
            ("split", scope.splits),
            ("evaluation", scope.evaluations),
            ("setting", scope.settings),
        )
        if words
    ]
    if scope.organisms:
        one_of = " OR ".join(f"contains({alias}.organism, {quoted(o)})" for o in scope.organisms)
        parts.append(f"({one_of})")
    return " AND ".join(parts) if parts else "TRUE"


COMPATIBLE = (
    "(a.protocol = b.protocol OR b.protocol IN ('own_training', 'as_released', 'untrained_rule') "
    "OR a.protocol IN ('own_training', 'as_released', 'untrained_rule'))"
)
"""When two results of a cell may be compared (see analysis/sql/comparison.sql)."""

COLUMNS = (
    "a.result, a.method, a.variant, a.work, a.publication, a.evidence_level, a.task, a.dataset, "
    "a.metric, a.family, a.leakage_noted, a.value"
)

TASK_AND_METRIC = "a.task || chr(31) || a.metric"
"""What counts as won or lost once, over all publications and variants."""
EACH_RESULT = "a.result"
"""The same where every single row must be won."""


def own_rows(scope: Scope) -> str:
    """The relation that the subject's rows are taken from: results, or printed means."""
    return MEANS if scope.means else "scored"


def own_sql(context: Context, alias: str = "a") -> str:
    """Whether a row is the claimant's own evidence rather than somebody else's."""
    work = quoted(context.work)
    introduced = (
        f"SELECT mp.method FROM method_publication mp JOIN publication p USING (citekey) "
        f"WHERE coalesce(p.version_of, p.citekey) = {work}"
    )
    # what a model's authors say counts as a critic's own evidence for nobody but themselves
    theirs = f"{alias}.relation IN ('self', 'affiliated') AND {alias}.method IN ({introduced})"
    return f"({alias}.work = {work} OR ({theirs}))"


def against_rivals(
    subject: Selector, rivals: Selector, scope: Scope, context: Context, extra: str = "TRUE",
    contest: str = TASK_AND_METRIC,
) -> str:  # fmt: skip
    """Rows of the subject beside the best and the median rival of their cell.

    Of several configurations of a method in a cell the best one stands for it, on both sides.
    Numbers that the claimant's own table quotes from other papers count as rivals there, since the
    claim was made against them; nobody else's quotations do.

    Where the subject's configurations are named, the best of these stands for it.

    A row is one result of the subject; `points` and `skill` are subject minus best rival,
    `points_median` subject minus median rival, `tie` whether both print the same number.
    """
    best = "TRUE" if subject.configurations else "a.best_configuration"
    return f"""
WITH subject AS (
    SELECT * FROM {own_rows(scope)} a
    WHERE {best} AND {selector_sql(subject, "a")} AND {scope_sql(scope, "a")} AND ({extra})
    QUALIFY row_number() OVER (
        PARTITION BY a.cell, a.method, a.variant, a.protocol ORDER BY a.score DESC, a.result
    ) = 1
),
pair AS (
    SELECT a.result, b.result AS rival_result, b.score, b.skill, b.decimals
    FROM subject a JOIN {MEANS_ALL if scope.means else "scored_all"} b ON b.cell = a.cell AND b.result <> a.result AND {COMPATIBLE}
    WHERE (NOT b.quoted OR b.work = {quoted(context.work)}) AND {selector_sql(rivals, "b")}
        AND {_countable(rivals)} AND (b.method <> a.method OR {_names_variants(rivals)})
),
best AS (
    SELECT
        result, arg_max(rival_result, (score, rival_result)) AS rival_result,
        max(score) AS score, arg_max(skill, (score, rival_result)) AS skill,
        arg_max(decimals, (score, rival_result)) AS decimals, median(score) AS median_score,
        median(skill) AS median_skill
    FROM pair GROUP BY result
)
SELECT
    {COLUMNS}, {contest} AS contest, best.rival_result, a.score - best.score AS points, a.skill - best.skill AS skill,
    a.score - best.median_score AS points_median, a.skill - best.median_skill AS skill_median,
    abs(a.score - best.score) < 0.5 * pow(10, -least(a.decimals, best.decimals)) AS tie,
    {own_sql(context)} AS own
FROM subject a JOIN best USING (result)
ORDER BY a.result
"""


def _countable(rivals: Selector) -> str:
    """Controls and composites are rivals only where a claim names them."""
    plain = "b.kind NOT IN ('composite', 'control_positive', 'control_negative')"
    return f"({plain} OR {_among('b.method', rivals.methods)})" if rivals.methods else plain


def _names_variants(rivals: Selector) -> str:
    return "TRUE" if rivals.variants else "FALSE"


def best_ways(subject: Selector) -> str:
    """Of several configurations of a method in a cell its best, on both sides of a pair.

    Where the subject's configurations are named, all of these stand for it.
    """
    both = "a.best_configuration AND b.best_configuration"
    return "b.best_configuration" if subject.configurations else both


def rival_rows(scope: Scope, context: Context) -> str:
    """What rivals are taken from: new measurements, and what the claimant's own tables quote."""
    relation = MEANS_ALL if scope.means else "scored_all"
    return f"""(
    SELECT * FROM {relation} q
    WHERE (NOT q.quoted OR q.work = {quoted(context.work)}) AND q.relation <> 'own'
        AND q.kind NOT IN ('composite', 'control_positive', 'control_negative')
)"""


def against_chance(subject: Selector, scope: Scope, context: Context, extra: str = "TRUE") -> str:
    """Rows of the subject against chance; only metrics whose chance level is known."""
    best = "TRUE" if subject.configurations else "a.best_configuration"
    return f"""
SELECT
    {COLUMNS}, {TASK_AND_METRIC} AS contest, NULL AS rival_result, a.score - (CASE WHEN a.higher_is_better THEN a.chance ELSE -a.chance END) AS points,
    a.skill AS skill, NULL AS points_median, NULL AS skill_median, FALSE AS tie, {own_sql(context)} AS own
FROM {own_rows(scope)} a
WHERE {best} AND {selector_sql(subject, "a")} AND {scope_sql(scope, "a")} AND ({extra}) AND a.chance IS NOT NULL
ORDER BY a.result
"""


def paired(subject: Selector, scope: Scope, context: Context, join: str, rival: str = "") -> str:
    """Rows of the subject beside one partner each, joined by `join` on aliases a and b."""
    rival = rival or f"{own_rows(scope)} b"
    return f"""
SELECT
    {COLUMNS}, {TASK_AND_METRIC} AS contest, b.result AS rival_result, a.score - b.score AS points, a.skill - b.skill AS skill,
    a.score - b.score AS points_median, a.skill - b.skill AS skill_median,
    abs(a.score - b.score) < 0.5 * pow(10, -least(a.decimals, b.decimals)) AS tie,
    {own_sql(context)} AS own
FROM {own_rows(scope)} a JOIN {rival} ON {join}
WHERE {selector_sql(subject, "a")} AND {scope_sql(scope, "a")}
ORDER BY a.result, b.result
"""
