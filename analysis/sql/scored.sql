-- table: scored
-- The rows of scored_all that their source measured itself: what gaps and findings rest on. A row is
-- one result.
SELECT * EXCLUDE (quoted) FROM scored_all WHERE NOT quoted ORDER BY evaluation, result
