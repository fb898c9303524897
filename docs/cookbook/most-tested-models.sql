-- Which foundation models have been measured most, and by how many sources?
SELECT
    method_name AS model,
    count(*) AS results,
    count(DISTINCT publication) AS publications,
    count(DISTINCT task) AS tasks
FROM results
WHERE method_kind = 'foundation_model' AND origin = 'own'
GROUP BY model
ORDER BY results DESC, model
LIMIT 25
