-- table: gap_arms
-- Each foundation model's result against the best, and against the median, of each sort of
-- comparator in its cell. A row is one foundation-model result and one sort of comparator.
-- Of several configurations of one method in a cell (pooling, layer, head) its best one stands for it,
-- on both sides. A network without pretraining is a comparator only of the model whose network it is,
-- and a language model that a study pretrained on sequences for itself is none: it is what foundation
-- models are, and nobody else can take it in their place.
-- The best comparator is chosen on the score itself, which flatters comparators where there are many: so
-- the number of candidates and the median stand beside it.
WITH against AS (
    SELECT s.result, s.cell, s.protocol, s.method, s.score, s.value, s.skill, m.architecture_of, unnest(
        list_filter(
            [
                CASE WHEN s.kind = 'simple_baseline' THEN 'simple_baseline' END,
                CASE WHEN s.kind = 'simple_baseline' AND s.subkind IN ('kmer_linear', 'composition') THEN 'kmer_linear' END,
                CASE WHEN s.kind = 'neural_from_scratch' THEN 'neural_from_scratch' END,
                CASE WHEN s.kind = 'specialist' THEN 'specialist' END,
                CASE WHEN s.kind = 'random_init' THEN 'random_init' END,
                CASE
                    WHEN s.kind NOT IN ('foundation_model', 'random_init', 'ensemble') AND s.subkind <> 'sequence_lm'
                        THEN 'any_comparator'
                END
            ],
            LAMBDA x: x IS NOT NULL
        )
    ) AS against
    FROM scored s
    JOIN method m ON m.id = s.method
    WHERE s.kind <> 'foundation_model' AND s.best_configuration
),
paired AS (
    SELECT f.result, c.against, c.result AS comparator_result, c.method AS comparator, c.score, c.skill
    FROM scored f
    JOIN against c
        ON c.cell = f.cell
        AND (c.protocol = f.protocol OR c.protocol IN ('own_training', 'as_released', 'untrained_rule'))
    WHERE f.kind = 'foundation_model' AND f.best_configuration
        AND (c.against <> 'random_init' OR c.architecture_of = f.method)
),
best AS (
    SELECT
        result,
        against,
        arg_max(comparator_result, (score, comparator_result)) AS comparator_result,
        median(score) AS median_score,
        median(skill) AS median_skill,
        count(*) AS n_comparators
    FROM paired
    GROUP BY result, against
)
SELECT
    f.result, -- The foundation model's result
    best.against, -- Sort of comparator
    b.result AS comparator_result, -- Result of the best of them in the cell
    b.method AS comparator, -- Which one it is
    best.n_comparators, -- How many results it was chosen from
    f.cell, -- The cell
    f.evaluation, -- The table
    f.publication, -- Who reports it
    f.work, -- The same, preprint and published version being one
    f.year, -- Year
    f.evidence_level, -- What stands behind it
    f.task, -- The task
    f.benchmark, -- Its suite
    f.domain, -- What it is about
    f.dataset, -- The underlying data
    f.metric, -- The measure
    f.family, -- Its family
    f.split, -- Part of the data
    f.protocol, -- How the model was brought to the task
    f.method, -- The model
    f.variant, -- Its variant
    f.relation, -- How the source stands to the model
    f.leakage_noted, -- Whether leakage is suspected
    f.value, -- The model's value
    b.value AS comparator_value, -- The comparator's value
    f.score - b.score AS difference, -- Model minus best comparator in metric points, positive where the model is better
    f.skill - b.skill AS skill_difference, -- The same in skill
    f.score - best.median_score AS difference_to_median, -- Model minus median comparator in metric points
    f.skill - best.median_skill AS skill_difference_to_median -- The same in skill
FROM scored f
JOIN best ON best.result = f.result
JOIN scored b ON b.result = best.comparator_result
ORDER BY f.result, best.against
