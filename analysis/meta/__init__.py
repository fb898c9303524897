"""Random-effects meta-analysis with dependence: univariate, multilevel, crossed, cluster-robust.

Arrays in, frozen dataclasses out; nothing here knows the catalog. Start at `fit`; the house
default for pooled differences is `pooled_default`. Methods: docs/methods/meta.md.
"""

from analysis.meta.bias import SmallStudy, TrimFill, egger, egger_multilevel, trim_and_fill
from analysis.meta.deletion import LeftOut, leave_one_out
from analysis.meta.errors import MetaError
from analysis.meta.fit import fit
from analysis.meta.house import Pooled, pooled_default
from analysis.meta.influence import Influence, influence
from analysis.meta.inputs import KnownBlock
from analysis.meta.types import Coefficient, MetaResult, Omnibus, Robust

__all__ = [
    "Coefficient",
    "Influence",
    "KnownBlock",
    "LeftOut",
    "MetaError",
    "MetaResult",
    "Omnibus",
    "Pooled",
    "Robust",
    "SmallStudy",
    "TrimFill",
    "egger",
    "egger_multilevel",
    "fit",
    "influence",
    "leave_one_out",
    "pooled_default",
    "trim_and_fill",
]
