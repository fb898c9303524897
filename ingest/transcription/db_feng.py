"""Feng et al.: frozen embeddings on 57 data sets, preprint (2024) and journal version (2025).

The two are one study. A row of the preprint whose model and data set the journal version scores
again is marked as a duplicate, whatever its metric, so that nothing is counted twice.
"""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, model
from ingest.transcription.db_names import (
    DNABERT_2,
    GROVER,
    GUE,
    NT_V2_500M,
    SCORES,
    YEAST_MARKS,
    fm,
)

_REPO = "ChongWuLab/dna_foundation_benchmark@9f8985bbc3"
_QTL_REPO = "ChongWuLab/dna_foundation_benchmark@3f4c81ce06"
_METHYLATION = (
    "A.thaliana",
    "C.elegans",
    "D.melanogaster",
    "E.coli",
    "G.pickeringii",
    "G.subterraneus",
)
_OWN = "feng-embedding-suite"
_PREPRINT_TASKS = {
    **GUE,
    **{mark: f"gue/emp-{mark.lower()}" for mark in YEAST_MARKS},
    **{f"4mC_{name}": f"{_OWN}/4mc-{name.lower().replace('.', '-')}" for name in _METHYLATION},
    "5mC": f"{_OWN}/5mc",
    "6mC": f"{_OWN}/6ma",
    "DNase_I": f"{_OWN}/dnase-i",
    "Arabidopsis_NonTATA": f"{_OWN}/promoter-arabidopsis-notata",
    "Arabidopsis_TATA": f"{_OWN}/promoter-arabidopsis-tata",
    "B_amyloliquefaciens": f"{_OWN}/promoter-b-amyloliquefaciens",
    "R_capsulatus": f"{_OWN}/promoter-r-capsulatus",
    "GM12878": f"{_OWN}/promoter-gm12878",
    "HUVEC": f"{_OWN}/promoter-huvec",
    "Hela-S3": f"{_OWN}/promoter-hela-s3",
    "NHEK": f"{_OWN}/promoter-nhek",
    "acceptors": "nt-tasks-original/splice-sites-acceptors",
    "donors": "nt-tasks-original/splice-sites-donors",
    "all": "nt-tasks-original/splice-sites-all",
    "binary": "nt-tasks-original/enhancers",
    "multi": "nt-tasks-original/enhancers-types",
    "coding": "genomic-benchmarks/coding-vs-intergenomic",
    "enhancer_cohn": "genomic-benchmarks/human-enhancers-cohn",
    "enhancer_ensembl": "genomic-benchmarks/human-enhancers-ensembl",
    "human_worm": "genomic-benchmarks/human-or-worm",
    "nontata_promoter": "genomic-benchmarks/human-nontata-promoters",
    "ocr": "genomic-benchmarks/human-ocr-ensembl",
    "regulatory": "genomic-benchmarks/human-ensembl-regulatory",
}
_SAME_SET = {
    "DNase I Hypersensitive": "DNase_I",
    **{f"Human TFBS {number + 1}": f"tf_{number}" for number in range(5)},
    **{f"Mouse TFBS {number + 1}": f"mouse_{number}" for number in range(5)},
    **{f"Promoter {cells}": cells for cells in ("GM12878", "HUVEC", "Hela-S3", "NHEK")},
    "Acceptor": "acceptors",
    "Donor": "donors",
    "Coding": "coding",
    "Enhancer": "binary",
    "Enhancer Cohn": "enhancer_cohn",
    "Enhancer Ensembl": "enhancer_ensembl",
    "Open chromatin region": "ocr",
    "Promoter All 300 bps": "prom_300_all",
    "Promoter All 70 bps": "prom_core_all",
    "Promoter NonTATA 251 bps": "nontata_promoter",
    "Promoter NonTATA 300 bps": "prom_300_notata",
    "Promoter NonTATA 70 bps": "prom_core_notata",
    "Promoter TATA 300 bps": "prom_300_tata",
    "Promoter TATA 70 bps": "prom_core_tata",
    "Promoter Arabidopsis NonTATA": "Arabidopsis_NonTATA",
    "Promoter Arabidopsis TATA": "Arabidopsis_TATA",
    "Promoter B.Amyloliquefaciens": "B_amyloliquefaciens",
    "Promoter R.Capsulatus": "R_capsulatus",
    "Human vs worm": "human_worm",
    "Human 5mC": "5mC",
    "Human 6 mA": "6mC",
    **{f"Yeast {mark}": mark for mark in YEAST_MARKS},
    "A.Thaliana 4mC": "4mC_A.thaliana",
    "C.Elegans 4mC": "4mC_C.elegans",
    "D.Melanogaster 4mC": "4mC_D.melanogaster",
    "E.Coli 4mC": "4mC_E.coli",
    "G.Pickeringii 4mC": "4mC_G.pickeringii",
    "G.Subterraneus 4mC": "4mC_G.subterraneus",
}
"""The journal's name of a data set, and the preprint's."""

_JOURNAL_TASKS = {printed: _PREPRINT_TASKS[name] for printed, name in _SAME_SET.items()}
_QTL_TASKS = {
    f"{kind} causal variant": f"{_OWN}/{kind.lower()}"
    for kind in ("eQTL", "sQTL", "paQTL", "ipaQTL")
}
_QTL_METHODS = {
    "AlphaGenome | AlphaGenome, output tracks*": method("alphagenome", "output tracks, 131072 bp"),
    "Sei | Sei, hidden states*": method("sei", "hidden states"),
    "Sei | Sei, output tracks*": method("sei", "output tracks"),
    "Enformer | Enformer, hidden states*": method("enformer", "hidden states, 196608 bp"),
    "Enformer | Enformer, output tracks*": method("enformer", "output tracks, 196608 bp"),
    "DNABERT-2": fm(DNABERT_2, "6000 bp"),
    "NT-v2": fm(NT_V2_500M, "6000 bp"),
    "HyenaDNA": model("hyenadna", configuration="6000 bp"),
    "HyenaDNA-450K": model("hyenadna", "hyenadna-medium-450k", "196608 bp"),
    "Caduceus-Ph | Caduceus-Ph": model("caduceus", configuration="6000 bp"),
    "Caduceus-Ph | Caduceus-Ph, long sequence": model("caduceus", configuration="131072 bp"),
    "GROVER": fm(GROVER, "2048 bp"),
}
"""Inputs are as job_scripts/causal_*.py cut them; Sei's script isn't in the repository."""
_POOLINGS = {
    "summary/CLS token pooling": "summary token",
    "mean token pooling": "mean pooling",
}


def _pooled(pooling: str, label: str) -> dict[str, Columns]:
    return {
        f"DNABERT-2 | {label}": fm(DNABERT_2, pooling),
        f"NT-v2 | {label}": fm(NT_V2_500M, pooling),
        f"HyenaDNA | {label}": model("hyenadna", configuration=pooling),
        f"Caduceus-Ph | {label}": model("caduceus", configuration=pooling),
        f"GROVER | {label}": fm(GROVER, pooling),
    }


_METHODS = {
    label: columns
    for printed, pooling in _POOLINGS.items()
    for label, columns in _pooled(pooling, printed).items()
}
_PREPRINT_METHODS = {
    **_METHODS,
    **{
        f"HyenaDNA | {printed}": model("hyenadna", "hyenadna-medium-160k", pooling)
        for printed, pooling in _POOLINGS.items()
    },
}
"""The preprint's scripts name the checkpoint of HyenaDNA; the journal's text doesn't."""


_SEVERAL_CLASSES = ("all", "covid", "multi", "reconstructed", "regulatory")
_AVERAGED = {"F1-Score": {"metric": "f1-macro"}, "AUC": {"metric": "auroc-macro"}}
"""What the preprint's classify_*.py compute where a set has more than two classes."""


def _preprint(row: Row) -> Columns:
    columns = {"locator": f"{row['locator'].split()[-1]}, data set {row['task']}"}
    if row["task"] in _SAME_SET.values():
        columns["flags"] = "duplicate"
    if row["task"] in _SEVERAL_CLASSES:
        columns |= _AVERAGED.get(row["metric"], {})
    if row["task"] == "regulatory":
        columns["n_train"] = "150000"
        columns["note"] = "trained on 150,000 of the 231,348 sequences (summary_table.csv)"
    return columns


def _runtime(row: Row) -> Columns:
    columns = {"locator": f"{row['locator'].split()[-1]}, data set {row['task']}"}
    if row["method"] == "HyenaDNA" and row["method_variant"].startswith("summary"):
        columns["flags"] = "duplicate"
        columns["note"] = "the same number as with mean pooling: a copied column of the source"
    return columns


_UNPROVEN = ("Human TFBS 1", "Human TFBS 2", "Human TFBS 5")
"""Sets whose scores in all three models of the preprint say that they are other data than its."""


def _journal(row: Row) -> Columns:
    table = row["locator"].rpartition("/")[2]
    columns = {"locator": f"Table {table}, row {row['task']}, column {row['method']}"}
    if row["task"] in _UNPROVEN:
        columns["setting"] = "set=not proven to be GUE's"
    return columns


SOURCES = (
    Source(
        id="feng2025_natcommun",
        files=("dna_benchmarks/results/feng2025_natcommun.csv",),
        tables=(
            Table(
                citekey="feng2025benchmarking",
                slug="embeddings",
                title="Classifiers on frozen, mean-pooled embeddings, AUROC",
                source={
                    "locator": "Tables 1, 2 and 3",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "Feng2025 zero-shot classification",
                fixed={"split": "test", "protocol": "probe"},
                methods=_METHODS,
                tasks=_JOURNAL_TASKS,
                metrics=SCORES,
                per_row=_journal,
                note="The source calls it zero-shot: the embeddings are frozen and a classifier is "
                "trained on them. No method without pretraining is in these tables. TFBS sets "
                "are numbered from 1 here and from 0 in GUE; that they come in the same order isn't "
                "said, and human sets 1, 2 and 5 differ from the preprint's tf_0, tf_1 and tf_4 by "
                "0.02 to 0.08, the same way in all three models, the two others by 0.02 at most: those "
                "three carry a setting of their own. The Nucleotide Transformer's size, 500 million, stands in the paper's analysis of run time.",
            ),
            Table(
                citekey="feng2025benchmarking",
                slug="qtl-variants",
                title="Causal against non-causal QTL variants",
                source={
                    "locator": "Table 6",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["benchmark"] == "Feng2025 QTL variant effect",
                fixed={"split": "cross_validation", "protocol": "probe", "n_runs": "3"},
                methods=_QTL_METHODS,
                tasks=_QTL_TASKS,
                metrics={**SCORES, "Cohen's d": {"metric": "cohens-d", "flags": "not_a_score"}},
                per_row=_journal,
                note="A star marks models that were trained on functional genomics labels. The source calls "
                "it zero-shot: the network is frozen, and a random forest is trained on the "
                "difference between its outputs for the two alleles, for every column alike "
                f"(analysis/causal_classification.py at {_QTL_REPO}). Each of three groups of "
                "chromosomes is tested once, hyperparameters being tuned by four folds of "
                "chromosomes inside the other two; values are means over the three. Cohen's d is "
                "taken between the forest's probabilities. The sequence that each model was given "
                "stands in the configuration, from job_scripts/causal_*.py; the one for AlphaGenome lists "
                "the three smaller sets only, and there is none for Sei. The scripts don't name "
                "checkpoints.",
            ),
        ),
    ),
    Source(
        id="feng2024_preprint_repo",
        files=("dna_benchmarks/results/feng2024_preprint_repo.csv",),
        tables=(
            Table(
                citekey="feng2024benchmarking",
                slug="embeddings",
                title="Classifiers on frozen embeddings, two poolings, as run for the preprint",
                source={
                    "locator": "results_final/final_*.csv",
                    "repository": _REPO,
                    "path": "results_final",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["metric"] != "runtime_as_in_source",
                fixed={"split": "test", "protocol": "probe"},
                methods=_PREPRINT_METHODS,
                tasks=_PREPRINT_TASKS,
                metrics=SCORES,
                per_row=_preprint,
                note="Superseded by the journal version: its data sets are marked as duplicates "
                "here; the five others, which have more than two classes, stand, with macro-averaged F1 "
                "and area under the curve. The classifier is a random forest tuned by "
                "cross-validation on the training set. Which checkpoints were run stands in the "
                "repository's job_scripts (inference_ntv2.py, inference_hyena.py).",
            ),
            Table(
                citekey="feng2024benchmarking",
                slug="runtime",
                title="Seconds for embedding a batch of 256 training sequences on a CPU",
                source={
                    "locator": "results_final/runtime_table.csv",
                    "repository": _REPO,
                    "path": "results_final/runtime_table.csv",
                    "read": "scripted",
                    "second_reading": "corrected",
                },
                select=lambda row: row["metric"] == "runtime_as_in_source",
                fixed={
                    "split": "train",
                    "protocol": "zero_shot",
                    "setting": "batch=256 padded sequences; device=CPU; unit=s",
                },
                methods=_PREPRINT_METHODS,
                tasks=_PREPRINT_TASKS,
                metrics={"runtime_as_in_source": "runtime"},
                per_row=_runtime,
                note="The file names no unit: the repository's plot_runtime.py says seconds on average, and "
                "the inference scripts time each batch of the training set, on a CPU.",
            ),
        ),
    ),
)
