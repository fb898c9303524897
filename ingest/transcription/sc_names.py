"""What the single-cell sources share: who they are, and how their rows say where they stand."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row

AHLMANN = "ahlmanneltze2025deep"
AHLMANN_PREPRINT = "ahlmanneltze2024deep"
BENDIDI = "bendidi2024benchmarking"
BOIARSKY = "boiarsky2024deeper"
CELLFM = "zeng2025cellfm"
CELLPLM = "wen2024cellplm"
CSENDES = "csendes2025benchmarking"
DENADEL = "denadel2024evaluating"
EPIAGENT = "chen2025epiagent"
GENEPT = "chen2024genept"
GENERNIB = "nourisa2025genernib"
HAO = "hao2024scfoundation"
HELICAL = "helical2025geneformer"
KALFON = "kalfon2025scprint"
KEDZIERSKA = "kedzierska2025zeroshot"
LSFT = "kushminer2025lpm"
NVIDIA = "nvidia2025geneformer"
OPEN_PROBLEMS = "luecken2025open"
PERTEVAL = "wenteler2024perteval"
PERTURBENCH = "wu2024perturbench"
PLATELET = "qiu2025platelet"
SCEVAL = "liu2024sceval"
SCGRAPH = "wang2024scgraph"
SCPERTURBENCH = "wei2025scperturbench"
SYSTEMA = "vinastorne2025systema"
UCE = "rosen2023uce"


def fm(method: str, protocol: str, variant: str = "", configuration: str = "",
       **more: str) -> Columns:  # fmt: skip
    """A foundation model's row: the variant is not_reported unless the source says which."""
    return {
        "method": method,
        "variant": variant or "not_reported",
        "protocol": protocol,
        **({"configuration": configuration} if configuration else {}),
        **more,
    }


def tool(method: str, protocol: str = "own_training", configuration: str = "",
         **more: str) -> Columns:  # fmt: skip
    """A comparator's row: trained on the task unless said otherwise."""
    return {
        "method": method,
        "variant": "not_applicable",
        "protocol": protocol,
        **({"configuration": configuration} if configuration else {}),
        **more,
    }


def at(row: Row) -> Columns:
    """The place behind `owner/name@commit:` of a row's locator, and its number of runs."""
    place = row["locator"]
    if place.startswith("github:"):
        place = place.split(":", 2)[-1].strip()
    runs = row["n_runs"]
    return {"locator": place, **({"n_runs": runs} if runs.isdigit() else {})}
