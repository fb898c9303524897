"""What a ranking refuses, each with a stable code, a sentence and a remedy."""

from __future__ import annotations

from typing import ClassVar


class RankingError(ValueError):
    """The ranking can't be made as asked; `code`, `sentence` and `remedy` say why and what to do."""

    code: ClassVar[str] = "K000"

    def __init__(self, sentence: str, remedy: str) -> None:
        """Keep the parts, and make the message that a person reads."""
        super().__init__(f"{self.code}: {sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy


class ScoresError(RankingError):
    """Scores that are infinite, labels that are missing, or columns of different lengths."""

    code = "K001"


class TooFewError(RankingError):
    """Fewer than two methods, or than two tasks on which all of them were measured."""

    code = "K002"


class RepeatedCellError(RankingError):
    """Two scores of one method on one task in one evaluation."""

    code = "K003"


class DisconnectedError(RankingError):
    """Methods that no chain of head-to-heads links, or one that never lost or never won."""

    code = "K004"


class ChoiceError(RankingError):
    """An option that doesn't exist, or a number outside its range."""

    code = "K005"
