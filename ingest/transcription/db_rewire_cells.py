"""Single cells of papers as another open catalogue holds them: leads, marked second hand."""

from __future__ import annotations

from ingest.transcription.base import Row, Source, Table, method, metric, model, spread
from ingest.transcription.db_names import DNABERT_2, fm

_REPO = "rewire-bio/rewire-database@33a38663c69f83268e10549b69c3c6f0f5d557d3"
_PATH = "data/benchmark-literature/results.csv"
_OWN = "literature-cells"
_METHODS = {
    "DNABERT-2": fm(DNABERT_2),
    "Caduceus": model("caduceus", configuration="8M"),
    "ProkBERT-mini": model("prokbert", "prokbert-mini"),
    "Promotech": method("promotech", protocol="as_released"),
    "EVO2": model("evo-2", protocol="fine_tune"),
    "geNomad": method("genomad", protocol="as_released"),
    "HyenaDNA": model("hyenadna"),
}
_TASKS = {
    "G-quadruplex classification | KEx": f"{_OWN}/g-quadruplex-kex",
    "E. coli sigma70 promoter prediction | E. coli sigma70 promoter dataset": (
        f"{_OWN}/sigma70-promoters"
    ),
    "Genome-wide prophage detection | LAMBDA genome-wide prophage test": (
        "grey-studies/lambda-prophages"
    ),
    "polyadenylation site detection | poly(A) Gene-Gene": f"{_OWN}/poly-a-gene-gene",
}


def _drop(row: Row) -> str:
    if row["benchmark"] in {"mrnabench-2025", "dart-eval-regulatory-2024"}:
        return "a cell that the same catalogue's full table holds"
    if row["benchmark"].startswith("fusion-breakpoint"):
        return "the paper has no record among the publications"
    return ""


def _table(
    citekey: str, benchmark: str, title: str, split: str, protocol: str, second_reading: str
) -> Table:
    return Table(
        citekey=citekey,
        slug="rewire-cells",
        title=title,
        source={
            "locator": _PATH,
            "repository": _REPO,
            "path": _PATH,
            "read": "second_hand",
            "second_reading": second_reading,
        },
        select=lambda row: row["benchmark"] == benchmark,
        fixed={"split": split, "protocol": protocol, "flags": "second_hand selected_on_test"},
        methods=_METHODS,
        tasks=_TASKS,
        metrics={
            "Accuracy pct": metric("accuracy", "percent"),
            "Accuracy": metric("accuracy"),
            "MCC": metric("mcc"),
            "AUC": metric("auroc"),
        },
        spreads={"as printed": spread("unknown")},
        per_row=lambda row: {"locator": row["locator"].partition(" id ")[2]},
        note="Cells that the other catalogue's reader picked, never a whole table.",
    )


SOURCES = (
    Source(
        id="rewire_literature_rows",
        files=("dna_benchmarks_2/results/rewire_literature_rows.csv",),
        drop=_drop,
        tables=(
            _table(
                "cherednichenko2025benchmarking",
                "quadruplex-llm-benchmark-2025",
                "Quadruplexes: two cells of Table 5",
                "not_reported",
                "not_reported",
                "corrected",
            ),
            _table(
                "ligeti2024prokbert",
                "prokbert-2024",
                "Promoters of E. coli: two cells of Table 3",
                "not_reported",
                "fine_tune",
                "confirmed",
            ),
            _table(
                "lindsey2026lambda",
                "lambda-prophage-2026",
                "Prophages: two cells of Table 5",
                "not_reported",
                "not_reported",
                "confirmed",
            ),
            _table(
                "saha2025polyaglm",
                "polya-glm-2025",
                "Polyadenylation sites: one cell of Table 1",
                "cross_validation",
                "few_shot",
                "confirmed",
            ),
        ),
    ),
)
