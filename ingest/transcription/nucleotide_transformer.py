"""Figures of the Nucleotide Transformer's repository: two generations of the 18 tasks, and NTv3."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, metric, model, spread
from ingest.transcription.dna_labels import NT_ORIGINAL

REPOSITORY = "instadeepai/nucleotide-transformer@2dc37b86e16a6970fbc731751f7719d9f676f7f9"
NT1, NT3 = "nucleotide-transformer-v1", "nucleotide-transformer-v3"
BAR = (
    "half-width of the drawn error bar, measured in pixels; kind not stated in the figure (paper "
    "caption must be checked: 2 SD over 10 folds expected)"
)
MIXED = (
    "mixed original metric of the task (F1 for promoters, F1/accuracy for splicing in the source "
    "benchmarks; not printed in the figure)"
)
VERSION_1 = {
    "NT-HumanRef": model(NT1, "nt-v1-500m-human-ref"),
    "NT-1000G | NT-1000G (500M)": model(NT1, "nt-v1-500m-1000g"),
    "NT-1000G | NT-1000G (2.5B)": model(NT1, "nt-v1-2.5b-1000g"),
    "NT-Multispecies": model(NT1, "nt-v1-2.5b-multi-species"),
}


def _where(row: Row) -> Columns:
    where = {"locator": f"bar {row['method_variant']}, panel {row['task']}"}
    hidden = row["notes"].startswith("label hidden")
    return where | ({"flags": "digitised", "note": "label hidden, bar measured"} if hidden else {})


REBUTTAL = Source(
    id="nt_rebuttal_fig",
    files=("dna_models_2/results/nt_rebuttal_fig.csv",),
    tables=(
        Table(
            citekey="dallatorre2024nucleotide",
            slug="tasks-figure",
            title="The original 18 tasks, nine fine-tuned models over ten folds",
            source={
                "locator": "docs/nucleotide_transformer.md, figure",
                "repository": REPOSITORY,
                "path": "imgs/nt_results_rebuttal_2.png",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "cross_validation", "protocol": "fine_tune"},
            methods={
                **VERSION_1,
                "Enformer": "enformer",
                "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
                "DNABERT-1": model("dnabert"),
                "HyenaDNA-32KB": model("hyenadna", "hyenadna-small-32k"),
                "HyenaDNA-1KB": model("hyenadna", "hyenadna-tiny-1k-d256"),
            },
            tasks=NT_ORIGINAL,
            metrics={"MCC": "mcc"},
            spreads={BAR: spread("unknown", "folds")},
            runs={"10 folds (paper; unverified here)": "10"},
            per_row=_where,
            note="The tasks are the original ones (yeast histone marks), though the figure came "
            "with the revision. The repository says that the bars are two standard deviations over "
            "ten folds; the half-widths here were measured in pixels. Elsewhere the same runs are "
            "printed with a spread of half that, so the half-width is 2 SD. Labels were read by OCR "
            "and agree with the bars' lengths.",
        ),
    ),
)


def _same_as_rebuttal(row: Row) -> str:
    if row["method"] != "previous SOTA" and row["metric"] == "MCC":
        return "equal to the later figure (ERRATA II.A2)"
    return ""


PREPRINT = Source(
    id="nt_v1_finetuning_fig",
    files=("dna_models_2/results/nt_v1_finetuning_fig.csv",),
    drop=_same_as_rebuttal,
    tables=(
        Table(
            citekey="dallatorre2023nucleotide",
            slug="tasks-figure",
            title="The original 18 tasks in the first preprint, with earlier best values",
            source={
                "locator": "figure of the first preprint, as the repository shows it",
                "repository": REPOSITORY,
                "path": "imgs/finetuning_results_transp.png",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "cross_validation", "protocol": "fine_tune_peft"},
            methods={
                **VERSION_1,
                "previous SOTA": method(
                    "previous-sota",
                    split="not_reported",
                    protocol="not_reported",
                    origin="quoted",
                    quoted_from="not_reported",
                ),
            },
            tasks=NT_ORIGINAL,
            metrics={"MCC": "mcc", MIXED: metric("f1", flags="metric_inferred")},
            per_row=_where,
            note="Histone and enhancer cells of the four models equal the later figure and are left "
            "out. Promoter and splice cells are in another metric than there, which the figure "
            "doesn't name: F1 is inferred from the benchmarks that the tasks come from.",
        ),
    ),
)

LEADERBOARD = Source(
    id="ntv3_leaderboard_screenshot",
    files=("dna_models_2/results/ntv3_leaderboard_screenshot.csv",),
    tables=(
        Table(
            citekey="boshar2025ntv3",
            slug="leaderboard-tomato",
            title="NTv3 benchmark, genome annotation of tomato, mean over four tracks",
            source={
                "locator": "leaderboard screenshot, updated 2025-12-10",
                "repository": REPOSITORY,
                "path": "imgs/ntv3_benchmark.png",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune", "flags": "task_mean"},
            methods={
                "NTv3 650M (pos)": model(NT3, "ntv3-650m-post"),
                "NTv3 650M (pre)": model(NT3, "ntv3-650m-pre"),
                "NTv3 100M (pre)": model(NT3, "ntv3-100m-pre"),
                "NTv3 8M (pre)": model(NT3, "ntv3-8m-pre"),
                "PlantCAD2 88M": model("plantcad2", "plantcad2-small"),
                "Evo2 1B": model("evo-2", "evo2-1b-base"),
                "NTv2 500M": model("nucleotide-transformer-v2", "nt-v2-500m-multi-species"),
                "Residual CNN 44M": method("resnet-from-scratch", protocol="own_training"),
                "BPNet arch. 6M": method("bpnet-architecture", protocol="own_training"),
            },
            tasks={
                "mean of 4 tracks (exon, intron, splice acceptor, start codon)": (
                    "ntv3-benchmark/mean-annotation-tomato"
                )
            },
            metrics={"MCC (mean over 4)": "mcc"},
            evidence_level="leaderboard",
            note="One filter setting of the leaderboard is shown: plants, tomato, annotation.",
        ),
    ),
)

SOURCES = (REBUTTAL, PREPRINT, LEADERBOARD)
