"""The units of the effects change nothing but the units of the answer (METHODS, trap 1)."""

import dataclasses

import numpy as np
import pytest

from analysis.meta import KnownBlock, egger, egger_multilevel, fit, pooled_default, trim_and_fill


def in_units(result, unit):
    """Every number of a result that carries units, divided by its unit; the rest as it is."""
    out = {}
    for name in ("estimate", "se", "ci", "prediction_interval"):
        value = getattr(result, name)
        out[name] = None if value is None else np.asarray(value) / unit
    for name in ("tau2", "tau2_ci", "sigma2"):
        value = getattr(result, name)
        out[name] = None if value is None else np.asarray(value) / unit / unit
    for name in ("p", "i2", "h2", "q", "q_p", "n_clusters", "warnings"):
        out[name] = getattr(result, name)
    for at, row in enumerate(result.coefficients):
        out[f"c{at}"] = np.array([row.estimate / unit, row.se / unit, *(np.array(row.ci) / unit)])
        out[f"c{at} df"] = np.array([row.df or np.nan, row.p if row.p is not None else np.nan])
    return out


@pytest.mark.parametrize("unit", [1e-6, 1e6, 1e-150, 1e100])
@pytest.mark.parametrize(
    "options",
    [
        {"method": "fe"},
        {"method": "dl"},
        {"method": "pm"},
        {"method": "ml"},
        {"method": "reml"},
        {"method": "reml", "test": "knapp-hartung"},
        {"method": "reml", "moderators": "x"},
        {"method": "reml", "levels": ["study", "task", "row"], "robust": "cr2"},
        {"method": "ml", "levels": ["study", "row"], "robust": "cr1", "moderators": "x"},
        {"method": "reml", "levels": ["study", "row"], "crossed": ["task"]},
        {"method": "reml", "levels": ["study", "row"], "V_blocks": True, "robust": "cr2"},
    ],
    ids=str,
)
def test_multiplying_all_effects_changes_nothing(nested, options, unit):
    def run(scale):
        v = nested["v"] * scale * scale
        arguments = dict(options)
        for name in ("levels", "crossed"):
            if name in arguments:
                arguments[name] = [nested[label] for label in arguments[name]]
        if "moderators" in arguments:
            arguments["moderators"] = {"x": nested["x"]}
        if "V_blocks" in arguments:
            blocks = []
            for study in np.unique(nested["study"]):
                rows = np.flatnonzero(nested["study"] == study)
                cov = np.full((rows.size, rows.size), 0.3 * v[rows].min())
                np.fill_diagonal(cov, v[rows])
                blocks.append(KnownBlock(rows, cov))
            arguments["V_blocks"] = blocks
        return in_units(fit(nested["y"] * scale, v, **arguments), scale)

    plain, scaled = run(1.0), run(unit)
    assert plain.keys() == scaled.keys()
    for name, expected in plain.items():
        if isinstance(expected, tuple) or expected is None:
            assert scaled[name] == expected, name
        else:
            np.testing.assert_allclose(scaled[name], expected, rtol=1e-7, err_msg=name)


def test_the_moderators_units_change_nothing_but_their_coefficient(nested):
    y, v, x = nested["y"], nested["v"], nested["x"]
    levels = [nested["study"], nested["row"]]
    plain = fit(y, v, moderators={"x": x}, levels=levels, robust="cr2")
    moved = fit(y, v, moderators={"x": 1e9 * x}, levels=levels, robust="cr2")
    a, b = plain.coefficients[1], moved.coefficients[1]
    np.testing.assert_allclose(
        [b.estimate * 1e9, b.se * 1e9, b.df], [a.estimate, a.se, a.df], rtol=1e-8
    )
    np.testing.assert_allclose(moved.sigma2, plain.sigma2, rtol=1e-8)


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_small_study_tests_and_the_house_default_too(nested, unit):
    y, v, study, task = (nested[n] for n in ("y", "v", "study", "task"))
    for test in (
        egger,
        lambda y, v: egger(y, v, random=True),
        lambda y, v: egger_multilevel(y, v, levels=[study, nested["row"]]),
    ):
        a, b = test(y, v), test(y * unit, v * unit * unit)
        np.testing.assert_allclose([b.slope, b.se], [a.slope, a.se], rtol=1e-7)
        assert (b.p is None) == (a.p is None)
        np.testing.assert_allclose(b.limit / unit, a.limit, rtol=1e-7)
    assert trim_and_fill(y, v).k0 == trim_and_fill(y * unit, v * unit * unit).k0
    a = pooled_default(y, v, task, study)
    b = pooled_default(y * unit, v * unit * unit, task, study)
    np.testing.assert_allclose(np.array(b.ci) / unit, a.ci, rtol=1e-7)
    np.testing.assert_allclose(
        np.array(b.prediction_interval) / unit, a.prediction_interval, rtol=1e-7
    )
    assert dataclasses.replace(b, fit=None).warnings == a.warnings
