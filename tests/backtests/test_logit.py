from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad, minimize
from tests.backtests.conftest import made_up

from foedus.backtests import CaseTable
from foedus.backtests.logit import curvature_of, fit_logit, penalised_loss, scale_of, slope, without_each
from foedus.backtests.scores import crps
from foedus.backtests.selection import forward
from foedus.ensembles.features import TEN
from foedus.ensembles.learned import average_logit, logit, normal_draws


@pytest.fixture(scope="module")
def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = CaseTable(made_up())
    return table.features(tuple(TEN)), table.point, table.proposal


def test_slope_is_the_gradient(problem) -> None:
    found, point, _ = problem
    start = np.linspace(-1, 1, found.shape[2])
    error = check_grad(lambda w: penalised_loss(w, found, point, 0.7), lambda w: slope(w, found, point, 0.7), start)
    # Forward differences of a loss near 100 are good to about the square root of machine precision times it.
    assert error < 1e-4


def test_curvature_is_the_slope_s_derivative(problem) -> None:
    found, point, _ = problem
    weights, step = np.linspace(-1, 1, found.shape[2]), 1e-5
    rows = [
        (slope(weights + step * one, found, point, 0.7) - slope(weights - step * one, found, point, 0.7)) / (2 * step)
        for one in np.eye(found.shape[2])
    ]
    # Central differences: error of order step squared.
    np.testing.assert_allclose(curvature_of(found, logit(found, weights), 0.7), np.array(rows), atol=1e-6)


def test_newton_finds_what_quasi_newton_finds(problem) -> None:
    found, point, _ = problem
    other = minimize(
        penalised_loss,
        np.zeros(found.shape[2]),
        args=(found, point, 0.7),
        jac=slope,
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5_000},
    )
    fit = fit_logit(found, point, 0.7)
    assert penalised_loss(fit.weights, found, point, 0.7) <= other.fun + 1e-9
    # The loss is flat to 1e-9 around its minimum, which leaves weights free to about 1e-4.
    np.testing.assert_allclose(fit.weights, other.x, atol=1e-4)
    assert np.abs(slope(fit.weights, found, point, 0.7)).max() < 1e-4


def test_leaving_out_a_proposal_is_close_to_fitting_without_it() -> None:
    table = CaseTable(made_up(proposals=60))
    found, point, proposal = table.features(tuple(TEN)), table.point, table.proposal
    fit = fit_logit(found, point, 5.0)
    left = without_each(fit, found, point, proposal)
    for one in (0, 1, 2, 31):
        rows = proposal == one
        exact = logit(found[rows], fit_logit(found[~rows], point[~rows], 5.0).weights)
        moved = np.abs(exact - fit.probability[rows]).sum()
        # First order: what it misses is small beside what leaving the proposal out changes.
        assert np.abs(left[rows] - exact).sum() < 0.1 * moved


def test_averaging_approaches_the_weights_as_they_become_certain(problem) -> None:
    found, point, _ = problem
    fit = fit_logit(found, point, 1.0)
    covariance = np.linalg.inv(fit.curvature)
    average = average_logit(found, fit.weights, covariance)
    np.testing.assert_allclose(average.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(average_logit(found, fit.weights, covariance * 1e-12), fit.probability, atol=1e-6)
    assert np.abs(average - fit.probability).max() > 1e-3


def test_averaging_agrees_with_plain_sampling(problem) -> None:
    found, point, _ = problem
    fit = fit_logit(found, point, 5.0)
    covariance = np.linalg.inv(fit.curvature)
    drawn = np.random.default_rng(2).multivariate_normal(fit.weights, covariance, size=20_000)
    expected = np.mean([logit(found[:1], one)[0] for one in drawn], axis=0)
    # 64 draws in opposite pairs.
    np.testing.assert_allclose(average_logit(found[:1], fit.weights, covariance)[0], expected, atol=0.01)


def test_normal_draws_are_standard() -> None:
    draws = normal_draws(200)
    assert draws.shape == (32, 200)
    # Standard errors of mean and variance of 6,400 numbers are .0125 and .018.
    assert draws.mean() == pytest.approx(0, abs=0.05)
    assert draws.var() == pytest.approx(1, abs=0.07)


def test_a_forward_search_keeps_the_best_set_that_it_met() -> None:
    table = CaseTable(made_up())
    rows = np.arange(len(table))
    found = forward(table, rows, 2, -1.0, 10.0)  # any loss up to 1 is borne, and none is kept
    assert found[: len(TEN)] == tuple(TEN)

    def left_out(names: tuple[str, ...]) -> float:
        features = table.features(names)
        features = features / scale_of(features)
        fit = fit_logit(features, table.point, 10.0)
        return float(crps(without_each(fit, features, table.point, table.proposal), table.outcome).mean())

    assert left_out(found) <= left_out(tuple(TEN)) + 1e-9
    assert forward(table, rows, 0, 0.0, 10.0) == tuple(TEN)
