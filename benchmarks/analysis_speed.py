"""Effect sizes against the same function called row by row, and what rank intervals cost by size.

Prints ratios of CPU time within one run: a frame is worked on by column, so 20,000 pairs should cost
far less than as many calls; the bootstrap of ranks should grow no faster than its table.

    python -m benchmarks.analysis_speed
"""

import time

import numpy as np
import pandas as pd

from analysis.effects import paired_effects
from analysis.ranking import ScoreTable, rank_intervals

PAIRS, CALLS = 20_000, 50
METHODS = (5, 10, 25)
TASKS, DRAWS = 300, 200


def cpu(call):
    """CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def pairs(count, rng):
    """Made pairs of four metric families."""
    return pd.DataFrame({
        "family": rng.choice(["accuracy", "mcc", "auroc", "error"], count),
        "value_a": rng.uniform(0.5, 0.9, count), "value_b": rng.uniform(0.5, 0.9, count),
        "n_test": rng.integers(50, 5000, count),
    })  # fmt: skip


def scores(methods, rng):
    """Made scores of methods on tasks in thirty studies, six tenths of them missing."""
    method, task = np.meshgrid(np.arange(methods), np.arange(TASKS))
    kept = rng.random(method.shape) < 0.4
    method, task = method[kept], task[kept]
    return ScoreTable.from_long(
        [f"m{m:02d}" for m in method], [f"t{t:03d}" for t in task],
        rng.normal(2 * method / methods, 1), [f"s{t % 30}" for t in task],
    )  # fmt: skip


def main():
    """Measure and print."""
    rng = np.random.default_rng(0)
    frame = pairs(PAIRS, rng)
    whole = cpu(lambda: paired_effects(frame))
    rows = cpu(lambda: [paired_effects(frame.iloc[[i]]) for i in range(CALLS)])
    ratio = rows / CALLS * PAIRS / whole
    print(
        f"{PAIRS:,} paired effects: {whole:.2f} s CPU; one call a row would cost {ratio:,.0f} times that"
    )
    first = None
    for methods in METHODS:
        table = scores(methods, rng)
        spent = cpu(lambda table=table: rank_intervals(table, draws=DRAWS))
        first = first or spent
        print(f"rank intervals of {methods:>2} methods on {TASKS} tasks, {DRAWS} draws: {spent:.2f} s CPU, "
              f"{spent / first:.1f} times those of {METHODS[0]}")  # fmt: skip


if __name__ == "__main__":
    main()
