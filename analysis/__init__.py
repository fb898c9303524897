"""WHAT IT MEANS: SQL views, comparisons, meta-analysis, verdicts, findings, charts."""
