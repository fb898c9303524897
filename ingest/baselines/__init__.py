"""Simple baselines on public benchmark sequences, and an audit of the benchmarks themselves."""
