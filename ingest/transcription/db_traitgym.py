"""TraitGym: causal regulatory variants, the tables that its notebooks print."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, model, spread

PAPER = "benegas2025benchmarking"
FILE = "dna_benchmarks/results/traitgym2025.csv"
_REPO = "songlab-cal/TraitGym@4d80fe8894"
_SUPERVISED = {"protocol": "as_released"}
_MODELS = {
    "GPN-MSA": ("gpn-msa", "gpn-msa-sapiens"),
    "GPN-Promoter": ("gpn", "gpn-animal-promoter"),
    "NT": ("nucleotide-transformer-v1", "nt-v1-2.5b-multi-species"),
    "HyenaDNA": ("hyenadna", "hyenadna-medium-160k"),
    "Caduceus": ("caduceus", "caduceus-ps-131k"),
    "SpeciesLM": ("specieslm", "specieslm-metazoa"),
    "AIDO.DNA": ("aido-dna", "aido-dna-7b"),
    "Evo2 1B": ("evo-2", "evo2-1b-base"),
    "Evo2 7B": ("evo-2", "evo2-7b"),
    "Evo2 40B": ("evo-2", "evo2-40b"),
}
_RELEASED = {
    "CADD": method("cadd"),
    "Borzoi": method("borzoi"),
    "Enformer": method("enformer"),
    "phyloP-100v": method("phylop", "100 vertebrates"),
    "phyloP-241m": method("phylop", "241 mammals"),
    "phastCons-43p": method("phastcons", "43 primates"),
}
_METHODS = {
    **{name: model(*pair) for name, pair in _MODELS.items()},
    **_RELEASED,
    **{
        name: method("traitgym-ensemble", name)
        for name in (
            "CADD+GPN-MSA",
            "CADD+Borzoi",
            "GPN-MSA+Borzoi",
            "CADD+GPN-MSA+Borzoi",
            "CADD+GPN-MSA_LLR",
            "CADD+Borzoi_L2_L2",
            "CADD+GPN-MSA_LLR+Borzoi_L2_L2",
        )
    },
    "Ensemble": method("traitgym-ensemble", "CADD+GPN-MSA+Borzoi"),
}
_MATCHED = {
    "Mendelian traits": "traitgym/mendelian-matched",
    "Complex traits": "traitgym/complex-matched",
}
_FULL = {"Mendelian traits": "traitgym/mendelian-full", "Complex traits": "traitgym/complex-full"}
_SUBSETS = {
    "Non-exonic (distal)": "distal",
    "Non-exonic (proximal)": "proximal",
    "5' UTR": "5' UTR",
    "3' UTR": "3' UTR",
    "ncRNA": "ncRNA",
    "Disease": "disease",
    "Non-disease": "not disease",
}


def _tasks(kinds: dict[str, str]) -> dict[str, Columns]:
    tasks: dict[str, Columns] = {}
    for trait, task in kinds.items():
        for whole in ("All", "all", "maf_match"):
            tasks[f"{trait} | {whole}"] = {"task": task}
        for printed, name in _SUBSETS.items():
            tasks[f"{trait} | {printed}"] = {
                "task": task,
                "setting": f"subset={name}",
                "flags": "overlapping_task",
            }
    return tasks


_PROTOCOLS = {
    "zero-shot": {"protocol": "zero_shot"},
    "linear probe (ridge/logistic, leave-chromosome-out)": {
        "protocol": "linear_probe",
        "split": "cross_validation",
    },
    "linear probe (leave-chromosome-out)": {
        "protocol": "linear_probe",
        "split": "cross_validation",
    },
    "best of zero-shot / linear probe": {
        "protocol": "not_reported",
        "flags": "selected_on_test",
        "note": "the better of zero-shot and linear probe, older run",
    },
}


def _notebook(row: Row) -> str:
    return row["locator"].rpartition("/")[2].partition(".")[0]


def _row(row: Row) -> Columns:
    columns = {"locator": f"{row['locator'].rpartition('/')[2]}, {row['method']}"}
    if row["protocol"] == "zero-shot" and row["method"] in _RELEASED:
        columns |= _SUPERVISED
    if row["method"] == "Ensemble" and "Mendelian" in row["task"]:
        columns["configuration"] = "CADD+GPN-MSA_LLR+Borzoi_L2_L2"  # model_for_path, cell 4
    if score := row["method_variant"].partition("score=")[2]:
        columns["configuration"] = score
    again = _notebook(row) == "performance_ensemble_light" and row["value"] == "0.874660"
    if again or (score == "LLR" and row["method"] == "GPN-MSA" and "Mendelian" in row["task"]):
        columns["flags"] = "duplicate"
    return columns


def _table(notebook: str, title: str, **more: str) -> Table:
    note = more.get("note", "")
    return Table(
        citekey=PAPER,
        slug=notebook.replace("_", "-"),
        title=title,
        source={
            "locator": f"{notebook}.ipynb, printed output",
            "repository": _REPO,
            "path": f"workflow/notebooks/{notebook}.ipynb",
            "read": "scripted",
            "second_reading": more.get("second_reading", "corrected"),
        },
        select=lambda row: _notebook(row) == notebook,
        fixed={"split": "whole"},
        methods=_METHODS,
        tasks=_tasks(_FULL if notebook == "performance_all" else _MATCHED),
        metrics={
            "AUPRC_by_chrom_weighted_average": more.get("metric", "auprc-by-chromosome"),
            "AUPRC": "auprc",
        },
        protocols=_PROTOCOLS,
        spreads={"se": spread("se", "bootstrap")},
        per_row=_row,
        note=note,
    )


SOURCES = (
    Source(
        id="traitgym2025",
        files=(FILE,),
        tables=(
            _table(
                "performance",
                "Matched variants, all consequences",
                note="The notebook shows 10 of 96 rows. Checkpoints are those of the repository's "
                "config/config.yaml. For each trait kind the notebook takes one zero-shot score "
                "a model, another one for Mendelian than for complex traits where that does better.",
            ),
            _table("performance_all", "All unmatched variants, genome-wide"),
            _table("performance_ensemble", "Probes on single feature sets and on ensembles"),
            _table("performance_ensemble_light", "Light ensembles"),
            _table("performance_by_consequence", "Matched variants by consequence"),
            _table("performance_disease", "Complex traits, disease against others"),
            _table(
                "evo2_by_consequence",
                "Evo 2 and CADD by consequence",
                metric="auprc",
                note="The notebook reads the plain area under the precision-recall curve, not that "
                "by chromosome as the transcript has it.",
            ),
            _table(
                "glm_zero_shot",
                "Zero-shot scores of language models",
                second_reading="confirmed",
            ),
        ),
    ),
)
