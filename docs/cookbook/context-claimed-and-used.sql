-- How long is the input that models can take, and how long was it where they were tested?
SELECT
    m.variant_name AS variant, m.context_bp AS longest_input_bp,
    max(coalesce(r.input_bp, t.input_length_bp)) AS longest_tested_bp,
    count(*) AS results
FROM models m
JOIN results r ON r.variant = m.variant
JOIN task t ON t.id = r.task
WHERE m.context_bp IS NOT NULL
GROUP BY ALL
ORDER BY longest_input_bp DESC, variant
LIMIT 100
