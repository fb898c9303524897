"""Printed frames of the GPN-MSA and GPN-Star notebooks: variants scored without training."""

from __future__ import annotations

import re

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

REPOSITORY = "songlab-cal/gpn@99293f823a7f01dd5f9a05a7e2d7db701cda9228"
MSA, STAR = "benegas2025gpnmsa", "ye2025gpnstar"
RULE = {"protocol": "untrained_rule"}
RELEASED = {"protocol": "as_released"}
ZERO_SHOT = {"protocol": "zero_shot", "split": "whole"}


def _conservation(tool: str, *alignments: str) -> dict[str, Columns]:
    named = "phyloP" if tool == "phylop" else "phastCons"
    return {f"{named}-{each}": method(tool, f"alignment {each}", **RULE) for each in alignments}


def _cell(row: Row) -> str:
    found = re.search(r"cell (\d+)", row["locator"])
    return found[1] if found else ""


def _counts(row: Row) -> Columns:
    """The number of test items, where the notebook prints class counts."""
    found = re.search(r"n_pos=(\d+) n_neg=(\d+)", row["notes"])
    return {"n_test": str(int(found[1]) + int(found[2]))} if found else {}


MSA_METHODS: Labels = {
    "GPN-MSA": model("gpn-msa", "gpn-msa-sapiens"),
    "CADD": method("cadd", **RELEASED),
    "ESM-1b": method("esm-1b"),
    **_conservation("phylop", "100v", "241m"),
    **_conservation("phastcons", "100v"),
}
_PREFIX = "Variant effect prediction > "
_CLINVAR = "ClinVar pathogenic vs. gnomAD common (missense)"
MSA_TASKS: Labels = {
    _PREFIX + printed: f"gpn-msa-variants/{task}"
    for printed, task in {
        f"{_CLINVAR} / all": "clinvar-vs-common-missense",
        f"{_CLINVAR} > Stratifying by conservation / all": "clinvar-vs-common-missense",
        "COSMIC frequent vs. gnomAD common (missense) / all": "cosmic-vs-common-missense",
        "OMIM pathogenic vs. gnomAD common (regulatory) / all": "omim-vs-common-regulatory",
        "ClinVar pathogenic vs. benign (missense) / all": "clinvar-vs-benign-missense",
        "ClinVar pathogenic vs. benign (incl. likely) / all": "clinvar-vs-benign-likely",
        **{
            f"gnomAD Enformer set (low-frequency vs. common) / n={n}": "gnomad-enrichment"
            for n in (30, 60, 90)
        },
        "DMS (missense) / Stability": "dms-stability",
        "DMS (missense) / OrganismalFitness": "dms-fitness",
        "DMS (missense) / Expression": "dms-expression",
        "DMS (missense) / Binding": "dms-binding",
        "DMS (missense) / Activity": "dms-activity",
        "DMS (missense) / TADBP_HUMAN_Bolognesi_2019": "dms-tadbp",
        "DMS (v2) / A4_HUMAN_Seuma_2022": "dms-a4",
    }.items()
}
METRICS: Labels = {
    "AUROC": "auroc",
    "AUPRC": "auprc",
    "Spearman": "spearman",
    "Odds ratio": metric("odds-ratio", flags="not_a_score"),
}


def _msa_row(row: Row) -> Columns:
    columns = {"locator": f"cell {_cell(row)}, row {row['method']}", **_counts(row)}
    if _cell(row) == "25" and not row["method"].startswith("phastCons"):
        columns["flags"] = "duplicate"  # the frame of cell 18 once more
    if _cell(row) == "90":
        columns["setting"] = "summary=median over assays"
    if threshold := re.search(r"/ n=(\d+)$", row["task"]):
        columns["setting"] = f"variants={threshold[1]} lowest scores"
    return columns


GPN_MSA = Source(
    id="gpnmsa_notebook",
    files=("dna_models/results/gpnmsa_notebook.csv",),
    tables=(
        Table(
            citekey=MSA,
            slug="variants",
            title="Human variants, AUROC, AUPRC, rank correlation and enrichment",
            source={
                "locator": "notebook vep.ipynb, printed outputs",
                "repository": REPOSITORY,
                "path": "analysis/gpn-msa_human/workflow/notebooks/vep.ipynb",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed=ZERO_SHOT,
            methods=MSA_METHODS,
            tasks=MSA_TASKS,
            metrics=METRICS,
            per_row=_msa_row,
            note="Printed frames may show their top rows only; the Nucleotide Transformer and "
            "HyenaDNA are drawn in figures, not printed. No uncertainty is printed. The scans of "
            "cell 90 are medians over the assays of a kind.",
        ),
    ),
)

STAR_METHODS: Labels = {
    **{
        f"GPN-Star-{x}": model("gpn-star", f"gpn-star-{x.lower()}")
        for x in ("V100", "M447", "P243")
    },
    "GPN-Star-V100_AF_adjusted": model(
        "gpn-star", "gpn-star-v100", "adjusted with allele frequencies"
    ),
    "GPN-Star": model("gpn-star"),
    "GPN-MSA": model("gpn-msa", "gpn-msa-sapiens"),
    "Evo2_40B": model("evo-2", "evo2-40b"),
    "Evo2_7B": model("evo-2", "evo2-7b"),
    "NT_2.5B_MS": model("nucleotide-transformer-v1", "nt-v1-2.5b-multi-species"),
    "ESM-1b": method("esm-1b"),
    "AlphaMissense": method("alphamissense", **RELEASED),
    "CADD": method("cadd", **RELEASED),
    "AlphaGenome": method("alphagenome", **RELEASED),
    "Borzoi": method("borzoi", **RELEASED),
    "Enformer": method("enformer", **RELEASED),
    "Roulette": method("roulette", **RELEASED),
    **{f"PhyloP-{x}": method("phylop", f"alignment {x}", **RULE) for x in ("V100", "M447", "P243")},
    **{
        f"PhastCons-{x}": method("phastcons", f"alignment {x}", **RULE)
        for x in ("V100", "P43", "M470")
    },
    "PhyloP": method("phylop", "alignment of the species", **RULE),
    "PhastCons": method("phastcons", "alignment of the species", **RULE),
}
_HUMAN = {
    "ClinVar": "clinvar",
    "COSMIC": "cosmic",
    "GWAS finemapped missense variants from UKB": "gwas-missense",
    "OMIM": "omim",
    "GWAS finemapped non-coding variants from UKB": "gwas-noncoding",
}
_SETS = {
    "all models": {"setting": "variants=scored by all models"},
    "main figure": {"setting": "variants=scored by all but Roulette", "flags": "duplicate"},
    "comparison with AlphaMissense": {
        "setting": "variants=scored by AlphaMissense and GPN-Star",
        "flags": "overlapping_task",
    },
}
STAR_TASKS: Labels = {
    f"{printed} > {which}": {"task": f"gpn-star-variants/{task}", **columns}
    for printed, task in _HUMAN.items()
    for which, columns in _SETS.items()
} | {
    "C. elegans lethal mutations": {"task": "gpn-star-variants/worm-lethal"},
    "Flybase lethal": {"task": "gpn-star-variants/fly-lethal"},
    "MMrdb": {"task": "gpn-star-variants/mouse-mutants"},
    **{
        f"{printed} rare vs. common enrichment / n=30 / {region}": {
            "task": f"gpn-star-variants/{task}-rare-vs-common",
            "setting": f"variants=30 lowest scores; region={region}",
        }
        for printed, task, region in (
            ("CaeNDR", "worm", "downstream_gene"),
            ("CaeNDR", "worm", "3_prime_UTR"),
            ("Galbase", "chicken", "5_prime_UTR"),
            ("Galbase", "chicken", "synonymous"),
            ("WMGP", "mouse", "missense"),
            ("WMGP", "mouse", "start_or_stop"),
        )
    },
}


def _star_row(row: Row) -> Columns:
    notebook = re.search(r"(analysis_\w+\.ipynb)", row["locator"])
    name = notebook[1] if notebook else ""
    return {"locator": f"{name} cell {_cell(row)}, row {row['method']}", **_counts(row)}


GPN_STAR = Source(
    id="gpnstar_notebook",
    files=("dna_models/results/gpnstar_notebook.csv",),
    tables=(
        Table(
            citekey=STAR,
            slug="variants",
            title="Variants of human and four other animals, AUROC, AUPRC and enrichment",
            source={
                "locator": "notebooks analysis_*.ipynb, printed outputs",
                "repository": REPOSITORY,
                "path": "analysis/gpn-star/train_and_eval/workflow/notebooks/",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed=ZERO_SHOT,
            methods=STAR_METHODS,
            tasks=STAR_TASKS,
            metrics=METRICS,
            spreads={"bootstrap SE (1000)": spread("se", "bootstrap")},
            per_row=_star_row,
            note="The frames for the main figure hold the same models on nearly the same variants "
            "(those without a Roulette score come in) and are marked as duplicates. Frames of "
            "enrichment may show their top rows only. The regulatory models are used as released, "
            "conservation scores are rules.",
        ),
    ),
)

SOURCES = (GPN_MSA, GPN_STAR)
