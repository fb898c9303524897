"""A catalog of one model, one benchmark of two tasks and one metric."""

from pathlib import Path

from schema.catalog import load as load_catalog

BIB = """@article{doe2020toy,
  title = {Toy}, author = {Doe, Jane}, year = {2020}, journal = {J}, doi = {10.1234/toy},
  evidencelevel = {peer_reviewed}, role = {model}, verified = {made for a test}
}
"""
MODEL = """id: toy
name: Toy
family: toy
modality: [dna]
publications: [doe2020toy]
summary: A toy.
sources:
  paper: {cite: doe2020toy, locator: "Section 1", read: by_hand}
variants:
  - {id: toy-1m, name: Toy-1M}  # the only one
"""
BENCHMARK = """id: bench
name: Bench
publications: [doe2020toy]
released: {value: "2020", source: paper}
repository: not_checked
licence: not_checked
summary: Two tasks.
sources:
  paper: {cite: doe2020toy, locator: "Section 2", read: by_hand}
tasks:
"""
TASK = """  - id: %s
    name: %s
    domain: promoter
    type: binary
    organism: ["Homo sapiens"]
    dataset: %s-data
    metrics: [mcc]
    input_length_bp: not_reported
    n_train: not_reported
    n_test: not_reported
    n_classes: 2
    positive_share: not_reported
    source: paper
"""
METRICS = (
    "- {id: mcc, name: Matthews correlation coefficient, family: mcc, higher_is_better: true, "
    "chance: 0, perfect: 1, lower: -1, upper: 1, aliases: [MCC]}\n"
)


def make(root: Path) -> Path:
    """Write the toy catalog into ``root``; it is without a problem."""
    for folder in ("models", "benchmarks", "methods", "corpora", "results", "claims"):
        (root / folder).mkdir(parents=True)
    (root / "references.bib").write_text(BIB)
    (root / "models" / "toy.yaml").write_text(MODEL)
    tasks = TASK % ("promoters", "Promoters", "p") + TASK % ("splicing", "Splicing", "s")
    (root / "benchmarks" / "bench.yaml").write_text(BENCHMARK + tasks)
    (root / "metrics.yaml").write_text(METRICS)
    load_catalog(root)
    return root
