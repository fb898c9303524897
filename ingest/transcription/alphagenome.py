"""AlphaGenome's model card: its own values; improvements over others are no method's results."""

from __future__ import annotations

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, metric

TRACKS = {
    "Splicing: Splice site classification [resolution 1 bp]": "splice-site-classification",
    "Splicing: Splice site usage [resolution 1 bp]": "splice-site-usage",
    "RNA expression: RNA-seq coverage [resolution 1 bp]": "rna-seq-1bp",
    "RNA expression: RNA-seq coverage [resolution 32 bp]": "rna-seq-32bp",
    "RNA expression: RNA-seq gene expr. LFC [resolution Gene]": "rna-seq-gene-lfc",
    "RNA expression: CAGE coverage [resolution 32 bp]": "cage-32bp",
    "RNA expression: CAGE coverage [resolution 128 bp]": "cage-128bp",
    "RNA expression: Alternative PA [resolution Gene]": "alternative-polyadenylation",
    "DNA accessibility: DNase-seq coverage [resolution 1 bp]": "dnase-1bp",
    "DNA accessibility: DNase-seq coverage [resolution 32 bp]": "dnase-32bp",
    "DNA accessibility: DNase-seq coverage [resolution 128 bp]": "dnase-128bp",
    "DNA accessibility: ATAC-seq coverage [resolution 1 bp]": "atac-1bp",
    "DNA accessibility: ATAC-seq coverage [resolution 32 bp]": "atac-32bp",
    "DNA accessibility: ATAC-seq coverage [resolution 128 bp]": "atac-128bp",
    "Histone mods: Histone ChIP-seq coverage [resolution 32 bp]": "histone-32bp",
    "Histone mods: Histone ChIP-seq coverage [resolution 128 bp]": "histone-128bp",
    "TF binding: TF ChIP-seq coverage [resolution 32 bp]": "tf-32bp",
    "TF binding: TF ChIP-seq coverage [resolution 128 bp]": "tf-128bp",
    "DNA contact maps: Orca Contact maps [resolution 4000 bp]": "contact-maps",
    "DNA contact maps: Orca Contact maps cell type diff [resolution 4000 bp]": (
        "contact-maps-difference"
    ),
}
VARIANTS = {
    "Splicing: ClinVar splice site region [type Causality]": "clinvar-splice-region",
    "Splicing: ClinVar noncoding [type -]": "clinvar-noncoding",
    "Splicing: ClinVar missense [type -]": "clinvar-missense",
    "Splicing: Splicing outlier (zero-shot) [type -]": "splicing-outliers",
    "Splicing: Splicing outlier (supervised) [type -]": "splicing-outliers",
    "Splicing: sQTL [type Causality]": "sqtl-causality",
    "Splicing: MFASS [type -]": "mfass",
    "RNA expression: eQTL [type Direction]": "eqtl-direction",
    "RNA expression: eQTL (zero-shot) [type Causality]": "eqtl-causality",
    "RNA expression: eQTL (supervised) [type Causality]": "eqtl-causality",
    "RNA expression: ENCODE E2G (zero-shot) [type -]": "encode-e2g",
    "RNA expression: paQTL [type -]": "paqtl",
    "DNA accessibility: CAGI5 MPRA [type Causality]": "cagi5-mpra",
    "DNA accessibility: ds/caQTL [type Direction]": "chromatin-qtl-direction",
    "DNA accessibility: ds/caQTL [type Causality]": "chromatin-qtl-causality",
    "TF binding: bQTL [type Direction]": "bqtl-direction",
    "TF binding: bQTL [type Causality]": "bqtl-causality",
}
TASKS: Labels = {
    printed: f"alphagenome-evaluation/{task}" for printed, task in {**TRACKS, **VARIANTS}.items()
}


def _row(row: Row) -> Columns:
    where = {"locator": f"row {row['task']}"}
    if "(supervised)" in row["task"]:
        return {**where, "protocol": "probe"}
    return {**where, "protocol": "zero_shot"} if "(zero-shot)" in row["task"] else where


SOURCES = (
    Source(
        id="alphagenome_card",
        files=("dna_models/results/alphagenome_card.csv",),
        drop=lambda row: (
            "an improvement over another model in percent, no method's result (ERRATA I.7)"
            if row["method"] != "AlphaGenome"
            else ""
        ),
        tables=(
            Table(
                citekey="avsec2026alphagenome",
                slug="model-card",
                title="AlphaGenome's own values on tracks and variant effects",
                source={
                    "locator": "model card, Benchmark Results",
                    "read": "text_copy",
                    "second_reading": "confirmed",
                },
                fixed={"split": "test", "protocol": "as_released"},
                methods={
                    "AlphaGenome | pre-trained (non-distilled)": method(
                        "alphagenome", "pretrained, not distilled"
                    ),
                    "AlphaGenome | distilled student": method("alphagenome", "distilled student"),
                },
                tasks=TASKS,
                metrics={
                    "auPRC": "auprc",
                    "auROC": "auroc",
                    "Pearson r": "pearson",
                    "Spearman r": "spearman",
                    "Profile JSD": metric("profile-jsd", flags="not_a_score"),
                },
                per_row=_row,
                note="The card prints the improvement over the best external model in percent, not "
                "that model's value. It doesn't say whether a high or a low profile divergence is "
                "good, so this isn't ranked.",
            ),
        ),
    ),
)
