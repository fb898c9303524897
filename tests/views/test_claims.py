"""What the dots of a claim's page say of themselves."""

from __future__ import annotations

import pandas as pd

from views.claims import _first


def _rows(*pairs: tuple[str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["method", "rival"])


def test_one_method_is_named() -> None:
    assert _first(_rows(("scGPT", "PCA"), ("scGPT", "mean"))) == "scGPT"


def test_several_methods_and_a_method_against_itself_are_not() -> None:
    assert _first(_rows(("scGPT", "PCA"), ("UCE", "PCA"))) == "What the test sets first"
    assert _first(_rows(("HyenaDNA", "HyenaDNA"))) == "What the test sets first"
    assert _first(_rows((None, None))) == "What the test sets first"
