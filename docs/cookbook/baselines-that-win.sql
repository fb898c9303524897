-- On which tasks does a simple baseline beat every foundation model beside it?
SELECT
    task, metric, publication,
    arg_max(method, difference) AS best_model,
    arg_max(value, difference) AS its_value,
    any_value(comparator) AS baseline,
    any_value(comparator_value) AS baseline_value,
    round(max(difference), 4) AS best_difference
FROM gap_baseline
GROUP BY task, metric, publication, cell
HAVING max(difference) < 0
ORDER BY best_difference, task
LIMIT 200
