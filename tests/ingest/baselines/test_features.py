"""Features are fitted on training sequences alone, and survive what data brings."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from ingest.baselines.features import BUILDERS, FeatureCache
from ingest.baselines.learners import METHODS
from ingest.baselines.sequences import pack
from tests.ingest.baselines import made


def dense(matrix) -> np.ndarray:
    return matrix.toarray() if sparse.issparse(matrix) else matrix


@pytest.mark.parametrize("family", BUILDERS)
def test_training_features_don_t_depend_on_other_splits(family: str) -> None:
    rng = np.random.default_rng(0)
    train = pack([made.dna(rng, 40) for _ in range(30)])
    a = pack([made.dna(rng, 40) for _ in range(10)])
    b = pack(["A" * 90, "", "NNNNNN", "AC"])
    one = FeatureCache(train, {"test": a}).get(family)
    other = FeatureCache(train, {"test": b}).get(family)
    assert np.array_equal(dense(one["train"]), dense(other["train"]))
    assert one["test"].shape == (10, one["train"].shape[1])
    assert other["test"].shape == (4, one["train"].shape[1])
    for matrix in (*one.values(), *other.values()):
        assert np.isfinite(dense(matrix)).all()


def test_word_features_don_t_care_for_the_strand_and_positions_do() -> None:
    rng = np.random.default_rng(1)
    forward = [made.dna(rng, 40) for _ in range(10)]
    backward = [made.reverse_complement(s) for s in forward]
    for family in ("kmer-4", "kmer-3-6", "dyad-2", "dyad-3"):
        got = FeatureCache(pack(forward), {"b": pack(backward)}).get(family)
        assert dense(got["train"]) == pytest.approx(dense(got["b"]), abs=1e-6)
    got = FeatureCache(pack(forward), {"b": pack(backward)}).get("positional-1")
    assert not np.array_equal(dense(got["train"]), dense(got["b"]))


def test_rows_of_each_block_have_length_one_so_that_none_drowns_another() -> None:
    rng = np.random.default_rng(2)
    train = pack([made.dna(rng, 60) for _ in range(12)])
    for family, blocks in (("kmer-6", 1), ("positional-2", 1), ("kmer-6+dyad-2+positional-2", 3)):
        matrix = FeatureCache(train, {}).get(family)["train"]
        lengths = np.sqrt(np.square(dense(matrix)).sum(axis=1))
        assert lengths == pytest.approx(np.full(12, np.sqrt(blocks)), rel=1e-5)


def test_every_family_that_a_method_names_is_there() -> None:
    named = {family for method in METHODS.values() for family in method.families}
    assert named <= set(BUILDERS)
