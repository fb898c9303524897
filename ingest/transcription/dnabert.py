"""DNABERT-2's GUE figure and DNABERT-S's clustering figure."""

from __future__ import annotations

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, metric, model

NT = "nucleotide-transformer-v1"
GROUPS = {
    "EMP": ("emp-", {}),
    "Promoter Detection": ("prom-300-", {}),
    "Core Promoter Detection": ("prom-core-", {}),
    "TF Prediction (Human)": ("tf-", {}),
    "TF Prediction (Mouse)": ("mouse-", {}),
    "Splice": ("splice-", {"Reconstruct": "reconstructed"}),
    "Virus": ("virus-", {}),
}
SETS = {
    "EMP": "H3 H3K14ac H3K36me3 H3K4me1 H3K4me2 H3K4me3 H3K79me3 H3K9ac H4 H4ac",
    "Promoter Detection": "all notata tata",
    "Core Promoter Detection": "all notata tata",
    "TF Prediction (Human)": "0 1 2 3 4",
    "TF Prediction (Mouse)": "0 1 2 3 4",
    "Splice": "Reconstruct",
    "Virus": "Covid",
}
GUE: Labels = {
    f"{group}/{name}": f"gue/{GROUPS[group][0]}{GROUPS[group][1].get(name, name).lower()}"
    for group, names in SETS.items()
    for name in names.split()
}
"""GUE's data sets as DNABERT-2's figure names them, group first."""


def _where(row: Row) -> Columns:
    return {"locator": f"row {row['method_variant']}, column {row['task']}"}


DNABERT_2 = Source(
    id="dnabert2_gue_fig",
    files=("dna_models/results/dnabert2_gue_fig.csv",),
    tables=(
        Table(
            citekey="zhou2024dnabert2",
            slug="gue",
            title="GUE, all 28 data sets and ten models",
            source={
                "locator": "Table 4 of arXiv v1, as the repository shows it",
                "repository": "MAGICS-LAB/DNABERT_2@d87d29f5570f6d8238de734c932697ef657be59a",
                "path": "figures/Performance.png",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune"},
            methods={
                **{
                    f"DNABERT | DNABERT ({k}-mer)": model("dnabert", f"dnabert-{k}mer")
                    for k in "3456"
                },
                "NT-500M-human": model(NT, "nt-v1-500m-human-ref", "LoRA"),
                "NT-500M-1000g": model(NT, "nt-v1-500m-1000g", "LoRA"),
                "NT-2500M-1000g": model(NT, "nt-v1-2.5b-1000g", "LoRA"),
                "NT-2500M-multi": model(NT, "nt-v1-2.5b-multi-species", "LoRA"),
                "DNABERT-2 | DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
                "DNABERT-2 | DNABERT-2 (further pre-trained on GUE train, diamond)": model(
                    "dnabert-2",
                    "dnabert-2-gue-further",
                    "pretrained further on GUE's training sets",
                ),
            },
            tasks=GUE,
            metrics={"MCC": metric("mcc", "percent"), "F1": metric("f1-macro", "percent")},
            per_row=_where,
            note="Read twice by OCR; the means over groups and over all sets equal the printed ones. "
            "No uncertainty is printed. LoRA for the Nucleotide Transformers and the macro average "
            "of F1 are in the repository's scripts (finetune/scripts/run_nt.sh, finetune/train.py). "
            "The second version of the paper prints 89.36 where NT-2500M-multi has 89.35 on splice.",
        ),
    ),
)

CLUSTERING: Labels = {
    f"{name}/{number}": f"dnabert-s-clustering/{name.lower()}-{number}"
    for name, count in (("Synthetic", 2), ("Marine", 5), ("Plant", 5))
    for number in range(count)
}

DNABERT_S = Source(
    id="dnaberts_fig",
    files=("dna_models/results/dnaberts_fig.csv",),
    tables=(
        Table(
            citekey="zhou2025dnaberts",
            slug="clustering",
            title="Species clustering of frozen embeddings with K-means, adjusted Rand index",
            source={
                "locator": "Table 1, as the repository shows it",
                "repository": "MAGICS-LAB/DNABERT_S@ac01b55e5034182e4b915d34ce5a3a323b82adb8",
                "path": "figures/clustering_results.png",
                "read": "by_eye",
                "second_reading": "confirmed",
            },
            fixed={"split": "whole", "protocol": "zero_shot"},
            methods={
                "TNF": method("tetranucleotide-frequency", protocol="untrained_rule"),
                "TNF-K": method("tnf-k", protocol="untrained_rule"),
                "TNF-VAE": method("tnf-vae", protocol="own_training"),
                "DNA2Vec": "dna2vec",
                "HyenaDNA": model("hyenadna", "hyenadna-medium-450k"),
                "NT": model("nucleotide-transformer-v2", "nt-v2-100m-multi-species"),
                "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
                "DNA-Dropout": model("dnabert-s", "dnabert-s-dropout"),
                "DNA-Double": model("dnabert-s", "dnabert-s-double"),
                "DNA-Mutate": model("dnabert-s", "dnabert-s-mutate"),
                "DNABERT-S": model("dnabert-s", "dnabert-s"),
            },
            tasks={
                **CLUSTERING,
                "Average": {"task": "dnabert-s-clustering/mean", "flags": "task_mean"},
            },
            metrics={"ARI x100": metric("ari", "percent")},
            per_row=_where,
            note="Read by eye, checked by OCR and against the printed row means. K-means on frozen "
            "embeddings learns from no labels, hence zero-shot. HyenaDNA and NT are the checkpoints "
            "of evaluate/utils.py. No uncertainty is printed.",
        ),
    ),
)

SOURCES = (DNABERT_2, DNABERT_S)
