"""The two noises of one arm: what the test set and what training add to a reported value."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.effects import sampling, uncertainty
from analysis.effects.imputation import VarianceSource
from analysis.effects.scales import LOWER_IS_BETTER
from analysis.effects.types import BoolArray, FloatArray, TextArray, flags, numbers, texts

NO_BALANCE = "classes taken as balanced"
NO_RUNS = "number of runs taken as 2"
NO_SEEDS = "training noise not included"
NO_TEST = "test noise not included"
UNKNOWN_KIND = "plus-minus of unknown kind not used"
AS_PEARSON = "correlation taken as Pearson's"


def arm_variances(arms: pd.DataFrame) -> pd.DataFrame:
    """Sampling variance of each row's value on its metric's own scale.

    Columns read (all but the first two may be absent or missing by row): `family`
    (schema.vocabularies.MetricFamily), `value`, `n_test`, `prevalence` (share of positives),
    `n_classes`, `average` (binary, macro, micro, weighted), `error_kind` (mse, rmse, mae),
    `uncertainty`, `uncertainty_low`, `uncertainty_high`, `uncertainty_kind`, `uncertainty_over`,
    `n_runs`, `deterministic`.

    Returns a frame with the same index: `test`, `train`, `variance` (their sum), `source`
    (VarianceSource, None where nothing is known) and `notes` (what was assumed, "; " between).
    """
    family = texts(arms, "family", "generic")
    n, runs = numbers(arms, "n_test"), numbers(arms, "n_runs")
    kind = texts(arms, "uncertainty_kind", "not_reported")
    over = texts(arms, "uncertainty_over", "unknown")
    fixed = flags(arms, "deterministic")
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        formula, notes = _from_n_test(arms, family, n)
        low, high = numbers(arms, "uncertainty_low"), numbers(arms, "uncertainty_high")
        sd, se = uncertainty.spread(kind, numbers(arms, "uncertainty"), low, high, runs)
        told_test, train, whole = uncertainty.noises(kind, over, sd, se, runs, n)
    told_test, train, whole = (_known(a) for a in (told_test, train, whole))
    told_test = np.where(told_test > 0.0, told_test, np.nan)
    whole = np.where(whole > 0.0, whole, np.nan)
    test = np.where(np.isfinite(told_test), told_test, formula)
    # An interval of unsaid origin holds at least the test noise: the larger of the two, not the sum.
    test = np.where(np.isfinite(whole) & ~np.isfinite(test), whole, test)
    extra = np.where(np.isfinite(whole), np.maximum(whole - test, 0.0), np.nan)
    train = np.where(np.isfinite(train), train, extra)
    train = np.where(fixed, 0.0, train)
    guessed = np.isin(kind, ("sd", "range")) & np.isfinite(sd) & ~(runs >= 2.0) & ~fixed
    _note(notes, guessed, NO_RUNS)
    _note(notes, kind == "unknown", UNKNOWN_KIND)
    source = _sources(formula, told_test, whole, train)
    seeds_only = source == VarianceSource.from_seeds
    _note(notes, seeds_only & ~np.isfinite(test), NO_TEST)
    _note(notes, np.isfinite(test) & ~np.isfinite(train), NO_SEEDS)
    total = np.where(np.isfinite(test), test, 0.0) + np.where(np.isfinite(train), train, 0.0)
    total = np.where(total > 0.0, total, np.nan)
    source[~np.isfinite(total)] = None
    return pd.DataFrame(
        {
            "test": test,
            "train": train,
            "variance": total,
            "source": pd.Series(source, index=arms.index, dtype=object),
            "notes": ["; ".join(own) for own in notes],
        },
        index=arms.index,
    )


def _known(values: FloatArray) -> FloatArray:
    """Negative and infinite variances are no variances."""
    return np.where(np.isfinite(values) & (values >= 0.0), values, np.nan)


def _note(notes: list[list[str]], rows: BoolArray, text: str) -> None:
    for i in np.flatnonzero(rows):
        notes[i].append(text)


def _sources(
    formula: FloatArray, told_test: FloatArray, whole: FloatArray, train: FloatArray
) -> TextArray:
    """The first that decided the test noise: a reported one, n_test, an interval, seeds alone."""
    out = np.full(formula.size, None, dtype=object)
    out[np.isfinite(train) & (train > 0.0)] = VarianceSource.from_seeds
    out[np.isfinite(whole)] = VarianceSource.from_reported_se
    out[np.isfinite(formula)] = VarianceSource.from_n_test
    larger = np.isfinite(whole) & ~(whole <= formula)
    out[larger] = VarianceSource.from_reported_se
    out[np.isfinite(told_test)] = VarianceSource.from_reported_se
    return out


def _from_n_test(
    arms: pd.DataFrame, family: TextArray, n: FloatArray
) -> tuple[FloatArray, list[list[str]]]:
    """The test noise by each family's formula; NaN where there is none, or n_test is unknown."""
    value, classes = numbers(arms, "value"), numbers(arms, "n_classes")
    prevalence = numbers(arms, "prevalence")
    prevalence = np.where((prevalence > 0.0) & (prevalence < 1.0), prevalence, np.nan)
    n = np.where(n >= 2.0, n, np.nan)
    average = texts(arms, "average", "binary")
    many = (classes > 2.0) | np.isin(average, ("macro", "micro", "weighted"))
    needs_balance = np.isin(family, ("auroc", "auprc")) | (np.isin(family, ("f1", "mcc")) & ~many)
    balance = np.where(np.isfinite(prevalence), prevalence, 0.5)
    constants = np.array([sampling.LOG_ERROR.get(e, 2.0) for e in texts(arms, "error_kind", "mse")])
    rules: dict[str, Callable[[], FloatArray]] = {
        "accuracy": lambda: sampling.accuracy(value, n),
        "auroc": lambda: sampling.auroc(value, n, balance),
        "auprc": lambda: sampling.auprc(value, n, balance),
        "f1": lambda: np.where(
            many, sampling.f1_multiclass(value, n), sampling.f1(value, n, balance)
        ),
        "mcc": lambda: np.where(
            classes > 2.0,
            sampling.mcc_multiclass(value, n, classes),
            sampling.mcc(value, n, balance),
        ),
        "pearson": lambda: sampling.pearson(value, n),
        "correlation": lambda: sampling.pearson(value, n),
        "spearman": lambda: sampling.spearman(value, n),
        "r2": lambda: sampling.r2(value, n),
        "error": lambda: sampling.error(value, n, constants),
        "loss": lambda: sampling.error(value, n, np.full(n.size, 2.0)),
    }
    out = np.full(n.size, np.nan)
    for name, rule in rules.items():
        rows = family == name
        if rows.any():
            out[rows] = rule()[rows]
    out = np.where((out > 0.0) & np.isfinite(out), out, np.nan)
    notes: list[list[str]] = [[] for _ in range(n.size)]
    _note(notes, np.isfinite(out) & needs_balance & ~np.isfinite(prevalence), NO_BALANCE)
    _note(notes, np.isfinite(out) & (family == "correlation"), AS_PEARSON)
    return out, notes


def lower_is_better(family: TextArray) -> BoolArray:
    """Whether a smaller value of the family is the better one."""
    rows: BoolArray = np.isin(family, LOWER_IS_BETTER)
    return rows
