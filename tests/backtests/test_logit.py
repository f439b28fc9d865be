from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad, minimize
from tests.backtests.conftest import made_up

from foedus.backtests import CaseTable
from foedus.backtests.logit import fit_logit, gradient, hessian, penalised_loss, scale_of, without_each
from foedus.backtests.scores import crps
from foedus.backtests.selection import forward
from foedus.ensembles.features import TEN
from foedus.ensembles.learned import average_logit, logit, normal_draws


@pytest.fixture(scope="module")
def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = CaseTable(made_up())
    return table.features(tuple(TEN)), table.point, table.proposal


def test_the_gradient_is_the_loss_s_derivative(problem) -> None:
    X, y, _ = problem
    start = np.linspace(-1, 1, X.shape[2])
    error = check_grad(lambda w: penalised_loss(w, X, y, 0.7), lambda w: gradient(w, X, y, 0.7), start)
    # Forward differences of a loss near 100 are good to about the square root of machine precision times it.
    assert error < 1e-4


def test_the_hessian_is_the_gradient_s_derivative(problem) -> None:
    X, y, _ = problem
    beta, step = np.linspace(-1, 1, X.shape[2]), 1e-5
    rows = [
        (gradient(beta + step * one, X, y, 0.7) - gradient(beta - step * one, X, y, 0.7)) / (2 * step)
        for one in np.eye(X.shape[2])
    ]
    # Central differences: error of order step squared.
    np.testing.assert_allclose(hessian(X, logit(X, beta), 0.7), np.array(rows), atol=1e-6)


def test_newton_finds_what_quasi_newton_finds(problem) -> None:
    X, y, _ = problem
    other = minimize(
        penalised_loss,
        np.zeros(X.shape[2]),
        args=(X, y, 0.7),
        jac=gradient,
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5_000},
    )
    fit = fit_logit(X, y, 0.7)
    assert penalised_loss(fit.beta, X, y, 0.7) <= other.fun + 1e-9
    # The loss is flat to 1e-9 around its minimum, which leaves beta free to about 1e-4.
    np.testing.assert_allclose(fit.beta, other.x, atol=1e-4)
    assert np.abs(gradient(fit.beta, X, y, 0.7)).max() < 1e-4


def test_leaving_out_a_proposal_is_close_to_fitting_without_it() -> None:
    table = CaseTable(made_up(proposals=60))
    X, y, proposal = table.features(tuple(TEN)), table.point, table.proposal
    fit = fit_logit(X, y, 5.0)
    left = without_each(fit, X, y, proposal)
    for one in (0, 1, 2, 31):
        rows = proposal == one
        exact = logit(X[rows], fit_logit(X[~rows], y[~rows], 5.0).beta)
        moved = np.abs(exact - fit.probability[rows]).sum()
        # First order: what it misses is small beside what leaving the proposal out changes.
        assert np.abs(left[rows] - exact).sum() < 0.1 * moved


def test_averaging_approaches_the_weights_as_they_become_certain(problem) -> None:
    X, y, _ = problem
    fit = fit_logit(X, y, 1.0)
    covariance = np.linalg.inv(fit.hessian)
    average = average_logit(X, fit.beta, covariance)
    np.testing.assert_allclose(average.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(average_logit(X, fit.beta, covariance * 1e-12), fit.probability, atol=1e-6)
    assert np.abs(average - fit.probability).max() > 1e-3


def test_averaging_agrees_with_plain_sampling(problem) -> None:
    X, y, _ = problem
    fit = fit_logit(X, y, 5.0)
    covariance = np.linalg.inv(fit.hessian)
    drawn = np.random.default_rng(2).multivariate_normal(fit.beta, covariance, size=20_000)
    expected = np.mean([logit(X[:1], one)[0] for one in drawn], axis=0)
    # 64 draws in opposite pairs.
    np.testing.assert_allclose(average_logit(X[:1], fit.beta, covariance)[0], expected, atol=0.01)


def test_normal_draws_are_standard() -> None:
    draws = normal_draws(200)
    assert draws.shape == (32, 200)
    # Standard errors of mean and variance of 6,400 numbers are .0125 and .018.
    assert draws.mean() == pytest.approx(0, abs=0.05)
    assert draws.var() == pytest.approx(1, abs=0.07)


def test_a_forward_search_keeps_the_best_set_that_it_met() -> None:
    table = CaseTable(made_up())
    rows = np.arange(len(table))
    X = forward(table, rows, 2, -1.0, 10.0)  # any loss up to 1 is borne, and none is kept
    assert X[: len(TEN)] == tuple(TEN)

    def left_out(names: tuple[str, ...]) -> float:
        features = table.features(names)
        features = features / scale_of(features)
        fit = fit_logit(features, table.point, 10.0)
        return float(crps(without_each(fit, features, table.point, table.proposal), table.outcome).mean())

    assert left_out(X) <= left_out(tuple(TEN)) + 1e-9
    assert forward(table, rows, 0, 0.0, 10.0) == tuple(TEN)
