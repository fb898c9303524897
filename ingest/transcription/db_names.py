"""Labels that several independent benchmarks of sequence models print."""

from __future__ import annotations

from ingest.transcription.base import Columns, Labels, metric, model

GENOMIC_BENCHMARKS: Labels = {
    "demo_coding_vs_intergenomic_seqs": "genomic-benchmarks/coding-vs-intergenomic",
    "demo_coding_vs_intergenomic": "genomic-benchmarks/coding-vs-intergenomic",
    "demo_human_or_worm": "genomic-benchmarks/human-or-worm",
    "drosophila_enhancers_stark": "genomic-benchmarks/drosophila-enhancers-stark",
    "drosophilia_enhancers": "genomic-benchmarks/drosophila-enhancers-stark",
    "dummy_mouse_enhancers": "genomic-benchmarks/mouse-enhancers-ensembl",
    "dummy_mouse_enhancers_ensembl": "genomic-benchmarks/mouse-enhancers-ensembl",
    "human_enhancers_cohn": "genomic-benchmarks/human-enhancers-cohn",
    "human_enhancers_ensembl": "genomic-benchmarks/human-enhancers-ensembl",
    "human_ensembl_regulatory": "genomic-benchmarks/human-ensembl-regulatory",
    "human_ensembl_regulatory (3-class)": "genomic-benchmarks/human-ensembl-regulatory",
    "human_nontata_promoters": "genomic-benchmarks/human-nontata-promoters",
    "human_ocr_ensembl": "genomic-benchmarks/human-ocr-ensembl",
}
"""Genomic Benchmarks, by the names of its folders."""

YEAST_MARKS = (
    "H3",
    "H3K14ac",
    "H3K36me3",
    "H3K4me1",
    "H3K4me2",
    "H3K4me3",
    "H3K79me3",
    "H3K9ac",
    "H4",
    "H4ac",
)
"""Marks of GUE's and the Nucleotide Transformer's yeast sets."""

GUE: Labels = {
    **{f"prom_300_{kind}": f"gue/prom-300-{kind}" for kind in ("all", "notata", "tata")},
    **{f"prom_core_{kind}": f"gue/prom-core-{kind}" for kind in ("all", "notata", "tata")},
    **{f"tf_{number}": f"gue/tf-{number}" for number in range(5)},
    **{f"mouse_{number}": f"gue/mouse-{number}" for number in range(5)},
    "reconstructed": "gue/splice-reconstructed",
    "covid": "gue/virus-covid",
}
"""GUE less the yeast marks, by the names of its folders."""

NT_REVISED: Labels = {
    **{
        mark: f"nt-tasks-revised/{mark.lower()}"
        for mark in (
            "H2AFZ",
            "H3K27ac",
            "H3K27me3",
            "H3K36me3",
            "H3K4me1",
            "H3K4me2",
            "H3K4me3",
            "H3K9ac",
            "H3K9me3",
            "H4K20me1",
        )
    },
    **{
        name: f"nt-tasks-revised/{name.replace('_', '-')}"
        for name in (
            "enhancers",
            "enhancers_types",
            "promoter_all",
            "promoter_no_tata",
            "promoter_tata",
            "splice_sites_acceptors",
            "splice_sites_all",
            "splice_sites_donors",
        )
    },
}
"""The Nucleotide Transformer's revised tasks, by the names of its data set."""

DNABERT_2 = ("dnabert-2", "dnabert-2-117m")
NT_V2_500M = ("nucleotide-transformer-v2", "nt-v2-500m-multi-species")
GROVER = ("grover", "grover")

UNREVIEWED = {"read": "scripted"}


def fm(pair: tuple[str, str], configuration: str = "", **more: str) -> Columns:
    """Columns of a foundation model given as (model, variant)."""
    return model(pair[0], pair[1], configuration, **more)


SCORES: Labels = {
    "accuracy": "accuracy",
    "Accuracy": "accuracy",
    "acc": "accuracy",
    "f1": "f1",
    "F1": "f1",
    "F1-Score": "f1",
    "mcc": "mcc",
    "MCC": "mcc",
    "AUC": "auroc",
    "AUROC": "auroc",
    "auroc": "auroc",
    "ROC_AUC": "auroc",
    "AUPRC": "auprc",
    "PR_AUC": "auprc",
    "precision": "precision",
    "recall": "recall",
    "accuracy_pct": metric("accuracy", "percent"),
    "F1_pct": metric("f1", "percent"),
    "MCC_pct": metric("mcc", "percent"),
    "precision_pct": metric("precision", "percent"),
    "recall_pct": metric("recall", "percent"),
}
"""Common names of metrics."""
