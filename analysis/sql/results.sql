-- view: results
-- Every reported value with all that is needed to read it. A row is one result.
SELECT
    r.id AS result, -- <citekey>/<table>#<row>
    e.publication, -- Citekey of who reports it
    coalesce(p.doi, '10.48550/arXiv.' || p.arxiv) AS doi, -- Its DOI, or arXiv's where that is all there is
    p.year, -- Year of that publication
    e.evidence_level::VARCHAR AS evidence_level, -- peer_reviewed, preprint, repository, leaderboard or own_run
    r.method, -- Id of what was scored
    m.name AS method_name, -- Its name
    m.kind::VARCHAR AS method_kind, -- What sort of thing it is
    m.subkind AS method_subkind, -- Finer sort, for comparators
    coalesce(r.variant, r.variant_state) AS variant, -- Checkpoint, or why there is none: not_reported or not_applicable
    r.configuration, -- How the method was run
    t.benchmark, -- Suite
    r.task, -- <benchmark>/<task>
    t.name AS task_name, -- Its name
    t.domain::VARCHAR AS domain, -- What it is about
    t.organism, -- Species, several parted by a semicolon: ask with contains()
    t.dataset, -- The underlying data, the same in every suite that uses them
    r.metric, -- Measure
    me.family::VARCHAR AS metric_family, -- Its family
    me.higher_is_better, -- Direction; NULL where there is no better
    r.value, -- The value on the metric's own scale: a printed 86.2 percent is 0.862
    r.value_printed, -- As the source prints it
    r.unit, -- Scale of value_printed
    r.uncertainty, -- Plus-minus on the metric's own scale
    r.uncertainty_low, -- Lower bound, where bounds are printed
    r.uncertainty_high, -- Upper bound
    r.uncertainty_kind, -- What the plus-minus is
    r.uncertainty_over, -- Over what it was taken
    r.n_runs, -- Runs or seeds
    coalesce(r.n_test, t.n_test) AS n_test, -- Test items
    r.n_train, -- Training labels, where varied
    r.input_bp, -- Input length, where varied
    r.split::VARCHAR AS split, -- Part of the data
    r.protocol::VARCHAR AS protocol, -- How the method was brought to the task
    r.setting, -- Conditions of the cell
    rel.relation, -- self, affiliated, rival or independent; own where claimgap ran it itself
    r.status::VARCHAR AS status, -- ok, failed, suspect or degenerate
    r.origin, -- own (this source measured it), or quoted from another paper
    r.quoted_from, -- Whose number it is, where quoted
    r.flags, -- What a reader must know before using it
    r.pooled, -- Neither failed, suspect, quoted nor flagged; `scored` leaves out controls, composites, costs and our own runs too
    r.locator, -- Where in the source it stands
    r.evaluation, -- <citekey>/<table>
    e.read AS read_how, -- How it was read
    e.second_reading, -- Whether somebody read it again
    r.file, -- Catalog file
    r.line, -- Line in it
    r.note -- A remark
FROM result r
JOIN evaluation e ON e.id = r.evaluation
JOIN publication p ON p.citekey = e.publication
JOIN method m ON m.id = r.method
JOIN task t ON t.id = r.task
JOIN metric me ON me.id = r.metric
JOIN relation rel ON rel.evaluation = r.evaluation AND rel.method = r.method
