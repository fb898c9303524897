"""How the cost of the house default grows with the number of effects, and against metafor.

Three-level REML with CR2 by study and Satterthwaite degrees of freedom, ten effects a study, one
core. Prints ratios: times of one machine say little about another.

    python -m benchmarks.meta_speed
"""

import csv
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.meta import fit

SIZES = (500, 2_000, 5_000, 20_000, 50_000)
METAFOR_SIZES = (200, 500, 2_000)
R_PROGRAM = """
suppressPackageStartupMessages({library(metafor); library(clubSandwich)})
d <- read.csv(commandArgs(TRUE)[1])
used <- system.time({
  m <- rma.mv(y, v, random = ~ 1 | study / task / row, data = d, sparse = TRUE)
  r <- coef_test(m, vcov = "CR2", cluster = d$study)
})
cat(used[["user.self"]], coef(m), r$SE, "\\n")
"""


def data(k, seed=1):
    """k effects, ten a study, in up to three tasks a study."""
    rng = np.random.default_rng(seed)
    groups = k // 10
    study = np.repeat(np.arange(groups), 10)
    task = rng.integers(0, 3, k)
    v = rng.uniform(1e-4, 9e-4, k)
    y = (
        0.03
        + rng.normal(0, 0.02, groups)[study]
        + rng.normal(0, 0.02, (groups, 3))[study, task]
        + rng.normal(0, np.sqrt(v + 4e-4))
    )
    return {"y": y, "v": v, "study": study, "task": task, "row": np.arange(k)}


def run(d):
    """The fit whose time is taken."""
    return fit(d["y"], d["v"], levels=[d["study"], d["task"], d["row"]], robust="cr2")


def seconds(k, repeats=3):
    """CPU seconds of the quickest of a few runs, and the result."""
    d = data(k)
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.process_time()
        result = run(d)
        best = min(best, time.process_time() - start)
    return best, result


def metafor_seconds(k):
    """CPU seconds, estimate and CR2 standard error of metafor and clubSandwich; None without R."""
    if shutil.which("Rscript") is None:
        return None
    d = data(k)
    with tempfile.TemporaryDirectory() as folder:
        table, program = Path(folder) / "d.csv", Path(folder) / "d.R"
        with table.open("w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(d)
            writer.writerows(zip(*(column.tolist() for column in d.values()), strict=True))
        program.write_text(R_PROGRAM)
        ran = subprocess.run(
            ["Rscript", str(program), str(table)], capture_output=True, text=True, check=False
        )
    if ran.returncode != 0:
        return None
    return tuple(float(part) for part in ran.stdout.split()[:3])


def main():
    """Print growth, then the ratio to metafor where R is installed."""
    with threadpool_limits(1):
        measure()


def measure():
    """The measurements of `main`, on the threads it allows."""
    seconds(SIZES[0])
    base, _ = seconds(SIZES[0])
    print("Three-level REML + CR2, one core: CPU time by number of effects")
    print(
        f"{'effects':>8} {'studies':>8} {'seconds':>9} {'times the first':>16} {'per effect':>11}"
    )
    for k in SIZES:
        used, result = seconds(k, repeats=2)
        assert result is not None
        growth, each = used / base, (used / k) / (base / SIZES[0])
        print(f"{k:>8,} {result.n_clusters:>8,} {used:>9.3f} {growth:>15.1f}x {each:>10.2f}x")
    print("\nAgainst metafor (sparse = TRUE) and clubSandwich")
    for k in METAFOR_SIZES:
        theirs = metafor_seconds(k)
        if theirs is None:
            print("  not measured: Rscript with metafor and clubSandwich isn't installed")
            return
        ours, result = seconds(k)
        gap = abs(result.robust.se / theirs[2] - 1.0)
        print(
            f"  {k:>6,} effects: metafor takes {theirs[0] / ours:,.0f} times as long "
            f"({theirs[0]:.1f} s against {ours:.3f} s; CR2 standard errors differ by {gap:.0e})"
        )


if __name__ == "__main__":
    main()
