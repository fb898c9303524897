-- table: scored_all
-- Results that may enter comparisons, turned so that higher is better. A row is one result.
-- Left out: failed and suspect runs, flagged rows, quantities without a direction, costs, and scores
-- that are scaled between the methods of a table. Numbers quoted from other papers are in it, and marked:
-- authors judge their own claims by them, but they are nobody's new measurement. Controls and
-- composites are in it for claims that name them.
SELECT
    r.id AS result, -- The result
    md5(concat_ws(chr(31), r.evaluation, r.task, r.metric, r.split, r.setting, coalesce(r.input_bp, 0), coalesce(r.n_train, 0))) AS cell, -- Results of one cell were got under the same conditions
    r.evaluation, -- The table it stands in
    e.publication, -- Who reports it
    coalesce(p.version_of, p.citekey) AS work, -- That publication, its preprint counted as the same
    p.year, -- Year of that publication
    e.evidence_level::VARCHAR AS evidence_level, -- What stands behind it
    r.task, -- The task
    t.benchmark, -- Its suite
    t.domain::VARCHAR AS domain, -- What it is about
    t.dataset, -- The underlying data
    t.organism, -- Species
    t.input_length_bp, -- Length of an input
    t.generalisation, -- In what way test items are new
    r.metric, -- The measure
    me.family::VARCHAR AS family, -- Its family
    r.split::VARCHAR AS split, -- Part of the data
    r.setting, -- Conditions of the cell
    r.input_bp, -- Input length, where varied
    r.n_train AS n_train_varied, -- Training labels, where varied
    coalesce(r.n_train, t.n_train) AS n_train, -- Training labels
    coalesce(r.n_test, t.n_test) AS n_test, -- Test items
    t.positive_share, -- Share of positives among them
    t.n_classes, -- Classes
    r.protocol::VARCHAR AS protocol, -- How the method was brought to the task
    r.method, -- What was scored
    r.variant, -- Which checkpoint
    r.configuration, -- How it was run
    m.kind::VARCHAR AS kind, -- What sort of thing it is
    m.subkind, -- Finer sort
    rel.relation, -- self, affiliated, rival or independent; own where claimgap ran it itself
    r.value, -- The value on the metric's own scale
    r.decimals - CASE WHEN r.unit = 'percent' THEN -2 ELSE 0 END AS decimals, -- Digits known behind the point
    CASE WHEN me.higher_is_better THEN r.value ELSE -r.value END AS score, -- The value, turned so that higher is better
    me.higher_is_better, -- Direction of the metric
    c.chance AS chance, -- Value at chance; NULL where unknown
    me.perfect, -- Best possible value
    (r.value - c.chance) / nullif(me.perfect - c.chance, 0) AS skill, -- 0 at chance, 1 when perfect
    r.uncertainty, -- Plus-minus
    r.uncertainty_low, -- Lower bound, where bounds are printed
    r.uncertainty_high, -- Upper bound
    r.uncertainty_kind, -- What the plus-minus is
    r.uncertainty_over, -- Over what it was taken
    r.n_runs, -- Runs or seeds
    row_number() OVER (
        PARTITION BY r.evaluation, r.task, r.metric, r.split, r.setting, r.input_bp, r.n_train, r.origin, r.method, r.variant, r.protocol
        ORDER BY CASE WHEN me.higher_is_better THEN r.value ELSE -r.value END DESC, r.row
    ) = 1 AS best_configuration, -- Whether it is the best of the configurations in which this method ran in the cell
    r.origin = 'quoted' AS quoted, -- Whether the number is another paper's
    r.flags, -- What a reader must know
    list_contains(r.flags, 'leakage_suspected')
    OR t.leakage_status = 'suspected'
    OR coalesce(ta.leaks, FALSE)
    OR EXISTS (
        SELECT 1
        FROM corpus_overlap o
        WHERE
            o.excludes
            AND o.task = t.id
            AND o.model = r.method
            AND (r.variant IS NULL OR o.variant = r.variant)
    ) AS leakage_noted -- Whether leakage is suspected on the row or its task, or an audit of the task's files found it, or its pretraining data overlap with the task's (corpus_overlap.excludes)
FROM result r
JOIN evaluation e ON e.id = r.evaluation
JOIN publication p ON p.citekey = e.publication
JOIN task t ON t.id = r.task
LEFT JOIN task_audit ta ON ta.task = t.id
JOIN metric me ON me.id = r.metric
JOIN method m ON m.id = r.method
JOIN relation rel ON rel.evaluation = r.evaluation AND rel.method = r.method
LEFT JOIN task_metric tm ON tm.task = r.task AND tm.metric = r.metric
CROSS JOIN LATERAL (
    -- the largest class where there are two; docs/methods/effects.md
    SELECT greatest(t.positive_share, 1 - t.positive_share) AS larger
) l
CROSS JOIN LATERAL (
    SELECT coalesce(
            tm.chance,
            me.chance,
            CASE
                WHEN r.metric = 'balanced-accuracy' THEN 1.0 / coalesce(t.n_classes, CASE WHEN l.larger IS NOT NULL THEN 2 END)
                WHEN r.metric IN ('top5-accuracy', 'accuracy-at-k') THEN NULL
                WHEN me.family = 'accuracy' THEN coalesce(l.larger, 1.0 / t.n_classes)
                WHEN me.family = 'auprc' THEN t.positive_share
                WHEN r.metric = 'f1' THEN 2 * t.positive_share / (1 + t.positive_share)
                WHEN r.metric = 'f1-macro' THEN l.larger / (1 + l.larger)
                WHEN r.metric = 'f1-weighted' THEN 2 * l.larger * l.larger / (1 + l.larger)
                WHEN r.metric = 'f1-micro' THEN l.larger
            END
        ) AS chance
) c
WHERE
    (
        r.pooled
        OR (
            r.origin = 'quoted'
            AND r.status = 'ok'
            AND NOT list_has_any(r.flags, ['task_mean', 'metric_inferred', 'folded_direction', 'relative_score', 'not_a_score', 'dev_as_test'])
        )
    )
    AND me.higher_is_better IS NOT NULL
    AND me.family NOT IN ('quantity', 'relative', 'cost')
ORDER BY r.evaluation, r.row
