-- table: gap_reporting_pairs
-- What a model's own authors report against what others report for the same model. A row is one
-- pair: the authors' value and another group's value for the same method, task, metric and setting, both on
-- held-out data (a test set or cross-validation, which differ between groups and are told apart), with
-- the same variant and protocol where both sources say which. A value that the authors print in two
-- tables is paired once.
SELECT
    s.result AS self_result, -- The authors' result
    o.result AS other_result, -- The others' result
    s.method, -- The model
    coalesce(s.variant, o.variant) AS variant, -- Its variant, where a source says which
    (s.variant IS NOT DISTINCT FROM o.variant AND s.variant IS NOT NULL) AS same_variant, -- Whether both name the same variant
    s.task, -- The task
    s.benchmark, -- Its suite
    s.domain, -- What it is about
    s.dataset, -- The underlying data
    s.metric, -- The measure
    s.family, -- Its family
    s.split AS self_split, -- Part of the data that the authors used
    o.split AS other_split, -- Part of the data that the others used
    s.protocol AS self_protocol, -- The authors' protocol
    o.protocol AS other_protocol, -- The others' protocol
    s.publication AS self_publication, -- The authors' publication
    o.publication AS other_publication, -- The others' publication
    o.work, -- The same, preprint and published version being one
    o.evidence_level, -- What stands behind the others' value
    o.relation, -- How the others stand to the model
    s.value AS self_value, -- The authors' value
    o.value AS other_value, -- The others' value
    (s.score + o.score) / 2 AS mean_score, -- Mean of the two, higher being better
    s.score - o.score AS difference, -- Authors' minus others' in metric points, positive where the authors report better
    s.skill - o.skill AS skill_difference -- The same in skill
FROM scored s
JOIN scored o
    ON o.method = s.method
    AND o.task = s.task
    AND o.metric = s.metric
    AND (o.split = s.split OR (o.split IN ('test', 'cross_validation') AND s.split IN ('test', 'cross_validation')))
    AND o.setting = s.setting
    AND coalesce(o.input_bp, 0) = coalesce(s.input_bp, 0)
    AND coalesce(o.n_train_varied, 0) = coalesce(s.n_train_varied, 0)
    AND (o.variant = s.variant OR o.variant IS NULL OR s.variant IS NULL)
    AND (o.protocol = s.protocol OR 'not_reported' IN (o.protocol, s.protocol))
    AND o.relation IN ('rival', 'independent')
WHERE s.relation = 'self' AND s.kind = 'foundation_model'
QUALIFY row_number() OVER (
    PARTITION BY
        s.publication, s.method, s.variant, s.configuration, s.protocol, s.task, s.metric, s.split, s.setting, s.input_bp,
        s.n_train_varied, s.value, o.result
    ORDER BY s.result
) = 1
ORDER BY s.result, o.result
