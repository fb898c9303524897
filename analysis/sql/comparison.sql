-- view: comparison
-- Pairs of results that may be compared, and only those: same table, task, metric, split and
-- setting, and the same protocol, where a method that has no pretrained weights to bring (trained on
-- the task, used as released, or a rule) may stand beside any. A row is one pair; `a` is the
-- foundation model, or of two of a sort the first by name.
SELECT
    a.cell, -- The cell that both stand in
    a.evaluation, -- The table
    a.publication, -- Who reports it
    a.work, -- The same, preprint and published version being one
    a.evidence_level, -- What stands behind it
    a.year, -- Year
    a.task, -- The task
    a.benchmark, -- Its suite
    a.domain, -- What it is about
    a.dataset, -- The underlying data
    a.metric, -- The measure
    a.family, -- Its family
    a.split, -- Part of the data
    a.setting, -- Conditions
    a.protocol, -- Protocol of a
    b.protocol AS b_protocol, -- Protocol of b
    a.result AS a_result, -- Result of a
    a.method AS a_method, -- Method a
    a.variant AS a_variant, -- Its variant
    a.kind AS a_kind, -- Its kind
    a.relation AS a_relation, -- How the source stands to a
    a.value AS a_value, -- Its value
    b.result AS b_result, -- Result of b
    b.method AS b_method, -- Method b
    b.variant AS b_variant, -- Its variant
    b.kind AS b_kind, -- Its kind
    b.subkind AS b_subkind, -- Its finer sort
    b.relation AS b_relation, -- How the source stands to b
    b.value AS b_value, -- Its value
    a.score - b.score AS difference, -- a minus b in metric points, positive where a is better
    a.skill - b.skill AS skill_difference -- The same in skill
FROM scored a
JOIN scored b
    ON a.cell = b.cell
    AND (
        a.protocol = b.protocol
        OR a.protocol IN ('own_training', 'as_released', 'untrained_rule')
        OR b.protocol IN ('own_training', 'as_released', 'untrained_rule')
    )
    AND (a.method <> b.method OR coalesce(a.variant, '') < coalesce(b.variant, ''))
    AND (
        CASE WHEN a.kind = 'foundation_model' THEN 0 ELSE 1 END,
        a.method
    ) <= (
        CASE WHEN b.kind = 'foundation_model' THEN 0 ELSE 1 END,
        b.method
    )
