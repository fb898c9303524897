"""Unpublished studies of their own tasks: long inputs, viruses, promoters, metagenomes, prophages."""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Row, Source, Table, method, metric, model, spread
from ingest.transcription.db_names import (
    DNABERT_2,
    GENOMIC_BENCHMARKS,
    GROVER,
    NT_V2_500M,
    SCORES,
    fm,
)

_SCRATCH = {"protocol": "own_training"}
_OWN = "grey-studies"
_CONTEXT = "EFFECTIVE CONTEXT: "
_GARI = ("flipped-gari", "flipped-gari")


def _source(repository: str, path: str) -> Columns:
    return {"locator": path, "repository": repository, "path": path, "read": "scripted"}


_GARI_METHODS = {
    "Flipped-GARI": fm(_GARI),
    "Flipped-GARI | random init, 131 kb": method("flipped-gari-frozen-random"),
    "Caduceus-PS": model("caduceus", configuration="PS"),
    "Caduceus-PH": model("caduceus", configuration="PH"),
    "HyenaDNA": model("hyenadna"),
    "JanusDNA": model("janusdna"),
}
_PUBLISHED = {"Caduceus-PS": "caduceus-ps-131k", "Caduceus-PH": "caduceus-ph-131k"}
"""The public checkpoints by docs/BASELINES.md."""
_BUCKETS = {"near": "near", "mid": "middle", "distal": "far"}


def _eqtl(row: Row) -> Columns:
    """Distance to the start site is a condition of the cell, so is the order of the sequence."""
    where = row["task"].removeprefix(_CONTEXT).partition(" ")[0]
    conditions = [f"distance={_BUCKETS.get(where, where)}", "scores=predicted classes"]
    if row["method_variant"] == "sequence_reversed":
        conditions.append("sequence=reversed")
    columns = {"setting": "; ".join(conditions)}
    if length := re.search(r"(?:input|init,) (\d+) kb", row["method_variant"]):
        columns["input_bp"] = "131072" if length[1] == "131" else str(int(length[1]) * 1000)
    elif row["benchmark"].endswith("131 kb"):
        columns["input_bp"] = "131072"
    if row["task"].startswith(_CONTEXT):
        columns["configuration"] = "readout of 1,024 bases"
    elif row["method"] == "Flipped-GARI":
        columns["configuration"] = "readout of 1,536 bases"
    elif published := _PUBLISHED.get(row["method"]):
        columns["variant"] = published
    if where == "macro":
        columns["flags"] = "task_mean"
    return columns


def _reversed(row: Row) -> Columns:
    columns = {"locator": f"{row['task']}, {row['method']}"}
    if row["method_variant"] == "sequence_reversed":
        columns["setting"] = "sequence=reversed"
    if row["task"].startswith("AVERAGE"):
        columns["flags"] = "task_mean"
    return columns


_EQTL_TASKS = {
    **{
        f"{prefix}{name}": f"{_OWN}/glrb-causal-eqtl"
        for prefix in ("", _CONTEXT)
        for name in ("near TSS", "mid TSS", "distal TSS", "macro")
    },
    "near TSS (0-30k)": f"{_OWN}/glrb-causal-eqtl",
    "mid TSS (30-100k)": f"{_OWN}/glrb-causal-eqtl",
    "distal TSS (100k+)": f"{_OWN}/glrb-causal-eqtl",
}
_GARI_REPO = "ZJ4433MR/caduceus-genomic-benchmark"
_PROBE = {
    "split": "test",
    "protocol": "probe",
    "flags": "selected_on_test",
    "n_train": "5000",
    "n_runs": "10",
}


def _gari(slug: str, title: str, commit: str, path: str) -> Table:
    return Table(
        citekey="zj4433mr2026caduceus",
        slug=slug,
        title=title,
        source={**_source(f"{_GARI_REPO}@{commit}", path), "second_reading": "corrected"},
        select=lambda row: row["locator"].endswith(path),
        fixed=_PROBE,
        methods=_GARI_METHODS,
        tasks=_EQTL_TASKS,
        metrics=SCORES,
        spreads={"sd": spread("sd", "seeds")},
        per_row=_eqtl,
        note="A support vector machine on frozen embeddings, trained on ten samples of 5,000 "
        "variants; its C was chosen on the evaluation itself, and the area under the curve is that "
        "of predicted classes (docs/HYPERPARAMETERS.md). The baselines were run by the authors of "
        "the competing model.",
    )


_PROMOTER_MODELS = ("HyenaDNA", "Evo2-1B", "NT-500M", "GROVER", "Caduceus")


def _promoter(row: Row) -> Columns:
    columns: dict[str, str] = {"locator": row["locator"].partition("(main tex) ")[2]}
    bounds = re.search(r"CI \[([\d.]+), ([\d.]+)\]", row["notes"])
    if bounds:
        columns["note"] = f"95 % bootstrap interval from {bounds[1]} to {bounds[2]}"
    if row["task"] == "structured vs scrambled: SCR":
        # Class H holds 50 sequences; how many pairs the scoring rules saw isn't said.
        if row["method"] in {*_PROMOTER_MODELS, "Random", "k-mer"}:
            columns["n_test"] = "50"
    elif row["task"] != "AT content vs log-likelihood" and (
        size := re.match(r"n=(\d+)", row["split"])
    ):
        columns["n_test"] = size[1]
    return columns


def _metagenomic(row: Row) -> Columns:
    columns: dict[str, str] = {"locator": row["locator"].partition("3c1c6b4 ")[2]}
    if reads := re.search(r"genus, (\d+)M reads", row["task"]):
        columns["n_train"] = str(int(reads[1]) * 1_000_000)
        columns["n_test"] = "99742"  # the natural-distribution pool of section 03
    elif row["task"] == "genus vs Kraken2":
        columns["n_test"] = "85819"
    elif row["task"] == "COST" and row["method"] == "MetaTransformer 6-mer":
        columns["configuration"] = "6-mer non-overlap"  # printed as s6
    return columns


_NT = fm(NT_V2_500M, "LoRA, mean of both strands")
_ALGORITHM = {"protocol": "as_released"}
_META_METHODS = {
    **{
        f"MetaTransformer | {name}, scratch": method("metatransformer", name, **_SCRATCH)
        for name in ("13-mer overlap", "6-mer overlap", "6-mer non-overlap")
    },
    "MetaTransformer 13-mer": method("metatransformer", "13-mer overlap", **_SCRATCH),
    "MetaTransformer 6-mer": method("metatransformer", "6-mer", **_SCRATCH),
    "Nucleotide Transformer v2 500M": _NT,
    "NT-v2 (500M, 6-mer)": _NT,
    "NT-v2 6-mer": _NT,
    "NT-v2 genus": _NT,
    "NT-v2 shallow 1-layer": method(
        "transformer-from-scratch", "one layer of NT-v2, 6-mers", **_SCRATCH
    ),
    "DNABERT (6-mer)": model("dnabert", "dnabert-6mer"),
    "DNABERT-2 (BPE)": fm(DNABERT_2),
    "unique-key lookup (Kraken-style)": method("kmer-lookup", "13-mers, unique", **_SCRATCH),
    "dominant-genus majority vote | 13-mer": method("kmer-lookup", "13-mers, vote", **_SCRATCH),
    "dominant-genus majority vote | 6-mer": method("kmer-lookup", "6-mers, vote", **_SCRATCH),
    **{
        f"multinomial naive Bayes | {name}": method("naive-bayes", f"k-mers: {name}", **_SCRATCH)
        for name in ("13-mer", "6-mer s6", "6-mer s1")
    },
    "Kraken2 (k=35)": method("kraken2", **_ALGORITHM),
    "Kraken2+Bracken": method("kraken2", "with Bracken", **_ALGORITHM),
}
_META_METRICS = {
    "top1_accuracy_pct": metric("top1-accuracy", "percent"),
    "macro_F1": metric("f1-macro"),
    "read_accuracy_pct": metric("read-accuracy", "percent"),
    "abundance_pearson_r": metric("pearson"),
    "bray_curtis": metric("bray-curtis"),
    "detection_ROC_AUC": metric("auroc"),
    "sens_at_95spec_pct": metric("sensitivity-at-95-specificity", "percent"),
    "detection_sens_pct_at1pct": metric("sensitivity-at-1pct", "percent"),
    "reads_per_second": metric("throughput"),
    "peak_inference_MiB": metric("memory"),
}
_RULE = {"protocol": "untrained_rule"}

SOURCES = (
    Source(
        id="grey_flipped_gari",
        files=("dna_benchmarks/results/grey_flipped_gari.csv",),
        tables=(
            _gari(
                "causal-eqtl",
                "Causal eQTLs by distance, in both orders of the sequence",
                "ee8c6425",
                "results/processed/vep/main_table.csv",
            ),
            _gari(
                "causal-eqtl-length",
                "Causal eQTLs by length of the input",
                "4d1c89a1",
                "results/processed/vep/context_length_table.csv",
            ),
            _gari(
                "causal-eqtl-random",
                "Causal eQTLs from a random network",
                "ee8c6425",
                "results/raw/vep/random_init_selected.csv",
            ),
            Table(
                citekey="zj4433mr2026caduceus",
                slug="genomic-benchmarks",
                title="Genomic Benchmarks, in both orders of the sequence",
                source={
                    **_source(
                        f"{_GARI_REPO}@ee8c6425",
                        "results/processed/genomicbenchmarks/main_table.csv",
                    ),
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "GenomicBenchmarks",
                fixed={"split": "test", "protocol": "fine_tune", "n_runs": "5"},
                methods=_GARI_METHODS,
                tasks={**GENOMIC_BENCHMARKS, "AVERAGE of 8": f"{_OWN}/genomic-benchmarks-mean"},
                metrics=SCORES,
                per_row=_reversed,
                note="Test sets, over five divisions of training and validation (REPRODUCE.md). The "
                "baselines were run by the authors of the competing model, from which checkpoints "
                "isn't said; their own row sums up several configurations.",
            ),
        ),
    ),
    Source(
        id="grey_brontok_viralhost",
        files=("dna_benchmarks/results/grey_brontok_viralhost.csv",),
        tables=(
            Table(
                citekey="brontokmalware2026viral",
                slug="viral-host",
                title="Hosts of viruses, 4-mer models and DNABERT-2",
                source={
                    **_source(
                        "Brontok-Malware/dnabert2-vs-kmer-viral-host-prediction@e2a015b5",
                        "plot_metrics.py",
                    ),
                    "second_reading": "corrected",
                },
                fixed={"split": "test", "n_runs": "1"},
                methods={
                    "Random Forest 4-mer": method("kmer-random-forest", "4-mers"),
                    "MLP 4-mer": method("kmer-mlp", "4-mers"),
                    "DNABERT-2": fm(DNABERT_2, flags="selected_on_test"),
                },
                tasks={"viral host / zoonotic potential prediction": f"{_OWN}/viral-host"},
                metrics=SCORES,
                protocols={
                    "k-mer frequencies + classical ML": "own_training",
                    "full fine-tune": "fine_tune",
                },
                per_row=lambda row: {"locator": f"{row['method']}, {row['metric']}"},
                note="Numbers typed into a plotting script of a thesis; whether near relatives "
                "stand on both sides of the split was not tested. DNABERT-2's epoch was chosen on "
                "the test set (train_dnabert2.py).",
            ),
        ),
    ),
    Source(
        id="grey_mit_promoter",
        files=("dna_benchmarks/results/grey_mit_promoter.csv",),
        tables=(
            Table(
                citekey="cheng2026mechanistic",
                slug="promoter-grammar",
                title="Grammar of synthetic bacterial promoters",
                source={
                    "locator": "manuscript, tables of full metrics, biophysics and AT content",
                    "repository": "bryanc5864/MechanisticInvarianceTest",
                    "read": "text_copy",
                    "second_reading": "corrected",
                },
                fixed={"split": "whole", "n_runs": "1"},
                methods={
                    "HyenaDNA": model("hyenadna"),
                    "Evo2-1B": model("evo-2", configuration="1B"),
                    "NT-500M": model("nucleotide-transformer-v1", "nt-v1-500m-human-ref"),
                    "GROVER": fm(GROVER),
                    "Caduceus": model("caduceus"),
                    "Random": method("random-scores", **_RULE),
                    "k-mer": method("kmer-log-frequency", "6-mers of E. coli K-12", **_RULE),
                    **{
                        name: method("promoter-pwm", name, **_RULE)
                        for name in ("PA-PWM", "RPA-PWM", "PA-PWM-NoComp", "PA-PWM-NoPos")
                    },
                    "Thermodynamic": method("promoter-thermodynamics", **_RULE),
                },
                tasks={
                    "compensated vs broken: CSS": f"{_OWN}/promoter-compensation",
                    "structured vs scrambled: SCR": f"{_OWN}/promoter-scramble",
                    "intact vs broken (natural)": f"{_OWN}/promoter-intact-natural",
                    "intact vs broken (synthetic)": f"{_OWN}/promoter-intact-synthetic",
                    "AT content vs log-likelihood": {
                        "task": f"{_OWN}/promoter-at-content",
                        "flags": "not_a_score",
                    },
                    "strand orientation": f"{_OWN}/promoter-strand",
                    "spacing peak (optimum 17 bp)": {
                        "task": f"{_OWN}/promoter-spacing",
                        "flags": "not_a_score",
                    },
                },
                metrics={
                    "CSS (fraction, chance 0.5)": metric("css"),
                    "SCR (fraction, chance 0.5)": metric("scr"),
                    "Cohen_d": {"metric": "cohens-d", "flags": "not_a_score"},
                    "pearson_r": metric("pearson"),
                    "accuracy_pct": metric("accuracy", "percent"),
                    "bp_at_max_score": {"metric": "count", "flags": "not_a_score"},
                },
                protocols={
                    "zero-shot (log-)likelihood": "zero_shot",
                    "explicit scoring model": "untrained_rule",
                },
                per_row=_promoter,
                note="What the manuscript says of GROVER's and Caduceus's size and data is wrong; "
                "its scores are kept. It names HyenaDNA small-32k and Caduceus-Ph where the code "
                "loads medium-160k and Caduceus-PS. PA-PWM knows the positions of the generator.",
            ),
        ),
    ),
    Source(
        id="grey_yang2026_metagenomic",
        files=("dna_benchmarks/results/grey_yang2026_metagenomic.csv",),
        tables=(
            Table(
                citekey="yang2026metagenomic",
                slug="gut-genera",
                title="Reads of gut bacteria to genera",
                source={
                    "locator": "manuscript sections 05 and 06 and supplement",
                    "repository": "YMJ1123/gfm-metagenomic-benchmark-paper@3c1c6b4",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                fixed={"split": "test", "protocol": "fine_tune_peft"},
                methods=_META_METHODS,
                tasks={
                    **{f"genus, {n}M reads": f"{_OWN}/gut-genus-reads" for n in (5, 50, 250)},
                    "genus vs Kraken2": {
                        "task": f"{_OWN}/gut-genus-reads",
                        "setting": "reads=coverage-matched",
                    },
                    "REAL mock community": f"{_OWN}/zymo-mock",
                    "COST": {"task": f"{_OWN}/gut-genus-reads", "setting": "measure=cost"},
                },
                metrics=_META_METRICS,
                per_row=_metagenomic,
                note="Only genera of the training data occur in the tests. The Nucleotide Transformer is "
                "scored on both strands, MetaTransformer on one, which is said to cost it 0.7 points.",
            ),
        ),
    ),
    Source(
        id="grey_lambda_evo2_sae",
        files=("dna_benchmarks/results/grey_lambda_evo2_sae.csv",),
        tables=(
            Table(
                citekey="lindsey2026evo2sae",
                slug="prophages",
                title="Prophages by one feature of a sparse autoencoder on Evo 2",
                source={
                    **_source("leannmlindsey/Evo2_SAE_LAMBDA_assessment@342937ccc4", "README.md"),
                    "second_reading": "corrected",
                },
                fixed={
                    "split": "whole",
                    "protocol": "zero_shot",
                    "n_runs": "1",
                    "flags": "selected_on_test",
                },
                methods={
                    "Evo 2 7B SAE prophage feature": model(
                        "evo-2", "evo2-7b-262k", "sparse autoencoder feature"
                    )
                },
                tasks={"nucleotide-level prophage calls": f"{_OWN}/lambda-prophages"},
                metrics=SCORES,
                per_row=lambda row: {"locator": f"expected results, {row['metric']}"},
                note="Means over genomes, with the best threshold, so tuned on what is reported. The "
                "README says that the autoencoder works on the 262k checkpoint only.",
            ),
        ),
    ),
)
