"""What is said of claims and of sources' errors."""

from __future__ import annotations

from enum import StrEnum


class ClaimCategory(StrEnum):
    """What a claim is about."""

    performance = "performance"
    efficiency = "efficiency"
    context = "context"
    generalisation = "generalisation"
    zero_shot = "zero_shot"
    scaling = "scaling"
    pretraining = "pretraining"
    data = "data"
    interpretability = "interpretability"
    critique = "critique"
    reproducibility = "reproducibility"
    other = "other"


class ErratumAction(StrEnum):
    """What we do about a source's error."""

    drop = "drop"
    mark = "mark"
    correct = "correct"
    withhold = "withhold"
    keep = "keep"


class ErratumStatus(StrEnum):
    """Where a source's error stands."""

    open = "open"
    reported = "reported"
    mended = "mended"
