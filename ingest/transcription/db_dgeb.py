"""DGEB: the leaderboard's submissions, two layers of each model."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, model

_NT_V2 = "InstaDeepAI/nucleotide-transformer-v2-{0}-multi-species"
_METHODS = {
    **{
        f"facebook/esm2_{size}_UR50D": method("esm-2", size.partition("_")[2])
        for size in ("t6_8M", "t12_35M", "t30_150M", "t33_650M", "t36_3B")
    },
    "esm3_sm_open_v1": method("esm-3", "small, open"),
    **{
        f"hugohrban/progen2-{size}": method("progen2", size)
        for size in ("small", "medium", "large", "xlarge")
    },
    "Rostlab/prot_t5_xl_bfd": method("prot-t5", "XL, BFD"),
    "Rostlab/prot_t5_xl_uniref50": method("prot-t5", "XL, UniRef50"),
    "togethercomputer/evo-1-131k-base": model("evo", "evo-1-131k-base"),
    "togethercomputer/evo-1-8k-base": model("evo", "evo-1-8k-base"),
    "InstaDeepAI/nucleotide-transformer-2.5b-multi-species": model(
        "nucleotide-transformer-v1", "nt-v1-2.5b-multi-species"
    ),
    **{
        _NT_V2.format(size): model("nucleotide-transformer-v2", f"nt-v2-{size}-multi-species")
        for size in ("50m", "100m", "250m", "500m")
    },
}
_NAMES = (
    "MIBiG Classification",
    "Arch Retrieval",
    "BacArch BiGene",
    "Convergent Enzymes Classification",
    "Cyano Operonic Pair",
    "EC Classification",
    "E.coli Operonic Pair",
    "Euk Retrieval",
    "FeFeHydrogenase Phylogeny",
    "ModAC Paralogy BiGene",
    "MopB Clustering",
    "RpoB Archaeal Phylogeny",
    "RpoB Bacterial Phylogeny",
    "Vibrio Operonic Pair",
    "16S Archaeal Phylogeny",
    "16S Bacterial Phylogeny",
    "E.coli RNA Clustering",
    "18S Eukaryotic Phylogeny",
)
_METRICS = {
    "f1": "f1",
    "map_at_5": "map-at-5",
    "top_ap": "average-precision",
    "top_corr": "distance-correlation-best",
    "recall_at_50": "recall-at-50",
    "v_measure": "v-measure",
}


_MINING = ("BacArch BiGene", "ModAC Paralogy BiGene")
_ONE_SET = {"split": "whole", "protocol": "zero_shot"}
"""Tasks whose data come undivided (dgeb/tasks loads the one split that they have)."""


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-").replace(".", "-")


def _row(row: Row) -> Columns:
    """The kind of sequence given stands in the notes; averaging and k-NN in dgeb/evaluators.py."""
    found = re.search(r"modality=(\w+)", row["notes"])
    modality = found[1] if found else ""
    columns: dict[str, str] = {}
    if row["metric"] == "f1":
        columns["metric"] = "f1-weighted" if row["task"] in _MINING else "f1-macro"
    if row["task"] == "MIBiG Classification":
        columns["protocol"] = "probe"
    own = _METHODS[row["method"]]
    size = f"{own['configuration']}, " if "configuration" in own else ""
    return columns | {
        "task": f"dgeb/{_slug(row['task'])}-{modality}",
        "configuration": f"{size}{row['method_variant']}",
        "locator": "/".join(row["locator"].split("/")[-2:]),
    }


SOURCES = (
    Source(
        id="dgeb2024",
        files=("dna_benchmarks/results/dgeb2024.csv",),
        tables=(
            Table(
                citekey="westroberts2024dgeb",
                slug="leaderboard",
                title="Frozen embeddings of DNA and protein models, two layers each",
                source={
                    "locator": "leaderboard/submissions/*.json, primary metric of each task",
                    "repository": "TattaBio/DGEB@1b187e6",
                    "path": "leaderboard/submissions",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                fixed={"split": "test", "protocol": "probe"},
                methods=_METHODS,
                tasks={name: f"dgeb/{_slug(name)}" for name in _NAMES},
                metrics=_METRICS,
                protocols={
                    "frozen embedding (classification)": "linear_probe",
                    "frozen embedding (retrieval)": "zero_shot",
                    "frozen embedding (bigene_mining)": _ONE_SET,
                    "frozen embedding (pair_classification)": _ONE_SET,
                    "frozen embedding (eds)": _ONE_SET,
                    "frozen embedding (clustering)": _ONE_SET,
                },
                per_row=_row,
                note="The leaderboard itself shows the better of the layers. No simple baseline "
                "was submitted. Protein models see proteins, DNA models DNA, mean-pooled and, less MIBiG's "
                "DNA, cut at the maximum length. By dgeb/evaluators.py classification is logistic "
                "regression, MIBiG's five cosine neighbours for several labels; top_ap and top_corr "
                "are the best of several distances, taken on the scored pairs.",
            ),
        ),
    ),
)
