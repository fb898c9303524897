"""BEND, DART-Eval, GENEB and mRNABench as another open catalogue extracted them from the papers.

The paper stays the source and the reading is second-hand. Which checkpoint was run, and how, is
taken from the suites' own repositories where these say it (see the notes of the tables).
"""

from __future__ import annotations

import re

from ingest.transcription.base import Columns, Labels, Row, Source, Table, method, metric, model

FOLDER = "third_party_catalogue/results"
SECOND_HAND = {"flags": "second_hand", "split": "test"}
NT1, NT2 = "nucleotide-transformer-v1", "nucleotide-transformer-v2"


def _source(locator: str, commit: str, path: str, second_reading: str) -> Columns:
    return {
        "locator": locator,
        "repository": f"rewire-bio/rewire-database@{commit}",
        "path": f"data/omics/reviewed/{path}",
        "read": "second_hand",
        "second_reading": second_reading,
    }


def _where(row: Row) -> Columns:
    found = re.match(r"(Table \d+), row\((.+?)\), column\((.+)\)$", row["locator"])
    text = f"{found[1]}, row {found[2]}, column {found[3]}" if found else row["locator"]
    return {"locator": text}


BEND_LMS: Labels = {
    "NT-H": model(NT1, "nt-v1-500m-human-ref"),
    "NT-MS": model(NT1, "nt-v1-2.5b-multi-species"),
    "NT-1000G": model(NT1, "nt-v1-2.5b-1000g"),
    "NT-V2": model(NT2, "nt-v2-500m-multi-species"),
    "DNABERT": model("dnabert", "dnabert-6mer"),
    "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
    "GENA-LM BERT": model("gena-lm", "gena-lm-bert-large-t2t"),
    "GENA-LM BigBird": model("gena-lm", "gena-lm-bigbird-base-t2t"),
    "HyenaDNA large": model("hyenadna", "hyenadna-large-1m"),
    "HyenaDNA tiny": model("hyenadna", "hyenadna-tiny-1k"),
    "GROVER": model("grover", "grover"),
    "ResNet-LM": method("resnet-lm"),
    "AWD-LSTM": method("awd-lstm-lm"),
}
SUPERVISED: Labels = {
    "AUGUSTUS": method("augustus", protocol="as_released"),
    "ENFORMER": method("enformer", protocol="as_released"),
    "DEEPSEA": method("deepsea", protocol="as_released"),
    "BASSET": method("basset", protocol="own_training"),
    "CNN": method("cnn-from-scratch", protocol="own_training"),
    "ResNet": method("resnet-from-scratch", protocol="own_training"),
}


def _bend(row: Row) -> Columns:
    if row["task"] == "Enhancer annotation":
        return {**_where(row), "split": "cross_validation"}
    if not row["task"].startswith("Noncoding variant"):
        return _where(row)
    if row["method"] in BEND_LMS:
        return {**_where(row), "split": "whole", "protocol": "zero_shot"}
    return {**_where(row), "split": "whole"}


BEND = Source(
    id="rewire_bend",
    files=(f"{FOLDER}/rewire_bend.csv",),
    tables=(
        Table(
            citekey="marin2024bend",
            slug="table-3",
            title="Seven tasks of BEND, nineteen methods",
            source=_source(
                "Table 3",
                "65a1127632a6f877206d446d15a99dd3b248a57c",
                "bend-2026.jsonl",
                "corrected",
            ),
            fixed={**SECOND_HAND, "protocol": "probe"},
            methods={**BEND_LMS, **SUPERVISED},
            tasks={
                "Gene finding": "bend/gene-finding",
                "Enhancer annotation": "bend/enhancer-annotation",
                "Chromatin accessibility": "bend/chromatin-accessibility",
                "Histone modification": "bend/histone-modification",
                "CpG methylation": "bend/cpg-methylation",
                "Noncoding variant effects on expression": "bend/variant-effects-expression",
                "Noncoding variant effects on disease": "bend/variant-effects-disease",
            },
            metrics={"MCC": "mcc", "AUPRC": "auprc", "AUROC": "auroc"},
            per_row=_bend,
            note="Kinds of methods are ours: the catalogue read files some language models as "
            "baselines and a supervised network as a language model. Checkpoints are those of BEND's "
            "repository (conf/embedding/embed.yaml), whose README also says that variants are "
            "scored without training, hence over the whole set; enhancers are annotated in ten folds "
            "(conf/supervised_tasks/enhancer_annotation.yaml). Basset is trained there on BEND's "
            "data; that AUGUSTUS, Enformer and DeepSEA are used as released is our reading. The "
            "repository's notebook prints 0.597 for DNABERT on expression. Values below 0.5 are as "
            "printed. Whether no uncertainty is printed wasn't recorded.",
        ),
    ),
)

DART_MODELS = {
    "Caduceus": ("caduceus", "caduceus-ps-131k"),
    "DNABERT-2": ("dnabert-2", "dnabert-2-117m"),
    "GENA-LM": ("gena-lm", "gena-lm-bert-large-t2t"),
    "HyenaDNA": ("hyenadna", "hyenadna-large-1m"),
    "Nucleotide Transformer": (NT2, "nt-v2-500m-multi-species"),
}
DART_PROTOCOLS = {"zero-shot": "zero_shot", "probed": "probe", "fine-tuned": "fine_tune_peft"}
DART_METHODS: Labels = {
    **{
        f"{printed} | {how}": model(name, variant, protocol=protocol)
        for printed, (name, variant) in DART_MODELS.items()
        for how, protocol in DART_PROTOCOLS.items()
    },
    **{
        f"Mistral-DNA | {how}": model("mistral-dna", "mistral-dna-v1-1.6b", protocol=protocol)
        for how, protocol in DART_PROTOCOLS.items()
    },
    "Probing-head-like": method("probing-head-cnn", protocol="own_training"),
    "ChromBPNet-like": method("chrombpnet-like", protocol="own_training"),
}
_ELEMENT, _CELL = (
    "Regulatory element identification, ",
    "Cell-type-specific element classification, ",
)
DART_TASKS: Labels = {
    **{
        f"{_ELEMENT}{which}": "dart-eval/ccre-detection"
        for which in ("zero-shot accuracy", "absolute accuracy", "paired accuracy")
    },
    f"{_CELL}overall accuracy": "dart-eval/cell-type-elements",
    **{
        f"{_CELL}{line}": {
            "task": "dart-eval/cell-type-elements",
            "setting": f"class={line} against the rest",
        }
        for line in ("GM12878", "H1ESC", "HEPG2", "IMR90", "K562")
    },
}


def _dart(row: Row) -> Columns:
    if row["task"] == f"{_ELEMENT}zero-shot accuracy":
        return {**_where(row), "metric": "paired-accuracy"}
    return _where(row)


DART_EVAL = Source(
    id="rewire_dart_eval",
    files=(f"{FOLDER}/rewire_dart_eval.csv",),
    tables=(
        Table(
            citekey="patel2024darteval",
            slug="tables-3-4",
            title="DART-Eval tasks 1 and 3: regulatory elements and their cell types",
            source=_source(
                "Tables 3 and 4 of arXiv v1",
                "d7afb741b9194093d8d0973ab5536363435f7b7a",
                "dart-eval-2026.jsonl",
                "corrected",
            ),
            fixed=SECOND_HAND,
            methods=DART_METHODS,
            tasks=DART_TASKS,
            metrics={
                "Accuracy": "accuracy",
                "Absolute accuracy": "accuracy",
                "Paired accuracy": "paired-accuracy",
                "AUROC": "auroc",
            },
            per_row=_dart,
            note="Checkpoints are those of the suite's scripts, where fine-tuning is of low-rank "
            "adapters over frozen weights (src/dnalm_bench/finetune.py) and zero-shot accuracy is the "
            "share of elements likelier than their own shuffle (task_1_paired_control/zero_shot/"
            "evaluators.py), hence the paired one. The first version of the preprint, not the "
            "proceedings. Tables 5 and 6 were not extracted, nor were intervals.",
        ),
    ),
)

GENEB_MODELS: Labels = {
    f"{printed} | frozen embeddings + {probe}": model(name, variant, configuration, protocol=how)
    for printed, (name, variant) in {
        "GENERator-Eukaryote-3B": ("generator", "generator-eukaryote-3b-base"),
        "GENERator-Eukaryote-1.2B": ("generator", "generator-eukaryote-1.2b-base"),
        "LucaOne": ("lucaone", "not_reported"),
        "GenomeOcean-4B": ("genomeocean", "genomeocean-4b"),
        "GenomeOcean-500M": ("genomeocean", "genomeocean-500m"),
        "Omni-DNA-1B": ("omni-dna", "omni-dna-1b"),
        "GENA-LM-Large-T2T": ("gena-lm", "gena-lm-bert-large-t2t"),
        "MutBERT": ("mutbert", "mutbert"),
        "NT-v2-50M-MS": (NT2, "nt-v2-50m-multi-species"),
        "GROVER": ("grover", "grover"),
        "HyenaDNA-Large-1M": ("hyenadna", "hyenadna-large-1m"),
    }.items()
    for probe, configuration, how in (
        ("linear probe", "", "linear_probe"),
        ("MLP probe", "MLP probe", "probe"),
    )
}

GENEB = Source(
    id="rewire_geneb",
    files=(f"{FOLDER}/rewire_geneb.csv",),
    tables=(
        Table(
            citekey="ledneva2026geneb",
            slug="table-8",
            title="GENEB, mean over thirteen representative tasks with two probes",
            source=_source(
                "Table 8 of arXiv v1",
                "a39f4172cb05b9b3ff2b070951d6405c694315e6",
                "geneb-2026.jsonl",
                "confirmed",
            ),
            fixed={"split": "test", "flags": "second_hand selected_on_test task_mean"},
            methods=GENEB_MODELS,
            tasks={
                f"Average macro-MCC across the 13 representative tasks, {probe}": (
                    "geneb/mean-representative-13"
                )
                for probe in ("linear probe", "MLP probe")
            },
            metrics={"Macro-MCC": "mcc-macro"},
            per_row=_where,
            note="Averages: a ranking of the eleven models that the table holds, of forty. Tasks and "
            "models behind them are the suite's choice.",
        ),
    ),
)

MRNA_TASKS: Labels = {
    "eCLIP": "mrnabench/eclip",
    "GO": "mrnabench/go",
    "HL": "mrnabench/half-life",
    "MRL-HL-Pair": "mrnabench/mrl-half-life-synthetic",
    "MRL MPRA": "mrnabench/mrl-mpra",
    "MRL": "mrnabench/mrl-isoform",
    "mRNA Loc-LR": "mrnabench/localisation-long-read",
    "mRNA Loc-SR": "mrnabench/localisation-short-read",
    "Prot Loc": "mrnabench/protein-localisation",
    "VEP": "mrnabench/variants-utr",
}
MRNA_CHOSEN = {
    "3UTRBERT": ("3utrbert", "3utrbert-6mer"),
    "AIDO.RNA": ("aido-rna", "aido-rna-1.6b-cds"),
    "ERNIE-RNA": ("ernie-rna", "ernie-rna"),
    "Evo1": ("evo", "evo-1-131k-base"),
    "Evo2": ("evo-2", "evo2-7b-base"),
    "HyenaDNA": ("hyenadna", "hyenadna-medium-160k"),
    "NT": (NT1, "nt-v1-2.5b-multi-species"),
    "Orthrus": ("orthrus", "orthrus-6track"),
    "RNA-FM": ("rna-fm", "rna-fm"),
    "SpliceBERT": ("splicebert", "splicebert-ms1024"),
    "UTR-LM": ("utr-lm", "utr-lm-te-el"),
}
"""Families with more than one checkpoint in Tables 5 and 6."""
MRNA_ONLY = {
    "DNABERT-S": ("dnabert-s", "dnabert-s"),
    "DNABERT2": ("dnabert-2", "dnabert-2-117m"),
    "Helix-mRNA": ("helix-mrna", "helix-mrna"),
    "RiNALMo": ("rinalmo", "rinalmo-giga"),
    "RNA-MSM": ("rna-msm", "rna-msm"),
    "RNABERT": ("rnabert", "rnabert"),
    "RNAErnie": ("rna-ernie", "rna-ernie"),
}
MRNA_METHODS: Labels = {
    **{
        printed: model(name, variant, "best checkpoint of the family", flags="selected_on_test")
        for printed, (name, variant) in MRNA_CHOSEN.items()
    },
    **{printed: model(name, variant) for printed, (name, variant) in MRNA_ONLY.items()},
    "Naive Baseline": method(
        "naive-sequence-features",
        "six tracks, with coding length and exon count",
        protocol="own_training",
        flags="selected_on_test",
    ),
    "Naive Mamba": method("mamba-frozen-random"),
    "Supervised CNN": method("cnn-from-scratch", protocol="own_training"),
}

MRNABENCH = Source(
    id="rewire_mrnabench",
    files=(f"{FOLDER}/rewire_mrnabench.csv",),
    tables=(
        Table(
            citekey="shi2025mrnabench",
            slug="table-2",
            title="Ten groups of mRNA tasks, best checkpoint of each of eighteen families",
            source=_source(
                "Table 2",
                "819c41af4897e32327039c408f063ca85afbbd28",
                "model-coverage-tables-2026-09-23/mrnabench-existing-lineage.json",
                "corrected",
            ),
            fixed={**SECOND_HAND, "protocol": "linear_probe"},
            methods=MRNA_METHODS,
            tasks=MRNA_TASKS,
            metrics={"AUPRC (%)": metric("auprc", "percent"), "Pearson R": "pearson"},
            runs={"10": "10"},
            per_row=_where,
            note="The suite's authors chose each family's checkpoint by its overall result; which "
            "one it is follows from Tables 5 and 6, where the same values stand beside the "
            "checkpoints' names (read through the same catalogue). Families with one checkpoint "
            "there aren't marked as chosen. Those tables print confidence half-widths, not kept. Ten "
            "seeds rest on the protocol's text and the captions; Appendix C lists nine. AUPRC is over "
            "all labels together. Columns are means over a group's data sets. That the naive Mamba "
            "is untrained is said in the suite's README.",
        ),
    ),
)

SOURCES = (BEND, DART_EVAL, GENEB, MRNABENCH)
