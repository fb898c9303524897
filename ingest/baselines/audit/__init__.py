"""An audit of a benchmark task: what a score on it can and can't mean, found in the data alone."""
