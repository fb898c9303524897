"""has_attribute: a recorded fact of the model is at least, at most, or equal to what is claimed.

Decided on facts, not on results: each recorded value counts as one row.
"""

from __future__ import annotations

from analysis.predicates.decide import Rule, Summary, Verdict
from analysis.predicates.select import Context
from schema.ddl import quoted
from schema.records.claim import HasAttribute


def rows_sql(predicate: HasAttribute, context: Context) -> str:
    """Recorded values of the field for the subject and its variants, with whether each satisfies it."""
    methods = ", ".join(quoted(m) for m in context.subject(predicate.subject).methods) or "''"
    number = "try_cast(f.value AS DOUBLE)"
    conditions = []
    if predicate.at_least is not None:
        conditions.append(f"{number} >= {predicate.at_least!r}")
    if predicate.at_most is not None:
        conditions.append(f"{number} <= {predicate.at_most!r}")
    if predicate.equals is not None:
        conditions.append(f"list_contains(string_split(f.value, ', '), {quoted(predicate.equals)})")
    holds = " AND ".join(conditions) or "TRUE"
    only = f"AND f.entity = {quoted(predicate.variant)}" if predicate.variant else ""
    return f"""
SELECT
    f.entity_kind || ':' || f.entity || ':' || f.field AS result, v.model AS method,
    v.id AS variant, f.field AS contest, coalesce(p.version_of, p.citekey) AS work, p.citekey AS publication,
    p.evidence_level::VARCHAR AS evidence_level, f.field AS task, f.entity AS dataset,
    f.field AS metric, 'fact' AS family, FALSE AS leakage_noted, {number} AS value,
    NULL AS rival_result, CASE WHEN {holds} THEN 1 ELSE -1 END AS points,
    CASE WHEN {holds} THEN 1 ELSE -1 END AS skill, NULL AS points_median, NULL AS skill_median,
    FALSE AS tie,
    coalesce(p.version_of, p.citekey) = {quoted(context.work)} OR mp.citekey IS NOT NULL AS own
FROM fact f
JOIN publication p ON p.citekey = f.citekey
LEFT JOIN variant v ON v.id = f.entity
LEFT JOIN method_publication mp
    ON mp.citekey = f.citekey AND mp.method = coalesce(v.model, f.entity)
WHERE f.state = 'known' AND f.field = {quoted(predicate.field)}
    AND coalesce(v.model, f.entity) IN ({methods}) {only}
ORDER BY 1, 5
"""


def rule(predicate: HasAttribute) -> Rule:
    """Every recorded value satisfies it; or, for an upper bound named without variant, the largest does."""

    def decide(summary: Summary) -> Verdict:
        if not summary.differences:
            return Verdict.untested
        held = [x > 0 for x in summary.differences]
        if predicate.at_least is not None and predicate.variant is None:
            # "up to 1M" is claimed of a family: one variant that reaches it is enough
            return Verdict.supported if any(held) else Verdict.contradicted
        if all(held):
            return Verdict.supported
        return Verdict.contradicted if not any(held) else Verdict.overstated

    return decide
