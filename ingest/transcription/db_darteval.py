"""DART-Eval: variant effects (task 5) and motif footprints (task 2), from its notebooks' states."""

from __future__ import annotations

from ingest.transcription.base import Columns, Row, Source, Table, method, model
from ingest.transcription.db_names import DNABERT_2, NT_V2_500M, SCORES, fm

PAPER = "patel2024darteval"
_TASK_5 = "dna_benchmarks/results/dart_eval_task5.csv"
_LATER = "dna_benchmarks_2/results/dart_eval_supervised_task5_task2.csv"
_FOLDER = "src/dnalm_bench/task_2_5_single/experiments/task_5_variant_effect_prediction"
# the columns bear the models' names; the checkpoints stand in the lists `model_names` of the notebooks
_METHODS = {
    "Nucleotide Transformer": fm(NT_V2_500M),
    "Nucleotide Transformer v2 500M": fm(NT_V2_500M),
    "HyenaDNA": model("hyenadna", "hyenadna-large-1m"),
    "DNABert2": fm(DNABERT_2),
    "Gena LM": model("gena-lm", "gena-lm-bert-large-t2t"),
    "Mistral DNA": model("mistral-dna", "mistral-dna-v1-1.6b"),
    "Caduceus": model("caduceus", "caduceus-ps-131k"),
    "ChromBPNet": method("chrombpnet", protocol="as_released"),
}
_TASKS = {
    "African caQTL (DeGorter LCL) variant effect": "dart-eval/variants-african",
    "Yoruba dsQTL/caQTL variant effect": "dart-eval/variants-yoruban",
    "Yoruban dsQTL variant effect": "dart-eval/variants-yoruban",
}
_SIZES = "variants=significant"
_METRICS = {
    **SCORES,
    "Pearson": {"metric": "pearson", "setting": _SIZES},
    "Spearman": {"metric": "spearman", "setting": _SIZES},
    "pearson (significant variants, predicted vs observed effect)": {
        "metric": "pearson",
        "setting": _SIZES,
    },
    "spearman (significant variants, predicted vs observed effect)": {
        "metric": "spearman",
        "setting": _SIZES,
    },
}
_LATEST = "dd56acdaed46d2323e3f0c440659cedac55b34ae"
_EARLIER = "e614bb948a99043ea4069bb753eacadd9df8b3ed"


def _drop(row: Row) -> str:
    if row["metric"] == "Mann-Whitney p":
        return "a p-value is no score"
    if row["method"].startswith("regulatory LM"):
        return "a share of motifs for the laboratory's own model, of which nothing else is known"
    return ""


def _row(row: Row) -> Columns:
    words = row["locator"].split()
    return {"locator": " ".join(words[-2:]) if "cell" in words else words[-1].rpartition("/")[2]}


def _table(slug: str, title: str, commit: str, protocol: str, notebook: str, **more: str) -> Table:
    kind = more.get("kind", "")
    return Table(
        citekey=PAPER,
        slug=slug,
        title=title,
        source={
            "locator": f"{notebook}, printed output",
            "repository": f"kundajelab/DART-Eval@{commit}",
            "path": _FOLDER,
            "read": "scripted",
            "second_reading": "confirmed",
        },
        select=lambda row: (
            (commit in row["locator"] and kind in row["protocol"])
            or (commit == _LATEST and row["method"] == "ChromBPNet")
        ),
        fixed={
            "split": "whole" if protocol == "zero_shot" else "test",
            "protocol": protocol,
            **({"flags": "duplicate"} if commit == _EARLIER and kind == "fine-tuned" else {}),
        },
        methods=_METHODS,
        tasks=_TASKS,
        metrics=_METRICS,
        per_row=_row,
        note=more.get("note", ""),
    )


SOURCES = (
    Source(
        id="dart_eval_task5",
        files=(_TASK_5, _LATER),
        drop=_drop,
        tables=(
            _table(
                "variants-embedding",
                "Chromatin variants, distances of embeddings",
                "43de93dc3c3a5495694ba4350cbf940980ba84cf",
                "zero_shot",
                "Zero_Shot_RegulatoryLM",
            ),
            _table(
                "variants-likelihood",
                "Chromatin variants, likelihoods",
                _EARLIER,
                "zero_shot",
                "Zero_Shot_Final",
                kind="zero-shot",
            ),
            _table(
                "variants-probed",
                "Chromatin variants, probes of frozen embeddings",
                "af2a86d666c35304257c2fa7e15180e1fbcabb01",
                "probe",
                "Probed_Final_Counts",
            ),
            _table(
                "variants-fine-tuned",
                "Chromatin variants, fine-tuned models and ChromBPNet",
                _LATEST,
                "fine_tune_peft",
                "Finetuned_Final_Counts",
                note="The latest run of the notebook; tuning is of low-rank adapters (finetuned_log_counts/, "
                "all six scripts load a LoRA model). ChromBPNet stands in another state of it "
                "(blob 038b85e6) and comes from the same laboratory as the benchmark.",
            ),
            _table(
                "variants-fine-tuned-2024",
                "Chromatin variants, fine-tuned models, earlier run",
                _EARLIER,
                "fine_tune_peft",
                "Finetuned_Final_Counts",
                kind="fine-tuned",
                note="Superseded by the later run of the same notebook.",
            ),
            Table(
                citekey=PAPER,
                slug="motif-quantiles",
                title="Motif footprints: quantiles over motifs",
                source={
                    "locator": "task 2 notebooks, blobs fc44160a and e712cae0, cell 9",
                    "repository": "kundajelab/DART-Eval",
                    "read": "scripted",
                    "second_reading": "confirmed",
                },
                select=lambda row: row["benchmark"] == "DART-Eval Task 2",
                fixed={
                    "split": "whole",
                    "status": "suspect",
                    "flags": "not_a_score",
                    "note": "the plot's title names GENA-LM, the table's path NT-v2",
                },
                methods=_METHODS,
                tasks={
                    "TF motif footprinting, embedding": "dart-eval/motif-footprinting",
                    "TF motif footprinting, likelihood": "dart-eval/motif-footprinting",
                },
                metrics={
                    f"accuracy per motif, {name}": {
                        "metric": "accuracy",
                        "setting": f"summary={name} over motifs",
                    }
                    for name in ("min", "quartile 1", "median", "quartile 3", "max")
                },
                protocols={
                    "frozen zero-shot embedding": {
                        "protocol": "zero_shot",
                        "configuration": "embedding",
                    },
                    "zero-shot likelihood": {
                        "protocol": "zero_shot",
                        "configuration": "likelihood",
                    },
                },
                per_row=_row,
            ),
        ),
    ),
)
