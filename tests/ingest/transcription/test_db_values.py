"""Rows of independent benchmarks, read by hand in the sources' own tables, found in the catalog.

Each was typed from the file named beside it (below ../shared/evidence), not from the converted
rows: the marked test looks up that the file says so; the others need the catalog alone.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
import yaml

from schema.paths import default_catalog
from schema.records.evaluation import BUILT_IN_DEFAULTS

RAW = "dna_benchmarks/raw"
SAID = "dna_benchmarks_2/transcripts"
# table; file read; what its line says, in order; what the catalog's row must be
READ = [
    ("feng2025benchmarking/embeddings", f"{RAW}/feng2025_natcommun/nature_tables_1_2_3_6.csv",
     ["Acceptor", "0.8969", "0.7928"],
     {"method": "dnabert-2", "task": "nt-tasks-original/splice-sites-acceptors",
      "metric": "auroc", "value": "0.8969", "protocol": "probe"}),
    ("feng2024benchmarking/embeddings",
     f"{RAW}/feng2024_preprint_repo/final_hyena_meanpool.csv",
     ["covid", "0.5780607628631336", "0.907221925114952"],
     {"method": "hyenadna", "task": "gue/virus-covid", "metric": "mcc", "flags": "",
      "value": "0.5780607628631336", "configuration": "mean pooling"}),
    ("feng2024benchmarking/embeddings",
     f"{RAW}/feng2024_preprint_repo/final_hyena_meanpool.csv",
     ["4mC_A.thaliana", "0.1356702451574832", "0.5928429435865344"],
     {"method": "hyenadna", "task": "feng-embedding-suite/4mc-a-thaliana", "metric": "auroc",
      "value": "0.5928429435865344", "flags": "duplicate"}),
    ("lindsey2025tokenizer/tasks",
     f"{RAW}/lindsey2025_tokenizer/best_hyperparameters_by_task_ss.csv",
     ["tf_3", "CNN", "0.35743991732597347", "0.01207765313753223"],
     {"method": "cnn-from-scratch", "task": "gue/tf-3", "metric": "mcc", "n_runs": "5",
      "value": "0.35743991732597347", "uncertainty": "0.01207765313753223",
      "uncertainty_kind": "sd", "protocol": "own_training", "flags": "selected_on_test"}),
    ("tang2025evaluating/lentimpra", f"{RAW}/tang_koo2025_llm_eval/LLM_CNN.csv",
     ["ResNet", "CNN", "0.7896070343743927", "K562"],
     {"method": "resnet-from-scratch", "task": "tang-regulatory-suite/lentimpra-k562",
      "metric": "pearson", "value": "0.7896070343743927"}),
    ("tang2025evaluating/lentimpra", f"{RAW}/tang_koo2025_llm_eval/NT_search.csv",
     ["NT", "Mean-embed-MLP0.5", "0.4501627831947809", "HepG2"],
     {"method": "nucleotide-transformer-v1", "configuration": "head Mean-embed-MLP0.5",
      "task": "tang-regulatory-suite/lentimpra-hepg2", "value": "0.4501627831947809"}),
    ("benegas2025benchmarking/glm-zero-shot", f"{RAW}/traitgym2025/glm_zero_shot_cell6.tsv",
     ["SpeciesLM", "0.201", "0.161", "0.327"],
     {"method": "specieslm", "configuration": "L2 dist.", "task": "traitgym/mendelian-matched",
      "metric": "auprc-by-chromosome", "value": "0.327"}),
    ("ren2024beacon/main-table", f"{RAW}/beacon2024/beacon_table_exp1_transcribed.tsv",
     ["ResNet", "57.26(3.14)", "0.349(0.003)"],
     {"method": "resnet-from-scratch", "task": "beacon/vdp", "metric": "mcrmse",
      "value": "0.349", "uncertainty": "0.003", "unit": "fraction"}),
    ("ren2024beacon/main-table", f"{RAW}/beacon2024/beacon_table_exp1_transcribed.tsv",
     ["CNN", "49.95(0.82)"],
     {"method": "cnn-from-scratch", "task": "beacon/ssp", "metric": "f1", "value": "49.95",
      "unit": "percent"}),
    ("arora2025rnagym/fitness-ncrna",
     f"{RAW}/rnagym_leaderboard/leaderboard_signed_3ncRNA.csv",
     ["evo2_20b", "0.10406446018454835", "0.4345270738070895"],
     {"method": "evo-2", "variant": "evo2-20b", "task": "rnagym/ncrna-trna",
      "metric": "spearman", "value": "0.4345270738070895"}),
    ("vilov2025investigating/rbp-motifs",
     f"{RAW}/vilov_heinig2025_3utr/rbp_motifs_analysis_auc_cell20.tsv",
     ["PhyloP-241way", "0.649±0.003", "0.972±0.001", "0.136±0.003"],
     {"method": "phylop", "setting": "subset=bottom 10 % by conservation", "value": "0.136",
      "uncertainty_kind": "ci95_half", "flags": "overlapping_task"}),
    ("vilov2025investigating/half-life-context",
     f"{RAW}/vilov_heinig2025_3utr/half_life_regression_analyse_cell29.tsv",
     ["512", "0.38±0.02", "0.41±0.01"],
     {"input_bp": "512", "configuration": "head SVR", "value": "0.41", "metric": "pearson"}),
    ("patel2024darteval/variants-probed",
     f"{RAW}/dart_eval_task5/Probed_Final_Counts_HEAD_cell4.tsv",
     ["African AUROC", "0.502418", "0.514857", "0.565787"],
     {"method": "hyenadna", "task": "dart-eval/variants-african", "metric": "auroc",
      "value": "0.565787"}),
    ("tomazdasilva2025nucleotide/saturation-mutagenesis",
     f"{RAW}/dasilva2024_dependencies/fig1_cell37_var_metrics.tsv",
     ["F9", "0.112436", "0.102896", "0.228424"],
     {"method": "nucleotide-transformer-v2", "task": "saturation-mpra/f9", "value": "0.228424"}),
    ("wang2025tinydnabert/nt-tasks", f"{RAW}/grey_tinydnabert/result.csv",
     ["H3K27me3", "0.6", "0.540003646", "0.60489531"],
     {"method": "tinydnabert-random-init", "task": "nt-tasks-revised/h3k27me3",
      "value": "0.540003646", "protocol": "own_training"}),
    ("wang2025tinydnabert/nt-tasks", f"{RAW}/grey_tinydnabert/result.csv",
     ["H2AFZ", "0.52", "0.447737226"],
     {"method": "previous-sota", "task": "nt-tasks-revised/h2afz", "value": "0.52",
      "origin": "quoted"}),
    ("kavuru2026leakage/rankings", f"{RAW}/grey_kavuru_leakage/exp_rankings.csv",
     ["human_nontata_promoters", "acc", "corrected", "0.8294", "0.8083"],
     {"method": "kmer-linear-svm", "setting": "split=homology-aware", "value": "0.8083"}),
    ("trampotech2026dnaberts/gue", f"{RAW}/grey_trampo_gue/benchmark_results_completed.csv",
     ["gue_prom_core_all", "8e-05", "0.6678667866786678", "0.5013513513513513"],
     {"method": "dnabert-2", "task": "gue/prom-core-all", "metric": "accuracy",
      "value": "0.5013513513513513", "status": "degenerate"}),
    ("zj4433mr2026caduceus/causal-eqtl", f"{RAW}/grey_flipped_gari/vep_main_table.csv",
     ["Flipped-GARI", "sequence_reversed", "0.6273", "0.0103", "0.5792"],
     {"method": "flipped-gari", "value": "0.5792", "uncertainty": "0.0179",
      "setting": "distance=middle; scores=predicted classes; sequence=reversed"}),
    ("cheng2026mechanistic/promoter-grammar",
     f"{RAW}/grey_mit_promoter/tables_main_full_biophysical.csv",
     ["GROVER", "0.52", "0.52", "-0.08"],
     {"method": "grover", "task": "grey-studies/promoter-compensation", "metric": "css",
      "value": "0.52"}),
    ("rastogi2024finetuning/cross-individual",
     f"{RAW}/rastogi2024_finetune_enformer/plot_cross_ind_perf_cell17_visible_rows.tsv",
     ["Fine-tuned Enformer", "Unseen Genes", "0.050255", "0.134924"],
     {"method": "enformer", "task": "expression-audits/geuvadis-unseen-genes",
      "metric": "pearson-macro", "value": "0.050255"}),
    ("xiangmira2026capability/geneb-sentinel", f"{SAID}/xiang_geneb_sentinel.md",
     ["iDHS-EL DNase_I", "0.000", "0.589"],
     {"method": "kmer-logistic-regression", "task": "xiang-capability/geneb-dnase-i",
      "value": "0.000", "status": "degenerate"}),
    ("xiangmira2026capability/geneb-sentinel", f"{SAID}/xiang_geneb_sentinel.md",
     ["NT H3", "0.602", "0.781 (GenomeOcean-4B)"],
     {"method": "genomeocean", "variant": "genomeocean-4b", "value": "0.781",
      "origin": "quoted", "quoted_from": "ledneva2026geneb", "flags": "selected_on_test"}),
    ("xiangmira2026capability/virobench", f"{SAID}/xiang_virobench_bootstrap.md",
     ["gena_lm W2048", "0.5268"],
     {"method": "gena-lm", "configuration": "W2048", "metric": "f1-macro", "value": "0.5268",
      "uncertainty_kind": "unknown"}),
    ("nanda2026extending/published-split", f"{SAID}/nanda_table1_published_split.md",
     ["Artery_Tibial", "0.744", "0.741", "0.576", "0.479"],
     {"method": "hyenadna", "task": "dnalongbench/eqtl-artery-tibial", "value": "0.479",
      "origin": "quoted", "quoted_from": "cheng2025dnalongbench", "n_test": "569"}),
    ("nanda2026extending/v2-ablation", f"{SAID}/nanda_body_table_v2.tex",
     ["Local-composition floor", "0.599", ".031"],
     {"method": "eqtl-feature-trees", "metric": "auroc-fold-mean", "value": "0.599",
      "uncertainty": ".031", "uncertainty_kind": "sd", "uncertainty_over": "splits"}),
]  # fmt: skip


@cache
def rows(table: str) -> list[dict[str, str]]:
    """All rows of one result table, defaults filled in."""
    stem = default_catalog() / "results" / table
    header = yaml.load(stem.with_suffix(".yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    with stem.with_suffix(".csv").open(encoding="utf-8", newline="") as handle:
        cells = list(csv.DictReader(handle))
    given = {**BUILT_IN_DEFAULTS, **header.get("defaults", {})}
    return [{**given, **{name: text for name, text in row.items() if text}} for row in cells]


@pytest.mark.parametrize(("table", "wanted"), [(each[0], each[3]) for each in READ])
def test_row_read_by_hand_is_in_the_catalog(table: str, wanted: dict[str, str]) -> None:
    """Exactly one row (or a repeat of the same number) says what the source says."""
    found = [
        row
        for row in rows(table)
        if all(row.get(name, "") == text for name, text in wanted.items())
    ]
    assert found, f"no row of {table} is {wanted}"
    assert len({(row["method"], row["task"], row["value"]) for row in found}) == 1


@pytest.mark.shared
@pytest.mark.parametrize(("path", "words"), [(each[1], each[2]) for each in READ])
def test_the_source_says_so(path: str, words: list[str], shared: Path) -> None:
    """One line of the source's table holds all that was read there."""
    lines = (shared / "evidence" / path).read_text(encoding="utf-8").splitlines()
    assert any(all(word in line for word in words) for line in lines)
