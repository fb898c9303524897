"""What the catalog promises about single-cell evidence, checked on the catalog alone."""

from __future__ import annotations

import pandas as pd
import pytest

from schema.catalog import Catalog, read_catalog
from schema.paths import default_catalog
from schema.vocabularies import MethodKind

OUT_OF_POOL = [
    "task_mean",
    "metric_inferred",
    "folded_direction",
    "relative_score",
    "not_a_score",
    "duplicate",
    "dev_as_test",
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(default_catalog())[0]


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> pd.DataFrame:
    rows = catalog.rows()
    flagged = rows["flags"].str.split().map(lambda flags: bool({*flags} & {*OUT_OF_POOL}))
    return rows.assign(pooled=(rows["status"] == "ok") & (rows["origin"] == "own") & ~flagged)


@pytest.mark.parametrize(
    ("kind", "methods"),
    [
        ("control_positive", "true-labels ground-truth cell-type-embedding grn-positive-control"),
        (
            "control_negative",
            "random-labels shuffled-embedding no-integration zeros training-sample no-change"
            " grn-negative-control random-embedding",
        ),
        ("other_lm", "genept scelmo genepert"),
        ("simple_baseline", "additive linear-model train-mean pca logistic-regression"),
        ("random_init", "scgpt-random-init scbert-random-init scgpt-frozen-random"),
        ("specialist", "scvi gears cpa harmony celltypist ssl-autoencoder"),
        ("neural_from_scratch", "mlp-from-scratch latent-additive decoder-only"),
    ],
)
def test_kind_of_comparators(catalog: Catalog, kind: str, methods: str) -> None:
    """An oracle or a shuffle is no baseline, a text embedding no cell model."""
    assert {catalog.methods[each].kind for each in methods.split()} == {MethodKind(kind)}


@pytest.mark.parametrize(
    ("evaluation", "column", "text"),
    [
        ("bendidi2024benchmarking/table-2", "setting", "post_processing=best"),
        ("wei2025scperturbench/pcc-delta", "setting", "top 100 genes"),
        ("denadel2024evaluating/saturation", "metric", "saturation-share"),
        ("luecken2025open/batch-integration", "metric", "mean-scaled-score"),
        ("luecken2025open/label-projection", "metric", "mean-scaled-score"),
        ("wen2024cellplm/readme", "metric", "unnamed-score"),
        ("cui2024scgpt/preprint-integration", "metric", "avg-bio"),
    ],
)
def test_never_pooled(rows: pd.DataFrame, evaluation: str, column: str, text: str) -> None:
    """Choices on the test, repeats, means of metrics and unnamed scores stay out of pooling."""
    found = rows[(rows["evaluation"] == evaluation) & rows[column].str.contains(text, regex=False)]
    assert len(found)
    assert not found["pooled"].any()


def test_pool_of_every_post_processing(rows: pd.DataFrame) -> None:
    """What Table 2 of Bendidi et al. chose from is there, in cells that all embeddings share."""
    screens = rows[rows["evaluation"].str.startswith("bendidi2024benchmarking/appendix")]
    assert screens["pooled"].mean() > 0.9
    shared = screens.groupby(["task", "metric", "setting"])["method"].agg(set)
    assert shared.map(lambda methods: {"pca", "scgpt", "geneformer", "uce"} <= methods).all()


def test_failed_runs_of_open_problems_are_marked(rows: pd.DataFrame) -> None:
    """A job that failed has no say, whatever number stands beside it."""
    living = rows[rows["evaluation"].str.startswith("luecken2025open/")]
    assert set(living["status"]) == {"ok", "failed", "suspect"}
    assert not living[living["status"] != "ok"]["pooled"].any()
    assert (living[living["status"] == "failed"]["note"] != "").all()


def test_scgpt_averages_are_those_of_their_rows(rows: pd.DataFrame) -> None:
    """AvgBIO, AvgBATCH and Overall follow from the metrics beside them, the marked one aside."""
    table = rows[rows["evaluation"] == "cui2024scgpt/preprint-integration"]
    table = table[(table["configuration"] != "embeddings frozen, genes without counts left out")
                  & (table["protocol"] != "zero_shot")]  # fmt: skip
    wide = table.assign(value=table["value"].astype(float)).pivot_table(
        index=["task", "method", "configuration"], columns="metric", values="value"
    )
    bio = wide[["nmi", "ari", "asw-label"]].mean(axis=1)
    batch = wide[["asw-batch", "graph-connectivity"]].mean(axis=1)
    assert (bio - wide["avg-bio"]).abs().max() < 0.0011
    assert (batch - wide["avg-batch"]).abs().max() < 0.0011
    overall = (0.6 * wide["avg-bio"] + 0.4 * wide["avg-batch"] - wide["scib-total"]).abs()
    wrong = overall[overall > 0.0011]
    suspect = table[table["status"] == "suspect"]
    assert [index[:2] for index in wrong.index] == [
        (row.task, row.method) for row in suspect.itertuples()
    ]


def test_same_cells_have_one_dataset(catalog: Catalog) -> None:
    """Data that several suites score on are counted once: their slug is the same."""
    where = {
        suite: {task.dataset for task in catalog.benchmarks[suite].tasks}
        for suite in catalog.benchmarks
    }
    assert "zheng68k" in where["sc-foundation-eval"] & where["scfoundation-suite"]
    assert "pancreas-scib" in where["zero-shot-scfoundation"]
    assert where["open-problems-label-projection"] == where["open-problems-batch-integration"], (
        "the two tasks of Open Problems are scored on the same atlases"
    )


def test_perturbation_cells_hold_a_model_and_a_simple_baseline(
    catalog: Catalog, rows: pd.DataFrame
) -> None:
    """Four independent sources can decide whether models beat a mean or a linear model.

    PertEval isn't one of them: what it calls its mean is that of the control cells.
    """
    domain = {
        f"{suite.id}/{task.id}": task.domain.value
        for suite in catalog.benchmarks.values()
        for task in suite.tasks
    }
    chosen = rows[rows["pooled"] & (rows["task"].map(domain) == "perturbation")]
    simple = {i for i, method in catalog.methods.items() if method.kind == "simple_baseline"}
    per_cell = chosen.groupby(["evaluation", "task", "metric", "split", "setting"])["method"].agg(
        set
    )
    both = per_cell[per_cell.map(lambda m: bool(m & simple) and bool(m & set(catalog.models)))]
    sources = {evaluation.split("/")[0] for evaluation, *_ in both.index}
    assert {
        "ahlmanneltze2024deep", "csendes2025benchmarking", "vinastorne2025systema",
        "wei2025scperturbench",
    } <= sources  # fmt: skip


def test_no_result_comes_from_third_party_notes(catalog: Catalog) -> None:
    """Readings of somebody's notes on a paper are pointers: none of their rows is a result."""
    read = {source.name for table in catalog.results for source in table.header.transcribed_from}
    single_cell = {name for name in read if name.startswith("single_cell")}
    assert single_cell
    assert not [name for name in single_cell if "secondary" in name or "copy2" in name]
