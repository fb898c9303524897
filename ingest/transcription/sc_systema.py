"""Systema: three tables that a notebook holds as images, ten screens by five methods."""

from __future__ import annotations

from ingest.transcription.base import Source, Table
from ingest.transcription.sc_names import SYSTEMA, at, fm, tool

_SCREENS = {
    "Adamson": "adamson",
    "Norman": "norman",
    "Replogle K562 gwps": "replogle-k562-gwps",
    "Replogle RPE1": "replogle-rpe1",
    "Tian CRISPRa": "tian-crispra",
    "Tian CRISPRi": "tian-crispri",
    "Xu": "xu",
    "Frangieh Control": "frangieh-control",
    "Frangieh Co-culture": "frangieh-coculture",
    "Frangieh IFN": "frangieh-ifn",
}

_TABLE = Table(
    citekey=SYSTEMA,
    slug="one-gene",
    title="Pearson delta against two references and RMSE, unseen one-gene perturbations",
    source={
        "locator": "evaluation/benchmark_all.ipynb, cells 21, 22 and 24",
        "repository": "mlbio-epfl/systema@fe087c9a659baac69b0a9abe3764c58e51cbc0e4",
        "path": "evaluation/benchmark_all.ipynb",
        "read": "by_eye",
        "second_reading": "corrected",
    },
    # cell 2 of the notebook sets seeds 1, 2 and 3
    fixed={"split": "test", "n_runs": "3"},
    methods={
        "CPA": tool("cpa"),
        "GEARS": tool("gears"),
        "scGPT | fine-tuned from pre-trained weights": fm(
            "scgpt", "fine_tune", "scgpt-whole-human"
        ),
        "scGPT | scGPT architecture, random init, trained from scratch (run_scgpt.py without"
        " --finetune sets load_model=None)": tool("scgpt-random-init"),
        "Non-control mean": tool(
            "train-mean", "untrained_rule", "centroid of all perturbed training cells"
        ),
    },
    tasks={
        f"Systema {name} (unseen one-gene perturbations) | perturbation_prediction": f"systema/{i}"
        for name, i in _SCREENS.items()
    },
    metrics={
        "Pearson delta (all genes)": "pearson-delta",
        "Pearson delta (top 20 DE)": "pearson-delta-de",
        "RMSE (all genes)": "rmse",
        "RMSE (top 20 DE)": "rmse-de",
        "Pearson delta vs perturbed-centroid reference (all genes)": "pearson-delta-centroid",
        "Pearson delta vs perturbed-centroid reference (top 20 DE)": "pearson-delta-centroid-de",
    },
    per_row=lambda row: {"locator": at(row)["locator"]},
    note="All 300 printed values were read a second time from the notebook's images. The column"
    " scGPT is the architecture trained from scratch; scGPT (ft) starts from the released weights"
    " (src/run_scgpt.py: scGPT_human).",
)

SOURCES = (
    Source(
        "systema2025_benchmark_all",
        ("single_cell/results/systema2025_benchmark_all.csv",),
        (_TABLE,),
    ),
)
