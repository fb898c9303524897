-- view: gap_reporting
-- The authors' own value minus another group's, for the same model, task, metric, split and
-- protocol. A row is one pair of values.
SELECT * FROM gap_reporting_pairs
