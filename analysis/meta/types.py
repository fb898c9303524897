"""The records the engine hands out: frozen, typed, plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

Method = Literal["fe", "dl", "pm", "ml", "reml"]
Test = Literal["wald", "knapp-hartung"]
RobustKind = Literal["cr0", "cr1", "cr1p", "cr2"]
Prediction = Literal["as-test", "z", "t(k-p)", "t(k-2)", "t(g-2)", "none"]
Interval = tuple[float, float]

METHODS: tuple[Method, ...] = ("fe", "dl", "pm", "ml", "reml")
TESTS: tuple[Test, ...] = ("wald", "knapp-hartung")
ROBUST_KINDS: tuple[RobustKind, ...] = ("cr0", "cr1", "cr1p", "cr2")
PREDICTIONS: tuple[Prediction, ...] = ("as-test", "z", "t(k-p)", "t(k-2)", "t(g-2)", "none")


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of the design; `df` is None where the reference distribution is normal."""

    name: str
    estimate: float
    se: float | None
    ci: Interval | None
    p: float | None
    df: float | None


@dataclass(frozen=True)
class Robust:
    """Cluster-robust inference for the pooled estimate; None where it is withheld."""

    kind: RobustKind
    se: float | None
    df: float | None
    ci: Interval | None
    p: float | None


@dataclass(frozen=True)
class Omnibus:
    """Test of all moderators at once: chi2 (`df2` None) or F(df1, df2)."""

    name: str
    statistic: float
    df1: float
    df2: float | None
    p: float


@dataclass(frozen=True)
class MetaResult:
    """One fitted model. None means "not defined here", and `warnings` says why.

    `estimate`, `se`, `ci`, `p`, `df` are model-based and belong to the pooled effect: with
    moderators there is none, and they are None. `robust` has the cluster-robust ones.
    `coefficients` carry the inference to report: cluster-robust where it was asked for.
    `tau2` is the whole heterogeneity variance (the sum of `sigma2` in a multilevel model);
    `sigma2` has one component per level, outer first, then crossed factors. `i2` is a percentage.
    """

    k: int
    n_clusters: int | None
    estimate: float | None
    se: float | None
    ci: Interval | None
    p: float | None
    df: float | None
    tau2: float | None
    tau2_ci: Interval | None
    sigma2: tuple[float, ...]
    i2: float | None
    h2: float | None
    q: float | None
    q_df: int | None
    q_p: float | None
    prediction_interval: Interval | None
    coefficients: tuple[Coefficient, ...]
    robust: Robust | None
    method: Method
    test: Test
    warnings: tuple[str, ...]
    level_names: tuple[str, ...] = ()
    prediction: Prediction = "none"
    omnibus: Omnibus | None = None
    loglik: float | None = None
    level: float = 0.95
    vcov: FloatArray = field(default_factory=lambda: np.zeros((0, 0)), repr=False, compare=False)
    robust_vcov: FloatArray | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values, with the keys that `claimgap meta` promises."""

        def pair(ci: Interval | None) -> list[float] | None:
            return None if ci is None else list(ci)

        return {
            "k": self.k,
            "estimate": self.estimate,
            "se": self.se,
            "ci": pair(self.ci),
            "p": self.p,
            "tau2": self.tau2,
            "tau2_ci": pair(self.tau2_ci),
            "sigma2": list(self.sigma2),
            "i2": self.i2,
            "h2": self.h2,
            "q": self.q,
            "q_df": self.q_df,
            "q_p": self.q_p,
            "prediction_interval": pair(self.prediction_interval),
            "coefficients": [
                {
                    "name": c.name,
                    "estimate": c.estimate,
                    "se": c.se,
                    "ci": pair(c.ci),
                    "p": c.p,
                    "df": c.df,
                }
                for c in self.coefficients
            ],
            "robust": None
            if self.robust is None
            else {
                "kind": self.robust.kind,
                "se": self.robust.se,
                "df": self.robust.df,
                "ci": pair(self.robust.ci),
                "p": self.robust.p,
            },
            "method": self.method,
            "test": self.test,
            "warnings": list(self.warnings),
        }
