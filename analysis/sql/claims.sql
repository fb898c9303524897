-- view: claims
-- The ledger: a row is one claim with its two verdicts.
SELECT
    c.id AS claim, -- Claim id
    c.publication, -- Who claims it
    p.year, -- Year of that publication
    array_to_string(c.methods, ', ') AS method, -- What it is about; empty for field-wide critiques
    c.category, -- Sort of claim
    c.says, -- The claim in our words
    c.predicate_kind AS predicate, -- Kind of predicate
    c.predicate AS predicate_json, -- The whole predicate
    CASE WHEN c.predicate_kind = 'wins_at_least' THEN (c.predicate ->> 'wins')::INTEGER END AS claimed_wins, -- Wins claimed, where it counts
    CASE WHEN c.predicate_kind = 'wins_at_least' THEN (c.predicate ->> 'of')::INTEGER END AS claimed_n, -- Tasks claimed, where it counts
    own.wins AS own_wins, -- Comparisons (task and metric, or rows) won in the authors' own evidence
    own.ties AS own_ties, -- Comparisons tied there
    own.wins + own.ties + own.losses AS own_n, -- Comparisons found there
    own.verdict AS own_verdict, -- Verdict on the authors' own evidence
    own.robust AS own_robust, -- Whether every criterion agrees, on two publications or more
    own.robustness AS own_robustness, -- robust, within_one_study, not_robust or untested
    others.verdict AS others_verdict, -- Verdict on everyone else's evidence
    others.robust AS others_robust, -- Whether every criterion agrees, on two publications or more
    others.robustness AS others_robustness, -- robust, within_one_study, not_robust or untested
    CASE WHEN others.verdict <> 'untested' THEN 'others' ELSE 'own' END AS effect_side, -- Whose evidence the effect is from: others' where there is any
    CASE WHEN others.verdict <> 'untested' THEN others.unit ELSE own.unit END AS unit, -- points or skill
    CASE WHEN others.verdict <> 'untested' THEN others.effect ELSE own.effect END AS effect, -- Estimated difference, positive where the claim points
    CASE WHEN others.verdict <> 'untested' THEN others.ci_low ELSE own.ci_low END AS ci_low, -- Lower end of its 95% interval
    CASE WHEN others.verdict <> 'untested' THEN others.ci_high ELSE own.ci_high END AS ci_high, -- Upper end of its 95% interval
    own.effect AS own_effect, -- Effect in the authors' own evidence
    others.effect AS others_effect, -- Effect in everyone else's
    own.n_rows AS n_own, -- Deciding rows of the authors' own
    others.n_rows AS n_others, -- Deciding rows of everyone else's
    others.n_publications AS n_others_publications, -- Publications among these
    c.locator, -- Where the claim stands
    c.second_reading, -- Whether somebody read it again
    (SELECT string_agg(r.by_whom || ', ' || r.date || ': ' || r.says, ' | ' ORDER BY r.position) FROM reply r WHERE r.claim = c.id) AS reply, -- What those concerned reply; table reply has it in parts
    c.file -- Catalog file
FROM claim c
JOIN publication p ON p.citekey = c.publication
JOIN claim_verdict own ON own.claim = c.id AND own.side = 'own'
JOIN claim_verdict others ON others.claim = c.id AND others.side = 'others'
