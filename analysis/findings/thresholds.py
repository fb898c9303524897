"""Words of a statement as numbers, and verdicts on an interval beside a threshold.

Fixed before results were looked at: docs/methods/findings.md.
"""

from __future__ import annotations

from analysis.findings.base import FindingVerdict, Found
from analysis.findings.bootstrap import Estimate, Interval

EVERY, MOST, MANY, FEW = 3 / 4, 1 / 2, 1 / 3, 1 / 4


def above(ci: Interval, threshold: float) -> FindingVerdict:
    """Holds where the whole interval lies above the threshold, in part where it contains it."""
    if ci[0] > threshold:
        return FindingVerdict.holds
    return FindingVerdict.holds_in_part if ci[1] >= threshold else FindingVerdict.does_not_hold


def below(ci: Interval, threshold: float) -> FindingVerdict:
    """Holds where the whole interval lies below the threshold, in part where it contains it."""
    return above((-ci[1], -ci[0]), -threshold)


def of_parts(parts: list[FindingVerdict]) -> FindingVerdict:
    """All parts hold: holds; none can: doesn't hold; else in part.

    A part whose interval contains its threshold is open, and refutes nothing.
    """
    found = set(parts)
    return found.pop() if len(found) == 1 else FindingVerdict.holds_in_part


def percent(estimate: Estimate) -> str:
    """A share with its interval, as people read it."""
    if estimate.ci is None:
        return f"{estimate.value:.0%}"
    return f"{estimate.value:.0%} (95% {estimate.ci[0]:.0%} to {estimate.ci[1]:.0%})"


def signed(estimate: Estimate, digits: int = 3) -> str:
    """A difference with its interval."""
    if estimate.ci is None:
        return f"{estimate.value:+.{digits}f}"
    low, high = estimate.ci
    return f"{estimate.value:+.{digits}f} (95% {low:+.{digits}f} to {high:+.{digits}f})"


def headline(found: Found, template: str) -> str:
    """A chart's message with the effect filled in; what is missing where there is no effect."""
    return found.says if found.effect is None else template.format(found.effect)


def message(found: Found, template: str, subject: str) -> str:
    """A chart's message with the effect filled in; where there is none, what is too thin to say."""
    return (
        f"{subject}: too little to say" if found.effect is None else template.format(found.effect)
    )
