"""Fitting the mixture of poles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Prediction
from foedus.ensembles.poles import COMPONENTS, components, mixture_of
from foedus.issues.sitting import Floats

PRIOR = 2.0
"""Cases that each component is credited with beforehand."""

_SWEEPS = 200
_FEW_SWEEPS = 10


@dataclass(frozen=True, slots=True)
class PoleMixture:
    """A mixture whose weights are fitted by expectation and maximisation.

    On an issue that lacks a component's input the other weights are scaled up.
    """

    name: str = "mixture of poles"
    summary: str = "Poles, institutions, intervals and round numbers, with one fitted weight each."
    fitted: bool = True

    def fit(self, table: CaseTable, rows: Rows) -> Mapping[str, Any]:
        """Return the weights."""
        parts = _components(table)[rows]
        weights = fit_weights(parts[np.arange(len(rows)), :, table.point[rows]], parts.sum(axis=2) > 0)
        return {"components": list(COMPONENTS), "weights": weights.tolist()}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        return Prediction.of(mixture_of(np.asarray(parameters["weights"]), _components(table)[rows]))

    def left_out(self, table: CaseTable, rows: Rows) -> Floats:
        """Return each case's distribution by weights fitted without its proposal; shape (n, 101).

        Each fit starts from that to all the cases.
        """
        parts = _components(table)[rows]
        there = (parts.sum(axis=2) > 0).astype(np.float64)
        likelihood = parts[np.arange(len(rows)), :, table.point[rows]]
        start = fit_weights(likelihood, there)
        out = np.empty((len(rows), parts.shape[2]))
        for proposal in np.unique(table.proposal[rows]):
            own = table.proposal[rows] == proposal
            out[own] = mixture_of(fit_weights(likelihood[~own], there[~own], start, _FEW_SWEEPS), parts[own])
        return out


def _components(table: CaseTable) -> Floats:
    return table.remembered(("components",), lambda: components(table.ground))


def fit_weights(likelihood: Floats, present: Floats, start: Floats | None = None, sweeps: int = _SWEEPS) -> Floats:
    """Return mixture weights by expectation and maximisation.

    Parameters
    ----------
    likelihood
        Probability of each outcome under each component; shape (N, K).
    present
        1 where the component has its input; shape (N, K).
    start
        Weights to start from; equal ones if not given; shape (K,).
    sweeps
        How often they are improved.

    Returns
    -------
    Floats
        Shape (K,); they sum to 1.

    Examples
    --------
    >>> fit_weights(np.array([[1.0, 0.0], [1.0, 0.0]]), np.ones((2, 2))).round(3).tolist()
    [0.667, 0.333]
    """
    count = likelihood.shape[1]
    weights = np.full(count, 1 / count) if start is None else start
    for _ in range(sweeps):
        responsibility = weights * likelihood
        total = responsibility.sum(axis=1, keepdims=True)
        responsibility = np.divide(responsibility, total, out=np.zeros_like(responsibility), where=total > 0)
        exposure = (present / (weights * present).sum(axis=1, keepdims=True)).sum(axis=0)
        weights = (responsibility.sum(axis=0) + PRIOR) / (exposure + PRIOR * count)
        weights /= weights.sum()
    return weights
