"""Printed means over tasks or scores: withheld from `scored`, read by claims that are about them."""

from __future__ import annotations

_UNPOOLED = (
    "['metric_inferred', 'folded_direction', 'relative_score', 'not_a_score', 'duplicate', "
    "'dev_as_test']"
)

MEANS_ALL = f"""(
    SELECT
        r.id AS result,
        md5(concat_ws(chr(31), r.evaluation, r.task, r.metric, r.split, r.setting, coalesce(r.input_bp, 0), coalesce(r.n_train, 0))) AS cell,
        r.evaluation, e.publication, coalesce(p.version_of, p.citekey) AS work,
        e.evidence_level::VARCHAR AS evidence_level, r.task, t.benchmark, t.domain::VARCHAR AS domain,
        t.dataset, t.organism, t.generalisation, r.metric, me.family::VARCHAR AS family,
        r.split::VARCHAR AS split, r.setting, r.input_bp, r.protocol::VARCHAR AS protocol, r.method,
        r.variant, r.configuration, m.kind::VARCHAR AS kind, m.subkind, rel.relation, r.value,
        r.decimals - CASE WHEN r.unit = 'percent' THEN -2 ELSE 0 END AS decimals,
        CASE WHEN me.higher_is_better THEN r.value ELSE -r.value END AS score,
        me.higher_is_better, NULL::DOUBLE AS chance, NULL::DOUBLE AS skill,
        row_number() OVER (
            PARTITION BY r.evaluation, r.task, r.metric, r.split, r.setting, r.input_bp, r.n_train, r.origin, r.method, r.variant, r.protocol
            ORDER BY CASE WHEN me.higher_is_better THEN r.value ELSE -r.value END DESC, r.row
        ) = 1 AS best_configuration,
        r.origin = 'quoted' AS quoted,
        list_contains(r.flags, 'leakage_suspected') OR t.leakage_status = 'suspected'
        OR EXISTS (
            SELECT 1 FROM corpus_overlap o
            WHERE o.excludes AND o.task = t.id AND o.model = r.method
                AND (r.variant IS NULL OR o.variant = r.variant)
        ) AS leakage_noted
    FROM result r
    JOIN evaluation e ON e.id = r.evaluation
    JOIN publication p ON p.citekey = e.publication
    JOIN task t ON t.id = r.task
    JOIN metric me ON me.id = r.metric
    JOIN method m ON m.id = r.method
    JOIN relation rel ON rel.evaluation = r.evaluation AND rel.method = r.method
    WHERE r.status = 'ok' AND list_contains(r.flags, 'task_mean')
        AND NOT list_has_any(r.flags, {_UNPOOLED})
        AND me.higher_is_better IS NOT NULL AND me.family NOT IN ('quantity', 'relative', 'cost')
)"""
"""As `scored_all` (analysis/sql), but of printed means only; these have no skill."""

MEANS = f"""(
    SELECT * EXCLUDE (quoted) FROM {MEANS_ALL}
    WHERE NOT quoted AND kind NOT IN ('composite', 'control_positive', 'control_negative')
        AND evidence_level <> 'own_run'
)"""
"""As `scored`, but of printed means only."""
