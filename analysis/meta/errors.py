"""What the engine refuses, each with a stable code, a plain sentence and a remedy.

A refusal is an answer: a number that rests on one paper, on a singular design or on a search that
never ended is worse than none. Codes never change their meaning; the page docs/methods/meta.md
lists them, and a test compares it with this file.
"""

from __future__ import annotations

from typing import ClassVar


class MetaError(ValueError):
    """The problem can't be fitted as asked; `code`, `sentence` and `remedy` say why and what to do.

    `rows` are the offending rows (0-based positions in the arrays as given), where there are any.
    """

    code: ClassVar[str] = "M000"

    def __init__(self, sentence: str, remedy: str, rows: tuple[int, ...] = ()) -> None:
        """Keep the parts, and make the message that a person reads."""
        super().__init__(f"{self.code}: {sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy
        self.rows = rows


class ShapeError(MetaError):
    """No effects at all, or arrays of different lengths."""

    code = "M001"


class EffectError(MetaError):
    """An effect that is missing (NaN), infinite or not a number."""

    code = "M002"


class VarianceError(MetaError):
    """A sampling variance that is zero, negative, missing or infinite."""

    code = "M003"


class AllZeroVarianceError(VarianceError):
    """Every sampling variance is zero: nothing says how much one effect weighs."""

    code = "M004"


class SingularDesignError(MetaError):
    """Moderators that repeat each other or the intercept."""

    code = "M005"


class TooFewEffectsError(MetaError):
    """Not more effects than coefficients."""

    code = "M006"


class ConvergenceError(MetaError):
    """The search for the variance components didn't end at a maximum."""

    code = "M007"


class OptionError(MetaError):
    """An option that doesn't exist."""

    code = "M008"


class CombinationError(MetaError):
    """Options that exist, but not together."""

    code = "M009"


class LevelError(MetaError):
    """A level of nesting whose variance can't be told apart from something else."""

    code = "M010"


class BlockError(MetaError):
    """Known sampling covariances that don't fit the rows, or aren't covariances."""

    code = "M011"


class TooLargeError(MetaError):
    """A dense matrix would be needed that is too large to factor."""

    code = "M012"


class LinkedClustersError(MetaError):
    """CR2 was asked for clusters that the working model itself links."""

    code = "M013"


class ModeratorError(MetaError):
    """A moderator with missing values, or of a kind that can't enter a design."""

    code = "M014"


class GroupError(MetaError):
    """A grouping column (cluster, level) with missing labels."""

    code = "M015"
