"""Tomaz da Silva et al.: nucleotide dependencies against saturation mutagenesis."""

from __future__ import annotations

from ingest.transcription.base import Columns, Source, Table, method, model, spread

PAPER = "tomazdasilva2025nucleotide"
_REPO = "gagneurlab/dependencies_DNALM@e20c4bcc4d"
_NOTEBOOK = "manuscript_code/fig1_variant_effects.ipynb"
_OWN = "saturation-mpra"
_NT = "nucleotide-transformer-v1"
_DEPENDENCY = "nucleotide dependency"
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
    "NTv2": model("nucleotide-transformer-v2", configuration=_DEPENDENCY),
    "NT1000G": model(_NT, "nt-v1-500m-1000g", _DEPENDENCY),
    "NT-Human1000G": model(_NT, "nt-v1-500m-1000g", _DEPENDENCY),
    "NT2B1000G": model(_NT, "nt-v1-2.5b-1000g", _DEPENDENCY),
    "NT-Human1000G-2.5B": model(_NT, "nt-v1-2.5b-1000g", _DEPENDENCY),
    "NT2B": model(_NT, "nt-v1-2.5b-multi-species", _DEPENDENCY),
    "NT": model(_NT, "nt-v1-2.5b-multi-species", _DEPENDENCY),
    "NTHuman": model(_NT, "nt-v1-500m-human-ref", _DEPENDENCY),
    "NT-HumanRef": model(_NT, "nt-v1-500m-human-ref", _DEPENDENCY),
    "DNABERT": model("dnabert", configuration=_DEPENDENCY),
}
LOCI = ("F9", "GP1BB", "HBB", "HBG1", "HNF4A", "LDLR", "MSMB", "PKLR", "TERT-GBM")


def _pooled_loci() -> Columns:
    return {"task": f"{_OWN}/all-loci", "flags": "overlapping_task task_mean"}


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
                    "second_reading": "corrected",
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
                note="SpeciesLM and the dependency score are the authors' own. The last five rows are "
                "means over the nine loci, not a correlation over pooled ones; their names are the "
                "columns' by cell 47. Of the Nucleotide Transformer and DNABERT the notebook takes "
                "the mean effect on other positions.",
            ),
        ),
    ),
)
