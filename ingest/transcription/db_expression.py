"""Supervised models of expression: their effective context, and expression of persons."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method

_ENFORMER = method("enformer")
_OWN = "expression-audits"
_KEPT = {"split": "whole", "protocol": "as_released", "n_runs": "1"}
_PAIRS = {
    "validated enhancer-gene pairs": {"task": f"{_OWN}/crispri-effects"},
    "validated enhancer-gene pairs, all pairs": {
        "task": f"{_OWN}/crispri-effects",
        "setting": "pairs=all",
    },
    "validated enhancer-gene pairs, pairs farther than 80 kb": {
        "task": f"{_OWN}/crispri-effects",
        "setting": "pairs=farther than 80 kb",
    },
    "validated vs not validated candidate enhancers": {"task": f"{_OWN}/crispri-validation"},
}


def _count(what: str) -> Columns:
    return {"metric": "count", "setting": f"count={what}", "flags": "not_a_score"}


def _drop_karollus(row: Row) -> str:
    if row["method"] == "prevalence":
        return "the prevalence of the classes, no method"
    if row["metric"].startswith("median predicted percent"):
        return "a median of predictions, no score"
    if row["metric"] == "FPR":
        return "the cell's formula is no false-positive rate"
    return ""


def _karollus(row: Row) -> Columns:
    columns = {"locator": row["locator"].partition("f4bed4b785 ")[2]}
    if row["method_variant"]:
        columns["setting"] = f"position={row['method_variant'].partition(' ')[0]}"
    if row["metric"].endswith("number of pairs") and columns["locator"][-2:] in {"69", "70"}:
        columns["flags"] = "duplicate"
    return columns


def _expression_tasks() -> dict[str, Columns]:
    kinds = {
        "expression across genes within a sample": "across-genes",
        "log2 deviation of a gene from its mean across tissues/stages": "across-tissues",
        "gene-level mean of expression across tissues/stages": "gene-mean",
        "gene-level standard deviation of expression across tissues/stages": "gene-sd",
        "gene deviates from its mean by |log2FC|>1 in a tissue": "deviating-genes",
    }
    return {
        f"{printed} | {kind}": {"task": f"{_OWN}/{data}-{task}"}
        for printed, data in (
            ("GTEx expression", "gtex"),
            ("Kaessmann development expression", "kaessmann"),
        )
        for kind, task in kinds.items()
    }


def _rastogi(row: Row) -> Columns:
    share, _, replicate = row["method_variant"].partition(" of samples, ")
    columns = {"setting": f"samples={share}", "note": replicate, "locator": "cell 17"}
    if row["method"] == "BLUP" and replicate != "replicate 1":
        columns["flags"] = "duplicate"
    return columns


_GENES = "genes=those with a PrediXcan model"

SOURCES = (
    Source(
        id="karollus2023_context",
        files=("dna_benchmarks_2/results/karollus2023_context.csv",),
        drop=_drop_karollus,
        tables=(
            Table(
                citekey="karollus2023current",
                slug="enhancers",
                title="Enhancers silenced at their own place and moved nearer to the gene",
                source={
                    "locator": "EnhancerShift.ipynb, printed output",
                    "repository": "Karollus/SequenceModelBenchmark@f4bed4b785",
                    "path": "EnhancerShift.ipynb",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                select=lambda row: row["benchmark"].startswith("CRISPRi"),
                fixed=_KEPT,
                methods={"Enformer": _ENFORMER},
                tasks=_PAIRS,
                metrics={
                    "spearman predicted vs observed percent change": "spearman",
                    "AUROC": "auroc",
                    "AUPRC": "auprc",
                    "count: number of pairs": _count("pairs"),
                    "count: pairs with predicted effect >10%, native position": _count(
                        "effect above 10 %, native position"
                    ),
                    "count: pairs with predicted effect >10% after moving the enhancer closer": (
                        _count("effect above 10 %, moved closer")
                    ),
                    "count: pairs with predicted effect > observed, native position": _count(
                        "effect above the observed, native position"
                    ),
                    "count: pairs with predicted effect > observed after moving the enhancer "
                    "closer": _count("effect above the observed, moved closer"),
                },
                per_row=_karollus,
                note="The same enhancers at another distance: what is lost is lost by distance.",
            ),
            Table(
                citekey="karollus2023current",
                slug="expression",
                title="Expression across genes and across tissues",
                source={
                    "locator": "GTEX_manual_match.ipynb, printed output",
                    "repository": "Karollus/SequenceModelBenchmark@f4bed4b785",
                    "path": "GTEX_manual_match.ipynb",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                select=lambda row: not row["benchmark"].startswith("CRISPRi"),
                fixed=_KEPT,
                methods={"Enformer": _ENFORMER, "Basenji2": method("basenji2")},
                tasks=_expression_tasks(),
                metrics={
                    "median pearson r over tissues/samples": "pearson-median",
                    "pearson r": "pearson",
                    "Precision": "precision",
                    "Recall": "recall",
                    "MCC": "mcc",
                },
                per_row=_karollus,
                note="Which printed number belongs to which model was read from the cell's code.",
            ),
        ),
    ),
    Source(
        id="rastogi2024_finetune_enformer",
        files=("dna_benchmarks/results/rastogi2024_finetune_enformer.csv",),
        tables=(
            Table(
                citekey="rastogi2024finetuning",
                slug="cross-individual",
                title="Enformer fine-tuned on personal genomes beside a linear model",
                source={
                    "locator": "plot_cross_ind_perf.ipynb, cell 17, visible rows",
                    "repository": "ni-lab/finetuning-enformer@98d74e9528",
                    "path": "analysis/plot_cross_ind_perf.ipynb",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                fixed={"split": "test", "n_runs": "1"},
                methods={
                    "Fine-tuned Enformer": method(
                        "enformer", "fine-tuned on personal genomes", protocol="fine_tune"
                    ),
                    "BLUP": method("blup", protocol="own_training"),
                },
                tasks={
                    "Random-split Genes": f"{_OWN}/geuvadis-random-split",
                    "Population-split Genes": f"{_OWN}/geuvadis-population-split",
                    "Unseen Genes": f"{_OWN}/geuvadis-unseen-genes",
                },
                metrics={
                    "pearson_r (mean over genes)": "pearson-macro",
                    "|pearson_r| (mean over genes)": "pearson-absolute",
                },
                per_row=_rastogi,
                note="10 of the 75 rows' ends are shown by the notebook. The linear model's "
                "replicates are identical and counted once.",
            ),
        ),
    ),
    Source(
        id="sasse2023_personal_expression",
        files=("dna_benchmarks/results/sasse2023_personal_expression.csv",),
        tables=(
            Table(
                citekey="sasse2023benchmarking",
                slug="rosmap",
                title="Expression of persons, summarised over genes",
                source={
                    "locator": "Data/SupplementaryTable1.tsv",
                    "repository": "mostafavilabuw/EnformerAssessment@afac6658d5",
                    "path": "Data/SupplementaryTable1.tsv",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                fixed={"split": "whole", "flags": "derived"},
                methods={
                    "Enformer | CAGE adult brain track": method(
                        "enformer", "CAGE of adult brain", protocol="as_released"
                    ),
                    "Enformer | elastic net on all tracks (fine-tuned)": method(
                        "enformer", "elastic net on all tracks", protocol="linear_probe"
                    ),
                    "PrediXcan (linear elastic net on genotypes)": method(
                        "predixcan", protocol="own_training"
                    ),
                },
                tasks={
                    printed: {"task": f"{_OWN}/rosmap-persons", "setting": genes}
                    for printed, genes in (
                        ("median per-gene Pearson r, genes with a PrediXcan model", _GENES),
                        ("fraction of genes with r<0, genes with a PrediXcan model", _GENES),
                        ("median per-gene Pearson r, all expressed genes", "genes=all expressed"),
                        ("fraction of genes where PrediXcan r > Enformer r", _GENES),
                    )
                },
                metrics={
                    "median pearson_r": "pearson-median",
                    "fraction negative r": {"metric": "share", "flags": "not_a_score"},
                    "win rate": {"metric": "win-rate", "flags": "relative_score"},
                },
                per_row=lambda row: {"locator": row["task"]},
                note="Computed by the curator of the transcript from the table of genes.",
            ),
        ),
    ),
    Source(
        id="grey_stephenson_alphagenome",
        files=("dna_benchmarks/results/grey_stephenson_alphagenome.csv",),
        tables=(
            Table(
                citekey="stephenson2025alphagenome",
                slug="eqtl-slopes",
                title="AlphaGenome's variant scores against eQTL slopes in blood",
                source={
                    "locator": "README.md, results and window tables",
                    "repository": "gsstephenson/alphagenome-endogenous-benchmark@ef7da3fd88",
                    "path": "README.md",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                fixed={
                    "split": "whole",
                    "protocol": "as_released",
                    "n_runs": "1",
                    "status": "suspect",
                    "note": "accessibility of K562 against slopes in blood, without a baseline",
                },
                methods={
                    "AlphaGenome | DNase K562 delta": {
                        **method("alphagenome", "DNase of K562"),
                        "input_bp": "2048",
                    },
                    "AlphaGenome | input 131 kb": {
                        **method("alphagenome", "DNase of K562"),
                        "input_bp": "131072",
                    },
                    **{
                        f"AlphaGenome | input {kb} kb": {
                            **method("alphagenome", "DNase of K562"),
                            "input_bp": str(kb * 1024),
                        }
                        for kb in (2, 16)
                    },
                },
                tasks={
                    "variant effect vs eQTL slope (107,229 variants)": {
                        "task": f"{_OWN}/gtex-blood-slopes",
                        "n_test": "107229",
                    },
                    "EFFECTIVE CONTEXT: window size": {
                        "task": f"{_OWN}/gtex-blood-slopes",
                        "setting": "variants=1,000 drawn at random",
                        "n_test": "1000",
                    },
                },
                metrics={"spearman_r": "spearman", "pearson_r": "pearson"},
                per_row=lambda row: {"locator": row["task"]},
            ),
        ),
    ),
)
