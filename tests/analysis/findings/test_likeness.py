"""Gower's distance and Jaccard's index, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.findings.dates import earlier
from analysis.findings.gower import gower
from analysis.findings.jaccard import jaccard, share_a_word, weighted_jaccard


def test_gower_over_what_both_models_state() -> None:
    models = pd.DataFrame(
        {
            "architecture": ["transformer_encoder", "transformer_encoder", "hyena"],
            "tokenizer": ["bpe", "kmer_overlapping", None],
            "position": ["rotary", "rotary", None],
            "objective": ["masked_lm", "contrastive, masked_lm", "causal_lm"],
            "decade": [7, 8, 9],
        }
    )
    like = gower(models)
    # first and second: architecture 0, tokenizer 1, position 0, objective 1 - 1/2, decade 1/2
    assert like.distance[0, 1] == pytest.approx(2.0 / 5)
    assert (like.differing[0, 1], like.comparable[0, 1]) == (3, 5)
    # first and third: architecture 1, objective 1, decade 1, the rest isn't known
    assert like.distance[0, 2] == pytest.approx(1.0)
    assert like.comparable[0, 2] == 3


def test_jaccard_indices() -> None:
    weights = np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    # minima 0.5 over maxima 1 + 0.5
    assert weighted_jaccard(weights)[0, 1] == pytest.approx(1 / 3)
    assert weighted_jaccard(weights)[0, 2] == 0.0
    # sets {a, b} and {a}: one of two
    assert jaccard((weights > 0).astype(float))[0, 1] == pytest.approx(0.5)


def test_words_in_common() -> None:
    assert share_a_word(pd.Series(["dna, rna", "rna", "dna"])).tolist() == [
        [True, True, True],
        [True, True, False],
        [True, False, True],
    ]


@pytest.mark.parametrize(
    ("a", "b", "is_earlier"),
    [
        ("2022", "2023-05", True),
        ("2023", "2023-05", False),  # may be before or after
        ("2023-04", "2023-05-01", True),
        ("2023-05", "2023-05-01", False),
        ("2024", "2023-05", False),
    ],
)
def test_dates_of_several_precisions(a: str, b: str, is_earlier: bool) -> None:
    assert earlier(a, b) is is_earlier
