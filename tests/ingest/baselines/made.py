"""Generated benchmark tasks: files, a registry for them, and what was planted in them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np

from ingest.baselines.registry import Suite
from ingest.baselines.sequences import pack
from ingest.baselines.splits import Split, TaskData

Rows = list[tuple[str, str]]
_OTHER = str.maketrans("ACGT", "TGCA")


def reverse_complement(sequence: str) -> str:
    return sequence.translate(_OTHER)[::-1]


def dna(rng: np.random.Generator, length: int, gc: float = 0.5) -> str:
    p = [(1 - gc) / 2, gc / 2, gc / 2, (1 - gc) / 2]
    return "".join(rng.choice(list("ACGT"), length, p=p))


def with_motif(rng: np.random.Generator, length: int, motif: str) -> str:
    base = dna(rng, length)
    at = int(rng.integers(0, length - len(motif)))
    return base[:at] + motif + base[at + len(motif) :]


def dinucleotide_shuffle(rng: np.random.Generator, sequence: str, swaps: int = 400) -> str:
    """Another sequence with the same dinucleotide counts.

    Exchanging two non-overlapping stretches that both run from one base x to one base y keeps every
    junction's dinucleotide (Kandel, Matias, Unger, Winkler 1996), so counts are equal by construction.
    """
    s = sequence
    for _ in range(swaps):
        a, b, c, d = sorted(int(i) for i in rng.integers(0, len(s), 4))
        if a < b < c < d and s[a] == s[c] and s[b] == s[d]:
            s = s[:a] + s[c:d] + s[b:c] + s[a:b] + s[d:]
    return s


def rows(rng: np.random.Generator, n: int, length: int = 100, motif: str | None = None) -> Rows:
    """`n` rows, half of each label; positives carry `motif` where one is given."""
    made = [(dna(rng, length), "0") for _ in range(n // 2)]
    for _ in range(n - n // 2):
        made.append((with_motif(rng, length, motif) if motif else dna(rng, length), "1"))
    return [made[i] for i in rng.permutation(n)]


def data(**splits: Rows) -> TaskData:
    """A task in memory, as if all its splits were published."""
    classes = sorted({label for each in splits.values() for _, label in each})
    found = {
        name: Split(
            pack([s for s, _ in each]),
            np.array([classes.index(label) for _, label in each]),
            np.arange(len(each)),
        )
        for name, each in splits.items()
    }
    sums = {
        f"made/{n}.csv": hashlib.sha256(repr(r).encode()).hexdigest() for n, r in splits.items()
    }
    return TaskData(found, classes, "published", "published", sums)


def csv_bytes(each: Rows) -> bytes:
    return ("sequence,label\n" + "".join(f"{s},{label}\n" for s, label in each)).encode()


def write_task(folder: Path, **splits: Rows) -> Path:
    """Write <folder>/data/made/<split>.csv and <folder>/datasets/made.yaml; returns `folder`."""
    (folder / "data" / "made").mkdir(parents=True)
    (folder / "datasets").mkdir()
    text = (
        "id: made\nname: Generated\nbenchmark: made\nlicence: {value: none, source: us}\n"
        "sources:\n  us: {locator: this test}\ntasks:\n  - id: motif/0\n    catalog_task: motif-0\n"
        "    format: csv\n    classes: 2\n    metric: mcc\n    splits:\n"
    )
    for name, each in splits.items():
        raw = csv_bytes(each)
        (folder / "data" / "made" / f"{name}.csv").write_bytes(raw)
        text += (
            f"      {name}:\n        - path: made/{name}.csv\n          bytes: {len(raw)}\n"
            f"          sha256: {hashlib.sha256(raw).hexdigest()}\n          rows: {len(each)}\n"
        )
    (folder / "datasets" / "made.yaml").write_text(text)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as handle:
        return list(csv.DictReader(handle))


def suite(**task: object) -> Suite:
    """A suite with one task, whose keys are given."""
    base = {"id": "t", "catalog_task": "t", "format": "csv", "metric": "mcc"}
    return Suite.model_validate(
        {
            "id": "made",
            "name": "Generated",
            "benchmark": "made",
            "licence": {"value": "none", "source": "us"},
            "sources": {"us": {"locator": "this test"}},
            "tasks": [{**base, **task}],
        }
    )
