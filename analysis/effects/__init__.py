"""Effect sizes of benchmark metrics with their sampling variances: arrays in, arrays out.

A value on a benchmark has two noises: of the test set (which items were drawn) and of training
(which seed). Both are worked out by arm on the metric's own scale, carried to the scale the family
is pooled on, and put together for a pair. Where nothing is reported the variance is imputed, and
the row says so. Methods: docs/methods/effects.md.
"""

from analysis.effects.arms import arm_variances
from analysis.effects.comparator import comparator_blocks
from analysis.effects.delong import delong
from analysis.effects.imputation import VarianceSource, impute, sensitivity
from analysis.effects.pairs import paired_effects
from analysis.effects.skill import chance_level, skill_score
from analysis.effects.uncertainty import range_factor

__all__ = [
    "VarianceSource",
    "arm_variances",
    "chance_level",
    "comparator_blocks",
    "delong",
    "impute",
    "paired_effects",
    "range_factor",
    "sensitivity",
    "skill_score",
]
