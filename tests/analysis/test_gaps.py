"""Gaps on the fixture, counted by hand.

cole2025check, toys/one (accuracy, chance 0.5): alpha 0.80, beta 0.86, k-mer 0.82, GC 0.70.
toys/three (MSE, lower is better): alpha 0.30, k-mer 0.40. abel2024alpha: alpha 90.0 % on toys/one,
0.60 MCC on toys/two beside a CNN's 0.50.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analysis.build import build


def test_gap_to_the_best_simple_baseline(small: duckdb.DuckDBPyConnection) -> None:
    rows = small.execute(
        "SELECT method, task, comparator, n_comparators, difference, skill_difference FROM gap_baseline ORDER BY task, method"
    ).fetchall()
    assert [row[:4] for row in rows] == [
        ("alpha", "toys/one", "kmer-logistic-regression", 2),
        ("beta", "toys/one", "kmer-logistic-regression", 2),
        ("alpha", "toys/three", "kmer-logistic-regression", 1),
    ]
    assert [row[4] for row in rows] == pytest.approx([-0.02, 0.04, 0.10])
    # skill is (accuracy - 0.5) / 0.5; MSE has no chance level here, hence no skill
    assert [row[5] for row in rows[:2]] == pytest.approx([-0.04, 0.08])
    assert rows[2][5] is None


def test_a_network_trained_from_scratch_is_no_simple_baseline(
    small: duckdb.DuckDBPyConnection,
) -> None:
    rows = small.execute(
        "SELECT method, task, difference FROM gap_arms WHERE against = 'neural_from_scratch'"
    ).fetchall()
    assert rows == [("alpha", "toys/two", pytest.approx(0.10))]


def test_difference_to_the_median_baseline(small: duckdb.DuckDBPyConnection) -> None:
    rows = small.execute(
        "SELECT method, difference_to_median FROM gap_baseline WHERE task = 'toys/one' ORDER BY method"
    ).fetchall()
    # the median of 0.82 and 0.70 is 0.76
    assert rows == [("alpha", pytest.approx(0.04)), ("beta", pytest.approx(0.10))]


def test_reporting_gap_pairs_the_authors_value_with_an_independent_one(
    small: duckdb.DuckDBPyConnection,
) -> None:
    rows = small.execute(
        "SELECT method, task, self_value, other_value, difference, same_variant FROM gap_reporting"
    ).fetchall()
    assert rows == [
        ("alpha", "toys/one", pytest.approx(0.90), pytest.approx(0.80), pytest.approx(0.10), True)
    ]


def test_failed_and_flagged_rows_never_enter(small: duckdb.DuckDBPyConnection) -> None:
    used = {row[0] for row in small.execute("SELECT result FROM scored").fetchall()}
    assert "cole2025check/table-2#8" not in used
    assert "cole2025check/table-2#9" not in used
    assert len(used) == 11


def test_zero_shot_is_not_compared_with_fine_tuned(small: duckdb.DuckDBPyConnection) -> None:
    pairs = small.execute(
        "SELECT count(*) FROM comparison WHERE 'cole2025check/table-2#7' IN (a_result, b_result)"
    ).fetchone()
    assert pairs == (0,)


def test_pairs_counted_by_hand(small: duckdb.DuckDBPyConnection) -> None:
    # abel: toys/one alpha-beta, toys/two alpha-CNN. cole: four methods on toys/one make six, toys/three one.
    counts = small.execute(
        "SELECT publication, task, count(*) FROM comparison GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    assert counts == [
        ("abel2024alpha", "toys/one", 1),
        ("abel2024alpha", "toys/two", 1),
        ("cole2025check", "toys/one", 6),
        ("cole2025check", "toys/three", 1),
    ]


def test_too_few_publications_give_a_description_without_interval(
    small: duckdb.DuckDBPyConnection,
) -> None:
    row = small.execute(
        "SELECT status, k, estimate, ci_low, message FROM gap_pooled WHERE against = 'simple_baseline' AND "
        "evidence = 'everyone' AND domain = 'all' AND family = 'all' AND versus = 'best'"
    ).fetchone()
    assert row[:4] == ("descriptive", 2, pytest.approx(0.02), None)
    assert "1 of the 5" in row[4]


UNTRAINED = """id: {id}
name: {id}
kind: random_init
subkind: frozen_random
publications: not_applicable
description: A network that was never trained.
"""


def test_without_pretraining_compares_a_model_with_its_own_network_only(
    catalog_copy: Path, tmp_path: Path
) -> None:
    methods = catalog_copy / "methods"
    own = UNTRAINED.format(id="alpha-untrained") + "architecture_of: alpha\n"
    (methods / "alpha-untrained.yaml").write_text(own)
    (methods / "some-untrained.yaml").write_text(UNTRAINED.format(id="some-untrained"))
    with (catalog_copy / "results/cole2025check/table-2.csv").open("a") as table:
        table.write("10,alpha-untrained,,toys/one,accuracy,,0.75,fraction,ok,,\n")
        table.write("11,some-untrained,,toys/one,accuracy,,0.79,fraction,ok,,\n")
    build(catalog_copy, tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT method, comparator, difference FROM gap_arms WHERE against = 'random_init'"
        ).fetchall()
    # alpha 0.80 less its own network's 0.75; beta has no untrained network of its own
    assert rows == [("alpha", "alpha-untrained", pytest.approx(0.05))]


LANGUAGE_MODEL = """id: {id}
name: {id}
kind: other_lm
subkind: {subkind}
publications: not_applicable
description: A language model.
"""


def test_a_language_model_that_a_study_pretrained_on_sequences_is_no_comparator(
    catalog_copy: Path, tmp_path: Path
) -> None:
    for name, subkind in (("dna-lm", "sequence_lm"), ("protein-lm", "protein_lm")):
        entry = LANGUAGE_MODEL.format(id=name, subkind=subkind)
        (catalog_copy / "methods" / f"{name}.yaml").write_text(entry)
    with (catalog_copy / "results/cole2025check/table-2.csv").open("a") as table:
        table.write("10,dna-lm,,toys/one,accuracy,,0.99,fraction,ok,,\n")
        table.write("11,protein-lm,,toys/one,accuracy,,0.90,fraction,ok,,\n")
    build(catalog_copy, tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        best = connection.execute(
            "SELECT DISTINCT comparator FROM gap_arms "
            "WHERE against = 'any_comparator' AND task = 'toys/one'"
        ).fetchall()
    assert best == [("protein-lm",)]
