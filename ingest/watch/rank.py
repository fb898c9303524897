"""Which candidates to read first: a linear model over words, whose reasons can be printed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

# Below this many rejected titles a classifier learns their accidents; likeness to the catalogued
# titles alone is then the score.
LEAST_REJECTED = 10
# Fixed, so that the same ledger gives the same order.
SEED = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's score (0 to 1) and the words that raised and lowered it most."""

    score: float
    terms: tuple[tuple[str, float], ...]

    def reasons(self) -> str:
        """The words with the sign of their weight: `+genomic +benchmark -protein`."""
        return " ".join(f"{'+' if weight > 0 else '-'}{word}" for word, weight in self.terms)


def _vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2), min_df=1, sublinear_tf=True, stop_words="english",
        token_pattern=r"(?u)\b[A-Za-z][A-Za-z0-9-]+\b",  # noqa: S106 -- a pattern of words
    )  # fmt: skip


class Ranker:
    """Logistic regression on TF-IDF of words and word pairs (catalogued against rejected).

    ``model`` says which of the two was used: "logistic" or, with few rejected texts, "likeness"
    (cosine to the mean of the catalogued). Not a classifier to decide by: it orders reading.
    """

    def __init__(self, catalogued: Sequence[str], rejected: Sequence[str]) -> None:
        """Train. Raises ValueError if nothing is catalogued yet."""
        if not catalogued:
            raise ValueError("nothing is catalogued to learn from: name the catalog with --catalog")
        self.model = "logistic" if len(rejected) >= LEAST_REJECTED else "likeness"
        self._vectorizer = _vectorizer()
        texts = [*catalogued, *rejected]
        matrix = self._vectorizer.fit_transform(texts)
        if self.model == "logistic":
            labels = [1] * len(catalogued) + [0] * len(rejected)
            learner = LogisticRegression(class_weight="balanced", max_iter=1000, random_state=SEED)
            learner.fit(matrix, labels)
            self._weights = np.asarray(learner.coef_[0])
            self._intercept = float(learner.intercept_[0])
        else:
            mean = np.asarray(matrix[: len(catalogued)].mean(axis=0)).ravel()
            self._weights = mean / (np.linalg.norm(mean) or 1.0)
            self._intercept = 0.0
        self._words = self._vectorizer.get_feature_names_out()

    def rank(self, texts: Sequence[str]) -> list[Ranked]:
        """Scores of texts in their order, each with up to six words that decided it."""
        if not texts:
            return []
        matrix = self._vectorizer.transform(texts)
        found = []
        for row in range(matrix.shape[0]):
            vector = matrix.getrow(row)
            parts = vector.data * self._weights[vector.indices]
            total = float(parts.sum()) + self._intercept
            score = 1.0 / (1.0 + np.exp(-total)) if self.model == "logistic" else total
            order = np.argsort(-np.abs(parts))[:6]
            terms = tuple(
                (str(self._words[vector.indices[i]]), round(float(parts[i]), 4))
                for i in order
                if parts[i]
            )
            found.append(Ranked(round(float(score), 4), terms))
        return found
