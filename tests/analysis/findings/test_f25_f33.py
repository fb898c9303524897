"""Findings on nomenclature, on rows made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.findings import f25, f26, f27, f28, f29, f30, f31, f32, f33
from analysis.findings.base import FindingVerdict
from analysis.findings.moderated import differences, moderated

HOLDS, PART = FindingVerdict.holds, FindingVerdict.holds_in_part
NO, THIN = FindingVerdict.does_not_hold, FindingVerdict.insufficient_evidence


def _families(n: int) -> list[str]:
    return [f"family-{i}" for i in range(n)]


def gaps(by_work: dict[str, list[float]], **more: object) -> pd.DataFrame:
    """Rows of a gap: each value is a dataset of its own in its publication."""
    rows = [
        {
            "work": work, "dataset": f"{work}-{i}", "domain": "promoter", "method": "m",
            "skill_difference": y, "difference": y, "variance_skill": 1e-4, **more,
        }
        for work, values in by_work.items()
        for i, y in enumerate(values)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_f25_share_of_those_that_call_themselves_so() -> None:
    # 10 of 12 called general read expression alone: 0.83, two others aren't called so
    rows = pd.DataFrame(
        {
            "family": _families(14),
            "called_general": [True] * 12 + [False] * 2,
            "transcriptomics_only": [True] * 10 + [False] * 4,
            "reads_dna": [False] * 10 + [True] * 4,
            "labels_known": [True] * 13 + [False],
        }
    )
    found = f25.measure(rows)
    assert (found.verdict, found.n, found.effect) == (HOLDS, 12, pytest.approx(10 / 12))
    assert "1 of 14 models have no recorded label" in found.says
    # none of 12: Clopper-Pearson's upper end is 1 - 0.025^(1/12) = 0.265, below a third
    found = f25.measure(rows.assign(transcriptomics_only=False))
    assert (found.verdict, found.ci_high) == (NO, pytest.approx(1 - 0.025 ** (1 / 12)))
    assert f25.measure(rows.head(4)).verdict is THIN


def test_f26_unknown_scopes_are_left_out() -> None:
    # 2 of 4 known in a family, all of 8 others: 10 of 12
    rows = pd.DataFrame(
        {
            "family": ["a"] * 4 + _families(8) + ["z"],
            "scope": ["s"] * 12 + [None],
            "restricted": [True, True, False, False] + [True] * 8 + [None],
        }
    )
    found = f26.measure(rows)
    assert (found.n, found.effect) == (9, pytest.approx(10 / 12))
    assert found.verdict is HOLDS
    assert "1 have no recorded scope" in found.says


def test_f27_gap_on_unseen_conditions_only() -> None:
    below = {f"p{i}": [-0.10 + 0.01 * i, -0.08 + 0.01 * i] for i in range(5)}
    unseen = gaps(below, generalisation="unseen_perturbation")
    seen = gaps({"p0": [0.9], "p9": [0.9]}, generalisation=None)
    found = f27.measure(pd.concat([unseen, seen]))
    # equal sizes and variances: the mean of publication means -0.09, -0.08 .. -0.05 is -0.07
    assert found.effect == pytest.approx(-0.07, abs=1e-6)
    assert (found.verdict, found.n, found.unit) == (HOLDS, 5, "skill")
    # without skill the wins decide: none won, and 1 - 0.025^(1/5) = 0.522 holds a half
    raw = f27.measure(unseen.assign(skill_difference=np.nan))
    assert (raw.effect, raw.verdict) == (0.0, PART)
    assert raw.ci_high == pytest.approx(1 - 0.025 ** (1 / 5))
    assert f27.measure(seen).verdict is THIN


def test_moderated_contrast_is_the_difference_of_means() -> None:
    # each publication has both groups, 0.2 apart, around its own level
    both = pd.concat(
        [
            gaps({f"p{i}": [0.01 * i] for i in range(6)}, near=0).assign(dataset="far"),
            gaps({f"p{i}": [0.01 * i + 0.2] for i in range(6)}, near=1).assign(dataset="near"),
        ]
    )
    found = moderated(differences(both, "near"), "near", groups=True)
    assert found.estimate == pytest.approx(0.2, abs=1e-6)
    assert found.at_zero == pytest.approx(0.025, abs=1e-6)
    one_sided = differences(both[(both["near"] == 0) | (both["work"] == "p0")], "near")
    assert moderated(one_sided, "near", groups=True).missing == (
        "1 publications on one side and 6 on the other"
    )


def test_f28_needs_both_parts() -> None:
    inside = gaps({f"i{i}": [0.3 + 0.01 * i] for i in range(6)}, part="gap", inside=1)
    outside = gaps({f"o{i}": [0.1 + 0.01 * i] for i in range(6)}, part="gap", inside=0)
    corpora = pd.DataFrame({"part": "corpus", "work": _families(12), "one_species": True})
    rows = pd.concat([inside, outside, corpora])
    found = f28.measure(rows)
    # means 0.325 and 0.125; 12 of 12: from 0.025^(1/12) = 0.735, above a half
    assert (found.verdict, found.effect) == (HOLDS, pytest.approx(0.2, abs=1e-6))
    assert f28.measure(rows.assign(inside=1 - rows["inside"])).verdict is PART
    turned = [inside.assign(inside=0), outside.assign(inside=1)]
    # half of the models leaves the first part open, none of them refutes it too
    half = corpora.assign(one_species=[True, False] * 6)
    assert f28.measure(pd.concat([*turned, half])).verdict is PART
    assert f28.measure(pd.concat([*turned, corpora.assign(one_species=False)])).verdict is NO
    assert "(6 on the one side, 6 on the other)" in found.says
    assert "6 publications on one side and 0" in f28.measure(pd.concat([inside, corpora])).missing


def test_f29_half_of_the_claim() -> None:
    # nine families at a tenth of the claim, one at all of it, one unknown
    rows = pd.DataFrame(
        {
            "family": _families(11),
            "share_used": [0.1] * 9 + [1.0, None],
            "effective_context_bp": [None] * 11,
        }
    )
    found = f29.measure(rows)
    assert (found.verdict, found.effect, found.n) == (HOLDS, pytest.approx(0.9), 10)
    assert "Input lengths of 1 more aren't recorded" in found.says
    assert f29.measure(rows.assign(share_used=0.6)).verdict is NO
    assert f29.measure(rows.assign(share_used=None)).verdict is THIN


def test_f30_share_up_to_100_kb() -> None:
    rows = pd.DataFrame(
        {"family": _families(11), "context_bp": [512] * 5 + [100_000] * 5 + [1_000_000]}
    )
    found = f30.measure(rows)
    # 10 of 11; median of the eleven is 100,000
    assert (found.verdict, found.effect) == (HOLDS, pytest.approx(10 / 11))
    assert "the median is 100,000" in found.says
    assert f30.measure(rows.assign(context_bp=131_072)).verdict is NO


def test_f31_either_sort_of_model() -> None:
    rows = pd.DataFrame(
        {
            "family": _families(28),
            "reads_dna": [True] * 14 + [False] * 14,
            "reads_cells": [False] * 14 + [True] * 14,
            "gene_networks": [False] * 28,
            "structure_3d": [False] * 28,
        }
    )
    # none of 14: up to 1 - 0.025^(1/14) = 0.232, below a quarter
    found = f31.measure(rows)
    assert (found.verdict, found.ci_high) == (HOLDS, pytest.approx(1 - 0.025 ** (1 / 14)))
    assert f31.measure(rows.assign(gene_networks=True)).verdict is PART
    assert f31.measure(rows.assign(gene_networks=True, structure_3d=True)).verdict is NO
    assert f31.measure(rows.head(14)).verdict is THIN


@pytest.mark.parametrize(
    ("near", "far", "verdict"),
    [(0.3, -0.1, HOLDS), (0.5, 0.3, PART), (-0.2, 0.1, NO)],
)
def test_f32_near_minus_far(near: float, far: float, verdict: FindingVerdict) -> None:
    rows = pd.concat(
        [
            gaps({f"n{i}": [near + 0.01 * i] for i in range(6)}, near=1),
            gaps({f"f{i}": [far + 0.01 * i] for i in range(6)}, near=0),
            gaps({"u": [9.0]}, near=None),
        ]
    )
    found = f32.measure(rows)
    assert (found.verdict, found.effect) == (verdict, pytest.approx(near - far, abs=1e-6))
    assert "1 rows of models without a recorded objective" in found.says


def test_f33_share_of_tested_domains() -> None:
    # each of six models gains in one of four domains, by the mean over publications
    rows = pd.DataFrame(
        [
            {
                "method": f"m{i}", "name": f"M{i}", "family": f"m{i}", "domain": domain,
                "work": work, "gap": gap, "all_domains": 31,
            }
            for i in range(6)
            for domain, work, gap in [
                ("a", "p1", 0.3), ("a", "p2", -0.1), ("b", "p3", -0.1), ("c", "p4", 0.0),
                ("d", "p5", 0.1), ("d", "p1", -0.2),
            ]
        ]
    )  # fmt: skip
    found = f33.measure(rows)
    assert (found.verdict, found.effect, found.n) == (HOLDS, pytest.approx(0.25), 6)
    thin = f33.measure(rows[rows["method"].isin(["m0", "m1"])])
    assert thin.verdict is THIN
    assert "in 5 publications and 8 domains, with a gain in 2" in thin.missing
