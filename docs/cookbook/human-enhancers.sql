-- What does best at human enhancers, in each table that compares methods on them?
SELECT
    s.evaluation, s.task, s.metric, s.split, s.setting,
    arg_max(m.name, s.score) AS best,
    arg_max(s.kind, s.score) AS its_sort,
    arg_max(s.value, s.score) AS its_value,
    count(DISTINCT s.method) AS methods
FROM scored s
JOIN method m ON m.id = s.method
WHERE s.domain = 'enhancer' AND contains(s.organism, 'Homo sapiens')
GROUP BY s.cell, s.evaluation, s.task, s.metric, s.split, s.setting
HAVING count(DISTINCT s.method) > 1
ORDER BY s.task, s.metric, s.evaluation, s.setting
