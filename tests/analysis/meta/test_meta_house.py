"""The house default, and why it is that one."""

import numpy as np
import pytest

from analysis.meta import fit, pooled_default


def test_it_is_the_three_level_model_with_cr2_by_study(nested):
    y, v, study, task = (nested[n] for n in ("y", "v", "study", "task"))
    pooled = pooled_default(y, v, task, study)
    direct = fit(y, v, levels=[study, task, nested["row"]], cluster=study, robust="cr2")
    assert pooled.status == "pooled"
    assert pooled.level_names == ("study", "task", "result")
    assert (pooled.k, pooled.n_studies) == (y.size, 9)
    assert pooled.estimate == pytest.approx(direct.estimate)
    assert (pooled.se, pooled.df, pooled.ci) == (
        direct.robust.se,
        direct.robust.df,
        direct.robust.ci,
    )
    # t with G - 2 = 7 degrees of freedom: 2.364624 (Student's table)
    half = 2.364624 * np.sqrt(pooled.se**2 + sum(pooled.sigma2))
    assert pooled.prediction_interval == pytest.approx(
        (pooled.estimate - half, pooled.estimate + half), rel=1e-5
    )


def test_below_five_studies_it_only_describes(nested):
    keep = np.isin(nested["study"], ["s0", "s1", "s2", "s3"])
    y = nested["y"][keep]
    pooled = pooled_default(y, nested["v"][keep], nested["task"][keep], nested["study"][keep])
    assert pooled.status == "descriptive"
    assert pooled.se is pooled.ci is pooled.p is pooled.prediction_interval is pooled.fit is None
    medians = [np.median(y[nested["study"][keep] == f"s{i}"]) for i in range(4)]
    assert pooled.estimate == pytest.approx(np.median(medians))
    assert pooled.range == (y.min(), y.max())
    assert "4 of the 5 studies" in pooled.warnings[0]


def test_levels_that_say_nothing_new_are_left_out():
    rng = np.random.default_rng(2)
    y, v = rng.normal(0, 0.1, 12), rng.uniform(0.001, 0.01, 12)
    each = pooled_default(y, v, ["t"] * 12, range(12))
    assert each.level_names == ("study",)
    assert each.estimate == pytest.approx(fit(y, v).estimate)
    by_task = pooled_default(y, v, np.arange(12) % 2, np.arange(12) // 2)
    assert by_task.level_names == ("study", "result")
    one_task = pooled_default(y, v, ["t"] * 12, np.arange(12) // 2)
    assert one_task.level_names == ("study", "result")


def test_coverage_with_twelve_studies():
    """Ignoring the nesting covers far too rarely; the default holds its level (METHODS.md).

    Both intervals claim 95 per cent. With 200 data sets the standard error of a coverage of 0.95
    is 0.015.
    """
    rng = np.random.default_rng(12)
    naive = kept = 0
    runs = 200
    for _ in range(runs):
        study = np.repeat(np.arange(12), 8)
        task = np.tile(np.repeat(np.arange(4), 2), 12)
        v = rng.uniform(1e-4, 9e-4, study.size)
        y = (
            rng.normal(0, 0.03, 12)[study]
            + rng.normal(0, 0.02, (12, 4))[study, task]
            + rng.normal(0, np.sqrt(v + 1e-4))
        )
        low, high = fit(y, v, method="dl").ci
        naive += low <= 0.0 <= high
        low, high = pooled_default(y, v, task, study).ci
        kept += low <= 0.0 <= high
    assert naive / runs < 0.75
    assert 0.91 <= kept / runs <= 0.99
