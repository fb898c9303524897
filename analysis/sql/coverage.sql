-- view: coverage
-- How many results of each foundation model the catalog holds in each domain, by who reports them. A
-- row is one model and one domain.
SELECT
    r.method AS model, -- The model
    r.domain, -- The domain
    count(*) FILTER (r.relation IN ('self', 'affiliated')) AS own, -- Reported by its authors, or people who share an author with them
    count(*) FILTER (r.relation = 'rival') AS rival, -- Reported by authors of a rival
    count(*) FILTER (r.relation = 'independent') AS independent, -- Reported by independents
    count(DISTINCT r.publication) AS publications, -- Publications behind them
    count(DISTINCT r.task) AS tasks -- Tasks among them
FROM results r
WHERE r.method_kind = 'foundation_model'
GROUP BY r.method, r.domain
ORDER BY r.method, r.domain
