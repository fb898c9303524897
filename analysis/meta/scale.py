"""Bring a problem to ordinary size, so that no tolerance depends on the units of the effects.

Benchmark differences of 0.03 have tau2 near 1e-3 and less; an absolute tolerance of 1e-5, which is
usual, is then ten per cent of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.meta.inputs import KnownBlock
from analysis.meta.types import FloatArray


@dataclass(frozen=True)
class Scaled:
    """y = unit * y_std, X = Q_std @ R: coefficients are unit * inv(R) @ those of the scaled fit."""

    y: FloatArray
    v: FloatArray
    Q: FloatArray
    R_inverse: FloatArray
    unit: float
    blocks: tuple[KnownBlock, ...]


def standardise(
    y: FloatArray, v: FloatArray, X: FloatArray, blocks: tuple[KnownBlock, ...] = ()
) -> Scaled:
    """Divide by a power of two near the effects' standard deviation; orthonormalise the design.

    A power of two keeps every digit: the same data in other units give the same bits back.
    """
    k = y.size
    columns = np.abs(X).max(axis=0)
    Q, R = np.linalg.qr(X / columns)
    sign = np.where(np.diag(R) < 0.0, -1.0, 1.0)
    Q, R = Q * sign * np.sqrt(k), (R * sign[:, None]) * columns / np.sqrt(k)
    largest = max(float(np.abs(y).max()), float(np.sqrt(v.max())))
    shrunk = y / largest
    residuals = shrunk - Q @ (Q.T @ shrunk) / k
    spread = largest * float(np.sqrt(np.mean(residuals**2)))
    typical = max(float(np.sqrt(np.median(v))), spread)
    unit = float(2.0 ** np.round(np.log2(typical)))
    scaled_blocks = tuple(KnownBlock(b.rows, b.cov / unit / unit) for b in blocks)
    return Scaled(y / unit, v / unit / unit, Q, np.linalg.inv(R), unit, scaled_blocks)
