"""The options of one fit, checked: that each exists, and that they go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from analysis.meta.errors import CombinationError, OptionError
from analysis.meta.types import (
    METHODS,
    PREDICTIONS,
    ROBUST_KINDS,
    TESTS,
    Method,
    Prediction,
    RobustKind,
    Test,
)

_Option = TypeVar("_Option", bound=str)


@dataclass(frozen=True)
class Options:
    """What was asked for."""

    method: Method
    test: Test
    robust: RobustKind | None
    prediction: Prediction
    level: float
    kh_floor: bool


def _one_of(name: str, value: str, allowed: tuple[_Option, ...]) -> _Option:
    """The allowed option that equals `value`."""
    for candidate in allowed:
        if candidate == value:
            return candidate
    raise OptionError(f"There is no {name} {value!r}.", f"Use one of {', '.join(allowed)}.")


def checked(
    method: str, test: str, robust: str | None, prediction: str, level: float, kh_floor: bool
) -> Options:
    """The options, or an OptionError (M008) that lists what there is."""
    if not 0.0 < level < 1.0:
        raise OptionError(f"{level} isn't a confidence level.", "Use 0.95, for example.")
    return Options(
        _one_of("method", method, METHODS),
        _one_of("test", test, TESTS),
        None if robust is None else _one_of("robust", robust, ROBUST_KINDS),
        _one_of("prediction", prediction, PREDICTIONS),
        level,
        kh_floor,
    )


def refuse_combinations(
    options: Options, *, has_levels: bool, has_blocks: bool, has_clusters: bool
) -> None:
    """Raise CombinationError (M009) for options that contradict each other."""
    multilevel = has_levels or has_blocks
    if has_levels and options.method == "fe":
        raise CombinationError(
            "A fixed-effect model has no random effects, so it can't have levels.",
            "Use method='reml' or 'ml' with levels, or cluster= with the fixed-effect model.",
        )
    if multilevel and options.method in ("dl", "pm"):
        raise CombinationError(
            f"The estimator {options.method!r} is defined for one variance component and "
            "independent effects.",
            "Use method='reml' or 'ml'.",
        )
    if multilevel and options.test == "knapp-hartung":
        raise CombinationError(
            "The Knapp-Hartung test is defined for independent effects and one variance component.",
            "Use robust='cr2': its degrees of freedom do the same work in a multilevel model.",
        )
    if options.robust is not None and not has_clusters:
        raise CombinationError(
            "A robust variance needs to know which effects belong together.",
            "Give cluster= (a label per row), or levels.",
        )
