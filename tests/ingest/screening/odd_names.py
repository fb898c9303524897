"""Names of partitions that mean something to an engine, or look alike when made plain."""

import gzip
from pathlib import Path

from benchmarks.screening_snapshot import Maker

# Patterns to DuckDB or to Spark, names that look alike when made plain, and one long one.
ODD = ["part[1].gz", "part1.gz", "part*.gz", "p?rt1.gz", "q{a,b}.gz", "part 1.gz", "part_1.gz", "é.gz", "è.gz",
       "a/b.gz", "a__b.gz", "o'brien.gz", "back\\slash.gz", "50%25.gz", "/".join(["d" * 60] * 5) + "/x.gz"]  # fmt: skip


def write_odd_names(folder: Path) -> Path:
    """One work a file, each another."""
    maker = Maker(1)
    for number, name in enumerate(ODD):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        line = maker.openalex(f"A genomic foundation model of species {number}", None, f"A B{number}", "2024-05-06")[1]  # fmt: skip
        (folder / name).write_bytes(gzip.compress(line.encode()))
    return folder
