-- What does best at human enhancers, in each table that compares methods on them?
SELECT
    evaluation, task, metric, split, setting,
    arg_max(method_name, CASE WHEN higher_is_better THEN value ELSE -value END) AS best,
    arg_max(method_kind, CASE WHEN higher_is_better THEN value ELSE -value END) AS its_sort,
    arg_max(value, CASE WHEN higher_is_better THEN value ELSE -value END) AS its_value,
    count(DISTINCT method) AS methods
FROM results
WHERE domain = 'enhancer' AND contains(organism, 'Homo sapiens') AND pooled
GROUP BY ALL
HAVING count(DISTINCT method) > 1
ORDER BY task, metric, evaluation
