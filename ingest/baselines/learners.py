"""The simple methods: a feature family, a learner, and a short grid of its settings.

Grids are short on purpose: a baseline is what a day's work gives, and every candidate's score on
dev is written down. Linear learners here are deterministic; boosting draws features at random, so
it is fitted once a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from ingest.baselines.features import Matrix
from ingest.baselines.metrics import Prediction
from ingest.baselines.registry import DatasetError

Learner = Literal["majority", "logistic", "svm", "boosting"]
_GRID: dict[Learner, tuple[float, ...]] = {
    "majority": (1.0,),
    "logistic": (0.3, 1.0, 3.0, 10.0),  # C, inverse strength of the L2 penalty
    "svm": (0.03, 0.1, 0.3),  # C of the squared hinge loss
    "boosting": (0.1,),  # learning rate
}


@dataclass(frozen=True)
class Method:
    """A method by its id in the catalog, with what it may choose among on dev."""

    id: str
    name: str
    families: tuple[str, ...]
    learner: Learner
    settings: tuple[float, ...] | None = None

    @property
    def seeded(self) -> bool:
        """Whether another seed gives another model."""
        return self.learner == "boosting"

    def candidates(self) -> Iterator[Candidate]:
        """Every family with every setting."""
        for family in self.families:
            for setting in self.settings or _GRID[self.learner]:
                yield Candidate(self, family, setting)


@dataclass(frozen=True)
class Candidate:
    """One method with one feature family and one setting."""

    method: Method
    family: str
    setting: float

    @property
    def configuration(self) -> str:
        """How it was run, as the results table says it."""
        if self.method.learner == "majority":
            return "standard"
        key = "learning_rate" if self.method.learner == "boosting" else "C"
        return f"features={self.family}; {key}={self.setting:g}"


_KMER = ("kmer-3", "kmer-4", "kmer-5", "kmer-6", "kmer-3-6")
_POSITIONAL = ("positional-1", "positional-2", "positional-3")
_COMPOSITION = ("composition-1", "composition-2", "composition-3")
_DYAD = ("dyad-2", "dyad-3")
_COMBINED = (
    "kmer-5+positional-1",
    "kmer-6+positional-2",
    "kmer-6+dyad-2",
    "kmer-6+dyad-3",
    "kmer-6+dyad-2+positional-2",
)

METHODS: dict[str, Method] = {
    m.id: m
    for m in (
        Method("majority-class", "Majority class", ("gc",), "majority"),
        Method("gc-content-logistic", "GC content, logistic regression", ("gc",), "logistic", (1.0,)),
        Method(
            "composition-logistic", "Mono- to trinucleotide composition, logistic regression",
            _COMPOSITION, "logistic", (1.0,),
        ),
        Method(
            "composition-boosting", "Mono- to trinucleotide composition, gradient boosting",
            ("composition-3",), "boosting",
        ),
        Method("kmer-logistic", "Canonical k-mers (TF-IDF), logistic regression", _KMER, "logistic"),
        Method("kmer-svm", "Canonical k-mers (TF-IDF), linear SVM", _KMER, "svm"),
        Method("kmer-boosting", "Canonical 4-mer shares, gradient boosting", ("shares-4",), "boosting"),
        Method("dyad-logistic", "Gapped dyads (TF-IDF), logistic regression", _DYAD, "logistic"),
        Method("dyad-svm", "Gapped dyads (TF-IDF), linear SVM", _DYAD, "svm"),
        Method(
            "positional-logistic", "Positional one-hot n-grams, logistic regression",
            _POSITIONAL, "logistic",
        ),
        Method("positional-svm", "Positional one-hot n-grams, linear SVM", _POSITIONAL, "svm"),
        Method(
            "combined-logistic", "k-mers with dyads and positional n-grams, logistic regression",
            _COMBINED, "logistic",
        ),
        Method("combined-svm", "k-mers with dyads and positional n-grams, linear SVM", _COMBINED, "svm"),
    )
}  # fmt: skip


def choose(names: list[str] | None) -> list[Method]:
    """Methods by id, all when None; the majority class is always among them.

    Raises DatasetError (B002) with the ids there are.
    """
    if names is None:
        return list(METHODS.values())
    if unknown := [n for n in names if n not in METHODS]:
        raise DatasetError(
            "B002", f"no method {', '.join(unknown)}; there are {', '.join(METHODS)}"
        )
    return [m for m in METHODS.values() if m.id in names or m.id == "majority-class"]


def train(candidate: Candidate, matrix: Matrix, labels: NDArray[np.int64], seed: int) -> Any:
    """Fit a candidate on training features; returns the fitted scikit-learn estimator."""
    model = _model(candidate, seed)
    return model.fit(matrix, labels)


def _model(candidate: Candidate, seed: int) -> Any:
    learner, setting = candidate.method.learner, candidate.setting
    if learner == "majority":
        return DummyClassifier(strategy="most_frequent")
    if learner == "logistic":
        return LogisticRegression(C=setting, max_iter=1000)
    if learner == "svm":
        # the primal solver: deterministic, and quicker when there are more items than features
        return LinearSVC(C=setting, dual=False, max_iter=2000)
    return HistGradientBoostingClassifier(
        learning_rate=setting, max_iter=300, max_leaf_nodes=15, min_samples_leaf=20,
        l2_regularization=1.0, max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip


def predict(model: Any, matrix: Matrix, classes: int) -> Prediction:
    """Predicted classes (n,) and scores (n, classes), higher meaning likelier.

    Scores are probabilities, or an SVM's distances to its boundary.
    """
    known = np.asarray(model.classes_)
    if isinstance(model, LinearSVC):
        raw = np.asarray(model.decision_function(matrix), dtype=np.float64)
        own = np.column_stack([-raw, raw]) if raw.ndim == 1 else raw
    else:
        own = np.asarray(model.predict_proba(matrix), dtype=np.float64)
    scores = np.full((own.shape[0], classes), own.min(initial=0.0) - 1.0)
    scores[:, known] = own
    return Prediction(known[own.argmax(axis=1)].astype(np.int64), scores)
