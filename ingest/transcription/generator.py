"""GENERator's figure of Tables 2 to 5.

Four columns of its Table 3 (the original NT tasks) equal InstaDeep's own figure to the last digit
that this prints, with the same runs' standard deviation under the name of a standard error: they
are quoted, and what is called HyenaDNA (55M) there is the small model of 1 kb.
"""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, model, spread
from ingest.transcription.dna_labels import GENOMIC_BENCHMARKS, NT_ORIGINAL, NT_REVISED

METHODS: Labels = {
    "Enformer": method("enformer"),
    "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
    "HyenaDNA": model("hyenadna", configuration="55M parameters by the source's count"),
    "NT-multi": model("nucleotide-transformer-v1", "nt-v1-2.5b-multi-species"),
    "NT-v2": model("nucleotide-transformer-v2", "nt-v2-500m-multi-species"),
    "Caduceus-Ph": model("caduceus", "caduceus-ph-131k"),
    "Caduceus-PS": model("caduceus", "caduceus-ps-131k"),
    "GROVER": model("grover", "grover"),
    "Generator": model("generator", "generator-eukaryote-1.2b-base"),
    "Generator-All": model("generator", "generator-all-1.2b"),
}
QUOTED = {
    "origin": "quoted",
    "quoted_from": "dallatorre2024nucleotide",
    "note": "equals the Nucleotide Transformer's own figure, whose bars are twice this spread",
}
COPIED: Labels = {
    "Enformer": method("enformer", **QUOTED),
    "DNABERT-2": model("dnabert-2", "dnabert-2-117m", **QUOTED),
    "HyenaDNA": model("hyenadna", "hyenadna-tiny-1k-d256", **QUOTED),
    "NT-multi": model("nucleotide-transformer-v1", "nt-v1-2.5b-multi-species", **QUOTED),
}
EXCHANGED = {"Splice acceptor", "Splice site all"}


def _number(row: Row) -> str:
    found = re.search(r"\(Table (\d)\)", row["locator"])
    return found[1] if found else ""


def _where(row: Row) -> Columns:
    return {"locator": f"row {row['task']}, column {row['method_variant']}"}


def _original(row: Row) -> Columns:
    if row["method"] not in COPIED:
        return _where(row)
    where = {**_where(row), "uncertainty_kind": "sd"}
    if row["task"] not in EXCHANGED or row["method"] == "NT-multi":
        return where
    return {
        **where,
        "status": "suspect",
        "note": "the values of splice acceptor and splice site all are exchanged against the quoted "
        "figure",
    }


def _table(
    number: int,
    slug: str,
    title: str,
    tasks: Labels,
    metrics: Labels,
    methods: Labels = METHODS,
    note: str = "",
) -> Table:
    return Table(
        citekey="wu2025generator",
        slug=slug,
        title=title,
        source={
            "locator": f"Table {number}, as the repository shows it",
            "repository": "GenerTeam/GENERator@96242a43b981e8e10139b00f04a952a6c4262612",
            "path": "figures/benchmarks.png",
            "read": "scripted",
            "second_reading": "confirmed",
        },
        select=lambda row: _number(row) == str(number),
        fixed={"split": "cross_validation", "protocol": "fine_tune"},
        methods=methods,
        tasks=tasks,
        metrics=metrics,
        spreads={"standard error (caption)": spread("se", "folds")},
        runs={"10": "10"},
        per_row=_original if number == 3 else _where,
        note=note,
    )


UNSURE = "Which of the other models' columns were run anew isn't said in the figure."

SOURCES = (
    Source(
        id="generator_fig",
        files=("dna_models/results/generator_fig.csv",),
        tables=(
            _table(2, "nt-tasks-revised", "The revised 18 Nucleotide Transformer tasks", NT_REVISED,
                   {"MCC": "mcc"}, note=UNSURE),
            _table(3, "nt-tasks-original", "The original 18 Nucleotide Transformer tasks",
                   NT_ORIGINAL, {"MCC": "mcc"}, {**METHODS, **COPIED},
                   "Enformer, DNABERT-2, HyenaDNA and NT-multi are quoted (see the notes). "
                   "The caption calls the spread a standard error; for the quoted columns it is the "
                   "standard deviation over folds."),
            _table(4, "genomic-benchmarks", "Genomic Benchmarks, accuracy", GENOMIC_BENCHMARKS,
                   {"accuracy": "accuracy"}, note=UNSURE),
            _table(5, "gener-tasks", "Gener tasks, weighted F1",
                   {"Gene": "gener-tasks/gene", "Taxonomic": "gener-tasks/taxonomic"},
                   {"weighted F1": "f1-weighted"}, note=UNSURE),
        ),
    ),
)  # fmt: skip
