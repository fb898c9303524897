"""From moderators to a design matrix, with the names that the coefficients will carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.meta.errors import (
    ModeratorError,
    ShapeError,
    SingularDesignError,
    TooFewEffectsError,
)
from analysis.meta.types import FloatArray

Moderators = Mapping[str, ArrayLike] | pd.DataFrame

# Columns are brought to length one first, so this is about their angles only. A year coded as 2021
# beside an intercept stands at 1e-3; rounding alone at 1e-16.
_RANK_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Design:
    """X of shape (k, p) with one name per column; `tested` are the columns of the omnibus test."""

    X: FloatArray
    names: tuple[str, ...]
    tested: tuple[int, ...]


def build(moderators: Moderators | None, k: int) -> Design:
    """The design of an intercept and the moderators' columns.

    Numbers and booleans enter as they are. Anything else is a category: treatment coding, the
    first label in sorted order (or a pandas Categorical's own order) being the reference, named
    `moderator[label]`.

    Raises ModeratorError (M014), ShapeError (M001), SingularDesignError (M005) and
    TooFewEffectsError (M006).
    """
    columns: list[FloatArray] = [np.ones(k)]
    names = ["intercept"]
    items = [] if moderators is None else [(str(n), values) for n, values in moderators.items()]
    for name, values in items:
        series = pd.Series(values).reset_index(drop=True)
        if len(series) != k:
            raise ShapeError(
                f"The moderator {name!r} has {len(series)} values for {k} effects.",
                "Give one value per effect.",
            )
        missing = series.isna().to_numpy()
        if missing.any():
            raise ModeratorError(
                f"The moderator {name!r} has no value in {int(missing.sum())} of {k} rows.",
                "Fill them, or leave these rows out yourself: rows are never dropped silently.",
                tuple(int(i) for i in np.flatnonzero(missing)),
            )
        if pd.api.types.is_numeric_dtype(series.dtype):
            column = series.to_numpy(dtype=np.float64)
            if not np.isfinite(column).all():
                raise ModeratorError(
                    f"The moderator {name!r} has infinite values.",
                    "Moderators must be finite.",
                    tuple(int(i) for i in np.flatnonzero(~np.isfinite(column))),
                )
            columns.append(column)
            names.append(name)
            continue
        labels = (
            [c for c in series.cat.categories if (series == c).any()]
            if isinstance(series.dtype, pd.CategoricalDtype)
            else sorted(series.unique(), key=str)
        )
        if len(labels) < 2:
            raise SingularDesignError(
                f"The moderator {name!r} has the one value {labels[0]!r} in every row.",
                "Leave it out: it can't be told from the intercept.",
            )
        for label in labels[1:]:
            columns.append((series == label).to_numpy(dtype=np.float64))
            names.append(f"{name}[{label}]")
    X = np.column_stack(columns)
    _refuse_singular(X, names)
    return Design(X, tuple(names), tuple(range(1, X.shape[1])))


def _refuse_singular(X: FloatArray, names: list[str]) -> None:
    """Raise unless X has more rows than columns, and columns that don't repeat each other."""
    k, p = X.shape
    if k <= p and p > 1:
        raise TooFewEffectsError(
            f"{k} effects can't carry {p} coefficients ({', '.join(names)}).",
            "Use fewer moderators, or pool categories.",
        )
    # The largest entry first: squaring a column of 1e200 would overflow.
    length = np.abs(X).max(axis=0)
    zero = np.flatnonzero(length == 0.0)
    if zero.size > 0:
        raise SingularDesignError(
            f"The moderator {names[int(zero[0])]!r} is zero in every row.", "Leave it out."
        )
    unit = X / length
    unit = unit / np.linalg.norm(unit, axis=0)
    _, singular, axes = np.linalg.svd(unit, full_matrices=False)
    if singular[-1] > _RANK_TOLERANCE * singular[0]:
        return
    share = np.abs(axes[-1])
    guilty = [n for n, s in zip(names, share, strict=True) if s > 1e-6]
    raise SingularDesignError(
        f"These columns repeat each other: {', '.join(guilty)}.",
        "Leave one of them out (a moderator that is the same in every row repeats the intercept).",
    )
