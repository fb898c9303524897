"""RNAGym: fitness of non-coding and messenger RNA, and secondary structure."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, model

PAPER = "arora2025rnagym"
_REPO = "MarksLab-DasLab/RNAGym"
_AIDO = "aido-rna"
_METHODS = {
    "EVmutation": method("evmutation", protocol="own_training"),
    "aido_rna": model(_AIDO, "aido-rna-1.6b"),
    "aido_rna_650m": model(_AIDO, "aido-rna-650m"),
    "aido_rna_300m": model(_AIDO, "aido-rna-300m-mars"),
    "aido_rna_25m": model(_AIDO, "aido-rna-25m-mars"),
    "aido_rna_1m": model(_AIDO, "aido-rna-1m-mars"),
    "AIDO.RNA-1M-MARS": model(_AIDO, "aido-rna-1m-mars"),
    "AIDO.RNA-25M-MARS": model(_AIDO, "aido-rna-25m-mars"),
    "AIDO.RNA-300M-MARS": model(_AIDO, "aido-rna-300m-mars"),
    "AIDO.RNA-650M": model(_AIDO, "aido-rna-650m"),
    "AIDO.RNA-1.6B": model(_AIDO, "aido-rna-1.6b"),
    "evo2": model(
        "evo-2",
        "evo2-7b",
        note="the leaderboard's later version names it Evo 2 (7B)",
    ),
    "evo2_1b_base": model("evo-2", "evo2-1b-base"),
    "evo2_20b": model("evo-2", "evo2-20b"),
    "evo2_40b": model("evo-2", "evo2-40b"),
    "evo1": model(
        "evo",
        "evo-1-8k-base",
        note="by fitness/baselines/Evo/score_evo.sh; an older script there loads the 131k one",
    ),
    "evo1.5": model("evo", "evo-1.5-8k-base"),
    "ntv3_8m": model("nucleotide-transformer-v3", "ntv3-8m-pre"),
    "ntv3_100m": model("nucleotide-transformer-v3", "ntv3-100m-pre"),
    "ntv3_650m": model("nucleotide-transformer-v3", "ntv3-650m-pre"),
    "NT": model(
        "nucleotide-transformer-v1",
        "nt-v1-2.5b-multi-species",
        note="the checkpoint of fitness/baselines/Nucleotide_Transformer/run.sh at 0661b26; "
        "later versions of it load NTv3",
    ),
    "RNAErnie": model("rna-ernie", "rna-ernie"),
    "rnagenesis": model("rnagenesis", "rnagenesis"),
    "rinalmo": model(
        "rinalmo",
        "rinalmo-giga",
        note="the checkpoint that the repository's own script loads",
    ),
    "RNA-FM": model("rna-fm", "rna-fm"),
    "orthrus": model("orthrus", note="the repository's script loads orthrus-mlm-6-track"),
    "GenSLM": model(
        "genslm",
        "genslm-2.5b",
        note="the leaderboard's later version names it GenSLM (2.5B)",
    ),
}
# of older scores the repository doesn't say which GenSLM gave them
_OLDER = {**_METHODS, "GenSLM": model("genslm")}
_FOLDING = {
    "rna-fm": model(
        "rna-fm",
        "rna-fm",
        note="its authors' ResNet on the frozen model, trained on PDB (2d/models/rna_fm.py)",
    ),
    "ribonanzanet": method("ribonanzanet"),
    "ribonanzanet*": method("ribonanzanet"),
    "eternafold": method("eternafold"),
    "eternafold*": method("eternafold"),
    "ufold": method("ufold"),
    "mxfold2": method("mxfold2"),
    "contrafold": method("contrafold"),
    "vienna": method("viennarna", protocol="untrained_rule"),
    "rnastructure": method("rnastructure", protocol="untrained_rule"),
}
_TRAINED_ON_PDB = ("ribonanzanet", "rna-fm", "ufold")
_KINDS = {
    "Ribozyme": "ncrna-ribozyme",
    "tRNA": "ncrna-trna",
    "Aptamer": "ncrna-aptamer",
    "macro_3ncRNA": "ncrna-mean",
    "mRNA_coding": "mrna-coding",
    "mRNA_splicing": "mrna-splicing",
    "macro_mRNA": "mrna-mean",
}
_SPEARMAN = "signed spearman (mean over assays)"


def _tasks(group: str) -> dict[str, Columns]:
    return {
        f"{printed} | {group}": {
            "task": f"rnagym/{task}",
            **({"flags": "task_mean"} if task.endswith("mean") else {}),
        }
        for printed, task in _KINDS.items()
    }


def _fitness(slug: str, group: str, commit: str, path: str, title: str, note: str) -> Table:
    def row(each: Row) -> Columns:
        columns = {"locator": f"row {each['method']}, column {each['task'].partition(' | ')[0]}"}
        if slug == "fitness-evmutation" and each["method"] == "EVmutation":
            columns["flags"] = "duplicate"
        return columns

    return Table(
        citekey=PAPER,
        slug=slug,
        title=title,
        source={
            "locator": path.rpartition("/")[2],
            "repository": f"{_REPO}@{commit}",
            "path": path,
            "read": "scripted",
            "second_reading": "corrected" if slug != "fitness-scaling" else "confirmed",
        },
        select=lambda each: each["task"].endswith(f" | {group}"),
        fixed={"split": "whole", "protocol": "zero_shot"},
        methods=_OLDER if slug == "fitness-mrna" else _METHODS,
        tasks=_tasks(group),
        metrics={_SPEARMAN: "spearman"},
        per_row=row,
        evidence_level="leaderboard",
        note=note,
    )


def _structure(row: Row) -> Columns:
    columns = {"locator": f"row {row['method']} {row['method_variant']}, {row['task']}"}
    columns["configuration"] = row["method_variant"].replace("_", " ")
    if found := re.search(r"samples=(\d+)", row["notes"]):
        columns["n_test"] = found[1]
    if row["task"] == "2d pdb" and row["method"] in _TRAINED_ON_PDB:
        columns["flags"] = "leakage_suspected"
        columns["note"] = "training data of the same collection (leaderboard/2d/README.md)"
    if "training_overlap=true" in row["notes"]:
        columns["flags"] = "leakage_suspected"
        columns["note"] = "the leaderboard says that the training data overlap"
    return columns


SOURCES = (
    Source(
        id="rnagym_leaderboard",
        files=("dna_benchmarks/results/rnagym_leaderboard.csv",),
        tables=(
            _fitness(
                "fitness-ncrna",
                "31 ncRNA DMS assays (26 ribozyme, 3 tRNA, 2 aptamer)",
                "1d2983d5a041",
                "leaderboard/fitness/leaderboard_signed_3ncRNA.csv",
                "Fitness of non-coding RNA, all variants",
                "Signed Spearman; other tables of the leaderboard score by other conventions.",
            ),
            _fitness(
                "fitness-evmutation",
                "ncRNA DMS, variants covered by EVmutation",
                "1d2983d5a041",
                "leaderboard/fitness/leaderboard_evmutation.csv",
                "Fitness of non-coding RNA, variants that EVmutation covers",
                "A subset of the variants of the main table. EVmutation's own values are the "
                "same in both tables.",
            ),
            _fitness(
                "fitness-mrna",
                "mRNA DMS (excluded from leaderboard; older RiNALMo/RNA-FM scoring)",
                "28dfc14474ca",
                "leaderboard/fitness/mRNA/leaderboard_signed_mRNA.csv",
                "Fitness of messenger RNA",
                "Left out of the main leaderboard; an older way of scoring.",
            ),
            _fitness(
                "fitness-scaling",
                "SCALING (mut-fill convention)",
                "b13ef1b3e2d2",
                "leaderboard/fitness/aido_rna_scaling.csv",
                "AIDO.RNA by size",
                "Scored by another convention than the main table.",
            ),
            Table(
                citekey=PAPER,
                slug="structure-2d",
                title="Secondary structure and chemical mapping",
                source={
                    "locator": "leaderboard.csv, the best and some other decodings",
                    "repository": f"{_REPO}@07ffce88a211",
                    "path": "leaderboard/2d/leaderboard.csv",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "RNAGym 2D structure",
                fixed={"split": "test", "protocol": "as_released"},
                methods=_FOLDING,
                tasks={
                    "2d pdb": "rnagym/structure-pdb",
                    "2d pseudobase": "rnagym/structure-pseudobase",
                    "mapping 1M7": "rnagym/mapping-1m7",
                    "mapping 2A3": "rnagym/mapping-2a3",
                    "mapping DMS": "rnagym/mapping-dms",
                    "mapping deg_Mg_50C": "rnagym/mapping-deg-mg-50c",
                },
                metrics={"f1": "f1-base-pairs", "spearman": "spearman"},
                per_row=_structure,
                evidence_level="leaderboard",
                note="A star in the source marks methods whose training data overlap. The file's own column "
                "says so for chemical mapping alone, the README beside it for PDB too. Scores are "
                "averaged over clusters of sequences.",
            ),
        ),
    ),
)
