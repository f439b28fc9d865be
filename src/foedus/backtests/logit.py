"""Fitting the conditional logit over the grid: Newton's method on the penalised likelihood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Prediction
from foedus.ensembles.features import LIBRARY, TEN
from foedus.ensembles.learned import Logit, logit
from foedus.issues.sitting import Floats

_STEPS = 60
_ENOUGH = 1e-10  # gain of a Newton step, in units of the likelihood, below which the fit stands


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted logit.

    Parameters
    ----------
    beta
        Weights of the features; shape (F,).
    hessian
        Second derivatives of the penalised loss; its inverse is the covariance of the weights; shape (F, F).
    probability
        Of each point; shape (N, 101).
    """

    beta: Floats
    hessian: Floats
    probability: Floats


def penalised_loss(beta: Floats, X: Floats, y: Rows, penalty: float) -> float:
    """Return minus the log likelihood plus the penalty times the sum of squared weights.

    Parameters
    ----------
    beta
        Weights of the features; shape (F,).
    X
        Scaled features; shape (N, 101, F).
    y
        Index of each outcome on the grid; shape (N,).
    penalty
        At least 0.
    """
    score = X @ beta
    top = score.max(axis=1)
    total = np.log(np.exp(score - top[:, None]).sum(axis=1)) + top
    return float((total - score[np.arange(len(y)), y]).sum() + penalty * (beta**2).sum())


def gradient(beta: Floats, X: Floats, y: Rows, penalty: float) -> Floats:
    """Return the gradient of `penalised_loss`; shape (F,)."""
    expected = np.matmul(logit(X, beta)[:, None, :], X)[:, 0]
    seen = X[np.arange(len(y)), y]
    return np.asarray((expected - seen).sum(axis=0) + 2 * penalty * beta)


def fit_logit(X: Floats, y: Rows, penalty: float, start: Floats | None = None) -> Fit:
    """Fit weights by Newton's method with step halving; the loss is convex, so the answer is the only one.

    Parameters
    ----------
    X
        Scaled features; shape (N, 101, F).
    y
        Index of each outcome on the grid; shape (N,).
    penalty
        Above 0 where features are collinear.
    start
        Coefficients to start from; zero if not given.
    """
    beta = np.zeros(X.shape[2]) if start is None else start
    loss = penalised_loss(beta, X, y, penalty)
    for _ in range(_STEPS):
        step = np.linalg.solve(hessian(X, logit(X, beta), penalty), gradient(beta, X, y, penalty))
        size = 1.0
        while (new := penalised_loss(beta - size * step, X, y, penalty)) > loss and size > 1e-6:
            size /= 2
        if loss - new < _ENOUGH:
            break
        beta, loss = beta - size * step, new
    probability = logit(X, beta)
    return Fit(beta, hessian(X, probability, penalty), probability)


def hessian(X: Floats, probability: Floats, penalty: float) -> Floats:
    """Return the second derivatives of `penalised_loss`; shape (F, F)."""
    flat = X.reshape(-1, X.shape[2])
    expected = np.matmul(probability[:, None, :], X)[:, 0]
    squares = (flat * probability.reshape(-1, 1)).T @ flat - expected.T @ expected
    return np.asarray(squares + 2 * penalty * np.eye(X.shape[2]))


def without_each(fit: Fit, X: Floats, y: Rows, group: Rows) -> Floats:
    """Return each case's distribution as if its whole group had not been fitted, to first order.

    One Newton step from the full fit without the group: the usual approximation of leaving out one group at a time.

    Parameters
    ----------
    fit, X, y
        What was fitted, and to what.
    group
        Index of each case's group, such as its proposal; shape (N,).

    Returns
    -------
    Floats
        Shape (N, 101).
    """
    expected = np.matmul(fit.probability[:, None, :], X)[:, 0]
    score = X[np.arange(len(y)), y] - expected
    out = np.empty_like(fit.probability)
    for g in np.unique(group):
        rows = np.flatnonzero(group == g)
        own_hessian = hessian(X[rows], fit.probability[rows], 0.0)
        beta = fit.beta - np.linalg.solve(fit.hessian - own_hessian, score[rows].sum(axis=0))
        out[rows] = logit(X[rows], beta)
    return out


def scale_of(X: Floats) -> Floats:
    """Return the root mean square of each feature, 1 where it is always zero; shape (F,)."""
    size = np.sqrt((X**2).mean(axis=(0, 1)))
    return np.asarray(np.where(size > 0, size, 1.0))


@dataclass(frozen=True, slots=True)
class LogitModel:
    """A conditional logit under test.

    Parameters
    ----------
    name, summary
        See `foedus.backtests.predictions.Model`.
    features
        Keys of `foedus.ensembles.features.LIBRARY`.
    penalty
        Of the squared weights of scaled features.
    averaged
        Whether predictions average over the uncertainty of the weights.
    heavier
        How many times as heavily all but the ten features are penalised.
    """

    name: str
    summary: str
    features: tuple[str, ...]
    penalty: float
    averaged: bool = False
    heavier: float = 1.0
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return features, scale, weights and covariance."""
        return fitted_parameters(table, rows, self.features, self.penalty, averaged=self.averaged, heavier=self.heavier)

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        model = Logit.of(parameters)
        return Prediction.of(model.distribution(table.features(model.names)[rows]))

    def left_out(self, table: CaseTable, rows: Rows) -> Floats:
        """Return each case's distribution fitted without its proposal, to first order; shape (n, 101)."""
        X = table.features(self.features)[rows]
        X = X / _scale(X, self.features, self.heavier)
        fit = fit_logit(X, table.point[rows], self.penalty)
        return without_each(fit, X, table.point[rows], table.proposal[rows])


def _scale(X: Floats, names: tuple[str, ...], heavier: float) -> Floats:
    """Return what features are divided by: a smaller scale is a heavier penalty; shape (F,)."""
    return np.asarray(scale_of(X) * np.where([name in TEN for name in names], 1.0, np.sqrt(heavier)))


def fitted_parameters(
    table: CaseTable, rows: Rows, names: tuple[str, ...], penalty: float, *, averaged: bool, heavier: float = 1.0
) -> dict[str, Any]:
    """Fit a logit to some cases and return it as plain numbers, in the order of the features."""
    X = table.features(names)[rows]
    scale = _scale(X, names, heavier)
    fit = fit_logit(X / scale, table.point[rows], penalty)
    covariance = np.linalg.inv(fit.hessian).tolist() if averaged else None
    return {
        "features": list(names),
        "penalty": penalty,
        "scale": scale.tolist(),
        "weights": fit.beta.tolist(),
        "covariance": covariance,
    }


TEN_FEATURES = LogitModel(
    "ten-feature logit", "A conditional logit with ten features of the positions.", tuple(TEN), 1.0
)
WHOLE_LIBRARY = LogitModel(
    "whole library",
    "A conditional logit with every feature; all but the ten are penalised a hundred times as heavily.",
    tuple(LIBRARY),
    3.0,
    heavier=100.0,
)
