-- view: gap_baseline
-- Foundation model minus the best simple baseline of its cell. A row is one foundation-model result.
SELECT
    g.* EXCLUDE (against)
FROM gap_arms g
WHERE g.against = 'simple_baseline'
