"""Variance formulas against simulated test sets, and against published numbers.

Each simulation draws test sets, computes the metric on each, and compares the variance over test
sets with the formula at the metric's expected value. 4,000 draws know a variance to 2.2 per cent.
"""

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from analysis.effects import delong, sampling
from analysis.effects.uncertainty import range_factor

DRAWS = 4000


def one(x):
    return np.array([float(x)])


def ratio(values, formula):
    """Formula over simulated variance."""
    return float(formula[0]) / np.var(values, ddof=1)


@pytest.mark.parametrize("p", [0.6, 0.9])
def test_accuracy(p):
    rng = np.random.default_rng(1)
    values = rng.binomial(250, p, DRAWS) / 250
    assert ratio(values, sampling.accuracy(one(p), one(250))) == pytest.approx(1, abs=0.08)


def test_auroc_is_wider_than_the_truth_but_not_by_more_than_methods_says():
    """Hanley & McNeil assume exponential scores: 8 to 38 per cent too wide in sd for others."""
    rng = np.random.default_rng(2)
    n, prevalence = 200, 0.3
    values = []
    for _ in range(2000):
        labels = rng.random(n) < prevalence
        ranks = stats.rankdata(rng.normal(1.2 * labels))
        m = labels.sum()
        values.append((ranks[labels].sum() - m * (m + 1) / 2) / (m * (n - m)))
    got = ratio(values, sampling.auroc(one(np.mean(values)), one(n), one(prevalence)))
    assert 0.95 < np.sqrt(got) < 1.38


def test_auroc_is_exact_where_its_assumption_holds():
    """Exponential scores are the case in which Q1 and Q2 are exact."""
    rng = np.random.default_rng(20)
    positives, negatives, draws = 40, 80, 4000
    high = rng.exponential(3.0, (draws, positives, 1))
    low = rng.exponential(1.0, (draws, 1, negatives))
    values = (high > low).mean(axis=(1, 2))
    n, prevalence = positives + negatives, positives / (positives + negatives)
    formula = sampling.auroc(one(0.75), one(n), one(prevalence))
    assert np.mean(values) == pytest.approx(0.75, abs=0.003)
    assert ratio(values, formula) == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize(("prevalence", "shift"), [(0.3, 1.0), (0.5, 2.0)])
def test_binary_f1(prevalence, shift):
    """Scores cut where as many are called positive as there are."""
    rng = np.random.default_rng(3)
    n = 300
    cut = np.quantile(
        np.concatenate([rng.normal(shift, 1, int(1e6 * prevalence)),
                        rng.normal(0, 1, int(1e6 * (1 - prevalence)))]), 1 - prevalence
    )  # fmt: skip
    values = []
    for _ in range(DRAWS):
        labels = rng.random(n) < prevalence
        called = rng.normal(shift * labels) > cut
        hit = np.sum(labels & called)
        values.append(2 * hit / (labels.sum() + called.sum()))
    formula = sampling.f1(one(np.mean(values)), one(n), one(prevalence))
    assert ratio(values, formula) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(("prevalence", "shift"), [(0.2, 1.5), (0.5, 2.5)])
def test_binary_mcc(prevalence, shift):
    rng = np.random.default_rng(4)
    n = 400
    cut = np.quantile(
        np.concatenate([rng.normal(shift, 1, int(1e6 * prevalence)),
                        rng.normal(0, 1, int(1e6 * (1 - prevalence)))]), 1 - prevalence
    )  # fmt: skip
    values = []
    for _ in range(DRAWS):
        labels = rng.random(n) < prevalence
        called = rng.normal(shift * labels) > cut
        values.append(np.corrcoef(labels, called)[0, 1])
    mean = one(np.mean(values))
    assert ratio(values, sampling.mcc(mean, one(n), one(prevalence))) == pytest.approx(1, abs=0.1)
    # METHODS.md: as a correlation the variance is 1.9 to 3.9 times too small at usual sizes
    assert ratio(values, sampling.pearson(mean, one(n))) < 0.75


def test_mcc_is_a_rescaled_accuracy_where_classes_are_balanced():
    """phi = 2 acc - 1 there, so its variance is (1 - phi^2) / n."""
    m = np.array([-0.4, 0.0, 0.5, 0.8])
    n = np.full(4, 1000.0)
    np.testing.assert_allclose(sampling.mcc(m, n, np.full(4, 0.5)), (1 - m**2) / n, rtol=1e-9)
    np.testing.assert_allclose(
        sampling.mcc_multiclass(m, n, np.full(4, 2.0)), (1 - m**2) / n, rtol=1e-9
    )


def test_mcc_against_the_gradient_taken_by_differences():
    """The multinomial delta method with a numerical gradient, no algebra of ours."""
    prevalence, m, n = 0.25, 0.6, 500
    both = prevalence * (1 - prevalence)
    cells = np.array(
        [prevalence**2 + m * both, both * (1 - m), both * (1 - m), (1 - prevalence) ** 2 + m * both]
    )

    def phi(c):
        a, b, c_, d = c
        return (a * d - b * c_) / np.sqrt((a + b) * (c_ + d) * (a + c_) * (b + d))

    assert phi(cells) == pytest.approx(m)
    g = np.array([(phi(cells + h) - phi(cells - h)) / 2e-6 for h in 1e-6 * np.eye(4)])
    expected = (cells @ g**2 - (cells @ g) ** 2) / n
    assert sampling.mcc(one(m), one(n), one(prevalence))[0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("classes", [4, 10])
def test_multiclass_f1_and_mcc(classes):
    rng = np.random.default_rng(5)
    n, right = 500, 0.7
    f1s, mccs = [], []
    for _ in range(1500):
        labels = rng.integers(0, classes, n)
        wrong = (labels + rng.integers(1, classes, n)) % classes
        called = np.where(rng.random(n) < right, labels, wrong)
        table = np.zeros((classes, classes))
        np.add.at(table, (labels, called), 1)
        rows, columns, hits = table.sum(1), table.sum(0), np.diag(table)
        f1s.append(np.mean(2 * hits / (rows + columns)))
        cov = hits.sum() * n - rows @ columns
        mccs.append(cov / np.sqrt((n**2 - rows @ rows) * (n**2 - columns @ columns)))
    assert ratio(f1s, sampling.f1_multiclass(one(np.mean(f1s)), one(n))) == pytest.approx(
        1, abs=0.13
    )
    formula = sampling.mcc_multiclass(one(np.mean(mccs)), one(n), one(classes))
    assert ratio(mccs, formula) == pytest.approx(1, abs=0.13)


@pytest.mark.parametrize("r", [0.2, 0.8])
def test_pearson_and_spearman(r):
    rng = np.random.default_rng(6)
    n = 60
    x = rng.normal(size=(DRAWS, n))
    y = r * x + np.sqrt(1 - r**2) * rng.normal(size=(DRAWS, n))

    def correlations(a, b):
        a, b = a - a.mean(1, keepdims=True), b - b.mean(1, keepdims=True)
        return (a * b).sum(1) / np.sqrt((a * a).sum(1) * (b * b).sum(1))

    z = np.arctanh(correlations(x, y))
    assert ratio(z, sampling.pearson(one(0), one(n))) == pytest.approx(1, abs=0.08)
    ranks = correlations(np.argsort(np.argsort(x)) * 1.0, np.argsort(np.argsort(y)) * 1.0)
    mean = one(np.mean(ranks))
    formula = sampling.spearman(mean, one(n)) / (1 - mean**2) ** 2
    assert ratio(np.arctanh(ranks), formula) == pytest.approx(1, abs=0.12)


@pytest.mark.parametrize(
    ("fit", "share"), [("calibrated", 0.3), ("calibrated", 0.8), ("unrelated", 0.5)]
)
def test_r2(fit, share):
    """Errors unrelated to the prediction above zero, prediction unrelated to the truth below."""
    rng = np.random.default_rng(7)
    n = 200
    prediction = rng.normal(size=(DRAWS, n)) * np.sqrt(share)
    truth = rng.normal(size=(DRAWS, n)) * (1.0 if fit == "unrelated" else np.sqrt(1 - share))
    truth = truth + (prediction if fit == "calibrated" else 0.0)
    values = 1 - ((truth - prediction) ** 2).mean(1) / truth.var(1)
    assert ratio(values, sampling.r2(one(np.mean(values)), one(n))) == pytest.approx(1, abs=0.12)


@pytest.mark.parametrize("kind", ["mse", "rmse", "mae"])
def test_log_errors(kind):
    rng = np.random.default_rng(8)
    e = rng.normal(size=(DRAWS, 150))
    value = {"mse": (e**2).mean(1), "rmse": np.sqrt((e**2).mean(1)), "mae": np.abs(e).mean(1)}[kind]
    constant = one(sampling.LOG_ERROR[kind])
    formula = sampling.error(one(3.0), one(150), constant) / 9.0
    assert ratio(np.log(value), formula) == pytest.approx(1, abs=0.08)


def test_auprc_is_about_right():
    """A rule of thumb (Boyd, Eng & Page 2013): within a factor of two in variance."""
    rng = np.random.default_rng(9)
    n, prevalence = 400, 0.2
    values = []
    for _ in range(1500):
        labels = rng.random(n) < prevalence
        values.append(metrics.average_precision_score(labels, rng.normal(1.5 * labels)))
    got = ratio(values, sampling.auprc(one(np.mean(values)), one(n), one(prevalence)))
    assert 0.5 < got < 2.0


def test_paired_accuracy_from_discordant_items():
    rng = np.random.default_rng(10)
    n = 300
    cells = rng.multinomial(n, [0.6, 0.2, 0.08, 0.12], DRAWS)
    values = (cells[:, 1] - cells[:, 2]) / n
    formula = sampling.paired_accuracy(one(0.2 * n), one(0.08 * n), one(n))
    assert ratio(values, formula) == pytest.approx(1, abs=0.08)


def test_paired_pearson_by_steiger():
    rng = np.random.default_rng(11)
    n = 100
    truth = rng.normal(size=(DRAWS, n))
    shared = rng.normal(size=(DRAWS, n))
    a = 0.8 * truth + 0.4 * shared + 0.4 * rng.normal(size=(DRAWS, n))
    b = 0.5 * truth + 0.6 * shared + 0.4 * rng.normal(size=(DRAWS, n))

    def z(x, y):
        x, y = x - x.mean(1, keepdims=True), y - y.mean(1, keepdims=True)
        return np.arctanh((x * y).sum(1) / np.sqrt((x * x).sum(1) * (y * y).sum(1)))

    z_a, z_b, z_ab = z(a, truth), z(b, truth), z(a, b)
    r = [one(np.tanh(np.mean(x))) for x in (z_a, z_b, z_ab)]
    covariance = sampling.fisher_z_covariance(*r, one(n))
    assert covariance[0] == pytest.approx(np.cov(z_a, z_b)[0, 1], rel=0.1)
    assert ratio(z_a - z_b, 2 / one(n - 3) - 2 * covariance) == pytest.approx(1, abs=0.1)


def test_delong_areas_and_variance():
    """Areas as scikit-learn's, ties too; the covariance against redrawn test sets."""
    rng = np.random.default_rng(12)
    labels = rng.random(300) < 0.4
    common = rng.normal(size=300)
    scores = np.column_stack([labels + common, np.round(0.7 * labels + common, 1)])
    areas, _ = delong(scores, labels)
    for column, area in zip(scores.T, areas, strict=True):
        assert area == pytest.approx(metrics.roc_auc_score(labels, column), abs=1e-12)
    differences, predicted = [], []
    for _ in range(1500):
        labels = np.arange(150) < 60
        common = rng.normal(size=150)
        draw = np.column_stack(
            [labels + common, 0.7 * labels + 0.8 * common + 0.6 * rng.normal(size=150)]
        )
        areas, cov = delong(draw, labels)
        differences.append(areas[0] - areas[1])
        predicted.append(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    assert np.mean(predicted) == pytest.approx(np.var(differences), rel=0.12)
    with pytest.raises(ValueError, match="two of each"):
        delong(draw, np.zeros(150, dtype=bool))


def test_range_factors_as_tabulated():
    """The d2 of control charts: 2.326 for samples of five, 3.078 for ten."""
    assert range_factor(5) == pytest.approx(2.326, abs=5e-4)
    assert range_factor(10) == pytest.approx(3.078, abs=5e-4)
    assert range_factor(2) == pytest.approx(2 / np.sqrt(np.pi), rel=1e-9)
    with pytest.raises(ValueError, match="two values"):
        range_factor(1)


def test_a_value_at_the_edge_has_a_variance():
    n = one(100)
    for formula in (sampling.accuracy(one(1.0), n), sampling.auroc(one(1.0), n, one(0.5)),
                    sampling.auprc(one(1.0), n, one(0.5)), sampling.f1(one(0.0), n, one(0.3)),
                    sampling.mcc(one(1.0), n, one(0.5)), sampling.mcc(one(-1.0), n, one(0.1)),
                    sampling.pearson(one(1.0), n), sampling.r2(one(0.0), n)):  # fmt: skip
        assert 0.0 < formula[0] < 0.05


def test_missing_numbers_stay_missing():
    nothing = one(np.nan)
    assert np.isnan(sampling.accuracy(one(0.7), nothing)[0])
    assert np.isnan(sampling.pearson(one(0.7), one(3))[0])
    assert np.isnan(sampling.auroc(one(0.7), one(100), nothing)[0])
