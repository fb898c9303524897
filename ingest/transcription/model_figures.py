"""Small tables of model authors: GENA-LM, MutBERT, LucaOne, Genos-m and HybriDNA."""

from __future__ import annotations

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

NT1, NT2 = "nucleotide-transformer-v1", "nucleotide-transformer-v2"
UNSAID = {"origin": "quoted", "quoted_from": "not_reported"}
MEAN = {"flags": "task_mean"}


def _cell(row: Row) -> Columns:
    return {"locator": f"row {row['method_variant']}, column {row['task']}"}


GENA = Source(
    id="gena_readme",
    files=("dna_models/results/gena_readme.csv",),
    tables=(
        Table(
            citekey="fishman2025gena",
            slug="readme",
            title="Fine-tuned GENA-LM on promoters and splice sites",
            source={
                "locator": "Pre-trained models on downstream tasks",
                "repository": "AIRI-Institute/GENA_LM@4a884630dd72fac47775a256f9c85452b63d28e3",
                "path": "README_previous_generation.md",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune"},
            methods={
                "GENA-LM | gena-lm-bert-base-t2t": model("gena-lm", "gena-lm-bert-base-t2t"),
                "GENA-LM | gena-lm-bert-large-t2t": model("gena-lm", "gena-lm-bert-large-t2t"),
            },
            tasks={
                "promoters 300bp": "gena-lm-tasks/promoters-300",
                "promoters 2000bp": "gena-lm-tasks/promoters-2000",
                "splice site 15000bp": "gena-lm-tasks/splice-15000",
            },
            metrics={"F1": metric("f1", "percent"), "PR AUC": metric("auprc", "percent")},
            spreads={"not stated (averaged over multiple runs)": spread("unknown", "unknown")},
            per_row=_cell,
            evidence_level="repository",
            note="Values are percentages, which the table doesn't say. Averages over runs whose "
            "number isn't given, of the protocol before publication.",
        ),
    ),
)

MUTBERT = Source(
    id="mutbert_fig",
    files=("dna_models/results/mutbert_fig.csv",),
    tables=(
        Table(
            citekey="long2025mutbert",
            slug="averages",
            title="Averages over transcription factor sets, NT tasks and expression QTLs",
            source={
                "locator": "results figure, panels b to d",
                "repository": "ai4nucleome/mutBERT@82344d2314ef2820b11d1863b4e9784e0c9ef842",
                "path": "figs/results.png",
                "read": "by_eye",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "fine_tune", **MEAN},
            methods={
                "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
                "NT | NT-500M-1000G": model(NT1, "nt-v1-500m-1000g"),
                "NT | NT-500M-Human": model(NT1, "nt-v1-500m-human-ref"),
                "NT | NT-2500M-Multi": model(NT1, "nt-v1-2.5b-multi-species"),
                **{
                    f"NTv2 | NTv2-{size}-Multi": model(NT2, f"nt-v2-{size.lower()}-multi-species")
                    for size in ("50M", "100M", "250M", "500M")
                },
                "MutBERT-Ref": model("mutbert", "mutbert-human-ref"),
                "MutBERT": model("mutbert", "mutbert"),
                "MutBERT-Multi": model("mutbert", "mutbert-multi"),
            },
            tasks={
                "GUE TFBS (human+mouse) | average": "gue/mean-tf",
                "NT tasks (revised) | average": "nt-tasks-revised/mean-18",
                "eQTL VEP (LRB) | average": {
                    "task": "genomics-long-range-benchmark/mean-eqtl-svm",
                    "protocol": "probe",
                },
            },
            metrics={
                "average MCC x100": metric("mcc", "percent"),
                "average AUROC": metric("auroc"),
            },
            per_row=lambda row: {
                "locator": f"panel {row['locator'][-1]}, bar {row['method_variant']}"
            },
            note="Averages only. The README names the revised NT tasks; the scripts run the five human "
            "transcription factor sets, which with the eighteen make panel a's 23, though the "
            "transcript says human and mouse.",
        ),
    ),
)

SPECIAL = {**UNSAID, "protocol": "as_released"}
LUCAONE = Source(
    id="lucaone_fig",
    files=("dna_models_2/results/lucaone_fig.csv",),
    tables=(
        Table(
            citekey="he2025lucaone",
            slug="downstream-figure",
            title="Eight downstream tasks of LucaOne",
            source={
                "locator": "figure of downstream networks and metrics, panels d to k",
                "repository": "LucaOne/LucaOne@5301ee8b5ae591cc9aa818e1cb85a2b2449943b9",
                "path": "pics/DownstreamNetworksAndMetrics.png",
                "read": "scripted",
                "second_reading": "confirmed",
            },
            fixed={"split": "test", "protocol": "probe", "flags": "metric_inferred"},
            methods={
                "LucaOne": model("lucaone", "lucaone"),
                "LucaOne(Gene/Prot)": model(
                    "lucaone", configuration="separate gene and protein models"
                ),
                "DNABert2": model("dnabert-2", "dnabert-2-117m"),
                "DNABert2/ESM2-3B": model(
                    "dnabert-2", "dnabert-2-117m", "with ESM-2 (3B) for the protein"
                ),
                "ESM2-3B": method("esm-2", "3B parameters"),
                "BERTax": method("bertax", **SPECIAL),
                "DeepLocPro": method("deeplocpro", **SPECIAL),
                "TAPE": method("tape", **SPECIAL),
                "RNAGCN": method("rnagcn", **SPECIAL),
                "PREDAC": method("predac", **SPECIAL),
                "DeepPPI": method("deepppi", **SPECIAL),
                "ncRPI-LGAT": method("ncrpi-lgat", **SPECIAL),
            },
            tasks={
                "CentralDogma": "lucaone-tasks/central-dogma",
                "GenusTax": "lucaone-tasks/genus-taxonomy",
                "ProtLoc": "lucaone-tasks/protein-localisation",
                "ProtStab": "lucaone-tasks/protein-stability",
                "ncRNAFam": "lucaone-tasks/ncrna-family",
                "InfA": "lucaone-tasks/influenza-antigens",
                "PPI": "lucaone-tasks/protein-protein",
                "ncRPI": "lucaone-tasks/ncrna-protein",
            },
            metrics={
                "accuracy (not printed in the figure; check the paper)": "accuracy",
                "Spearman (not printed in the figure; check the paper)": "spearman",
            },
            per_row=lambda row: {"locator": f"panel {row['task']}, bar {row['method_variant']}"},
            note="The figure names no metric for a task; the specialists' values carry a mark and "
            "come from elsewhere. Models give frozen embeddings to a small network.",
        ),
    ),
)

GENOS_M = Source(
    id="genos_m_report",
    files=("dna_models/results/genos_m_report.csv",),
    tables=(
        Table(
            citekey="genosm2026report",
            slug="rnagym-prokaryote",
            title="RNAGym fitness, prokaryotic assays, mean over assays",
            source={
                "locator": "Technical_Notes/Benchmarks_en.md: Table 5",
                "repository": "BGI-HangzhouAI/Genos-m@3d2c9392336d29b1c6ea9613da16f45c9c145c7b",
                "path": "Technical_Notes/Benchmarks_en.md",
                "read": "text_copy",
                "second_reading": "confirmed",
            },
            evidence_level="repository",
            fixed={"split": "whole", "protocol": "zero_shot", **MEAN},
            methods={
                "Genos-m": model("genos-m", "genos-m"),
                "Evo2-7B": model("evo-2", "evo2-7b"),
                "Evo1.5": model("evo", "evo-1.5-8k-base"),
                "Evo1": model("evo"),
                "RNAErnie": model("rna-ernie", "rna-ernie"),
                "Nucl. Transformer": model(NT2),
                "RNA-FM": model("rna-fm", "rna-fm"),
                "RiNALMo": model("rinalmo"),
                "GenSLM": model("genslm"),
            },
            tasks={"aggregate": "genos-m-evaluation/rnagym-fitness-prokaryote"},
            metrics={"Spearman": "spearman-absolute", "AUC": "auroc", "MCC": "mcc"},
            per_row=lambda row: {"locator": f"row {row['method']}, column {row['metric']}"},
            note="Spearman is the mean of absolute correlations over thirteen assays, so it isn't "
            "what RNAGym's own leaderboard prints. Which generation of the Nucleotide Transformer "
            "is meant, the table doesn't say.",
        ),
    ),
)

GUE_GROUPS: Labels = {
    "promoter detection (human; group mean)": {"task": "gue/mean-prom-300", **MEAN},
    "core promoter detection (human; group mean)": {"task": "gue/mean-prom-core", **MEAN},
    "splice site (human)": "gue/splice-reconstructed",
    "transcription factor binding (human; group mean)": {"task": "gue/mean-tf", **MEAN},
    "transcription factor binding (mouse; group mean)": {"task": "gue/mean-mouse", **MEAN},
    "epigenetic marks prediction (yeast; group mean)": {"task": "gue/mean-emp", **MEAN},
    "covid variant classification": "gue/virus-covid",
}
EQUAL_TO_GUE = {
    ("DNABERT-2", "55.98"), ("DNABERT-2", "71.02"), ("NT-2.5B-MS", "88.15"),
    ("NT-2.5B-MS", "89.35"), ("NT-2.5B-MS", "67.02"), ("NT-2.5B-MS", "73.04"),
    ("NT-500M-human", "45.24"), ("NT-500M-human", "45.35"), ("NT-500M-human", "50.82"),
}  # fmt: skip
"""Comparator cells that equal DNABERT-2's own figure to 0.01."""
PROJECT = "Mamingqian/HybriDNA_demo@40fbe599c76a5d752b03f3cde3dc16b26c2b58d6"
HYBRIDNA: Labels = {
    **{
        f"HybriDNA-{size} | HybriDNA-{size}{suffix}": model(
            "hybridna", f"hybridna-{size.lower()}", configuration
        )
        for size in ("300M", "3B", "7B")
        for suffix, configuration in (("", ""), (" (E)", "echo embedding"))
    },
    **{
        f"HybriDNA-300M | HybriDNA-300M ({length})": model(
            "hybridna", "hybridna-300m", f"{length} context"
        )
        for length in ("8k", "32k", "131k")
    },
    "DNABERT-2": model("dnabert-2", "dnabert-2-117m"),
    "NT-2.5B-MS": model(NT1, "nt-v1-2.5b-multi-species"),
    "NT-500M-human": model(NT1, "nt-v1-500m-human-ref"),
    "Caduceus-Ph": model("caduceus"),
    "HyenaDNA": model("hyenadna"),
    "Held-out Test": method("real-sequences", protocol="as_released"),
}


def _gue(row: Row) -> Columns:
    if row["method"].startswith("HybriDNA"):
        return _cell(row)
    whose = "zhou2024dnabert2" if (row["method"], row["value"]) in EQUAL_TO_GUE else "not_reported"
    return {**_cell(row), "origin": "quoted", "quoted_from": whose}


def _bend(row: Row) -> Columns:
    if row["method"].startswith("HybriDNA"):
        return _cell(row)
    of_bend = row["method"] in {"DNABERT-2", "NT-2.5B-MS", "NT-500M-human"} and (
        row["method"], row["task"]) != ("DNABERT-2", "histone modification")  # fmt: skip
    return {
        **_cell(row),
        "origin": "quoted",
        "quoted_from": "marin2024bend" if of_bend else "not_reported",
    }


def _table(slug: str, title: str, image: str, read: str, benchmark: str, tasks: Labels,
           metrics: Labels, note: str, **fixed: str) -> Table:  # fmt: skip
    return Table(
        citekey="ma2025hybridna",
        slug=slug,
        title=title,
        source={
            "locator": f"project page, {image}",
            "repository": PROJECT,
            "path": image,
            "read": read,
            "second_reading": "confirmed",
        },
        select=lambda row: row["benchmark"] == benchmark,
        fixed=fixed,
        methods=HYBRIDNA,
        tasks=tasks,
        metrics=metrics,
        per_row={"gue": _gue, "bend": _bend}.get(slug, _cell),
        note=note,
    )


ORACLE: Labels = {
    "predicted activity (oracle)": metric("oracle-activity", flags="not_a_score"),
    "mean edit distance": metric("edit-distance", flags="not_a_score"),
}
LONG_RANGE = "genomics-long-range-benchmark"

HYBRIDNA_FIGURES = Source(
    id="hybridna_demo_figs",
    files=("dna_models_2/results/hybridna_demo_figs.csv",),
    tables=(
        _table("gue", "GUE, means over groups of data sets", "gue.png", "scripted",
               "GUE (group means)", GUE_GROUPS,
               {"MCC x100": metric("mcc", "percent"), "F1 x100": metric("f1-macro", "percent")},
               "Only HybriDNA's rows are new; comparators are quoted, nine of them equal "
               "DNABERT-2's own figure. Splice sites and covid are single data sets.",
               split="test", protocol="fine_tune"),
        _table("bend", "BEND, three tasks with frozen embeddings", "bend.png", "scripted", "BEND",
               {"chromatin accessibility": "bend/chromatin-accessibility",
                "histone modification": "bend/histone-modification",
                "CpG methylation": "bend/cpg-methylation"},
               {"AUROC": "auroc"},
               "The Nucleotide Transformers' values are BEND's; of DNABERT-2's the one for histones "
               "differs from BEND's by 0.01.",
               split="test", protocol="probe"),
        _table("long-range", "Genomics Long-Range Benchmark, variants", "lrb.png", "scripted",
               "Genomics Long-Range Benchmark",
               {"causal eQTL (fine-tune)": {"task": f"{LONG_RANGE}/causal-eqtl",
                                            "protocol": "fine_tune"},
                "causal eQTL (zero-shot)": f"{LONG_RANGE}/causal-eqtl",
                "OMIM (zero-shot)": f"{LONG_RANGE}/pathogenic-omim"},
               {"AUROC": "auroc", "AUPRC": "auprc"},
               "Contexts of HybriDNA are in the configuration, so that its rows stand beside the "
               "others'.",
               split="test", protocol="zero_shot"),
        _table("design-human-enhancers", "Designed human enhancers", "human_enhancer.png", "by_eye",
               "regulatory element design (human enhancer)",
               {**{f"{cell} {which}": f"hybridna-design/human-enhancer-{cell}-{which}".lower()
                   for cell in ("HepG2", "K562", "SK-N-SH") for which in ("Top-1", "Mean")},
                "Mean Edit Distance": "hybridna-design/human-enhancer-edit-distance"},
               ORACLE, "Quantities of a predicting model, no scores.",
               split="not_reported", protocol="generation"),
        _table("design-yeast-promoters", "Designed yeast promoters", "yeast_promoter.png", "by_eye",
               "regulatory element design (yeast promoter)",
               {**{f"{medium} Media {which}": f"hybridna-design/yeast-promoter-{medium}-{which}".lower()
                   for medium in ("Complex", "Defined") for which in ("Top-1", "Mean")},
                "Mean Edit Distance": "hybridna-design/yeast-promoter-edit-distance"},
               ORACLE, "Quantities of a predicting model, no scores.",
               split="not_reported", protocol="generation"),
    ),
)  # fmt: skip

SOURCES = (GENA, MUTBERT, LUCAONE, GENOS_M, HYBRIDNA_FIGURES)
