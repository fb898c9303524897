"""Names that the catalog knows, and how near a printed label comes to one of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from schema.catalog import read_catalog
from schema.vocabularies import MetricFamily

# Below this a fuzzy match is noise: 4 letters of 20 apart, by the catalog's own aliases.
CUTOFF = 78.0
_DECORATION = re.compile(
    r"[↑↓⇑⇓*†‡§¶⋆★ᵃᵇᶜᵈᵉᶠᵍʰ¹²³⁴⁵⁶⁷⁸⁹⁰]|\(\s*(?:ours?|%|x\s*100|×\s*100|higher is better|"
    r"lower is better)\s*\)|\[\d+(?:,\s*\d+)*\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A catalog id with the confidence (0 to 1) that a label means it, and the name it matched."""

    id: str
    confidence: float
    name: str


@dataclass(slots=True)
class Vocabulary:
    """Folded names of one kind of entry, each with the ids that it may mean."""

    names: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, identifier: str, labels: Iterable[str]) -> None:
        """Register an entry's names and aliases."""
        for label in labels:
            key = fold(label)
            if key:
                ids = self.names.setdefault(key, [])
                self.shown.setdefault(key, label)
                if identifier not in ids:
                    ids.append(identifier)

    def match(self, label: str, limit: int = 3) -> list[Candidate]:
        """Candidates for a printed label, best first; none if nothing comes near.

        An exact name has confidence 1, shared among the entries that bear it. A fuzzy match is
        held down where digits differ: DNABERT is not DNABERT-2.
        """
        key = fold(label)
        if not key or not re.search(r"[a-zα-ω]", key):
            return []
        if key in self.names:
            ids = self.names[key]
            return [Candidate(i, round(1 / len(ids), 3), self.shown[key]) for i in ids][:limit]
        found: dict[str, Candidate] = {}
        matches = process.extract(
            key, list(self.names), scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=20
        )
        digits = re.findall(r"\d+", key)
        for name, score, _ in matches:
            if re.findall(r"\d+", name) != digits:
                score *= 0.6
            if score < CUTOFF * 0.6 or (len(key) < 5 and score < 100):
                continue
            for identifier in self.names[name]:
                known = found.get(identifier)
                confidence = round(score / 100 * 0.95 / len(self.names[name]), 3)
                if known is None or known.confidence < confidence:
                    found[identifier] = Candidate(identifier, confidence, self.shown[name])
        return sorted(found.values(), key=lambda c: (-c.confidence, c.id))[:limit]


def fold(label: str) -> str:
    """A label without decoration, in lower case, with words and numbers apart by one blank."""
    text = _DECORATION.sub(" ", label).replace("₂", "2").replace("₃", "3").replace("₁", "1")
    text = re.sub(r"[^a-z0-9α-ω@+]+", " ", text.casefold())
    return re.sub(r"\s+", " ", text).strip()


@dataclass(slots=True)
class Names:
    """The three vocabularies that a result table is mapped to, and metrics' directions."""

    methods: Vocabulary = field(default_factory=Vocabulary)
    tasks: Vocabulary = field(default_factory=Vocabulary)
    metrics: Vocabulary = field(default_factory=Vocabulary)
    higher_is_better: dict[str, bool | None] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)
    benchmarks: Vocabulary = field(default_factory=Vocabulary)
    scores: set[str] = field(default_factory=set)
    metric_words: set[str] = field(default_factory=set)


# The words for metrics that tables print, in the spelling of the catalog's ids; they serve where no
# catalog is at hand, and never override it.
COMMON_METRICS = {
    "accuracy": ("acc", "accuracy", "top 1 accuracy"), "f1": ("f1", "f1 score"),
    "mcc": ("mcc", "matthews correlation coefficient"), "auroc": ("auroc", "auc", "roc auc"),
    "auprc": ("auprc", "aupr", "pr auc"), "pearson": ("pearson", "pearson r", "pcc"),
    "spearman": ("spearman", "spearman r", "spearman rho", "scc"), "mse": ("mse",),
    "mae": ("mae",), "rmse": ("rmse",), "r2": ("r2",), "perplexity": ("perplexity", "ppl"),
    "precision": ("precision",), "recall": ("recall",), "ari": ("ari",), "nmi": ("nmi",),
    "bleu": ("bleu",), "top1-accuracy": ("top 1", "top-1"), "rouge-1": ("r1", "rouge 1"),
    "rouge-2": ("rouge 2",), "rouge-l": ("rl", "rouge l"),
    "sensitivity": ("sensitivity", "sens"), "specificity": ("specificity", "spec"), "ndcg": ("ndcg", "ndcg@10"),
}  # fmt: skip
_LOWER = {"mse", "mae", "rmse", "perplexity"}


def common_names() -> Names:
    """Names without a catalog: metrics only."""
    names = Names()
    for identifier, labels in COMMON_METRICS.items():
        names.metrics.add(identifier, labels)
        names.higher_is_better[identifier] = identifier not in _LOWER
        names.scores.add(identifier)
        names.metric_words.update(fold(label) for label in labels)
    return names


def catalog_names(root: Path) -> Names:
    """Names of a catalog's models, variants, methods, tasks and metrics; broken entries are left out."""
    catalog, _ = read_catalog(root)
    names = Names()
    for model in catalog.models.values():
        names.methods.add(model.id, [model.id, model.name, *model.aliases])
        for variant in model.variants:
            names.methods.add(model.id, [variant.id, variant.name, *variant.aliases])
            for label in (variant.id, variant.name, *variant.aliases):
                names.variants.setdefault(fold(label), variant.id)
    for method in catalog.methods.values():
        names.methods.add(method.id, [method.id, method.name, *method.aliases])
    for benchmark in catalog.benchmarks.values():
        names.benchmarks.add(benchmark.id, [benchmark.id, benchmark.name, *benchmark.aliases])
        for task in benchmark.tasks:
            labels = [task.id, task.name]
            names.tasks.add(f"{benchmark.id}/{task.id}", labels)
    for metric in catalog.metrics.values():
        names.metrics.add(metric.id, [metric.id, metric.name, *metric.aliases])
        up = metric.higher_is_better
        names.higher_is_better[metric.id] = up if isinstance(up, bool) else None
        if metric.family not in (MetricFamily.cost, MetricFamily.quantity):
            names.scores.add(metric.id)
    for identifier, words in COMMON_METRICS.items():
        names.metric_words.update(fold(word) for word in words)
        if identifier in catalog.metrics:
            missing = [w for w in words if fold(w) not in names.metrics.names]
            names.metrics.add(identifier, missing)
    return names
