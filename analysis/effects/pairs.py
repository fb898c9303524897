"""Paired arms on one test set: one effect on the family's scale, with its sampling variance.

The difference is A minus B, turned so that positive means that A is better. Its variance is

    t_a + t_b - 2 rho sqrt(t_a t_b) + s_a^2/S_a + s_b^2/S_b,

t being the test noise (the same items, so correlated), s^2/S the training noise (independent runs).
rho is 0.5 unless something better is known; ignoring it (rho = 0) inflated the variance of an AUROC
difference 3.2 times.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.effects import sampling, skill
from analysis.effects.arms import NO_SEEDS, NO_TEST, arm_variances, lower_is_better
from analysis.effects.imputation import VarianceSource, impute
from analysis.effects.scales import (
    ABOVE_PREVALENCE,
    BY_FAMILY,
    CEILING,
    DIFFERENCE,
    LOGIT,
    NEAR_CEILING,
    Scale,
)
from analysis.effects.types import BoolArray, FloatArray, TextArray, flags, numbers, texts

# Correlation of two methods' errors over test items (METHODS.md; .3 to .9 as sensitivity).
RHO = 0.5
BORROWED_SEEDS = "training noise of one arm taken for the other"
BORROWED_TEST = "test noise of one arm taken for the other"

ARM_COLUMNS = (
    "value",
    "uncertainty",
    "uncertainty_low",
    "uncertainty_high",
    "uncertainty_kind",
    "uncertainty_over",
    "n_runs",
    "deterministic",
)


def paired_effects(
    pairs: pd.DataFrame,
    *,
    rho: float = RHO,
    scale: Literal["auto", "difference"] = "auto",
    fill: bool = True,
) -> pd.DataFrame:
    """Effect and variance of each row, a pair of arms in one cell.

    Columns: those of arm_variances; the ones in ARM_COLUMNS twice, with `_a` and `_b`, the others
    once. Besides, all optional: `metric` (groups the imputation; the family by default),
    `higher_is_better` (over the family's own direction), `chance`, `perfect`, `largest_class`
    (of the skill), `only_a_right`, `only_b_right` (discordant items: exact pairing of accuracies),
    `r_predictions` (correlation of two predictions: exact pairing of Pearson's r).

    scale: "auto" pools on the family's own scale (scales.BY_FAMILY; accuracy and AUROC on the
    logit where a metric's median exceeds .95), "difference" on the metric's own throughout.
    fill: impute missing variances.

    Returns, with the same index: `y`, `v`, `source` (VarianceSource), `scale`; `difference` and
    `v_difference` in points of the metric; `skill`, `v_skill` (chance-corrected); `test_a`, `test_b`,
    `train_a`, `train_b` on the effect's scale; `notes` and `problem` (why there is no effect).
    Raises ValueError for a rho outside [0, 1) or an unknown scale.
    """
    if not 0.0 <= rho < 1.0:
        raise ValueError(f"rho must be at least 0 and below 1, not {rho}")
    if scale not in ("auto", "difference"):
        raise ValueError(f"scale must be 'auto' or 'difference', not {scale!r}")
    family = texts(pairs, "family", "generic")
    metric = texts(pairs, "metric", "")
    metric = np.where(metric == "", family, metric)
    a, b = _arm(pairs, "a"), _arm(pairs, "b")
    n = numbers(pairs, "n_test")
    value_a, value_b = numbers(pairs, "value_a"), numbers(pairs, "value_b")
    scales = _scales(family, metric, value_a, value_b, scale)
    chance, perfect = _levels(pairs, family)
    divisor = np.where([s is ABOVE_PREVALENCE for s in scales], 1.0 - chance, 1.0)
    sign = _signs(pairs, family)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        slope_a = _each(scales, value_a, n, "slope") / divisor
        slope_b = _each(scales, value_b, n, "slope") / divisor
        gap = _each(scales, value_a, n, "forward") - _each(scales, value_b, n, "forward")
        y = sign * gap / divisor
    noise = _Noise(arm_variances(a), arm_variances(b), a, b)
    raw = noise.combined(rho, _covariance(pairs, family, value_a, value_b, n), None)
    v = noise.combined(rho, _covariance(pairs, family, value_a, value_b, n), (slope_a, slope_b))
    exact = _discordant(pairs, family, n)
    swap = np.isfinite(exact)
    raw = np.where(swap, exact + noise.training(None), raw)
    v = np.where(swap, exact * slope_a * slope_b + noise.training((slope_a, slope_b)), v)
    source = noise.source()
    v = np.where(np.isfinite(v) & (v > 0.0) & np.isfinite(y), v, np.nan)
    source[~np.isfinite(v)] = None
    if fill:
        v, source = _filled(v, source, n, metric, scales, np.isfinite(y))
        raw = np.where(np.isfinite(raw) & (raw > 0.0), raw, v / (slope_a * slope_b))
    room = perfect - chance
    room = np.where(room == 0.0, np.nan, room)
    return pd.DataFrame(
        {
            "y": y,
            "v": v,
            "source": pd.Series(source, index=pairs.index, dtype=object),
            "scale": [s.name for s in scales],
            "difference": sign * (value_a - value_b),
            "v_difference": raw,
            "skill": (value_a - value_b) / room,
            "v_skill": raw / room**2,
            "test_a": noise.test_a * slope_a**2,
            "test_b": noise.test_b * slope_b**2,
            "train_a": noise.train_a * slope_a**2,
            "train_b": noise.train_b * slope_b**2,
            "notes": noise.notes(),
            "problem": _problems(value_a, value_b, y, scales, chance),
        },
        index=pairs.index,
    )


def _arm(pairs: pd.DataFrame, side: str) -> pd.DataFrame:
    """One arm's frame: the shared columns, and its own without their suffix."""
    own = {name: f"{name}_{side}" for name in ARM_COLUMNS if f"{name}_{side}" in pairs.columns}
    shared = [
        name
        for name in ("family", "n_test", "prevalence", "n_classes", "average", "error_kind")
        if name in pairs.columns
    ]
    out = pairs[shared].copy()
    for name, column in own.items():
        out[name] = pairs[column]
    return out


def _scales(
    family: TextArray, metric: TextArray, a: FloatArray, b: FloatArray, asked: str
) -> list[Scale]:
    """Each row's scale; one metric has one scale, else its rows couldn't be pooled."""
    if asked == "difference":
        return [DIFFERENCE] * family.size
    out = [BY_FAMILY.get(name, DIFFERENCE) for name in family]
    near = np.isin(family, NEAR_CEILING)
    for name in np.unique(metric[near].astype(str)):
        rows = near & (metric == name)
        values = np.concatenate([a[rows], b[rows]])
        values = values[np.isfinite(values)]
        if values.size and np.median(values) > CEILING:
            for i in np.flatnonzero(rows):
                out[i] = LOGIT
    return out


def _each(scales: list[Scale], value: FloatArray, n: FloatArray, part: str) -> FloatArray:
    """Apply each row's scale."""
    out = np.full(value.size, np.nan)
    names = np.array([s.name for s in scales], dtype=object)
    for one in {s.name: s for s in scales}.values():
        rows = names == one.name
        out[rows] = getattr(one, part)(value[rows], n[rows])
    return out


def _signs(pairs: pd.DataFrame, family: TextArray) -> FloatArray:
    """1 where a larger value is better, -1 where a smaller one is."""
    lower = lower_is_better(family)
    if "higher_is_better" in pairs.columns:
        said = pairs["higher_is_better"]
        lower = np.array(
            [
                own if pd.isna(value) else not bool(value)
                for value, own in zip(said, lower, strict=True)
            ],
            dtype=bool,
        )
    return np.where(lower, -1.0, 1.0)


def _levels(pairs: pd.DataFrame, family: TextArray) -> tuple[FloatArray, FloatArray]:
    """Chance and perfect: as given, else the family's."""
    chance, perfect = numbers(pairs, "chance"), numbers(pairs, "perfect")
    own = skill.chance_level(
        family,
        numbers(pairs, "prevalence"),
        numbers(pairs, "n_classes"),
        numbers(pairs, "largest_class"),
    )
    return (
        np.where(np.isfinite(chance), chance, own),
        np.where(np.isfinite(perfect), perfect, skill.perfect_level(family)),
    )


class _Noise:
    """The noises of both arms on the metric's scale, each borrowing what the other lacks."""

    def __init__(
        self, a: pd.DataFrame, b: pd.DataFrame, arm_a: pd.DataFrame, arm_b: pd.DataFrame
    ) -> None:
        self._a, self._b = a, b
        fixed_a, fixed_b = flags(arm_a, "deterministic"), flags(arm_b, "deterministic")
        test_a, test_b = _column(a, "test"), _column(b, "test")
        train_a, train_b = _column(a, "train"), _column(b, "train")
        lend_a = np.isfinite(train_b) & ~np.isfinite(train_a) & ~fixed_b
        lend_b = np.isfinite(train_a) & ~np.isfinite(train_b) & ~fixed_a
        self.borrowed_seeds = lend_a | lend_b
        self.borrowed_test = np.isfinite(test_a) ^ np.isfinite(test_b)
        self.train_a = np.where(lend_a, train_b, train_a)
        self.train_b = np.where(lend_b, train_a, train_b)
        self.test_a = np.where(np.isfinite(test_a), test_a, test_b)
        self.test_b = np.where(np.isfinite(test_b), test_b, test_a)

    def training(self, slopes: tuple[FloatArray, FloatArray] | None) -> FloatArray:
        """Both training noises; an unknown one counts as none, and the notes say so."""
        a = np.where(np.isfinite(self.train_a), self.train_a, 0.0)
        b = np.where(np.isfinite(self.train_b), self.train_b, 0.0)
        if slopes is None:
            return a + b
        total: FloatArray = a * slopes[0] ** 2 + b * slopes[1] ** 2
        return total

    def combined(
        self,
        rho: float,
        covariance: FloatArray,
        slopes: tuple[FloatArray, FloatArray] | None,
    ) -> FloatArray:
        """The variance of the difference; `covariance` of the test noises on the metric's scale."""
        one = np.ones_like(self.test_a)
        slope_a, slope_b = slopes if slopes is not None else (one, one)
        a, b = self.test_a * slope_a**2, self.test_b * slope_b**2
        shared = np.where(
            np.isfinite(covariance), covariance * slope_a * slope_b, rho * np.sqrt(a * b)
        )
        # A covariance from other numbers than the variances can exceed what they allow.
        floor = 0.01 * (a + b)
        test = np.maximum(a + b - 2.0 * shared, floor)
        training = self.training(slopes)
        out = np.where(np.isfinite(test), test, 0.0) + training
        return np.where(out > 0.0, out, np.nan)

    def source(self) -> TextArray:
        """A reported standard error in either arm, else n_test, else seeds."""
        a, b = self._a["source"].to_numpy(dtype=object), self._b["source"].to_numpy(dtype=object)
        out = np.full(a.size, None, dtype=object)
        for which in (
            VarianceSource.from_seeds,
            VarianceSource.from_n_test,
            VarianceSource.from_reported_se,
        ):
            out[(a == which) | (b == which)] = which
        return out

    def notes(self) -> list[str]:
        """What was assumed, of both arms and of their pairing."""
        out = []
        for i, (a, b) in enumerate(zip(self._a["notes"], self._b["notes"], strict=True)):
            said = [part for text in (a, b) for part in text.split("; ") if part]
            if self.borrowed_seeds[i]:
                said = [part for part in said if part != NO_SEEDS] + [BORROWED_SEEDS]
            if self.borrowed_test[i]:
                said = [part for part in said if part != NO_TEST] + [BORROWED_TEST]
            out.append("; ".join(dict.fromkeys(said)))
        return out


def _column(frame: pd.DataFrame, name: str) -> FloatArray:
    return frame[name].to_numpy(dtype=np.float64)


def _covariance(
    pairs: pd.DataFrame, family: TextArray, a: FloatArray, b: FloatArray, n: FloatArray
) -> FloatArray:
    """Covariance of two Pearson correlations on the metric's scale, where it can be known."""
    r_ab = numbers(pairs, "r_predictions")
    with np.errstate(invalid="ignore", divide="ignore"):
        on_z = sampling.fisher_z_covariance(a, b, r_ab, n)
        raw = on_z * (1.0 - a**2) * (1.0 - b**2)
    return np.where(family == "pearson", raw, np.nan)


def _discordant(pairs: pd.DataFrame, family: TextArray, n: FloatArray) -> FloatArray:
    """Variance of a difference of accuracies from the items that only one arm got right."""
    only_a, only_b = numbers(pairs, "only_a_right"), numbers(pairs, "only_b_right")
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = sampling.paired_accuracy(only_a, only_b, n)
    return np.where((family == "accuracy") & (exact > 0.0), exact, np.nan)


def _filled(
    v: FloatArray,
    source: TextArray,
    n: FloatArray,
    metric: TextArray,
    scales: list[Scale],
    usable: BoolArray,
) -> tuple[FloatArray, TextArray]:
    """Impute within a scale: variances on different scales say nothing about each other."""
    v, source = v.copy(), source.copy()
    names = np.array([s.name for s in scales], dtype=object)
    for name in np.unique(names.astype(str)):
        rows = np.flatnonzero((names == name) & usable)
        v[rows], source[rows] = impute(v[rows], source[rows], n[rows], metric[rows])
    return v, source


def _problems(
    a: FloatArray, b: FloatArray, y: FloatArray, scales: list[Scale], chance: FloatArray
) -> list[str | None]:
    """Why a row has no effect; None where it has one."""
    out: list[str | None] = []
    for i, one in enumerate(scales):
        if np.isfinite(y[i]):
            out.append(None)
        elif not (np.isfinite(a[i]) and np.isfinite(b[i])):
            out.append("a value is missing")
        elif one is ABOVE_PREVALENCE and not np.isfinite(chance[i]):
            out.append("the share of positives isn't known, so the AUPRC has no chance level")
        else:
            out.append(f"the {one.name} isn't defined for these values")
    return out
