-- table: relation
-- How the people behind an evaluation stand to a method in it, derived from authorship.
-- A row is one method of one evaluation. A preprint and its published version are one work.
-- Authors are the same person where family name and first initial agree, and the first given
-- names too where both are spelt out. Who brings a method of their own is a rival in all of their tables,
-- also in those that leave it out; simple baselines and controls aren't brought to win.
WITH work AS (
    SELECT citekey, coalesce(version_of, citekey) AS work FROM publication
),
scored AS (
    SELECT DISTINCT r.evaluation, e.publication, w.work, r.method
    FROM result r
    JOIN evaluation e ON e.id = r.evaluation
    JOIN work w ON w.citekey = e.publication
),
introduces AS (
    SELECT DISTINCT mp.method, w.work
    FROM method_publication mp JOIN work w USING (citekey)
),
shares_author AS (
    SELECT DISTINCT mine.citekey AS publication, mp.method
    FROM publication_author mine
    JOIN publication_author theirs
        ON theirs.name_key = mine.name_key
        AND (
            length(theirs.given_key) < 2
            OR length(mine.given_key) < 2
            OR theirs.given_key = mine.given_key
        )
    JOIN method_publication mp ON mp.citekey = theirs.citekey
),
brings_its_own AS (
    SELECT DISTINCT s.evaluation, s.method
    FROM scored s
    JOIN introduces i ON i.work = s.work AND i.method <> s.method
    JOIN scored other ON other.work = s.work AND other.method = i.method
    JOIN method m ON m.id = i.method
    WHERE m.kind NOT IN ('simple_baseline', 'control_positive', 'control_negative')
)
SELECT
    s.evaluation, -- The evaluation
    s.publication, -- Who reports it
    s.method, -- The method
    CASE
        WHEN e.evidence_level = 'own_run' THEN 'own'
        WHEN i.method IS NOT NULL THEN 'self'
        WHEN a.method IS NOT NULL THEN 'affiliated'
        WHEN b.method IS NOT NULL THEN 'rival'
        ELSE 'independent'
    END AS relation -- self, affiliated, rival or independent; own where claimgap ran it itself
FROM scored s
JOIN evaluation e ON e.id = s.evaluation
LEFT JOIN introduces i ON i.work = s.work AND i.method = s.method
LEFT JOIN shares_author a ON a.publication = s.publication AND a.method = s.method
LEFT JOIN brings_its_own b ON b.evaluation = s.evaluation AND b.method = s.method
ORDER BY s.evaluation, s.method
