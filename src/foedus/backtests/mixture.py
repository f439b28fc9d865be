"""A mixture of places where outcomes fall: poles, institutions, interior points, round numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.backtests.case import CaseTable, Rows
from foedus.backtests.predictions import Prediction
from foedus.ensembles.features import GRID, Ground, at, between, bump, shares
from foedus.issues.sitting import Floats

PRIOR = 2.0
"""Cases that each component is credited with beforehand."""

_SWEEPS = 200
_ROUND = np.select(
    [GRID == 50, np.isin(GRID, (0, 100)), GRID % 10 == 0, GRID % 5 == 0], [5.0, 4.0, 3.0, 1.0], default=0.15
)  # declared weights of round numbers within a component that spreads over an interval


def _even(g: Ground, where: Floats) -> Floats:
    return np.broadcast_to(where, (len(g.mean), len(GRID)))


def _near(g: Ground, width: float) -> Floats:
    kernel = np.exp(-0.5 * ((GRID[:, None] - GRID) / width) ** 2)
    return np.asarray((g.mass @ kernel) * _ROUND)


COMPONENTS: dict[str, Callable[[Ground], Floats]] = {
    "members by salience": lambda g: shares(g.position, g.salience * g.voting + 1e-12 * g.voting),
    "members by votes": lambda g: shares(g.position, g.votes + 1e-12 * g.voting),
    "members' median": lambda g: at(g.member_median),
    "proposer": lambda g: at(g.proposer),
    "chamber": lambda g: at(g.chamber),
    "reference": lambda g: at(g.reference),
    "near the mean": lambda g: bump(g.mean, 8) * _ROUND,
    "about the mean": lambda g: bump(g.mean, 20) * _ROUND,
    "near somebody": lambda g: _near(g, 10),
    "about somebody": lambda g: _near(g, 20),
    "reference to proposer": lambda g: between(g.reference, g.proposer) * _ROUND,
    "proposer to chamber": lambda g: between(g.proposer, g.chamber) * _ROUND,
    "proposer to members": lambda g: between(g.proposer, g.member_mean) * _ROUND,
    "tens": lambda g: _even(g, 1.0 * (GRID % 10 == 0)),
    "middle": lambda g: _even(g, 1.0 * (GRID == 50)),
    "anywhere": lambda g: _even(g, np.ones(len(GRID))),
}
"""Unnormalised components by name; shape (N, 101), a row of zeros where an issue lacks what it needs."""


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
        parts = components(table.ground)[rows]
        weights = fit_weights(parts[np.arange(len(rows)), :, table.point[rows]], parts.sum(axis=2) > 0)
        return {"components": list(COMPONENTS), "weights": weights.tolist()}

    def predict(self, table: CaseTable, rows: Rows, parameters: Mapping[str, Any]) -> Prediction:
        """Return the distributions."""
        parts = components(table.ground)[rows]
        weight = np.asarray(parameters["weights"]) * (parts.sum(axis=2) > 0)
        weight /= weight.sum(axis=1, keepdims=True)
        return Prediction.of(np.einsum("nk,nkg->ng", weight, parts))


def components(g: Ground) -> Floats:
    """Return normalised components; shape (N, K, 101)."""
    parts = np.stack([make(g) for make in COMPONENTS.values()], axis=1)
    total = parts.sum(axis=2, keepdims=True)
    return np.asarray(parts / np.where(total > 0, total, 1.0))


def fit_weights(likelihood: Floats, present: Floats) -> Floats:
    """Return mixture weights by expectation and maximisation.

    Parameters
    ----------
    likelihood
        Probability of each outcome under each component; shape (N, K).
    present
        1 where the component has its input; shape (N, K).

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
    weights = np.full(count, 1 / count)
    for _ in range(_SWEEPS):
        share = weights * likelihood
        total = share.sum(axis=1, keepdims=True)
        share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
        exposure = (present / (weights * present).sum(axis=1, keepdims=True)).sum(axis=0)
        weights = (share.sum(axis=0) + PRIOR) / (exposure + PRIOR * count)
        weights /= weights.sum()
    return weights
