-- view: unpaired
-- Results of foundation models that enter no comparison with a comparator, and why. A row is one result.
SELECT
    r.result, -- The result
    r.publication, -- Who reports it
    r.method, -- The model
    r.task, -- The task
    r.metric, -- The measure
    r.value, -- The value
    CASE
        WHEN r.status <> 'ok' THEN 'the run is marked ' || r.status
        WHEN r.origin = 'quoted' THEN 'quoted from another paper: counted where it was measured'
        WHEN NOT r.pooled THEN 'flagged ' || array_to_string(r.flags, ', ')
        WHEN r.higher_is_better IS NULL OR r.metric_family IN ('quantity', 'relative', 'cost') THEN 'the metric has no direction, or is scaled between the methods of a table'
        WHEN NOT s.best_configuration THEN 'another configuration of the model did better in the same cell'
        ELSE 'no comparator in the same table, task, metric, split and setting under a comparable protocol'
    END AS reason -- Why it isn't compared
FROM results r
LEFT JOIN scored_all s ON s.result = r.result
WHERE r.method_kind = 'foundation_model' AND r.result NOT IN (SELECT g.result FROM gap_arms g)
ORDER BY r.result
