-- table: scored
-- The rows of scored_all that their source measured itself, without controls and composites: what gaps
-- and findings rest on. A row is one result.
SELECT * EXCLUDE (quoted)
FROM scored_all
WHERE NOT quoted AND kind NOT IN ('composite', 'control_positive', 'control_negative')
ORDER BY evaluation, result
