-- view: advice
-- What to reach for in each task domain, how strong the evidence is, and what would change the
-- advice. A row is one domain in which a foundation model was scored. Rules: docs/methods/findings.md.
WITH overall AS (
    SELECT domain, estimate, ci_low, ci_high, pi_low, pi_high, k, n_publications
    FROM gap_pooled
    WHERE gap = 'baseline' AND against = 'any_comparator' AND evidence = 'everyone' AND versus = 'best'
        AND family = 'all' AND domain <> 'all' AND k > 0
),
outsiders AS (
    SELECT domain, n_publications
    FROM gap_pooled
    WHERE gap = 'baseline' AND against = 'any_comparator' AND evidence = 'others' AND versus = 'best'
        AND family = 'all' AND k > 0
),
strongest AS (
    -- a kind that five publications tested goes before one that fewer did
    SELECT domain, arg_min(against, (n_publications < 5, estimate)) AS comparator
    FROM gap_pooled
    WHERE gap = 'baseline' AND against IN ('simple_baseline', 'neural_from_scratch', 'specialist')
        AND evidence = 'everyone' AND versus = 'best' AND family = 'all' AND estimate IS NOT NULL
    GROUP BY domain
),
labels AS (
    SELECT domain, count(DISTINCT dataset) FILTER (WHERE n_train IS NOT NULL) AS n_sized,
        min(n_train) AS fewest, max(n_train) AS most
    FROM scored WHERE kind = 'foundation_model'
    GROUP BY domain
),
sized AS (
    SELECT s.domain, count(DISTINCT s.method) FILTER (WHERE v.parameters IS NOT NULL) AS n_models_sized,
        min(v.parameters) AS smallest, max(v.parameters) AS largest
    FROM scored s LEFT JOIN variant v ON v.id = s.variant
    WHERE s.kind = 'foundation_model'
    GROUP BY s.domain
),
graded AS (
    SELECT d.domain, o.* EXCLUDE (domain), coalesce(x.n_publications, 0) AS n_others, s.comparator,
        (o.n_publications < 5)::INTEGER AS few,
        coalesce(o.ci_low <= 0 AND o.ci_high >= 0 AND (o.ci_low < -0.05 OR o.ci_high > 0.05), FALSE)::INTEGER AS imprecise,
        coalesce(o.pi_low < -0.05 AND o.pi_high > 0.05, FALSE)::INTEGER AS inconsistent,
        (coalesce(x.n_publications, 0) < 5)::INTEGER AS insiders
    FROM (SELECT DISTINCT domain FROM scored WHERE kind = 'foundation_model') d
    LEFT JOIN overall o USING (domain)
    LEFT JOIN outsiders x USING (domain)
    LEFT JOIN strongest s USING (domain)
),
decided AS (
    SELECT *, CASE
        WHEN estimate IS NULL THEN 'no_evidence'
        WHEN coalesce(ci_low > 0, estimate > 0.05) THEN 'foundation_model'
        WHEN coalesce(ci_high < 0, estimate < -0.05) THEN coalesce(comparator, 'any_comparator')
        ELSE 'no_clear_difference'
    END AS best_supported,
    greatest(4 - 2 * few - imprecise - inconsistent - insiders, 1) AS steps
    FROM graded
)
SELECT
    d.domain, -- Task domain
    d.best_supported, -- foundation_model, a kind of comparator, no_clear_difference, or no_evidence
    CASE d.best_supported
        WHEN 'no_evidence' THEN 'No table holds a foundation model beside a baseline or a tool: run one.'
        WHEN 'foundation_model' THEN 'A foundation model, checked against the best baseline or tool on your own data.'
        WHEN 'no_clear_difference' THEN 'Begin with the cheapest that you can run; a foundation model is no clear gain.'
        ELSE 'Begin with a ' || replace(d.best_supported, '_', ' ') || '; foundation models lag behind the best of what stands beside them.'
    END AS advice, -- What to do, in one sentence
    CASE WHEN d.estimate IS NULL THEN 'none' ELSE ['very low', 'low', 'moderate', 'high'][d.steps] END AS strength, -- Strength of the evidence: high, moderate, low, very low or none
    concat_ws(
        '; ',
        CASE WHEN d.few = 1 THEN 'fewer than five publications' END,
        CASE WHEN d.imprecise = 1 THEN 'an interval that leaves the sign open' END,
        CASE WHEN d.inconsistent = 1 THEN 'publications that disagree' END,
        CASE WHEN d.insiders = 1 AND d.estimate IS NOT NULL THEN 'fewer than five publications of others than the models'' authors' END
    ) AS weakened_by, -- Why the strength isn't higher; empty where it is high
    CASE
        WHEN d.estimate IS NULL THEN 'any table with a foundation model beside a baseline or a tool'
        WHEN d.few = 1 THEN (5 - d.n_publications) || ' more publication' || CASE WHEN d.n_publications = 4 THEN '' ELSE 's' END || ' with a baseline or a tool beside a model'
        WHEN d.best_supported = 'foundation_model' THEN 'new publications in which baselines and tools do better by ' || printf('%.3f', d.estimate) || ' in skill than in those so far'
        WHEN d.best_supported = 'no_clear_difference' THEN 'an interval, now ' || printf('%+.3f to %+.3f', d.ci_low, d.ci_high) || ', that leaves zero'
        ELSE 'new publications in which models do better by ' || printf('%.3f', -d.estimate) || ' in skill than in those so far'
    END AS would_change, -- What would change the advice
    d.estimate, -- Foundation model minus the best comparator of any sort, in skill
    d.ci_low, -- Lower end of its 95% interval
    d.ci_high, -- Upper end
    d.pi_low, -- Lower end of the 95% interval for a new publication
    d.pi_high, -- Upper end
    d.k, -- Differences
    coalesce(d.n_publications, 0) AS n_publications, -- Publications
    d.n_others, -- Publications of others than the models' authors
    l.n_sized AS n_datasets_with_label_count, -- Datasets whose number of training labels is recorded
    l.fewest AS fewest_labels, -- Fewest training labels among these
    l.most AS most_labels, -- Most training labels among these
    z.n_models_sized, -- Models scored whose parameters are recorded
    z.smallest AS smallest_model, -- Parameters of the smallest
    z.largest AS largest_model -- Parameters of the largest
FROM decided d
LEFT JOIN labels l USING (domain)
LEFT JOIN sized z USING (domain)
ORDER BY d.steps DESC, d.k DESC NULLS LAST, d.domain
