"""Cluster-robust covariance CR0, CR1, CR1p, CR2 with Satterthwaite degrees of freedom.

CR2 is the bias-reduced linearisation of Bell & McCaffrey, in the form of Pustejovsky & Tipton
2018: with the working covariance Phi_g = D'D of cluster g and H the hat matrix,

    A_g = D' (D [(I-H) Phi (I-H)']_gg D')^(-1/2) D,   [(I-H) Phi (I-H)']_gg = Phi_g - X_g C X_g',

the last because the weights are the inverse of Phi and C the model-based covariance. The degrees
of freedom of a contrast need sums over pairs of clusters; these are traces of p x p matrices, so
no cluster-by-cluster matrix is ever formed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.meta.errors import LinkedClustersError, TooLargeError
from analysis.meta.inputs import DENSE_LIMIT
from analysis.meta.likelihood import Gls
from analysis.meta.types import BoolArray, FloatArray, IntArray, Omnibus, RobustKind
from analysis.meta.working import Working

# Doubles held at once while clusters of one size are adjusted together (32 MB).
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Sandwich:
    """The robust covariance of p contrasts and what its degrees of freedom need.

    Everything is in units of the contrasts' model-based standard errors, `unit` (p,), so that the
    fourth powers below neither overflow nor vanish.
    `standard` (p, p) is the covariance in these units; per cluster g: `own` (G, p, p) = E_g' Phi_g E_g and `lean` (G, q, p) = X_g' E_g,
    where E_g maps the residuals of cluster g to the contrasts; `cov` (q, q) is the model-based
    covariance. `linked` says that the working model links the clusters, so that sums over pairs
    don't reduce to these; the degrees of freedom are then G - q.
    """

    kind: RobustKind
    unit: FloatArray
    standard: FloatArray
    own: FloatArray
    lean: FloatArray
    cov: FloatArray
    linked: bool

    @property
    def n_clusters(self) -> int:
        """The number of clusters."""
        return int(self.own.shape[0])

    @property
    def vcov(self) -> FloatArray:
        """The robust covariance (p, p) in the contrasts' own units."""
        return self.standard * np.outer(self.unit, self.unit)

    def df(self, i: int) -> float:
        """Satterthwaite degrees of freedom of contrast i under the working model."""
        if self.linked:
            return float(self.n_clusters - self.cov.shape[0])
        own, lean = self.own[:, i, i], self.lean[:, :, i]
        mean = float(own.sum() - np.sum((lean @ self.cov) * lean))
        variance = self._pairs(own, own, lean, lean, lean, lean)
        return mean**2 / variance

    def _pairs(
        self,
        own1: FloatArray,
        own2: FloatArray,
        s1: FloatArray,
        t1: FloatArray,
        s2: FloatArray,
        t2: FloatArray,
    ) -> float:
        """sum_gh (d_gh own1_g - s1_g'C t1_h)(d_gh own2_g - s2_g'C t2_h)."""
        C = self.cov
        alone = np.sum(own1 * own2)
        mixed = np.sum(own1 * np.sum((s2 @ C) * t2, axis=1))
        mixed += np.sum(own2 * np.sum((s1 @ C) * t1, axis=1))
        both = np.sum((C @ (t1.T @ t2) @ C) * (s1.T @ s2))
        return float(alone - mixed + both)

    def wald(self, estimates: FloatArray, tested: list[int]) -> Omnibus | None:
        """Approximate Hotelling test (HTZ of Pustejovsky & Tipton 2018) that contrasts are all 0.

        None where the covariance is singular, or the degrees of freedom too few for the test.
        """
        q = len(tested)
        if self.linked or q == 0:
            return None
        picked = np.zeros((q, self.unit.size))
        picked[np.arange(q), tested] = 1.0
        expected = picked @ self._expected() @ picked.T
        values, vectors = np.linalg.eigh((expected + expected.T) / 2.0)
        if values[0] <= 1e-12 * values[-1]:
            return None
        root = (vectors / np.sqrt(values)) @ vectors.T @ picked
        own = np.einsum("si,gij,tj->gst", root, self.own, root)
        lean = np.einsum("gqi,si->gsq", self.lean, root)
        total = 0.0
        for s in range(q):
            for t in range(q):
                a, b = lean[:, s], lean[:, t]
                total += self._pairs(own[:, s, s], own[:, t, t], a, a, b, b)
                total += self._pairs(own[:, s, t], own[:, t, s], a, b, b, a)
        eta = q * (q + 1) / total
        if eta <= q - 1:
            return None
        part = picked @ self.standard @ picked.T
        shift = (estimates / self.unit)[tested]
        statistic = float(shift @ np.linalg.pinv(part) @ shift)
        scaled = (eta - q + 1.0) / (eta * q) * statistic
        df2 = eta - q + 1.0
        return Omnibus("HTZ", scaled, float(q), df2, float(stats.f.sf(scaled, q, df2)))

    def _expected(self) -> FloatArray:
        """The expectation of the robust covariance under the working model."""
        taken = np.einsum("gqi,qr,grj->ij", self.lean, self.cov, self.lean)
        expected: FloatArray = self.own.sum(axis=0) - taken
        return expected


def sandwich(
    kind: RobustKind,
    fit: Gls,
    X: FloatArray,
    model: Working,
    sigma2: FloatArray,
    cluster: IntArray,
    contrasts: FloatArray,
) -> Sandwich:
    """The robust covariance of `contrasts` (rows, each (p,)) times the coefficients of `fit`.

    `cluster` holds codes 0..G-1 of shape (k,).
    Raises LinkedClustersError (M013) and TooLargeError (M012), both for CR2 only.
    """
    order = np.argsort(cluster, kind="stable")
    G = int(cluster.max()) + 1
    starts = np.searchsorted(cluster[order], np.arange(G))
    counts = np.diff(starts, append=cluster.size)
    linked = _linked(model, sigma2, cluster)
    p, c = X.shape[1], contrasts.shape[0]
    lean = np.zeros((G, p, c))
    own = np.zeros((G, c, c))
    score = np.zeros((G, c))
    unit = np.sqrt(np.einsum("ij,jk,ik->i", contrasts, fit.cov, contrasts))
    to_contrasts = fit.cov @ (contrasts / unit[:, None]).T
    if kind == "cr2" and linked:
        raise LinkedClustersError(
            f"The working model links the clusters through {linked}, so CR2 isn't defined.",
            "Cluster by a unit that contains it, leave that level out of the model, or ask for "
            "robust='cr1'.",
        )
    if kind == "cr2" and int(counts.max()) > DENSE_LIMIT:
        raise TooLargeError(
            f"A cluster has {int(counts.max())} effects, and CR2 takes roots of such matrices.",
            f"At most {DENSE_LIMIT} are taken: ask for robust='cr1'.",
        )
    factor = {"cr1": G / max(G - 1, 1), "cr1p": G / max(G - p, 1)}.get(kind, 1.0)
    for size in np.unique(counts):
        of_size = np.flatnonzero(counts == size)
        per_chunk = max(1, _CHUNK // int(size * size + size * p))
        for at in range(0, of_size.size, per_chunk):
            groups = of_size[at : at + per_chunk]
            rows = order[starts[groups][:, None] + np.arange(size)]
            Xg, WXg = X[rows], fit.WX[rows]
            if kind == "cr2":
                phi = _covariance(model, sigma2, rows, groups, cluster)
                E = _adjusted(phi, Xg, WXg, fit.cov) @ to_contrasts
                own[groups] = np.swapaxes(E, 1, 2) @ phi @ E
            else:
                E = np.sqrt(factor) * (WXg @ to_contrasts)
                # Phi_g W_g X_g is X_g where clusters are independent.
                own[groups] = np.sqrt(factor) * np.swapaxes(Xg @ to_contrasts, 1, 2) @ E
            lean[groups] = np.swapaxes(Xg, 1, 2) @ E
            score[groups] = np.einsum("gni,gn->gi", E, fit.residuals[rows])
    return Sandwich(kind, unit, score.T @ score, own, lean, fit.cov, bool(linked))


def _adjusted(phi: FloatArray, X: FloatArray, WX: FloatArray, cov: FloatArray) -> FloatArray:
    """A_g W_g X_g for a stack of clusters: phi (m, n, n), X and WX (m, n, p)."""
    L = np.linalg.cholesky(phi)
    LT = np.swapaxes(L, 1, 2)
    inner = LT @ (phi - X @ cov @ np.swapaxes(X, 1, 2)) @ L
    values, vectors = np.linalg.eigh((inner + np.swapaxes(inner, 1, 2)) / 2.0)
    # A moderator that lives in one cluster alone uses that cluster up: its direction has no
    # residual, and the pseudo-inverse leaves it out. Relative to Phi^2, not to 1, so that units don't matter.
    size = np.trace(phi, axis1=1, axis2=2)[:, None] ** 2
    keep: BoolArray = values > 1e-11 * size / phi.shape[1]
    powers = np.where(keep, 1.0 / np.sqrt(np.where(keep, values, 1.0)), 0.0)
    result: FloatArray = L @ (
        vectors @ (powers[:, :, None] * (np.swapaxes(vectors, 1, 2) @ (LT @ WX)))
    )
    return result


def _linked(model: Working, sigma2: FloatArray, cluster: IntArray) -> str:
    """What makes effects of different clusters covary under the working model; "" if nothing."""
    for j, codes in enumerate(model.levels):
        if sigma2[j] > 0.0:
            low = np.full(int(codes.max()) + 1, cluster.size)
            high = np.full(int(codes.max()) + 1, -1)
            np.minimum.at(low, codes, cluster)
            np.maximum.at(high, codes, cluster)
            if np.any(low != high):
                return f"level {j + 1}"
    for same in model.base.sizes:
        if np.any(cluster[same.rows] != cluster[same.rows[:, :1]]):
            return "known covariances"
    return ""


def _covariance(
    model: Working, sigma2: FloatArray, rows: IntArray, groups: IntArray, cluster: IntArray
) -> FloatArray:
    """The working covariance (m, n, n) of the clusters `groups`, whose rows are `rows` (m, n)."""
    m, n = rows.shape
    phi = np.zeros((m, n, n))
    place = np.full(int(cluster.max()) + 1, -1)
    place[groups] = np.arange(m)
    position = np.zeros(cluster.size, dtype=np.intp)
    position[rows] = np.arange(n)
    diagonal = np.arange(n)
    phi[:, diagonal, diagonal] = model.base.v[rows]
    for same in model.base.sizes:
        at = place[cluster[same.rows[:, 0]]]
        here = np.flatnonzero(at >= 0)
        inside = position[same.rows[here]]
        phi[at[here, None, None], inside[:, :, None], inside[:, None, :]] = same.cov[here]
    for j, codes in enumerate(model.levels):
        if sigma2[j] > 0.0:
            own = codes[rows]
            phi += sigma2[j] * (own[:, :, None] == own[:, None, :])
    if model.effect_level:
        phi[:, diagonal, diagonal] += sigma2[-1]
    return phi
