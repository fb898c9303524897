"""How we know: what stands behind a source, how it was read, who did what."""

from __future__ import annotations

from enum import StrEnum


class Unknown(StrEnum):
    """Unknown is a value: why there is no number here."""

    not_reported = "not_reported"
    """The source doesn't say."""
    not_applicable = "not_applicable"
    """The question makes no sense here."""
    not_checked = "not_checked"
    """Nobody has looked yet."""


class EvidenceLevel(StrEnum):
    """What stands behind a source."""

    peer_reviewed = "peer_reviewed"
    preprint = "preprint"
    repository = "repository"
    leaderboard = "leaderboard"
    own_run = "own_run"


class Role(StrEnum):
    """What a publication is for, in this catalog."""

    model = "model"
    benchmark = "benchmark"
    evaluation = "evaluation"
    comparator = "comparator"
    dataset = "dataset"
    tool = "tool"
    method = "method"


class ReadHow(StrEnum):
    """How a fact or a table was read out of its source."""

    scripted = "scripted"
    by_hand = "by_hand"
    text_copy = "text_copy"
    second_hand = "second_hand"
    digitised = "digitised"
    by_eye = "by_eye"


class SecondReading(StrEnum):
    """Whether somebody else read it again."""

    confirmed = "confirmed"
    corrected = "corrected"
    not_checked = "not_checked"


class ContributorRole(StrEnum):
    """What a contributor did for an entry."""

    extracted = "extracted"
    reviewed = "reviewed"
    second_reading = "second_reading"
    corrected = "corrected"
    proposed = "proposed"


class TextPart(StrEnum):
    """What of a publication's text terms were counted in."""

    title_only = "title_only"
    title_and_abstract = "title_and_abstract"


class Relation(StrEnum):
    """How those who report a value stand to the method: from authorship, never typed."""

    self = "self"
    affiliated = "affiliated"
    rival = "rival"
    independent = "independent"
