"""Unpublished runs on GUE, NT tasks and Genomic Benchmarks: repositories and issue threads."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, metric, model, spread
from ingest.transcription.db_names import (
    DNABERT_2,
    GENOMIC_BENCHMARKS,
    NT_REVISED,
    NT_V2_500M,
    SCORES,
    fm,
)

_SCRATCH = {"protocol": "own_training"}
_TINY_TASKS = {
    **NT_REVISED,
    "Enhancers": "nt-tasks-revised/enhancers",
    "Enhancers(types)": "nt-tasks-revised/enhancers-types",
    "Promoters": "nt-tasks-revised/promoter-all",
    "Promoters(nonTATA)": "nt-tasks-revised/promoter-no-tata",
    "Promoters(TATA)": "nt-tasks-revised/promoter-tata",
    "SpliceSites": "nt-tasks-revised/splice-sites-all",
    "SpliceSites(Acceptors)": "nt-tasks-revised/splice-sites-acceptors",
    "SpliceSites(Donors)": "nt-tasks-revised/splice-sites-donors",
}
_TRAMPO_TASKS = {
    "prom_core_all": "gue/prom-core-all",
    "splice_reconstructed": "gue/splice-reconstructed",
    "human_tf_0": "gue/tf-0",
    "mouse_0": "gue/mouse-0",
    "emp_H3K4me1": "gue/emp-h3k4me1",
    "virus_covid": "gue/virus-covid",
    "EPI_K562": "gue-plus/epi-k562",
    "fungi_species_20": "gue-plus/fungi-species-20",
}
_COLLAPSED = {
    ("prom_core_all", "epochs=3;bs=8;lr=8e-05;max_len=512"): "degenerate",
    ("EPI_K562", "epochs=5;bs=4;lr=3e-05;max_len=768"): "degenerate",
    ("virus_covid", "epochs=5;bs=32;lr=3e-05;max_len=256"): "degenerate",
    ("virus_covid", "epochs=3;bs=8;lr=3e-05;max_len=512"): "suspect",
    ("virus_covid", "epochs=3;bs=16;lr=3e-05;max_len=1000"): "suspect",
}
"""Runs at chance or near it: the length or the batch was set wrongly, or training collapsed."""


_SEVERAL_CLASSES = ("splice_reconstructed", "virus_covid", "fungi_species_20")
_KMER_AVERAGES = {"F1": {"metric": "f1-weighted"}, "ROC_AUC": {"metric": "auroc-macro"}}
"""By src/runners/kmer_logreg.py; that of the transformers' runs differs from run to run."""


def _trampo(row: Row) -> Columns:
    columns = {"locator": row["locator"].partition(" row ")[2]}
    averaged = row["task"] in _SEVERAL_CLASSES
    if row["method"] == "baseline_kmer4_logreg":
        own = _KMER_AVERAGES.get(row["metric"], {}) if averaged else {}
        return {**columns, **own, "configuration": "4-mers"}
    if averaged and row["metric"] in _KMER_AVERAGES:
        columns["flags"] = "metric_inferred"
    columns["configuration"] = row["method_variant"].replace(";", ", ")
    if status := _COLLAPSED.get((row["task"], row["method_variant"])):
        columns |= {"status": status, "note": "at or near chance: a collapsed training"}
    return columns


def _chominwoo(row: Row) -> Columns:
    """The length of the input is part of the cell; the number of test items is in the split."""
    columns: dict[str, str] = {}
    if size := re.search(r"n=(\d+)", row["split"]):
        columns["n_test"] = size[1]
    if row["metric"].startswith("within-promoter"):
        columns["n_test"] = "368"  # those of the 23 promoters that have both classes
    if length := re.match(r"(\d+) ?kb", row["method_variant"]):
        thousand = 1024 if "bulk RNA" in row["task"] else 1000
        columns["input_bp"] = str(int(length[1]) * thousand)
    return columns


def _kavuru(row: Row) -> Columns:
    corrected = row["split"].startswith("corrected")
    return {
        "setting": f"split={'homology-aware' if corrected else 'official'}",
        "locator": f"{row['task']}, {row['method']}, {row['split']}",
        **({} if corrected else {"flags": "leakage_suspected"}),
    }


def _issue(row: Row) -> Columns:
    columns: dict[str, str] = {"locator": row["locator"].partition("github.com/")[2]}
    if not row["method_variant"].startswith("re-run"):
        columns |= {"origin": "quoted", "quoted_from": "zhou2024dnabert2", "protocol": "fine_tune"}
    if row["value"] in {"0.01867806816220235", "0.13514397905759162"}:
        columns |= {"status": "degenerate", "note": "trainings collapse now and then, say authors"}
    if row["task"].startswith("EPI") and "origin" in columns:
        columns["note"] = "the user is unsure which numbered set is this cell line"
    if row["task"] == "TF mouse":
        columns["flags"] = "task_mean duplicate"
    return columns


def _source(repository: str, path: str) -> Columns:
    return {"locator": path, "repository": repository, "path": path, "read": "scripted"}


_CHOMINWOO = "CHOMINWOO1/DNABERT2-FNO-Benchmark@41dcf97f"
_HEADS = {
    f"DNABERT-2 {printed}": fm(DNABERT_2, text, protocol=protocol)
    for printed, text, protocol in (
        ("frozen + linear", "linear head", "linear_probe"),
        ("frozen + MLP", "MLP head", "probe"),
        ("frozen + CNN", "CNN head", "probe"),
        ("frozen + FNO", "Fourier neural operator head", "probe"),
        ("LoRA", "LoRA", "fine_tune_peft"),
        ("LoRA+FNO", "LoRA, Fourier neural operator head", "fine_tune_peft"),
        ("frozen (1 kb chunks) + CNN mixer", "1 kb chunks, CNN mixer", "probe"),
        ("frozen (1 kb chunks) + FNO mixer", "1 kb chunks, Fourier mixer", "probe"),
        ("frozen (1 kb chunks) + attention mixer", "1 kb chunks, attention mixer", "probe"),
        ("promoter only", "promoter", "probe"),
        ("enhancer only", "enhancer", "probe"),
        ("enhancer+promoter", "enhancer and promoter", "probe"),
    )
}
_WITH_DISTANCE = {
    "DNABERT-2 enhancer + distance": method(
        "dnabert-2-and-distance", "enhancer, distance", protocol="probe"
    ),
    "DNABERT-2 enhancer+promoter + distance": method(
        "dnabert-2-and-distance", "enhancer, promoter, distance", protocol="probe"
    ),
    "distance only logistic": method("distance-to-tss", "logistic regression", **_SCRATCH),
    "GC + distance logistic": method("logistic-regression", "GC content and distance", **_SCRATCH),
    "4-mer + distance logistic": method(
        "kmer-logistic-regression", "4-mers and distance", **_SCRATCH
    ),
}


_FNO_SETTINGS = {
    "tata-promoters": {
        "setting": "split=exact and reverse-complement copies removed",
        "n_train": "4828",
    },
    "epi-length": {
        "setting": "sample=balanced, own division; input=middles of enhancer and promoter joined",
        "n_train": "1024",
    },
    "crispr-ranking": {},
    "bulk-rna-length": {"setting": "sample=2030 training genes", "n_train": "2030"},
}


def _fno_table(slug: str, title: str, document: str, task: str, label: str) -> Table:
    return Table(
        citekey="chominwoo2026fno",
        slug=slug,
        title=title,
        source={
            **_source(_CHOMINWOO, f"docs/{document}"),
            "second_reading": "confirmed" if slug == "tata-promoters" else "corrected",
        },
        select=lambda row: row["locator"].endswith(document),
        fixed={"split": "test", **_FNO_SETTINGS[slug]},
        methods={**_HEADS, **_WITH_DISTANCE},
        tasks={label: task},
        metrics={
            **SCORES,
            "within-promoter AUROC": "auroc-within-group",
            "within-promoter AP": "average-precision-within-group",
            "global AP": "average-precision",
            "macro pearson": "pearson-macro",
        },
        spreads={"sd over seeds": spread("sd", "seeds")},
        runs={"1": "1", "3": "3", "5": "5"},
        per_row=_chominwoo,
    )


SOURCES = (
    Source(
        id="grey_tinydnabert",
        files=("dna_benchmarks/results/grey_tinydnabert.csv",),
        tables=(
            Table(
                citekey="wang2025tinydnabert",
                slug="nt-tasks",
                title="A small DNABERT with and without pretraining on the revised NT tasks",
                source={
                    **_source("ForestsKing/TinyDNABERT@f705389c7b", "result.csv"),
                    "second_reading": "confirmed",
                },
                fixed={"split": "test", "protocol": "fine_tune", "n_runs": "1"},
                methods={
                    "TinyDNABERT 20M scratch (no pretraining)": method(
                        "tinydnabert-random-init", **_SCRATCH
                    ),
                    "TinyDNABERT 20M pretrained": model("tinydnabert", "tinydnabert-20m"),
                    "NT paper SOTA (quoted)": method(
                        "previous-sota",
                        origin="quoted",
                        quoted_from="dallatorre2024nucleotide",
                        n_runs="not_reported",
                    ),
                },
                tasks=_TINY_TASKS,
                metrics=SCORES,
                per_row=lambda row: {"locator": f"row {row['task']}"},
                note="5000 steps of fine-tuning, one run each. The best values quoted from the "
                "NT paper are maxima.",
            ),
        ),
    ),
    Source(
        id="grey_trampo_gue",
        files=("dna_benchmarks/results/grey_trampo_gue.csv",),
        tables=(
            Table(
                citekey="trampotech2026dnaberts",
                slug="gue",
                title="4-mer logistic regression against DNABERT-2 and NT on GUE sets",
                source={
                    **_source(
                        "trampo-tech/dnaberts-benchmark@0a38733e", "reports/benchmark_results.csv"
                    ),
                    "second_reading": "corrected",
                },
                fixed={"split": "test", "protocol": "fine_tune", "n_runs": "1"},
                methods={
                    "zhihan1996/DNABERT-2-117M": fm(DNABERT_2),
                    "InstaDeepAI/nucleotide-transformer-v2-500m-multi-species": fm(NT_V2_500M),
                    "baseline_kmer4_logreg": method("kmer-logistic-regression", **_SCRATCH),
                },
                tasks=_TRAMPO_TASKS,
                metrics={**SCORES, "train_runtime_seconds": "runtime"},
                per_row=_trampo,
                note="One seed each. With two classes F1 is that of the positive class, as runs that predict "
                "one class show. With more, the 4-mer model's is weighted by support; the "
                "transformers' is macro-averaged in one collapsed run and close to accuracy in "
                "others, so their averages, also of the area under the curve, stay open.",
            ),
        ),
    ),
    Source(
        id="grey_chominwoo_dnabert2",
        files=("dna_benchmarks/results/grey_chominwoo_dnabert2.csv",),
        tables=(
            _fno_table(
                "tata-promoters",
                "Heads and LoRA on TATA promoters without duplicates",
                "COMPARATIVE_RESULTS.md",
                "gue/prom-300-tata",
                "prom_300_tata",
            ),
            _fno_table(
                "epi-length",
                "Enhancer-promoter pairs by length of the input",
                "LONG_EPI_RESULTS.md",
                "gue-plus/epi-gm12878",
                "EFFECTIVE CONTEXT: GM12878 enhancer-promoter",
            ),
            _fno_table(
                "crispr-ranking",
                "Enhancers ranked for a promoter, with and without the distance",
                "CRISPR_RANKING_RESULTS.md",
                "gue-plus/crispr-k562-ranking",
                "enhancer-gene ranking",
            ),
            _fno_table(
                "bulk-rna-length",
                "Bulk RNA by length of the input",
                "CONTINUOUS_RNA_RESULTS.md",
                "gue-plus/glrb-bulk-rna",
                "EFFECTIVE CONTEXT: bulk RNA 218 tracks",
            ),
        ),
    ),
    Source(
        id="grey_kavuru_leakage",
        files=("dna_benchmarks/results/grey_kavuru_leakage.csv",),
        drop=lambda row: (
            "a property of a data set, filed under the model that it was found with"
            if row["benchmark"] == "GenomicBenchmarks LEAKAGE"
            else ""
        ),
        tables=(
            Table(
                citekey="kavuru2026leakage",
                slug="rankings",
                title="6-mer models on official and homology-aware splits",
                source={
                    **_source(
                        "rikhinkavuru/homology-leakage-genomic-benchmarks@33b18252",
                        "results/exp_rankings.csv",
                    ),
                    "second_reading": "confirmed",
                },
                fixed={"split": "test", **_SCRATCH},
                methods={
                    "LR": method("kmer-logistic-regression", "6-mers"),
                    "LinearSVC": method("kmer-linear-svm", "6-mers"),
                    "RF": method("kmer-random-forest", "6-mers"),
                    "HGB": method("kmer-gradient-boosting", "6-mers"),
                },
                tasks=GENOMIC_BENCHMARKS,
                metrics=SCORES,
                per_row=_kavuru,
                note="No pretrained model was run on the corrected splits.",
            ),
        ),
    ),
    Source(
        id="grey_issue_reproducibility",
        files=("dna_benchmarks/results/grey_issue_reproducibility.csv",),
        tables=(
            Table(
                citekey="github2025dnabert2issues",
                slug="reruns",
                title="Values that users of DNABERT-2 got, beside those they compared with",
                source={
                    "locator": "issues 99, 103 and 127",
                    "repository": "MAGICS-LAB/DNABERT_2",
                    "read": "text_copy",
                    "second_reading": "corrected",
                },
                select=lambda row: row["method"] == "DNABERT-2",
                fixed={"split": "test"},
                methods={
                    "DNABERT-2 | re-run by L. Lindsey": fm(DNABERT_2, "run by L. Lindsey"),
                    "DNABERT-2 | re-run by anihab": fm(DNABERT_2, "run by anihab"),
                    "DNABERT-2": fm(DNABERT_2, "as the authors print it"),
                },
                tasks={
                    "EPI GM12878": "gue-plus/epi-gm12878",
                    "EPI HeLa-S3": "gue-plus/epi-hela-s3",
                    "EPI K562": "gue-plus/epi-k562",
                    "virus covid": "gue/virus-covid",
                    "TF mouse": "gue-plus/mean-tf-mouse",
                },
                metrics={**SCORES, "MCC_pct": metric("mcc", "percent")},
                protocols={"full fine-tune": "fine_tune", "": "fine_tune"},
                runs={"1": "1", "": "not_reported"},
                per_row=_issue,
                evidence_level="repository",
            ),
            Table(
                citekey="github2025nucleotideissues",
                slug="reruns",
                title="A user's value of SegmentNT",
                source={
                    "locator": "issue 68",
                    "repository": "instadeepai/nucleotide-transformer",
                    "read": "text_copy",
                    "second_reading": "confirmed",
                },
                select=lambda row: row["method"] == "SegmentNT",
                fixed={"split": "test", "protocol": "as_released", "status": "suspect"},
                methods={"SegmentNT": model("segmentnt")},
                tasks={"5UTR segmentation chr20-21": "segmentnt-elements/5utr"},
                metrics=SCORES,
                runs={"1": "1"},
                per_row=lambda row: {
                    "note": "0.48 is quoted for the authors; they suspect another definition"
                },
                evidence_level="repository",
            ),
        ),
    ),
)
