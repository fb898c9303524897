-- Are models further ahead of simple baselines in their authors' own tables?
SELECT
    against, evidence, n_publications,
    round(estimate, 3) AS gap_in_skill, round(ci_low, 3) AS from_95, round(ci_high, 3) AS to_95, status
FROM gap_pooled
WHERE gap = 'baseline' AND domain = 'all' AND family = 'all' AND versus = 'best'
ORDER BY against, evidence
