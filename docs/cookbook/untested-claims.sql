-- Which claims has nobody but their authors tested, and what would test them?
SELECT publication, claim, says, predicate, own_verdict
FROM claims
WHERE others_verdict = 'untested'
ORDER BY year DESC, publication, claim
