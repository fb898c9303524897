"""Single-cell rows read by hand in their sources, looked up in the catalog."""

from __future__ import annotations

import pandas as pd
import pytest

from schema.catalog import read_catalog
from schema.paths import default_catalog

# table, row of the source as read: method, task, metric, value and what else tells it apart
READ = [
    ("ahlmanneltze2024deep/figures", "linear-model", "linear-perturbation/replogle-k562-single",
     "pearson-delta", "0.553", {"configuration": "RPE1"}),
    ("ahlmanneltze2024deep/figures", "gears", "linear-perturbation/replogle-rpe1-single",
     "pearson-delta", "0.724", {"uncertainty_kind": "digitisation"}),
    ("ahlmanneltze2025deep/interactions", "geneformer", "linear-perturbation/norman-interactions",
     "auprc", "0.18", {"uncertainty": "0.02"}),
    ("boiarsky2024deeper/zheng68k", "scbert", "sc-foundation-eval/zheng68k", "f1-macro", "0.598451",
     {"setting": "naive cytotoxic", "configuration": "without gene2vec"}),
    ("boiarsky2024deeper/scgpt-annotation", "scgpt", "scgpt-suite/annotation-ms", "accuracy",
     "0.820211", {"setting": "training_share=0.1"}),
    ("csendes2025benchmarking/test-results", "scgpt", "perturbseq-pred/adamson",
     "pearson-delta-de", "0.7347287452365049", {"configuration": "Random Forest"}),
    ("csendes2025benchmarking/test-results", "scfoundation", "perturbseq-pred/norman", "pearson",
     "0.9883391170250546", {"configuration": "Elastic Net"}),
    ("wenteler2024perteval/norman-mse", "mlp-from-scratch", "perteval/norman-2-gene", "mse",
     "0.059126", {"setting": "spectra=0.2", "uncertainty": "0.002548"}),
    ("vinastorne2025systema/one-gene", "cpa", "systema/frangieh-coculture", "rmse-de", "0.53", {}),
    ("vinastorne2025systema/one-gene", "scgpt-random-init", "systema/replogle-rpe1", "rmse-de",
     "0.37", {}),
    ("vinastorne2025systema/one-gene", "scgpt", "systema/norman", "pearson-delta-centroid",
     "0.11", {"protocol": "fine_tune"}),
    ("wu2024perturbench/tables-2-4", "cpa", "perturbench/srivatsan20", "de-recall", "0.004",
     {"configuration": "without adversary", "uncertainty": "0.002"}),
    ("wu2024perturbench/tables-2-4", "latent-additive", "perturbench/norman19", "rank-error",
     "0.005", {"uncertainty": "0.002"}),
    # recomputed from the repository's own file: mean of 268 perturbations
    ("wei2025scperturbench/pcc-delta", "scgpt", "scperturbench/genetic-combo-norman",
     "pearson-delta", "0.616497", {"setting": "top 5000", "uncertainty": "0.0151"}),
    ("bendidi2024benchmarking/table-2", "pca", "tx-evaluation/k562-reconstruction", "spearman",
     "0.215", {"flags": "selected_on_test"}),
    ("bendidi2024benchmarking/appendix-k562", "pca", "tx-evaluation/k562-linear-probe",
     "top5-accuracy", "5.765", {"setting": "center_scaling", "unit": "percent"}),
    ("bendidi2024benchmarking/appendix-k562", "uce", "tx-evaluation/k562-relations-corum",
     "relationship-recall", "0.366", {"setting": "center_scaling"}),
    ("bendidi2024benchmarking/appendix-l1000", "scvi", "tx-evaluation/l1000-reconstruction",
     "spearman", "0.928", {"setting": "raw", "protocol": "probe"}),
    ("luecken2025open/label-projection", "scgpt", "open-problems-label-projection/dkd",
     "f1-weighted", "0.8339", {"protocol": "probe"}),
    ("luecken2025open/label-projection", "logistic-regression",
     "open-problems-label-projection/immune-cell-atlas", "f1-macro", "0.7793", {}),
    ("luecken2025open/batch-integration", "scimilarity", "open-problems-batch-integration/gtex-v9",
     "clisi", "0.9988", {}),
    ("luecken2025open/batch-integration", "uce",
     "open-problems-batch-integration/mouse-pancreas-atlas", "graph-connectivity", "0.9762", {}),
    ("luecken2025open/perturbation-prediction", "training-sample",
     "open-problems-perturbation-prediction/neurips-2023", "spearman", "0.0562", {}),
    ("kedzierska2025zeroshot/pancreas-demo", "scgpt", "zero-shot-scfoundation/pancreas-clustering",
     "ari", "0.384832", {"variant": "scgpt-whole-human"}),
    ("kedzierska2025zeroshot/pancreas-reconstruction", "scgpt",
     "zero-shot-scfoundation/pancreas-expression-bins", "mae", "12.040932",
     {"configuration": "masked gene expression"}),
    ("kalfon2025scprint/omnipath", "genie3", "omnipath-grn/colon-lymphocyte",
     "tf-target-enrichment", "5.9", {"setting": "all genes", "unit": "percent"}),
    ("kalfon2025scprint/omnipath", "scprint", "omnipath-grn/colon-glial-cell", "epr", "9.880108",
     {"setting": "from transcription factors"}),
    ("nourisa2025genernib/raw-scores", "scgpt", "genernib/300bcg", "gene-set-f1",
     "0.6895657809462087", {"setting": "Reactome"}),
    ("nourisa2025genernib/raw-scores", "pearson-correlation", "genernib/xaira-hek293t",
     "gene-set-f1", "0.08430913348946135", {"setting": "GO biological process"}),
    ("rosen2023uce/mouse-brain-example", "geneformer", "uce-scib/developing-mouse-brain", "ilisi",
     "0.165735", {}),
    ("rosen2023uce/tabula-sapiens-v2", "geneformer", "uce-scib/tabula-sapiens-v2",
     "isolated-labels", "0.530591", {}),
    ("rosen2023uce/scgraph", "geneformer", "scgraph/tabula-sapiens-v2", "scgraph-rank-pca",
     "0.138270", {}),
    ("wang2024scgraph/lung", "tsne", "scgraph/hlca-lung", "scgraph-corr-pca",
     "0.49510320066552665", {}),
    ("wen2024cellplm/readme", "cellplm", "scdiff-annotation/hlca", "unnamed-score", "0.929",
     {"flags": "metric_inferred"}),
    ("wen2024cellplm/tutorials", "cellplm", "scgpt-suite/annotation-ms", "f1-macro",
     "0.7818055152893066", {"variant": "cellplm-20230926-85m"}),
    ("hao2024scfoundation/scad-drug-response", "scfoundation", "scad/sorafenib", "auprc",
     "0.8490682642520877", {}),
    ("hao2024scfoundation/zheng68k", "scfoundation", "scfoundation-suite/zheng68k", "f1-weighted",
     "0.83", {}),
    ("chen2024genept/gene-tasks", "genept", "geneformer-gene-tasks/bivalent-vs-lys4", "auroc",
     "0.952", {"configuration": "random forest", "uncertainty": "0.036"}),
    ("nvidia2025geneformer/gut-annotation", "random-forest",
     "geneformer-nvidia-card/elmentaite-gut", "f1", "0.561", {"flags": "digitised"}),
    ("helical2025geneformer/sciplex2-series", "geneformer-v2",
     "helical-series/sciplex2-perturbation", "accuracy", "0.726355",
     {"variant": "geneformer-v2-316m"}),
    ("denadel2024evaluating/saturation", "scvi",
     "sctab-saturation/finetuned-classification-periodontitis", "saturation-share", "1",
     {"setting": "sampling=random", "flags": "not_a_score"}),
    ("kushminer2025lpm/resampling-findings", "linear-model", "lpm-evaluation/adamson-local",
     "l2-distance", "2.09", {"uncertainty_low": "1.66", "uncertainty_high": "2.70"}),
    ("qiu2025platelet/baselines", "pca", "platelet-fm/severity-binary", "auroc-macro", "0.8404",
     {"configuration": "200 components", "flags": "leakage_suspected"}),
    ("qiu2025platelet/core", "uce", "platelet-fm/severity-6-class", "accuracy", "0.6310", {}),
    ("chen2025epiagent/demos", "epiagent", "tutorial-demos/epiagent-annotation", "cohens-kappa",
     "0.8739", {}),
    ("zeng2025cellfm/tutorials", "cellfm", "tutorial-demos/cellfm-integration", "asw-label",
     "0.5862056463956833", {}),
    ("cui2024scgpt/preprint-annotation", "tosica", "scgpt-suite/annotation-ms", "f1-macro",
     "0.578", {}),
    ("cui2024scgpt/preprint-integration", "harmony", "scgpt-suite/integration-pbmc10k", "ari",
     "0.902", {}),
    ("cui2024scgpt/preprint-integration", "scgpt-random-init",
     "scgpt-suite/integration-perirhinal", "asw-label", "0.886", {}),
]  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    catalog, _ = read_catalog(default_catalog())
    return catalog.rows()


@pytest.mark.parametrize(
    ("table", "method", "task", "metric", "value", "more"),
    READ,
    ids=[f"{table}-{method}-{metric}" for table, method, _, metric, _, _ in READ],
)
def test_value_read_by_hand(
    rows: pd.DataFrame, table: str, method: str, task: str, metric: str, value: str,
    more: dict[str, str],
) -> None:  # fmt: skip
    """What a person read in the source stands in the catalog, digit for digit."""
    found = rows[
        (rows["evaluation"] == table)
        & (rows["method"] == method)
        & (rows["task"] == task)
        & (rows["metric"] == metric)
    ]
    for column, text in more.items():
        found = found[found[column].str.contains(text, regex=False)]
    assert value in set(found["value"])
