"""Tomaz da Silva et al.: nucleotide dependencies against saturation mutagenesis."""

from __future__ import annotations

from ingest.transcription.base import Columns, Source, Table, method, model, spread

PAPER = "tomazdasilva2025nucleotide"
_REPO = "gagneurlab/dependencies_DNALM@e20c4bcc4d"
_NOTEBOOK = "manuscript_code/fig1_variant_effects.ipynb"
_OWN = "saturation-mpra"
_NT = "nucleotide-transformer-v1"
_RULE = {"protocol": "untrained_rule"}
_METHODS = {
    "SpeciesLM metazoa - dependency (variant influence)": model(
        "specieslm", "specieslm-metazoa", "nucleotide dependency"
    ),
    "SpeciesLM metazoa - log ratio": model("specieslm", "specieslm-metazoa", "log ratio"),
    "PhastCons": method("phastcons", **_RULE),
    "PhastCons470": method("phastcons", "470-way", **_RULE),
    "phyloP": method("phylop", **_RULE),
    "phyloP447": method("phylop", "447-way", **_RULE),
    "phyloP470": method("phylop", "470-way", **_RULE),
    "NTv2": model("nucleotide-transformer-v2"),
    "NT1000G": model(_NT, "nt-v1-500m-1000g"),
    "NT-Human1000G": model(_NT, "nt-v1-500m-1000g"),
    "NT2B1000G": model(_NT, "nt-v1-2.5b-1000g"),
    "NT-Human1000G-2.5B": model(_NT, "nt-v1-2.5b-1000g"),
    "NT2B": model(_NT, "nt-v1-2.5b-multi-species"),
    "NT": model(_NT, configuration="printed as NT"),
    "NTHuman": model(_NT, "nt-v1-500m-human-ref"),
    "NT-HumanRef": model(_NT, "nt-v1-500m-human-ref"),
    "DNABERT": model("dnabert"),
}
LOCI = ("F9", "GP1BB", "HBB", "HBG1", "HNF4A", "LDLR", "MSMB", "PKLR", "TERT-GBM")


def _pooled_loci() -> Columns:
    return {"task": f"{_OWN}/all-loci", "flags": "overlapping_task"}


SOURCES = (
    Source(
        id="dasilva2024_dependencies",
        files=("dna_benchmarks/results/dasilva2024_dependencies.csv",),
        tables=(
            Table(
                citekey=PAPER,
                slug="saturation-mutagenesis",
                title="Zero-shot scores against the size of measured promoter effects",
                source={
                    "locator": "fig1_variant_effects.ipynb, cells 37 and 53",
                    "repository": _REPO,
                    "path": _NOTEBOOK,
                    "read": "scripted",
                },
                fixed={"split": "whole", "protocol": "zero_shot"},
                methods=_METHODS,
                tasks={
                    **{name: f"{_OWN}/{name.lower()}" for name in LOCI},
                    "all loci pooled, bootstrap": _pooled_loci(),
                },
                metrics={
                    "pearson_r vs |log2FC|": "pearson-magnitude",
                    "r (bootstrap mean)": "pearson-magnitude",
                },
                spreads={"bootstrap sd": spread("sd", "bootstrap")},
                per_row=lambda row: {"locator": f"cell {row['locator'].rpartition('cell ')[2]}"},
                note="SpeciesLM and the dependency score are the authors' own.",
            ),
        ),
    ),
)
