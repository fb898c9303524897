"""Tang et al.: probes of frozen DNA language models against one-hot networks."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method
from ingest.transcription.db_names import DNABERT_2, fm

PAPER = "tang2025evaluating"
_REPO = "amberT15/LLM_eval@6c53510d1c"
_OWN = "tang-regulatory-suite"
_SCRATCH = {"protocol": "own_training"}
_NT = ("nucleotide-transformer-v1", "nt-v1-2.5b-1000g")
_GPN = ("gpn", "gpn-human-tang")
_HYENA = ("hyenadna", "hyenadna-tiny-1k-d256")  # data_generation/.../Hyena_embed.ipynb
_METHODS = {
    "Sei embeddings": method("sei", "frozen embedding"),
    "SEI": method("sei", "frozen embedding"),
    "Sei": method("sei", protocol="as_released"),
    "ResNet one-hot": method("resnet-from-scratch", **_SCRATCH),
    "One-hot CNN": method("cnn-from-scratch", **_SCRATCH),
    "One-hot": method("cnn-from-scratch", **_SCRATCH),
    "MPRAnn one-hot": method("mprann", **_SCRATCH),
    "GPN (human)": fm(_GPN),
    "GPN": fm(_GPN),
    "DNABERT-2": fm(DNABERT_2),
    "DNABERT2": fm(DNABERT_2),
    "HyenaDNA": fm(_HYENA),
    "Hyena": fm(_HYENA),
    "HyenaDNA tiny-1k-d256": fm(_HYENA),
    "DNABERT-2 random init": method("dnabert-2-frozen-random"),
    "Nucleotide Transformer 2.5B (1000G/2B5 probing)": fm(_NT),
    "Nucleotide Transformer": fm(_NT),
    # the cells that printed these values (executed third to fifth) load the scores of 2B5_1000G
    "Nucleotide Transformer 500M/v2 (see notebook)": fm(_NT),
    "NT": fm(_NT, "layer 32, CNN"),
    "NT10_CNN": fm(_NT, "layer 10, CNN"),
    "RBP": method("rbp-embedding-tang"),
}


def _head(row: Row) -> Columns:
    """The head (and layer) belong to the method: `gpn | head=CNN0.5` is GPN with a CNN."""
    name = row["locator"].split()[-1] if ".csv" in row["locator"] else row["locator"].split("@")[1]
    columns = {"locator": name.partition(" ")[2] or name}
    parts = dict(re.findall(r"(layer|head|score)=(\S+)", row["method_variant"]))
    if parts and not row["method"].startswith(("ResNet", "One-hot", "MPRAnn")):
        base = "frozen embedding, " if row["method"].startswith(("Sei", "SEI")) else ""
        columns["configuration"] = base + ", ".join(
            f"{name} {text}" for name, text in parts.items()
        )
        if parts.get("head", "").endswith(("Ridge", "Linear")):
            columns["protocol"] = "linear_probe"
    return columns


def _replicate(row: Row) -> Columns:
    number = row["method_variant"].split()[1]
    return {"setting": f"replicate={number}", "locator": "Perf_figure.ipynb, cell 18"}


def _zero_shot(row: Row) -> Columns:
    """Scores that fall with the effect can't stand beside those that rise with it."""
    score = row["method_variant"].replace("score=", "embedding, ")
    if row["method"].startswith("Nucleotide"):
        score = "embedding, cosine"  # what the notebook keeps under the name llr
    columns = {"configuration": score, "locator": row["locator"].split("@")[1].partition(" ")[2]}
    if score in {"embedding, cosine", "embedding, dot"}:
        return {**columns, "flags": "metric_inferred", "note": "the score's direction is reversed"}
    return columns


_LENTI = {
    "lentiMPRA HepG2": f"{_OWN}/lentimpra-hepg2",
    "lentiMPRA K562": f"{_OWN}/lentimpra-k562",
}
_FROZEN = {"split": "test", "protocol": "probe", "n_runs": "1"}

SOURCES = (
    Source(
        id="tang_koo2025_llm_eval",
        files=("dna_benchmarks/results/tang_koo2025_llm_eval.csv",),
        tables=(
            Table(
                citekey=PAPER,
                slug="lentimpra",
                title="lentiMPRA from frozen embeddings, and one-hot networks",
                source={
                    "locator": "lentiMPRA/results: LLM_CNN, LLM_regression, NT_search",
                    "repository": _REPO,
                    "path": "lentiMPRA/results",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: (
                    row["benchmark"] == "Tang&Koo lentiMPRA"
                    and "layer=" not in row["method_variant"]
                ),
                fixed=_FROZEN,
                methods=_METHODS,
                tasks=_LENTI,
                metrics={"pearson_r": "pearson"},
                per_row=_head,
                note="DNABERT-2 without pretraining is a frozen network with a trained head, not "
                "one trained from scratch. The number behind CNN or MLP is a factor on the width of "
                "the head.",
            ),
            Table(
                citekey=PAPER,
                slug="lentimpra-layers",
                title="lentiMPRA from each layer of the Nucleotide Transformer",
                source={
                    "locator": "lentiMPRA/results: NT_layer_prob_HepG2 and NT_layer_prob_K562",
                    "repository": _REPO,
                    "path": "lentiMPRA/results",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: "layer=" in row["method_variant"],
                fixed=_FROZEN,
                methods=_METHODS,
                tasks=_LENTI,
                metrics={"pearson_r": "pearson"},
                per_row=_head,
                note="A table of its own, so that the best of 32 layers is not set against "
                "others' one. The paper itself uses the last layer.",
            ),
            Table(
                citekey=PAPER,
                slug="splicing",
                title="Exon inclusion over tissues, five replicates each",
                source={
                    "locator": "figure/Perf_figure.ipynb, cell 18",
                    "repository": _REPO,
                    "path": "figure/Perf_figure.ipynb",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "Tang&Koo alternative splicing",
                fixed=_FROZEN,
                methods=_METHODS,
                tasks={"alternative splicing (Task 4)": f"{_OWN}/exon-inclusion"},
                metrics={"mean over tissues, as in source (paper: Spearman)": "spearman"},
                per_row=_replicate,
                note="Means over 56 tissues. The notebook prints no metric and its figure's axis "
                "says Pearson, but the scripts that write the files (alternative-splicing) take "
                "Spearman's coefficient. Replicates are numbered in the order of the files and are "
                "not paired between methods. Layers of the Nucleotide Transformer as in NT_CNN.py.",
            ),
            Table(
                citekey=PAPER,
                slug="cagi5",
                title="CAGI5 saturation mutagenesis, zero-shot scores",
                source={
                    "locator": "CAGI/*.ipynb, printed output",
                    "repository": _REPO,
                    "path": "CAGI",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                select=lambda row: row["benchmark"] == "CAGI5 saturation MPRA",
                fixed={"split": "whole", "protocol": "zero_shot", "n_runs": "1"},
                methods=_METHODS,
                tasks={
                    gene: f"{_OWN}/cagi5-{gene.lower()}" for gene in ("LDLR", "SORT1", "F9", "PKLR")
                },
                metrics={
                    "pearson_r vs |effect|": {
                        "metric": "pearson-magnitude",
                    }
                },
                per_row=_zero_shot,
                note="Signs as printed. Log-likelihood ratios, cosines and dot products should "
                "fall as the effect grows; those rows are kept out of pooling.",
            ),
        ),
    ),
)
