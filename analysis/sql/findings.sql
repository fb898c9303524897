-- view: findings
-- What the field says of itself, and what the catalog says of that. A row is one finding.
SELECT
    d.id AS finding, -- Its id
    d.topic, -- Group
    d.statement, -- The statement
    r.verdict, -- holds, holds_in_part, does_not_hold or insufficient_evidence
    r.says, -- The measure in one sentence
    r.effect, -- Effect, where the measure is one
    r.ci_low, -- Lower end of its 95% interval
    r.ci_high, -- Upper end of its 95% interval
    r.unit, -- Unit of the effect
    r.n, -- How many stand behind it
    r.unit_of_n, -- What n counts
    r.missing, -- What is missing, where evidence is insufficient
    d.measure, -- What decides it
    d.caveat, -- When it misleads
    r.sql -- SQL of the rows that decide it
FROM finding_definition d
JOIN finding_result r ON r.finding = d.id
ORDER BY d.id
