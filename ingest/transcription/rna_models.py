"""What UTR-LM, SpliceBERT and AIDO.RNA print in notebooks and READMEs."""

from __future__ import annotations

import re

from ingest.transcription.base import (
    Columns,
    Labels,
    Row,
    Source,
    Table,
    method,
    metric,
    model,
    spread,
)

UTR_REPOSITORY = "a96123155/UTR-LM@b77b589bf182eb9de6a1a5024fa09d44294d94fc"
OWN = {"protocol": "own_training"}
OPTIMUS, KIPOI = method("optimus-5-prime", **OWN), method("kipoi-mrl", **OWN)
RNA_FM: Labels = {
    "RNAFM_ResNet": model("rna-fm", "rna-fm", "residual network head"),
    "RNAFM_MLP": model("rna-fm", "rna-fm", "MLP head"),
}
CORRELATIONS: Labels = {
    "R2": "r2-squared-pearson",
    "PearsonR": "pearson",
    "Pearson R": "pearson",
    "SpearmanR": "spearman",
    "Spearman R": "spearman",
}
_BINS = ("24_44", "44_64", "64_84", "84_104")
INDEPENDENT: Labels = {
    **{kind: f"utr-lm-tasks/mrl-{kind}" for kind in ("random", "human")},
    **{
        f"{kind}_{each}": {
            "task": f"utr-lm-tasks/mrl-{kind}-{each.replace('_', '-')}",
            "flags": "overlapping_task",
        }
        for kind in ("random", "human")
        for each in _BINS
    },
}
CELLS: Labels = {
    **{f"{cell}_te": f"utr-lm-tasks/te-{cell.lower()}" for cell in ("Muscle", "pc3", "HEK")},
    **{f"{cell}_rnaseq": f"utr-lm-tasks/el-{cell.lower()}" for cell in ("Muscle", "pc3", "HEK")},
    "Muscle_te_log": "utr-lm-tasks/te-log-muscle",
}
MERGED = {f"data 4.{n}" for n in (8, 9, 11, 12, 20, 23)}
"""Files whose Optimus cells repeat those of the file before: a slip of the notebook's merge."""


def _notebook(row: Row) -> Columns:
    found = re.search(r"Results/(\S+) (cell \d+)", row["locator"])
    return (
        {"locator": f"{found[1]} {found[2]}, {row['task']}, {row['method_variant']}"}
        if found
        else {}
    )


def _library(row: Row) -> Columns:
    if row["method"] == "optimus" and row["task"] in MERGED:
        return {
            **_notebook(row),
            "status": "suspect",
            "flags": "duplicate",
            "note": "the same value as for the file before: a slip of the notebook's merge",
        }
    return _notebook(row)


def _utr_table(
    slug: str, title: str, select: str, methods: Labels, tasks: Labels, notebooks: str, **more: str
) -> Table:
    return Table(
        citekey="chu2024utrlm",
        slug=slug,
        title=title,
        source={
            "locator": f"{notebooks}, printed tables",
            "repository": UTR_REPOSITORY,
            "path": "Scripts/Results/",
            "read": "scripted",
            "second_reading": "confirmed",
        },
        select=lambda row: select in row["locator"],
        fixed={"protocol": "fine_tune"},
        methods=methods,
        tasks=tasks,
        metrics=CORRELATIONS,
        splits={
            "10-fold CV": "cross_validation",
            "10-fold CV mean": "cross_validation",
            "benchmark split": "test",
            "test": "test",
        },
        per_row=_library if slug == "synthetic-libraries" else _notebook,
        note="Labels are the notebooks': ESM_* is taken to be UTR-LM, whose code and checkpoints "
        "build on that trunk. Supervised networks were trained on the task; how RNA-FM and RNABERT "
        "were tuned isn't said. R2 is the squared Pearson correlation (where both are printed they agree; "
        "over folds, its mean). " + more.get("note", ""),
    )


UTR_LM = Source(
    id="utrlm_notebooks",
    files=("dna_models/results/utrlm_notebooks.csv",),
    tables=(
        _utr_table(
            "ribosome-load",
            "Ribosome load of random and human 5' UTRs, by length",
            "Independent_",
            {
                "ESM_ResNet": model("utr-lm", "utr-lm-mrl", "residual network head"),
                "ESM_MLP": model("utr-lm", "utr-lm-mrl", "MLP head"),
                **RNA_FM,
                "Optimus": OPTIMUS,
                "Kipoi": KIPOI,
            },
            INDEPENDENT,
            "Independent_10foldCV.ipynb and Independent_BenchmarkSplit.ipynb",
            note="Bins of length are parts of the whole and marked so.",
        ),
        _utr_table(
            "three-cell-types",
            "Translation efficiency and expression in three cell types",
            "ThreeCellLine_",
            {
                "UTR-LM (ESM_MLP label)": model("utr-lm", "utr-lm-te-el", "MLP head"),
                "RNABERT": model("rnabert", "rnabert"),
                **RNA_FM,
                "Optimus": OPTIMUS,
                "Kipoi": KIPOI,
            },
            CELLS,
            "ThreeCellLine_results.ipynb",
            note="Means over ten folds.",
        ),
        _utr_table(
            "synthetic-libraries",
            "Ribosome load in synthetic libraries, comparators only",
            "EightLibrary_",
            {**RNA_FM, "optimus": OPTIMUS, "kipoi": KIPOI},
            {f"data 4.{n}": f"utr-lm-tasks/mrl-library-4.{n}" for n in range(1, 24)},
            "EightLibrary_results.ipynb",
            note="The notebook's table has no column of UTR-LM; of Optimus, 18 cells repeat others.",
        ),
    ),
)

SPLICE_REPOSITORY = "chenkenbio/SpliceBERT@dc1d8781f6f167c70421c3f8b809772637031d98"
_NOTEBOOKS = {
    "repository": SPLICE_REPOSITORY,
    "path": "examples/00-conservation/",
    "read": "scripted",
    "second_reading": "confirmed",
}
_REGIONS = {
    "protein_coding": ("UTR5", "CDS", "intron", "near_donor", "deep_intronic_region",
                       "near_acceptor", "UTR3"),
    "lncRNA": ("exon", "intron", "near_donor", "deep_intronic_region", "near_acceptor"),
}  # fmt: skip
MASKED: Labels = {
    f"{biotype}|{region} {which}": {
        "task": f"splicebert-tasks/masked-{biotype}-{region}".lower().replace("_", "-"),
        "setting": f"sites={which}",
        **({} if which == "all" else {"flags": "overlapping_task"}),
    }
    for biotype, regions in _REGIONS.items()
    for region in regions
    for which in ("all", "repeat", "non-repeat")
}

SPLICEBERT = Source(
    id="splicebert_notebooks",
    files=("dna_models_2/results/splicebert_notebooks.csv",),
    tables=(
        Table(
            citekey="chen2024splicebert",
            slug="conserved-sites",
            title="Conserved sites from masked-language-model outputs",
            source={"locator": "mlm2cons.ipynb, cell 11", **_NOTEBOOKS},
            select=lambda row: row["benchmark"] == "SpliceBERT conservation prediction",
            fixed={"split": "test", "protocol": "linear_probe"},
            methods={
                "one-hot logistic regression": method("one-hot-linear", **OWN),
                "SpliceBERT": model("splicebert", configuration="vertebrate pretraining, logits"),
                "SpliceBERT-human": model("splicebert", "splicebert-h510", "logits"),
            },
            tasks={
                "phastCons>=0.8 vs <0.8 from masked-LM outputs": "splicebert-tasks/conserved-sites"
            },
            metrics={"AUROC": "auroc", "AUPRC": "auprc"},
            runs={"1": "1"},
            per_row=lambda row: {"locator": f"cell 11, {row['method_variant']}"},
            note="A random fifth of the sites is the test set. The one-hot model sees only the "
            "nucleotide of the site itself.",
        ),
        Table(
            citekey="chen2024splicebert",
            slug="masked-nucleotides",
            title="Accuracy on masked nucleotides by region",
            source={"locator": "mlm_acc.ipynb, cell 1", **_NOTEBOOKS},
            select=lambda row: row["benchmark"] == "SpliceBERT masked-nucleotide accuracy",
            fixed={"split": "test", "protocol": "pretraining"},
            methods={"SpliceBERT": model("splicebert", configuration="vertebrate pretraining")},
            tasks=MASKED,
            metrics={"accuracy": "masked-token-accuracy"},
            per_row=lambda row: {"locator": f"cell 1, row {row['task']}"},
            note="The pretraining objective itself, on human transcripts. Repeats and other sites "
            "are parts of all.",
        ),
    ),
)
METRICLESS = "correlation (metric not printed in README; DeepSTARR uses Pearson)"
MAYBE_QUOTED = {"origin": "quoted", "quoted_from": "not_reported"}

ENSEMBLE = "models=ensemble of five"

SPLICEBERT_ANALYSIS = Source(
    id="splicebert_analysis_readme",
    files=("dna_models_2/results/splicebert_analysis_readme.csv",),
    tables=(
        Table(
            citekey="chen2024splicebertanalysis",
            slug="splice-sites-and-enhancers",
            title="Splice sites of GTEx and fly enhancers, SpliceBERT and specialists",
            source={
                "locator": "README.md, three tables",
                "repository": (
                    "chenkenbio/SpliceBERT-analysis@6f575e235c399e1b6dd2002232743f673031790b"
                ),
                "path": "README.md",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune"},
            methods={
                "SpliceBERT | SpliceBERT (receptive field 900)": model(
                    "splicebert", configuration="receptive field 900"
                ),
                "SpliceBERT | SpliceBERT (ensemble)": model(
                    "splicebert", configuration="ensemble of five", setting=ENSEMBLE
                ),
                "SpliceBERT | SpliceBERT": model("splicebert"),
                **{
                    f"SpliceAI | SpliceAI-{name} (receptive field {field})": method(
                        "spliceai", f"receptive field {field}", **OWN
                    )
                    for name, field in (("10k", 10001), ("2k", 2001), ("400", 401), ("80", 81))
                },
                "SpliceAI | SpliceAI-10k (ensemble)": method(
                    "spliceai", "receptive field 10001, ensemble of five", **OWN, setting=ENSEMBLE
                ),
                "DeepSTARR": method("deepstarr", **OWN, **MAYBE_QUOTED),
                "Nucleotide Transformer": model(
                    "nucleotide-transformer-v1", "nt-v1-2.5b-multi-species", **MAYBE_QUOTED
                ),
            },
            tasks={
                "donor": "splicebert-tasks/gtex-donor",
                "acceptor": "splicebert-tasks/gtex-acceptor",
                "Developmental": "splicebert-tasks/deepstarr-developmental",
                "Housekeeping": "splicebert-tasks/deepstarr-housekeeping",
            },
            metrics={
                "average precision": "average-precision",
                METRICLESS: metric("pearson", flags="metric_inferred"),
            },
            spreads={"+- over 5 seeds (kind not stated)": spread("unknown", "seeds")},
            runs={"5": "5", "ensemble of 5": "1", "": "not_reported"},
            per_row=lambda row: {"locator": f"row {row['method_variant']}, column {row['task']}"},
            evidence_level="repository",
            note="An analysis after the paper. What the plus-minus over five seeds is, isn't said. "
            "The fly values of DeepSTARR and the Nucleotide Transformer are probably quoted, and "
            "their metric isn't printed.",
        ),
    ),
)

QUOTED = {"origin": "quoted", "quoted_from": "penic2025rinalmo"}
UNSAID = {"origin": "quoted", "quoted_from": "not_reported"}
FAMILIES = ("5S rRNA", "SRP RNA", "tRNA", "tmRNA", "RNase P RNA", "Group I Intron", "16S rRNA",
            "Telomerase RNA", "23S rRNA")  # fmt: skip


def _structure_row(row: Row) -> Columns:
    table = "1" if row["task"] == "bpRNA-TS0" else "2"
    where = {"locator": f"table {table}, {row['task']}, {row['method']}"}
    if row["method"] == "AIDO.RNA":
        return where
    return {**where, **(UNSAID if table == "1" else QUOTED)}


AIDO_RNA = Source(
    id="aido_rna_ss_readme",
    files=("dna_models_2/results/aido_rna_ss_readme.csv",),
    tables=(
        Table(
            citekey="zou2024aidorna",
            slug="secondary-structure",
            title="Secondary structure on bpRNA-TS0 and on held-out families of ArchiveII",
            source={
                "locator": "RNA secondary structure README, tables 1 and 2",
                "repository": "genbio-ai/ModelGenerator@c4d012163c7f3d05ae1121a9560e4bfce8d796af",
                "path": "experiments/AIDO.RNA/rna_secondary_structure_prediction/README.md",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune"},
            methods={
                "AIDO.RNA": model("aido-rna", "aido-rna-1.6b"),
                "RiNALMo": model("rinalmo"),
                "RNA-FM": model("rna-fm", "rna-fm"),
                "RNAErnie": model("rna-ernie", "rna-ernie"),
                "SPOT-RNA": method("spot-rna", protocol="as_released"),
                "UFold": method("ufold", protocol="as_released"),
                "MXfold2": method("mxfold2", protocol="as_released"),
                "RNAstructure": method("rnastructure", protocol="untrained_rule"),
                "CONTRAfold": method("contrafold", protocol="as_released"),
            },
            tasks={
                "bpRNA-TS0": "rna-secondary-structure/bprna-ts0",
                **{
                    family: "rna-secondary-structure/archiveii-" + family.lower().replace(" ", "-")
                    for family in FAMILIES
                },
                "Average": {"task": "rna-secondary-structure/archiveii-mean", "flags": "task_mean"},
            },
            metrics={
                "precision": "precision",
                "recall": "recall",
                "F1": "f1-base-pairs",
                "F1 (family average)": "f1-base-pairs-family-mean",
            },
            per_row=_structure_row,
            evidence_level="repository",
            note="All columns but AIDO.RNA's are quoted: for the families they are RiNALMo's, for "
            "bpRNA the README doesn't say whose.",
        ),
    ),
)

SOURCES = (UTR_LM, SPLICEBERT, SPLICEBERT_ANALYSIS, AIDO_RNA)
