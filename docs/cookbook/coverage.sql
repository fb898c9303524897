-- How many results has each model in each domain, by who measured?
SELECT
    method_name AS model, domain,
    count(*) FILTER (relation = 'self') AS by_the_authors,
    count(*) FILTER (relation = 'rival') AS by_rivals,
    count(*) FILTER (relation = 'independent') AS by_independents
FROM results
WHERE method_kind = 'foundation_model'
GROUP BY ALL
ORDER BY count(*) DESC, model, domain
