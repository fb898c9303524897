"""Balance, and whether length, GC content or single bases alone tell the classes apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ingest.baselines.audit.report import Check, Verdict, grade
from ingest.baselines.metrics import Prediction, score
from ingest.baselines.sequences import Packed
from ingest.baselines.splits import Split

_ALPHA = 0.001
NOTICE_MCC = 0.1
SERIOUS_MCC = 0.3


def _length(p: Packed) -> NDArray[np.float64]:
    return np.column_stack([p.lengths, np.log1p(p.lengths)]).astype(float)


def _gc(p: Packed) -> NDArray[np.float64]:
    return np.column_stack([p.gc(), p.gc() ** 2])


def _bases(p: Packed) -> NDArray[np.float64]:
    counts = p.base_counts()[:, :4].astype(float)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def _unknown(p: Packed) -> NDArray[np.float64]:
    return (p.base_counts()[:, 4] / np.maximum(p.lengths, 1))[:, None]


_SHORTCUTS: dict[str, tuple[str, Callable[[Packed], NDArray[np.float64]]]] = {
    "length-shortcut": ("length", _length),
    "gc-shortcut": ("GC content", _gc),
    "base-shortcut": ("shares of A, C, G and T", _bases),
    "unknown-base-shortcut": ("share of bases that aren't A, C, G or T", _unknown),
}


def balance(splits: dict[str, Split], classes: list[str]) -> Check:
    """Items by class and split."""
    counts: dict[str, float] = {}
    least = 1.0
    for split, data in splits.items():
        each = np.bincount(data.labels, minlength=len(classes))
        counts |= {f"{split}_{c}": int(n) for c, n in zip(classes, each, strict=True)}
        least = min(least, float(each.min() / max(each.sum(), 1)) * len(classes))
    # 1 is perfect balance; the rarest class at a fifth of its even share makes accuracy misleading
    verdict = Verdict.notice if least < 0.4 else Verdict.clean
    if least < 0.1:
        verdict = Verdict.serious
    return Check(
        id="label-balance",
        verdict=verdict,
        says=f"the rarest class of a split has {least:.2f} of its even share",
        counts=counts,
    )


def check(splits: dict[str, Split], classes: int) -> list[Check]:
    """Scores of logistic regressions on one property each, trained on train, against chance."""
    checks = []
    for key, (what, compute) in _SHORTCUTS.items():
        if not {"train", "test"} <= set(splits):
            checks.append(Check(id=key, verdict=Verdict.not_checked, says="needs train and test"))
            continue
        train, test = splits["train"], splits["test"]
        seen, asked = compute(train.sequences), compute(test.sequences)
        if np.ptp(seen, axis=0).max(initial=0) == 0:
            same = f"{what} is the same for all training items"
            checks.append(Check(id=key, verdict=Verdict.clean, says=same))
            continue
        scaler = StandardScaler().fit(seen)
        # balanced, or an uneven test would hide what the property says of the rarer class
        model = LogisticRegression(max_iter=1000, class_weight="balanced")
        model.fit(scaler.transform(seen), train.labels)
        guess = np.asarray(model.predict(scaler.transform(asked)), dtype=np.int64)
        fit = Prediction(guess, np.eye(classes)[guess])
        mcc = score(test.labels, fit, "mcc")
        chance = _chance_accuracy(test.labels, guess, classes)
        hits = int((guess == test.labels).sum())
        p = binomtest(hits, len(guess), chance, alternative="greater").pvalue
        verdict = grade(mcc, NOTICE_MCC, SERIOUS_MCC) if p < _ALPHA else Verdict.clean
        checks.append(
            Check(
                id=key,
                verdict=verdict,
                says=f"a logistic regression on {what} alone scores MCC {mcc:.3f} on test",
                counts={
                    "mcc": round(mcc, 4),
                    "accuracy": round(hits / len(guess), 4),
                    "accuracy_expected_by_chance": round(chance, 4),
                    "p_value": float(f"{p:.3g}"),
                },
            )
        )
    return checks


def _chance_accuracy(truth: NDArray[np.int64], guess: NDArray[np.int64], classes: int) -> float:
    # accuracy of the same guesses handed out at random
    a = np.bincount(truth, minlength=classes) / len(truth)
    b = np.bincount(guess, minlength=classes) / len(guess)
    return float(np.clip((a * b).sum(), 1e-9, 1 - 1e-9))
