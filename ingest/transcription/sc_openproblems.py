"""Open Problems: official results of label projection, batch integration and perturbation."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ingest.transcription.base import Columns, Row, Source, Table
from ingest.transcription.sc_names import OPEN_PROBLEMS, fm, tool

_REPO = "openproblems-bio/website@76ce7f288da591b1b19c32cbfe8ce50bc3706ece"
_SETS = {
    "cellxgene_census/dkd": "dkd",
    "cellxgene_census/gtex_v9": "gtex-v9",
    "cellxgene_census/hypomap": "hypomap",
    "cellxgene_census/immune_cell_atlas": "immune-cell-atlas",
    "cellxgene_census/mouse_pancreas_atlas": "mouse-pancreas-atlas",
    "cellxgene_census/tabula_sapiens": "tabula-sapiens",
}
_SCORE = "mean_score(scaled)"
_FAILED = "mean_score(scaled) of FAILED RUN - do not pool"


def _details(row: Row) -> Columns:
    found: dict[str, str] = {"n_runs": "1", "locator": row["locator"].partition("results.json ")[2]}
    if row["metric"] == _FAILED:
        code = row["notes"].partition("exit_code=")[2].partition(";")[0]
        found["status"] = "failed"
        found["flags"] = "relative_score task_mean"
        found["note"] = f"no metric was computed (exit code {code}); the printed 0 is no score"
    elif row["metric"] == _SCORE:
        found["flags"] = "relative_score task_mean"
        if "NA metrics counted as 0" in row["notes"]:
            found["note"] = "metrics without a value count as 0 in this mean"
    if "SUSPECT" in row["notes"] and row["metric"] != _FAILED:
        found["status"] = "suspect"
        level = "random labels" if "random-label" in row["notes"] else "the shuffled control"
        found["note"] = f"at the level of {level}: the benchmark's adapter is in doubt"
    return found


def _empty_set(row: Row) -> str:
    return "" if row["split"] else "a failed job without a data set"


def _source(task: str, reading: str) -> Mapping[str, str]:
    return {
        "locator": f"results/{task}/data/results.json",
        "repository": _REPO,
        "path": f"results/{task}/data/results.json",
        "read": "scripted",
        "second_reading": reading,
    }


_ORACLE = "untrained_rule"
_GENEFORMER = "geneformer-12l-38m-95m-cells"
"""The components' default, gf-12L-95M-i4096, which their workflows leave as it is."""
_LABELS = Table(
    citekey=OPEN_PROBLEMS,
    slug="label-projection",
    title="Cell types carried over from labelled to unlabelled cells, six data sets",
    source=_source("label_projection", "corrected"),
    evidence_level="leaderboard",
    fixed={"split": "test"},
    methods={
        "KNN": tool("knn"),
        "Logistic Regression": tool("logistic-regression", configuration="100 principal components"),
        "Majority Vote": tool("majority-class", "untrained_rule"),
        "Multilayer perceptron": tool("mlp-from-scratch", configuration="100 principal components"),
        "Naive Bayesian Classifier": tool("naive-bayes"),
        "Random Labels": tool("random-labels", "untrained_rule"),
        "scANVI": tool("scanvi"),
        "scANVI+scArches": tool("scarches", configuration="scANVI"),
        "Seurat TransferData": tool("seurat", configuration="TransferData"),
        "SingleR": tool("singler"),
        "True labels": tool("true-labels", _ORACLE),
        "XGBoost": tool("xgboost"),
        "UCE": fm("uce", "linear_probe", "uce-33l"),
        "scGPT (zero shot)": fm(
            "scgpt", "probe", "scgpt-whole-human", "nearest labelled neighbours in the embedding"
        ),
        "scGPT (fine-tuned)": fm("scgpt", "fine_tune", "scgpt-whole-human"),
        "SCimilarity": fm(
            "scimilarity", "zero_shot", "scimilarity", "its own annotation module"
        ),
        "SCimilarity (kNN)": fm("scimilarity", "probe", "scimilarity", "k-nearest neighbours"),
        "Geneformer": fm("geneformer-v2", "fine_tune", _GENEFORMER),
        "scPRINT": fm("scprint", "zero_shot"),
    },
    tasks={
        f"Open Problems label_projection | cell_type_annotation | {name}":
            f"open-problems-label-projection/{i}"
        for name, i in _SETS.items()
    },
    metrics={
        "accuracy": "accuracy",
        "f1_macro": "f1-macro",
        "f1_micro": "f1-micro",
        "f1_weighted": "f1-weighted",
        _SCORE: "mean-scaled-score",
        _FAILED: "mean-scaled-score",
    },
    per_row=_details,
    note="The run of January 2025. Metrics without a value count as 0 in the mean score. Checkpoints"
    " are those of openproblems-bio/task_label_projection, src/workflows/run_benchmark/main.nf"
    " (scGPT_human, UCE v5 with 33 layers in its script, SCimilarity v1.1) and of the default in"
    " src/methods/geneformer (gf-12L-95M-i4096, a Geneformer V2), read at neighbouring commits."
    " What the source calls scGPT zero shot takes its labels from neighbours among the training"
    " cells, as SCimilarity (kNN) does, and is filed as a probe like it.",
)  # fmt: skip

_INTEGRATION = Table(
    citekey=OPEN_PROBLEMS,
    slug="batch-integration",
    title="scIB metrics of embeddings and integration tools, six data sets",
    source=_source("batch_integration", "corrected"),
    evidence_level="leaderboard",
    fixed={"split": "whole"},
    methods={
        "BBKNN": tool("bbknn"),
        "Combat": tool("combat"),
        "Harmony": tool("harmony"),
        "Harmonypy": tool("harmony", configuration="harmonypy"),
        "LIGER": tool("liger"),
        "pyliger": tool("liger", configuration="pyliger"),
        "SCALEX": tool("scalex"),
        "Scanorama": tool("scanorama"),
        "batchelor fastMNN": tool("fastmnn"),
        "batchelor mnnCorrect": tool("mnn-correct"),
        "mnnpy": tool("mnn-correct", configuration="mnnpy"),
        "scANVI": tool("scanvi"),
        "scVI": tool("scvi"),
        "Embed cell types": tool("cell-type-embedding", _ORACLE),
        "Perfect embedding by celltype with jitter": tool(
            "cell-type-embedding", _ORACLE, "with jitter"
        ),
        "No integration": tool("no-integration", "untrained_rule"),
        "No integration by Batch": tool("no-integration", "untrained_rule", "by batch"),
        "Shuffle integration": tool("shuffled-embedding", "untrained_rule"),
        "Shuffle integration by batch": tool("shuffled-embedding", "untrained_rule", "by batch"),
        "Shuffle integration by cell type": tool(
            "shuffled-embedding", "untrained_rule", "by cell type"
        ),
        "UCE": fm("uce", "zero_shot", "uce-33l"),
        "scGPT (zero shot)": fm("scgpt", "zero_shot", "scgpt-whole-human"),
        "scGPT (fine-tuned)": fm("scgpt", "fine_tune", "scgpt-whole-human"),
        "SCimilarity": fm("scimilarity", "zero_shot", "scimilarity"),
        "Geneformer": fm("geneformer-v2", "zero_shot", _GENEFORMER),
        "scPRINT": fm("scprint", "zero_shot", "scprint-large"),
    },
    tasks={
        f"Open Problems batch_integration | batch_integration | {name}":
            f"open-problems-batch-integration/{i}"
        for name, i in _SETS.items()
    },
    metrics={
        "ari": "ari",
        "nmi": "nmi",
        "asw_label": "asw-label",
        "asw_batch": "asw-label-batch",
        "clisi": "clisi",
        "ilisi": "ilisi",
        "kbet": "kbet",
        "pcr": "pcr",
        "graph_connectivity": "graph-connectivity",
        "isolated_label_asw": "isolated-label-asw",
        "isolated_label_f1": "isolated-label-f1",
        "cell_cycle_conservation": "cell-cycle-conservation",
        "hvg_overlap": "hvg-overlap",
        _SCORE: "mean-scaled-score",
        _FAILED: "mean-scaled-score",
    },
    per_row=_details,
    note="The run of January 2025. Metrics without a value count as 0 in the mean score. Checkpoints"
    " are those of openproblems-bio/task_batch_integration@df3f053, the commit that method_info.json"
    " names: src/workflows/run_benchmark/main.nf gives scGPT_human, UCE v5 (33 layers in its script)"
    " and SCimilarity v1.1; Geneformer runs at its default gf-12L-95M-i4096, a Geneformer V2, and"
    " scPRINT at large.",
)  # fmt: skip

_MEAN = "untrained_rule"
_PERTURBATION = Table(
    citekey=OPEN_PROBLEMS,
    slug="perturbation-prediction",
    title="Differential expression after unseen compounds: solutions of the 2023 competition",
    source=_source("perturbation_prediction", "confirmed"),
    evidence_level="leaderboard",
    fixed={"split": "test"},
    methods={
        "Ground truth": tool("ground-truth", _ORACLE),
        "Mean per gene": tool("train-mean", _MEAN),
        "Mean per cell type and gene": tool("train-mean", _MEAN, "per cell type"),
        "Mean per compound and gene": tool("train-mean", _MEAN, "per compound"),
        "Sample": tool("training-sample", "untrained_rule"),
        "Zeros": tool("zeros", "untrained_rule"),
        "JN-AP-OP2": tool("jn-ap-op2"),
        "LSTM-GRU-CNN Ensemble": tool("lstm-gru-cnn-ensemble"),
        "NN retraining with pseudolabels": tool("nn-pseudolabels"),
        "Py-boost": tool("py-boost"),
        "ScAPE": tool("scape"),
        "Transformer Ensemble": tool("op3-transformer-ensemble"),
    },
    tasks={
        "Open Problems perturbation_prediction | perturbation_prediction | neurips-2023-data":
            "open-problems-perturbation-prediction/neurips-2023",
    },
    metrics={
        "mean_rowwise_cosine": "cosine",
        "mean_rowwise_mae": "mae",
        "mean_rowwise_pearson": "pearson",
        "mean_rowwise_rmse": "rmse",
        "mean_rowwise_spearman": "spearman",
        _SCORE: "mean-scaled-score",
    },
    per_row=_details,
    note="No foundation model takes part. Values are means over rows (compound by cell type).",
)  # fmt: skip


def _overview(row: Row) -> str:
    if row["method"] in {"best_standard", "median_standard"}:
        return "a composite derived from the other methods"
    if row["method"] in {"positive_control", "negative_control"}:
        return "a control put together from the tasks' own controls"
    if "FAILED RUN" in row["metric"] or _failed(row):
        return "a failed run, kept in the task's own table"
    return "the mean score of a run whose metrics stand in the task's own table"


def _failed(row: Row) -> bool:
    codes = json.loads(row["notes"].partition("exit_codes=")[2].partition(";")[0] or "{}")
    return any(codes.values())


_FOLDER = "single_cell/results/openproblems_"
SOURCES = (
    Source(
        "openproblems_label_projection",
        (f"{_FOLDER}label_projection.csv",),
        (_LABELS,),
        drop=_empty_set,
    ),
    Source("openproblems_batch_integration", (f"{_FOLDER}batch_integration.csv",), (_INTEGRATION,)),
    Source(
        "openproblems_perturbation_prediction",
        (f"{_FOLDER}perturbation_prediction.csv",),
        (_PERTURBATION,),
    ),
    Source("openproblems_foundation_models", (f"{_FOLDER}foundation_models.csv",), (), _overview),
)
