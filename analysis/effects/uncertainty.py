"""What a printed plus-minus says: from its kind and what it was taken over to two noises.

Kinds are schema.vocabularies.UncertaintyKind, overs UncertaintyOver. Digitisation is an error of
transcription, not of sampling, and is left out; an unknown kind is not guessed.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import integrate, stats

from analysis.effects.types import FloatArray, TextArray

# Half of a 95 % interval in standard errors.
Z95 = float(stats.norm.ppf(0.975))
# An SD or a range needs two runs at least: what is taken where their number isn't said.
FEWEST_RUNS = 2.0

_OVER_TEST = ("bootstrap", "items", "test_resamples")
_OVER_FOLDS = ("folds", "splits")


@cache
def range_factor(n: int) -> float:
    """The expected range of n normal values in SDs: sd = (max - min) / range_factor(n).

    E[range] = integral of 1 - Phi(x)^n - (1 - Phi(x))^n: 1.128 for 2, 2.326 for 5, 3.078 for 10.
    Raises ValueError for n below 2.
    """
    if n < 2:
        raise ValueError(f"a range needs two values, not {n}")

    def missing(x: float) -> float:
        below = float(stats.norm.cdf(x))
        return 1.0 - below**n - (1.0 - below) ** n

    return float(integrate.quad(missing, -12.0, 12.0, epsabs=1e-12)[0])


def spread(
    kind: TextArray, size: FloatArray, low: FloatArray, high: FloatArray, runs: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """(sd, se), each NaN where the kind doesn't give it; all arrays (k,)."""
    enough = np.where(runs >= FEWEST_RUNS, np.floor(runs), FEWEST_RUNS)
    sd = np.where(kind == "sd", size, np.nan)
    is_range = (kind == "range") & np.isfinite(size)
    for i in np.flatnonzero(is_range):
        sd[i] = size[i] / range_factor(int(enough[i]))
    se = np.where(kind == "se", size, np.nan)
    se = np.where(kind == "ci95_half", size / Z95, se)
    se = np.where(kind == "ci95_bounds", (high - low) / 2.0 / Z95, se)
    return sd, se


def noises(
    kind: TextArray,
    over: TextArray,
    sd: FloatArray,
    se: FloatArray,
    runs: FloatArray,
    n_test: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(test, train, whole): variances of the mean that the plus-minus speaks of; NaN elsewhere.

    - over the test set: an SD of resamples is a standard error already, an SD of items is divided
      by n_test: `test`.
    - over seeds, or an SD or range whose origin isn't said: sd^2 / runs: `train`.
    - over folds: Nadeau & Bengio, s^2 (1/k + n_test/n_train), the last being 1/(k-1):
      `whole`, since folds change the training and the test set at once.
    - a standard error or interval whose origin isn't said: `whole`.
    """
    count = np.where(runs >= FEWEST_RUNS, runs, FEWEST_RUNS)
    of_test = np.isin(over, _OVER_TEST)
    of_folds = np.isin(over, _OVER_FOLDS)
    of_seeds = over == "seeds"
    unsaid = ~(of_test | of_folds | of_seeds)
    test = np.where(of_test, se**2, np.nan)
    resampled = of_test & (over != "items") & np.isfinite(sd)
    test = np.where(resampled, sd**2, test)
    test = np.where(of_test & (over == "items") & np.isfinite(sd), sd**2 / n_test, test)
    train = np.where(of_seeds, se**2, np.nan)
    train = np.where((of_seeds | unsaid) & np.isfinite(sd), sd**2 / count, train)
    whole = np.where((unsaid | of_folds) & np.isfinite(se), se**2, np.nan)
    folds = sd**2 * (1.0 / count + 1.0 / (count - 1.0))
    whole = np.where(of_folds & np.isfinite(sd), folds, whole)
    return test, train, whole
