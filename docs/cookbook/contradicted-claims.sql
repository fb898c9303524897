-- Which claims does other people's evidence contradict or call overstated?
SELECT
    claim, method, year, says, own_verdict, others_verdict,
    round(others_effect, 3) AS others_effect, n_others
FROM claims
WHERE others_verdict IN ('contradicted', 'overstated')
ORDER BY others_verdict, year, claim
