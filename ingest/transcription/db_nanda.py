"""Nanda: an audit of DNALongBench's eQTL task, with its published columns as quotations."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, model, spread

PAPER = "nanda2026extending"
FILE = "dna_benchmarks_2/results/nanda2026_eqtlp_audit.csv"
_REPO = "karan-nanda/Extending-DNALongBench"
_HYENA = model("hyenadna", "hyenadna-medium-450k")
_CADUCEUS = model("caduceus", "caduceus-ph-131k")
_FEATURES = {"protocol": "own_training"}
_GBT = "eqtl-feature-trees"
_METHODS = {
    "Distance to TSS (no training)": method("distance-to-tss", protocol="untrained_rule"),
    "Gene prior (training-set positive rate)": method("gene-prior", **_FEATURES),
    "GBT on local composition": method(_GBT, "local composition", **_FEATURES),
    "Local-composition floor": method(_GBT, "local composition", **_FEATURES),
    "GBT hand-feature floor": method(_GBT, "local composition", **_FEATURES),
    "GBT distance + composition": method(_GBT, "distance, composition", **_FEATURES),
    "GBT distance + composition + allele": method(
        _GBT, "distance, composition, allele", **_FEATURES
    ),
    "GBT distance + count of masked bases": method(_GBT, "distance, masked bases", **_FEATURES),
    "Expert (Enformer)": method("enformer"),
    "CNN (3 layers)": method("cnn-from-scratch", protocol="own_training"),
    r"CNN (trained, 3 seeds \times 5 folds)": method("cnn-from-scratch", **_FEATURES),
    "HyenaDNA-medium-450k": _HYENA,
    "HyenaDNA (frozen)": _HYENA,
    "HyenaDNA": model("hyenadna"),
    "Caduceus-Ph": model("caduceus", configuration="Ph"),
    "Caduceus-PS": model("caduceus", configuration="PS"),
    "Caduceus-Ph (frozen)": _CADUCEUS,
    "Caduceus-Ph-131k": _CADUCEUS,
    "Akita": method("akita", protocol="as_released"),
    "Puffin-D": method("puffin-d", protocol="as_released"),
}
_TISSUES = {
    "Adipose_Subcutaneous": "adipose-subcutaneous",
    "Artery_Tibial": "artery-tibial",
    "Cells_Cultured_fibroblasts": "cultured-fibroblasts",
    "Muscle_Skeletal": "muscle-skeletal",
    "Nerve_Tibial": "nerve-tibial",
    "Skin_Not_Sun_Exposed": "skin-not-sun-exposed",
    "Skin_Sun_Exposed": "skin-sun-exposed",
    "Thyroid": "thyroid",
    "Whole_Blood": "whole-blood",
}
_TASKS: Labels = {
    **{f"eQTL {name}": f"dnalongbench/eqtl-{task}" for name, task in _TISSUES.items()},
    "eQTL Mean": {"task": "dnalongbench/eqtl", "flags": "task_mean"},
    "eQTL pairs all 25600": "eqtlp-v2/pairs-all",
    "eQTL pairs distance-matched": "eqtlp-v2/pairs-matched",
    "Contact map prediction (1 Mb)": "dnalongbench/contact-map",
    "Transcription initiation signal prediction (100 kb)": "dnalongbench/transcription-initiation",
}
_QUOTED = {"origin": "quoted", "quoted_from": "cheng2025dnalongbench"}
_PROTOCOLS: Labels = {
    "zero training": "untrained_rule",
    "published fine-tuned (Table 7 of the benchmark paper, quoted)": {
        "protocol": "fine_tune",
        **_QUOTED,
    },
    "expert model (published, quoted)": {"protocol": "as_released", **_QUOTED},
    "published, quoted": {"protocol": "not_reported", **_QUOTED},
    "hand features, CPU": "own_training",
    "hand features": "own_training",
    "GBT on GC/CpG/repeat/dinucleotide windows to 5 kb": "own_training",
    "trained end to end": "own_training",
    "frozen embedding + logistic probe": "linear_probe",
    "full fine-tune, 131 kb cap": "fine_tune",
}
_FLOOR = "mean over seven matchings and ten partitions; on the models' own folds it is 0.593"
_INPUTS = {"ref_copy": "reference copied over the alternative", "diff_only": "difference alone"}


def _published(row: Row) -> Columns:
    columns: dict[str, str] = {"locator": f"Table 1, row {row['task'].partition(' ')[2]}"}
    if not row["task"].startswith("eQTL"):
        columns = {"locator": "row Best reported"}
        if row["metric"] == "PCC":
            columns["flags"] = "metric_inferred"
    if sizes := re.search(r"pos/neg (\d+) / (\d+)", row["split"]):
        columns["n_test"] = str(int(sizes[1]) + int(sizes[2]))
    if row["method"].startswith(("HyenaDNA", "Caduceus")):
        columns["note"] = "the released loaders give the model an empty input, says the audit"
    if row["method"].startswith("CNN"):
        columns["protocol"] = "own_training"
    return columns


def _rebuilt(row: Row) -> Columns:
    """Partition and ablation are conditions of the cell; epochs belong to the method."""
    conditions = []
    columns: dict[str, str] = {}
    if scheme := re.search(r"(random|gene|chrom) 5-fold", row["split"]):
        conditions.append(f"partition={scheme[1]}")
    elif partition := re.search(r"partition (\w+)", row["split"]):
        conditions.append(f"partition={partition[1]}")
    elif fold := re.search(r"fold (\d); n=(\d+)", row["split"]):
        conditions.append(f"partition=chrom, fold {fold[1]}")
        columns["n_test"] = fold[2]
    else:
        conditions.append("partition=chrom")
    conditions += [
        f"input={text}" for name, text in _INPUTS.items() if name in row["method_variant"]
    ]
    columns |= {
        "setting": "; ".join(conditions),
        "locator": row["locator"].rpartition("/")[2].partition(" (text copy")[0],
    }
    if row["method"].startswith("Distance to TSS"):
        columns["protocol"] = "untrained_rule"
    if row["method"] == "Local-composition floor":
        columns |= {"uncertainty_over": "splits", "n_runs": "70", "note": _FLOOR}
    if epoch := re.search(r"epoch (\d)", row["method_variant"]):
        columns |= {"configuration": f"epoch {epoch[1]}", "input_bp": "131072"}
    if row["split"] == "partition chrom_fixed":
        columns["flags"] = "duplicate"
    return columns


_CONFIRMED = ("published-split", "v2-partitions")


def _table(slug: str, title: str, locator: str, words: str, note: str = "") -> Table:
    return Table(
        citekey=PAPER,
        slug=slug,
        title=title,
        source={
            "locator": locator,
            "repository": _REPO,
            "read": "scripted",
            "second_reading": "confirmed" if slug in _CONFIRMED else "corrected",
        },
        select=lambda row: words in row["locator"],
        fixed={
            "split": "test" if slug in {"published-split", "best-reported"} else "cross_validation"
        },
        methods=_METHODS,
        tasks=_TASKS,
        metrics={
            "AUROC": "auroc",
            "AUROC (pooled out-of-fold)": "auroc",
            "AUROC (mean per fold)": "auroc-fold-mean",
            "SCC": "stratum-adjusted-correlation",
            "PCC": "pearson",
        },
        protocols=_PROTOCOLS,
        spreads={"95% CI": spread("ci95_bounds", "items"), "sd over folds": spread("sd", "folds")},
        per_row=_published if slug in {"published-split", "best-reported"} else _rebuilt,
        note=note,
    )


SOURCES = (
    Source(
        id="nanda2026_eqtlp_audit",
        files=(FILE,),
        tables=(
            _table(
                "published-split",
                "eQTLs by tissue, published columns and distance alone",
                "paper/draft.md, Table 1",
                "Table 1",
                "All columns but the distance to the start site are quoted from DNALongBench's "
                "Table 7; 11 to 34 positives a tissue.",
            ),
            _table(
                "v2-baselines",
                "Rebuilt eQTL pairs, hand-made features",
                "analysis/results/eqtl_v2_baselines.tsv",
                "eqtl_v2_baselines",
            ),
            _table(
                "v2-ablation",
                "Rebuilt eQTL pairs, with and without the alternative allele",
                "paper/body.tex, Table tab:v2",
                "tab:v2",
                "A model whose score stays when the reference is copied over the alternative "
                "does not read the allele.",
            ),
            _table(
                "v2-fine-tuning",
                "Rebuilt eQTL pairs, HyenaDNA fine-tuned",
                "paper/body_table_finetune.tex",
                "body_table_finetune",
            ),
            _table(
                "v2-partitions",
                "Rebuilt eQTL pairs, other partitions",
                "analysis/results/robustness/R4_probes.tsv, rows with C=0.1",
                "R4_probes",
                "The fixed partition repeats the ablation table to more digits.",
            ),
            _table(
                "best-reported",
                "Best reported values of two other tasks",
                "dnalongbench_coverage_matrix.md, section 1",
                "coverage_matrix",
                "SCC is DNALongBench's stratum-adjusted correlation coefficient (its Table 2). The "
                "matrix names no metric for transcription initiation.",
            ),
        ),
    ),
)
