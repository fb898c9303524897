-- view: comparator_audit
-- What a paper reports for a rival's model, against the rival's own report and third parties'. A row is
-- one value that a rival reports, with the owner's value for the same model, task and metric; the
-- largest disagreements first.
WITH third AS (
    SELECT self_result, median(other_value) AS third_value, count(*) AS n_third
    FROM gap_reporting_pairs
    WHERE relation = 'independent'
    GROUP BY self_result
)
SELECT
    g.other_publication AS reported_by, -- The rival's paper
    g.method, -- The model it reports
    g.variant, -- Its variant, where a source says which
    g.task, -- The task
    g.metric, -- The measure
    g.other_value AS rival_value, -- What the rival reports
    g.self_value AS own_value, -- What the model's own authors report
    third.third_value, -- Median of what independents report
    third.n_third, -- How many independents
    -g.difference AS difference, -- Rival's minus own in metric points, negative where the rival reports worse
    CASE
        WHEN third.third_value IS NULL THEN 'nobody else'
        WHEN abs(g.other_value - third.third_value) < abs(g.self_value - third.third_value) THEN 'the rival'
        ELSE 'the authors'
    END AS nearer_to_third, -- Whose value third parties come nearer to
    g.self_split, -- Part of the data that the authors used
    g.other_split, -- Part of the data that the rival used
    g.other_result AS rival_result, -- The rival's result
    g.self_result AS own_result -- The authors' result
FROM gap_reporting_pairs g
LEFT JOIN third ON third.self_result = g.self_result
WHERE g.relation = 'rival'
ORDER BY abs(g.difference) DESC, g.other_result, g.self_result
