"""Evo 2's preprint tables of variants, and its repository's gene completion."""

from __future__ import annotations

from ingest.transcription.base import (
    Columns,
    Labels,
    Row,
    Source,
    Table,
    method,
    metric,
    model,
    spread,
)

EVO = "evo-2"
RELEASED = {"protocol": "as_released"}
METHODS: Labels = {
    "AlphaMissense": method("alphamissense", **RELEASED),
    "CADD": method("cadd", **RELEASED),
    "PhyloP": method("phylop", protocol="untrained_rule"),
    "ESM 1b": "esm-1b",
    "ESM-2 650M": method("esm-2", "650M parameters"),
    "ESM-2 3B": method("esm-2", "3B parameters"),
    "GPN-MSA": model("gpn-msa", "gpn-msa-sapiens"),
    "Evo 1": model("evo"),
    "Evo 2 40B": model(EVO, "evo2-40b"),
    "Evo 2 40B base": model(EVO, "evo2-40b-base"),
    "Evo 2 7B": model(EVO, "evo2-7b"),
    "Evo 2 7B base": model(EVO, "evo2-7b-base"),
    "Evo 2 7B (data ablation)": model(EVO, "evo2-7b-data-ablation"),
    "StripedHyena 1 550M (Evo 2 repeat-weighting ablation, 40k steps) | no repeat reweighting": (
        model(EVO, "stripedhyena1-550m-repeat-ablation", "repeats not reweighted")
    ),
    "StripedHyena 1 550M (Evo 2 repeat-weighting ablation, 40k steps)"
    " | repeat reweighting 0.1": model(
        EVO, "stripedhyena1-550m-repeat-ablation", "repeats weighted 0.1"
    ),
    "DeCodon 200M": model("cdsfm", "decodon-200m"),
    "EnCodon 620M": model("cdsfm", "encodon-620m"),
    "CodonBERT 87M": model("codonbert", "codonbert"),
    "RNA-FM": model("rna-fm", "rna-fm"),
    "NT 2.5B MS": model("nucleotide-transformer-v1", "nt-v1-2.5b-multi-species"),
}
_PART = {"flags": "overlapping_task"}


def _tasks(suite: str, prefix: str, parts: str, wholes: str, kinds: dict[str, str]) -> Labels:
    """Labels of one variant set; coding and noncoding are parts of both (also called all)."""
    labels: dict[str, Columns] = {}
    for kind, suffix in kinds.items():
        for part in parts.split():
            task = f"evo2-variants/{prefix}-{part}{suffix}"
            labels[f"{suite} | {part} {kind}"] = {"task": task, **_PART}
        for whole in wholes.split():
            labels[f"{suite} | {whole} {kind}"] = {"task": f"evo2-variants/{prefix}-both{suffix}"}
    return labels


_SUITE = " zero-shot VEP (Evo 2 paper)"
TASKS: Labels = {
    **_tasks(f"ClinVar{_SUITE}", "clinvar", "coding noncoding", "both all",
             {"SNV": "-snv", "non-SNV": "-nonsnv"}),
    **_tasks(f"SpliceVarDB{_SUITE}", "splicevardb", "exonic intronic", "both all", {"SNV": ""}),
    **_tasks(f"BRCA1{_SUITE}", "brca1", "coding noncoding", "both overall", {"SNV": ""}),
    **_tasks(f"BRCA2{_SUITE}", "brca2", "coding noncoding", "both", {"SNV": ""}),
    "ClinVar (subset not stated in table)": "evo2-variants/clinvar-unnamed",
}  # fmt: skip


def _repeated(row: Row) -> str:
    again = row["method"] == "Evo 2 7B base" and row["locator"] != "Table S7"
    if again and row["metric"] != "Spearman":
        return "repeats a cell of Table S7 (ERRATA II.A4)"
    return ""


PREPRINT = Source(
    id="evo2_preprint_tables",
    files=("dna_models_2/results/evo2_preprint_tables.csv",),
    drop=_repeated,
    tables=(
        Table(
            citekey="brixi2025evo2",
            slug="variants",
            title="Zero-shot variant effects, eighteen models, with ablations of the data",
            source={
                "locator": "Tables S1 to S4 and S7",
                "repository": "fjkiani/crispro-frontend-v2@7981ce3bda3e7a292ebff1f488ef6b560ed5bfe5",
                "path": ".cursor/concept/evo2-paper.txt",
                "read": "text_copy",
                "second_reading": "confirmed",
            },
            fixed={"split": "whole", "protocol": "zero_shot"},
            methods=METHODS,
            tasks=TASKS,
            metrics={"AUROC": "auroc", "AUPRC": "auprc", "Spearman": "spearman"},
            per_row=lambda row: {
                "locator": f"{row['locator']}, {row['task']}, row {row['method']}"
            },
            note="The preprint, not the published version. Coding and noncoding (exonic and "
            "intronic) variants are parts of both, and are marked so. The table's class counts for "
            "BRCA1 stand the other way round. Comparators are used with their own precomputed "
            "scores. No uncertainty is printed.",
        ),
    ),
)

VARIANTS = {
    f"Evo 2 | {name}": model(EVO, variant)
    for name, variant in {
        "evo2_1b_base": "evo2-1b-base",
        "evo2_7b": "evo2-7b",
        "evo2_20b": "evo2-20b",
        "evo2_40b": "evo2-40b",
    }.items()
}
_GENES = (
    "eukaryote/PGK1 (Saccharomyces cerevisiae) ; eukaryote/ADH2 (Saccharomyces cerevisiae) ; "
    "eukaryote/CYC1 (Chlamydomonas reinhardtii) ; eukaryote/HSP70 (Chlamydomonas reinhardtii) ; "
    "eukaryote/RPS15 (Arabidopsis thaliana) ; eukaryote/ACT7 (Arabidopsis thaliana) ; "
    "eukaryote/ActB (Homo sapiens) ; eukaryote/GAPDH (Homo sapiens) ; "
    "prokaryote/ftsZ (Haloferax volcanii) ; prokaryote/secY (Haloferax volcanii) ; "
    "prokaryote/dnaK (Escherichia coli) ; prokaryote/gyrA (Escherichia coli)"
)
_MEAN = {"flags": "task_mean"}
COMPLETION: Labels = {
    **{
        gene: f"evo2-gene-completion/{gene.split(' (')[0].replace('/', '-').lower()}"
        for gene in _GENES.split(" ; ")
    },
    "prokaryote_mean": {"task": "evo2-gene-completion/mean-prokaryote", **_MEAN},
    "eukaryote_mean": {"task": "evo2-gene-completion/mean-eukaryote", **_MEAN},
    "overall_mean_aa_recovery": {"task": "evo2-gene-completion/mean-all", **_MEAN},
    "paper_reported": {
        "task": "evo2-gene-completion/mean-all",
        "flags": "task_mean second_hand",
        "configuration": "as the repository says the paper reports it",
        "origin": "quoted",
        "quoted_from": "brixi2026evo2",
    },
}


def _where(row: Row) -> Columns:
    file = row["locator"].rpartition("/")[2]
    return {"locator": f"{file}, row {row['task']}, {row['method_variant']}"}


REPOSITORY = Source(
    id="evo2_gene_completion",
    files=("dna_models/results/evo2_gene_completion.csv",),
    tables=(
        Table(
            citekey="brixi2026evo2",
            slug="gene-completion",
            title="Completion of twelve conserved genes, share of amino acids recovered",
            source={
                "locator": "scripts/gene_completion/results/",
                "repository": "ArcInstitute/evo2@53f195997257c56c00e5ef8d33a54f5baad143a6",
                "path": "scripts/gene_completion/results/summary.csv",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            select=lambda row: row["benchmark"] == "Evo2 gene completion",
            fixed={"split": "whole", "protocol": "generation"},
            methods=VARIANTS,
            tasks=COMPLETION,
            metrics={"% amino-acid recovery": metric("amino-acid-recovery", "percent")},
            spreads={"SEM over generations": spread("se", "items")},
            runs={each: each for each in ("100", "50", "30", "18", "12", "10", "6")}
            | {"": "not_reported"},
            per_row=_where,
            evidence_level="repository",
            note="A re-run by the authors' repository. The transcript's split of the means says "
            "twelve genes throughout; the prokaryotic mean is over four and the eukaryotic over "
            "eight.",
        ),
        Table(
            citekey="brixi2026evo2",
            slug="brca1-notebook",
            title="BRCA1 variants in the demonstration notebook",
            source={
                "locator": "notebooks/brca1/brca1_zero_shot_vep.ipynb, cell 15",
                "repository": "ArcInstitute/evo2@53f195997257c56c00e5ef8d33a54f5baad143a6",
                "path": "notebooks/brca1/brca1_zero_shot_vep.ipynb",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            select=lambda row: row["benchmark"].startswith("BRCA1"),
            fixed={"split": "whole", "protocol": "zero_shot"},
            methods=VARIANTS,
            tasks={"BRCA1 SNV": "evo2-variants/brca1-both"},
            metrics={"AUROC": "auroc"},
            evidence_level="repository",
            note="A demonstration; the authors advise larger models.",
        ),
    ),
)

SOURCES = (PREPRINT, REPOSITORY)
