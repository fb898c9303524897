-- Where do authors and others disagree most on one model, task and metric?
SELECT
    method, variant, task, metric, self_value, other_value,
    round(skill_difference, 3) AS skill_difference,
    self_publication, other_publication, relation
FROM gap_reporting
WHERE skill_difference IS NOT NULL
ORDER BY abs(gap_reporting.skill_difference) DESC, task, self_result, other_result
LIMIT 100
