"""Run simple methods on one task: every candidate on dev, the chosen one of each method on test.

Selection sees train and dev only. Where dev is published, the chosen candidate is the one that was
fitted on train; where our rule cut dev from train, it is fitted again on both, as those do who
publish on the whole training set.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from ingest.baselines.audit.report import Audit
from ingest.baselines.audit.run import clean_rows
from ingest.baselines.features import BUILDERS, FeatureCache
from ingest.baselines.learners import Candidate, Method, predict, train
from ingest.baselines.meter import Cost, measured
from ingest.baselines.metrics import (
    METRICS,
    Prediction,
    binomial_against_share,
    estimate,
    mcnemar,
    score,
)
from ingest.baselines.provenance import code_digest, versions
from ingest.baselines.registry import DatasetError
from ingest.baselines.sequences import join
from ingest.baselines.splits import Split, TaskData

Say = Callable[[str], None]
MIN_CLEAN = 30  # fewer items than this give no score worth a line
DIGITS = 6


@dataclass
class Tried:
    """A candidate's dev score, what it cost, and its predictions on test."""

    candidate: Candidate
    dev: float
    features: Cost
    fit: Cost
    converged: bool
    test: Prediction


@dataclass
class Run:
    """All that a run of one task gives; `rows` and `candidates` are plain data."""

    task: str
    metric: str
    rows: list[dict[str, Any]]
    candidates: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    facts: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The run as plain data, for JSON."""
        return {
            "task": self.task,
            "metric": self.metric,
            **self.facts,
            "rows": self.rows,
            "pairs": self.pairs,
            "candidates": self.candidates,
        }


def run(
    task: str,
    data: TaskData,
    metric: str,
    methods: list[Method],
    found: Audit,
    seeds: int = 5,
    threads: int = 1,
    say: Say = lambda _: None,
) -> Run:
    """Run `methods` on a loaded task; the same data, methods and seeds give the same rows.

    Raises DatasetError (B003) when the task has no train or no test.
    """
    if not {"train", "dev", "test"} <= set(data.splits):
        missing = sorted({"train", "test"} - set(data.splits))
        raise DatasetError("B003", f"{task} can't be run: no {' and no '.join(missing)} split")
    if seeds < 1:
        raise DatasetError("B003", f"{seeds} seeds; at least one is needed")
    with threadpool_limits(limits=threads), warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        tried = _try_all(data, metric, methods, say)
        chosen = [_best(method, tried) for method in methods]
        fits = {t.candidate.method.id: _final(t, data, seeds, say) for t in chosen}
    best = max(chosen, key=lambda t: (t.dev, -methods.index(t.candidate.method)))
    clean = clean_rows(data.splits["test"], found)
    scored = _Scored(data, metric, clean)
    rows = [
        scored.row(task, t, fits[t.candidate.method.id], subset, t is best)
        for t in chosen
        for subset in scored.subsets()
    ]
    facts = {
        "metric_selected_on": metric,
        "files": data.sha256,
        "dev_rule": data.dev_rule,
        "test_rule": data.test_rule,
        "sizes": {name: len(split) for name, split in data.splits.items()},
        "classes": data.classes,
        "clean_test_items": int(clean.sum()),
        "seeds": list(range(seeds)),
        "methods": [m.id for m in methods],
        "code_sha256": code_digest(),
        "versions": versions(),
    }
    candidates = [_candidate_row(t) for t in tried]
    return Run(task, metric, rows, candidates, scored.pairs(best, chosen, fits), facts)


def _try_all(data: TaskData, metric: str, methods: list[Method], say: Say) -> list[Tried]:
    train_split, dev = data.splits["train"], data.splits["dev"]
    others = {"dev": dev.sequences, "test": data.splits["test"].sequences}
    cache = FeatureCache(train_split.sequences, others)
    candidates = [c for m in methods for c in m.candidates()]
    # family by family, since the cache keeps one family's matrices
    order = {name: i for i, name in enumerate(BUILDERS)}
    tried = []
    for c in sorted(candidates, key=lambda c: order[c.family]):
        say(f"{c.method.id} {c.configuration}")
        with measured() as features:
            matrices = cache.get(c.family)
        with measured() as fit:
            model, converged = _fit(c, matrices["train"], train_split.labels, 0)
        on_dev = predict(model, matrices["dev"], len(data.classes))
        on_test = predict(model, matrices["test"], len(data.classes))
        tried.append(Tried(c, score(dev.labels, on_dev, metric), features, fit, converged, on_test))
    return sorted(tried, key=lambda t: candidates.index(t.candidate))


def _fit(c: Candidate, matrix: Any, labels: NDArray[np.int64], seed: int) -> tuple[Any, bool]:
    try:
        return train(c, matrix, labels, seed), True
    except ConvergenceWarning:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return train(c, matrix, labels, seed), False


def _best(method: Method, tried: list[Tried]) -> Tried:
    """The candidate with the highest dev score; of equals the first of the grid."""
    return max((t for t in tried if t.candidate.method == method), key=lambda t: t.dev)


def _final(chosen: Tried, data: TaskData, seeds: int, say: Say) -> list[Prediction]:
    """Test predictions of the chosen candidate, one for each seed that matters."""
    wanted = range(seeds) if chosen.candidate.method.seeded else range(1)
    if data.dev_rule == "published" and len(wanted) == 1:
        return [chosen.test]
    say(f"{chosen.candidate.method.id} on test")
    learnt = data.splits["train"]
    if data.dev_rule == "hash":
        dev = data.splits["dev"]
        learnt = Split(
            join([learnt.sequences, dev.sequences]),
            np.concatenate([learnt.labels, dev.labels]),
            np.concatenate([learnt.rows, dev.rows]),
        )
    cache = FeatureCache(learnt.sequences, {"test": data.splits["test"].sequences})
    matrices = cache.get(chosen.candidate.family)
    fits = []
    for seed in wanted:
        model, _ = _fit(chosen.candidate, matrices["train"], learnt.labels, seed)
        fits.append(predict(model, matrices["test"], len(data.classes)))
    return fits


def _candidate_row(t: Tried) -> dict[str, Any]:
    return {
        "method": t.candidate.method.id,
        "configuration": t.candidate.configuration,
        "dev": round(t.dev, DIGITS),
        "converged": t.converged,
        "cost": {
            "features_wall_s": round(t.features.wall_s, 3),
            "features_cpu_s": round(t.features.cpu_s, 3),
            "fit_wall_s": round(t.fit.wall_s, 3),
            "fit_cpu_s": round(t.fit.cpu_s, 3),
            "peak_mb": round(max(t.features.peak_mb, t.fit.peak_mb)),
            "peak_is_of_this_fit": t.fit.peak_is_of_block,
        },
    }


@dataclass
class _Scored:
    """Scores on all test items and on those that the audit leaves."""

    data: TaskData
    metric: str
    clean: NDArray[np.bool_]

    def subsets(self) -> list[str]:
        """`all`, and `clean` where the audit leaves items out but enough of each class."""
        kept = self.data.splits["test"].labels[self.clean]
        several = len(np.unique(kept)) == len(self.data.classes)
        use = MIN_CLEAN <= len(kept) < len(self.clean) and several
        return ["all", "clean"] if use else ["all"]

    def mask(self, subset: str) -> NDArray[np.bool_]:
        return self.clean if subset == "clean" else np.ones(len(self.clean), dtype=bool)

    def row(
        self, task: str, chosen: Tried, fits: list[Prediction], subset: str, best: bool
    ) -> dict[str, Any]:
        mask = self.mask(subset)
        truth = self.data.splits["test"].labels[mask]
        kept = [Prediction(f.classes[mask], f.scores[mask]) for f in fits]
        # the majority class gives all items one score: nothing to rank
        own = METRICS if chosen.candidate.method.learner != "majority" else METRICS[:3]
        scores = {}
        for metric in own:
            e = estimate(truth, kept, metric)
            scores[metric] = {
                "value": round(e.value, DIGITS),
                "low": round(e.low, DIGITS),
                "high": round(e.high, DIGITS),
                "per_seed": [round(v, DIGITS) for v in e.per_fit],
            }
        usual = int(np.bincount(self.data.splits["train"].labels).argmax())
        majority = float((truth == usual).mean())
        return {
            "task": task,
            "method": chosen.candidate.method.id,
            "configuration": chosen.candidate.configuration,
            "items": subset,
            "n_test": len(truth),
            "n_seeds": len(fits),
            "dev": round(chosen.dev, DIGITS),
            "best_on_dev": best,
            "scores": scores,
            "majority_share": round(majority, DIGITS),
            "p_above_majority": float(
                f"{binomial_against_share(truth, kept[0].classes, majority):.4g}"
            ),
        }

    def pairs(
        self, best: Tried, chosen: list[Tried], fits: dict[str, list[Prediction]]
    ) -> list[dict[str, Any]]:
        """The method that was best on dev against each other one, item by item (first seed)."""
        truth = self.data.splits["test"].labels
        own = fits[best.candidate.method.id][0].classes
        pairs = []
        for t in chosen:
            if t is best:
                continue
            only, other, p = mcnemar(truth, own, fits[t.candidate.method.id][0].classes)
            pairs.append(
                {
                    "first": best.candidate.method.id,
                    "second": t.candidate.method.id,
                    "only_first_right": only,
                    "only_second_right": other,
                    "mcnemar_p": float(f"{p:.4g}"),
                }
            )
        return pairs
