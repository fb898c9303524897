"""Vilov and Heinig: foundation models on human 3'UTRs.

Every plus-minus is the half-width of a 95 % interval, whatever the transcript calls it: of a
bootstrap for AUROCs, of one pooled correlation for the regressions; but for whole mRNAs.
"""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, model, spread

PAPER = "vilov2025investigating"
FILE = "dna_benchmarks/results/vilov_heinig2025_3utr.csv"
_REPO = "sergeyvilov/investigating-foundation-models-3utr@60f8d82a1d"
_OWN = "utr3-suite"
_OURS = "vilov-3utr-lms"
_LMS = {
    "DNABERT": model("dnabert", "dnabert-6mer"),
    "DNABERT2": model("dnabert-2", "dnabert-2-117m"),
    "NT-MS-v2-100M": model("nucleotide-transformer-v2", "nt-v2-100m-multi-species"),
    "DNBT-3UTR-RNA": model(_OURS, "dnbt-3utr-rna"),
    "DNBT2-3UTR-RNA": model(_OURS, "dnbt2-3utr-rna"),
    "DNABERT2-ZOO": model(_OURS, "dnabert2-zoo"),
    "NT-3UTR-RNA": model(_OURS, "nt-3utr-rna"),
    "NT-3UTR-RNA (see notebook)": model(_OURS, "nt-3utr-rna"),
    "STSP-3UTR-RNA": model(_OURS, "stsp-3utr-rna"),
    "STSP-3UTR-RNA-HS": model(_OURS, "stsp-3utr-rna-hs"),
    "STSP-3UTR-DNA": model(_OURS, "stsp-3utr-dna"),
}
_RULE = {"protocol": "untrained_rule"}
_OTHERS = {
    "PhyloP-100way": method("phylop", "100-way", **_RULE),
    "PhyloP-241way": method("phylop", "241-way", **_RULE),
    "CADD": method("cadd", protocol="as_released"),
    "CADD-1.7": method("cadd", protocol="as_released"),
    "Zoo-AL": method("zoo-alignment", **_RULE),
    "Griesemer 2021 features": method("griesemer-features", protocol="own_training"),
    "5-mer counts (Siegel 2022)": method("kmer-ridge", "5-mers", protocol="own_training"),
    "k-mer": method("kmer-ridge", protocol="own_training"),
    "Saluki human": method(
        "saluki",
        protocol="own_training",
        origin="quoted",
        quoted_from="not_reported",
        note="the notebook reads the correlations by fold that Saluki's own paper released",
    ),
    "BC3MS": method("bc3ms", protocol="own_training"),
    "BC3MS*": method(
        "bc3ms-lm", protocol="own_training", note="with the embedding of a language model"
    ),
}
_METHODS = {**_LMS, **_OTHERS}
_BOOTSTRAP = {
    "bootstrap +/-": spread("ci95_half", "bootstrap"),
    "+/- as in source": spread("ci95_half", "bootstrap"),
}
_POOLED = {"+/- over folds": spread("ci95_half", "items")}


def _cell(row: Row) -> str:
    return row["locator"].partition("60f8d82a1d ")[2].partition(" output")[0]


def _configuration(row: Row) -> Columns:
    """Head or score, which belong to the method."""
    columns: dict[str, str] = {"locator": _cell(row)}
    own = _METHODS[row["method"]].get("configuration", "") if row["method"] in _OTHERS else ""
    parts = re.findall(r"(score|head)=([^;]+)", row["method_variant"])
    texts = [own, *(f"{name} {text.strip()}" for name, text in parts)]
    if row["method_variant"].startswith("MLP"):
        texts.append("MLP on embeddings")
    if row["method"] in _LMS and ("head", "Ridge") in [(a, b.strip()) for a, b in parts]:
        columns["protocol"] = "linear_probe"
    if text := ", ".join(filter(None, texts)):
        columns["configuration"] = text
    if row["method"] in {"5-mer counts (Siegel 2022)", "k-mer"} and "SVR" in row["method_variant"]:
        columns["method"] = "kmer-svr"
    return columns


def _context(row: Row) -> Columns:
    columns = dict(_configuration(row))
    columns["setting"] = "experiment=length of the input"
    columns["n_test"] = "12457"
    length = re.search(r"max_seq_len=(\d+)", row["method_variant"])
    if length:
        columns["input_bp"] = length[1]
    else:
        columns["flags"] = "duplicate"
    return columns


def _half_life(row: Row) -> Columns:
    """UTRs are counted in cell 8; values of the whole mRNA are means over folds (cell 1)."""
    columns = dict(_configuration(row))
    if row["task"] == "human half-life":
        columns["n_test"] = "12457"
    else:
        columns["uncertainty_kind"] = "unknown"
        columns["uncertainty_over"] = "folds"
        columns["note"] = "mean over ten folds; the plus-minus is Student's t times their SD"
    return columns


def _source(locator: str, path: str) -> Columns:
    return {
        "locator": locator,
        "repository": _REPO,
        "path": path,
        "read": "scripted",
        "second_reading": "corrected",
    }


_VARIANTS = {
    "clinvar": f"{_OWN}/variants-clinvar",
    "gnomAD": f"{_OWN}/variants-gnomad",
    "eQTL-susie": f"{_OWN}/variants-eqtl",
    "CADD": f"{_OWN}/variants-cadd",
}
_FOLDED = (
    "AUROCs below 0.5 were replaced by 1 minus AUROC in the notebook, so that a score that points "
    "the wrong way looks like a mild success: never pooled."
)
_HALF_LIFE = "mRNA half-life (Agarwal&Kelley 2022)"

SOURCES = (
    Source(
        id="vilov_heinig2025_3utr",
        files=(FILE,),
        tables=(
            Table(
                citekey=PAPER,
                slug="variants-zero-shot",
                title="Functional against other variants in 3'UTRs, zero-shot scores",
                source=_source("Tables S3 and S5", "variant_effect/analysis/auc.ipynb"),
                select=lambda row: (
                    row["benchmark"] == "3UTR variant effect" and row["split"] == "all variants"
                ),
                fixed={"split": "whole", "protocol": "zero_shot", "flags": "folded_direction"},
                methods=_METHODS,
                tasks=_VARIANTS,
                metrics={"ROC_AUC": "auroc"},
                spreads=_BOOTSTRAP,
                per_row=_configuration,
                note=_FOLDED,
            ),
            Table(
                citekey=PAPER,
                slug="variants-probes",
                title="Functional against other variants in 3'UTRs, networks on embeddings",
                source=_source("Table S4", "variant_effect/analysis/auc.ipynb"),
                select=lambda row: (
                    row["benchmark"] == "3UTR variant effect" and row["split"] == "CV test"
                ),
                fixed={
                    "split": "cross_validation",
                    "protocol": "probe",
                    "flags": "folded_direction",
                },
                methods=_METHODS,
                tasks=_VARIANTS,
                metrics={"ROC_AUC": "auroc"},
                spreads=_BOOTSTRAP,
                per_row=lambda row: {
                    **_configuration(row),
                    **(
                        {"flags": "leakage_suspected"}
                        if row["task"] in {"eQTL-susie", "clinvar"}
                        else {}
                    ),
                },
                note=_FOLDED + " Sequence context is shared between variants of a UTR.",
            ),
            Table(
                citekey=PAPER,
                slug="rbp-motifs",
                title="Motifs of RNA-binding proteins against other positions",
                source=_source("Table S2", "rbp_motifs/analysis/auc.ipynb"),
                select=lambda row: row["benchmark"] == "3UTR RBP motif",
                fixed={"split": "whole", "protocol": "zero_shot"},
                methods=_METHODS,
                tasks={
                    "all motifs": f"{_OWN}/rbp-motifs",
                    "top 10% conservation": {
                        "task": f"{_OWN}/rbp-motifs",
                        "setting": "subset=top 10 % by conservation",
                        "flags": "overlapping_task",
                    },
                    "bottom 10% conservation": {
                        "task": f"{_OWN}/rbp-motifs",
                        "setting": "subset=bottom 10 % by conservation",
                        "flags": "overlapping_task",
                    },
                },
                metrics={"ROC_AUC": "auroc"},
                spreads=_BOOTSTRAP,
                per_row=_configuration,
                note="Not folded. The subsets are chosen by conservation, which conservation "
                "scores then answer by construction.",
            ),
            Table(
                citekey=PAPER,
                slug="mpra",
                title="Activity of 3'UTR fragments in reporter assays",
                source=_source("Tables 1, S6, S7 and S8", "mpra"),
                select=lambda row: row["benchmark"].startswith("3UTR MPRA"),
                fixed={"split": "cross_validation", "protocol": "probe"},
                methods=_METHODS,
                tasks={
                    **{
                        cells: f"{_OWN}/griesemer-{cells.lower()}"
                        for cells in ("GM12878", "HEK293FT", "HEPG2", "HMEC", "K562", "SKNSH")
                    },
                    **{
                        f"{cells} {kind}": f"{_OWN}/siegel-{cells.lower()}-{kind.replace('_', '-')}"
                        for cells in ("Beas2B", "Jurkat")
                        for kind in ("stability", "steady_state")
                    },
                },
                metrics={"pearson_r": "pearson"},
                spreads=_POOLED,
                per_row=_configuration,
            ),
            Table(
                citekey=PAPER,
                slug="half-life",
                title="Half-life of human mRNA",
                source=_source("Table S9 and Figure 3", "half_life/regression/analyse.ipynb"),
                select=lambda row: (
                    row["benchmark"].startswith(_HALF_LIFE)
                    and not row["task"].startswith("EFFECTIVE")
                ),
                fixed={"split": "cross_validation", "protocol": "probe"},
                methods=_METHODS,
                tasks={
                    "human half-life": {
                        "task": f"{_OWN}/half-life",
                        "setting": "input=3'UTR alone",
                    },
                    "human half-life, full mRNA": {
                        "task": f"{_OWN}/half-life",
                        "setting": "input=whole mRNA",
                    },
                },
                metrics={"pearson_r": "pearson"},
                spreads=_POOLED,
                per_row=_half_life,
            ),
            Table(
                citekey=PAPER,
                slug="half-life-context",
                title="Half-life of human mRNA by length of the input",
                source=_source("cells 24 to 29", "half_life/regression/analyse.ipynb"),
                select=lambda row: row["task"].startswith("EFFECTIVE"),
                fixed={"split": "cross_validation", "protocol": "probe"},
                methods=_METHODS,
                tasks={"EFFECTIVE CONTEXT: human half-life": f"{_OWN}/half-life"},
                metrics={"pearson_r": "pearson"},
                spreads=_POOLED,
                per_row=_context,
                note="The model is named in cell 24.",
            ),
        ),
    ),
)
