"""A mixture of places where outcomes fall: poles, institutions, interior points, round numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from foedus.ensembles.features import GRID, Ground, at, between, bump, shares
from foedus.issues.sitting import Floats

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


def components(g: Ground) -> Floats:
    """Return normalised components; shape (N, K, 101)."""
    parts = np.stack([make(g) for make in COMPONENTS.values()], axis=1)
    total = parts.sum(axis=2, keepdims=True)
    return np.asarray(parts / np.where(total > 0, total, 1.0))


def mixture_of(weights: Floats, parts: Floats) -> Floats:
    """Return the mixture; on an issue that lacks a component's input the other weights are scaled up.

    Parameters
    ----------
    weights
        Shape (K,).
    parts
        As `components` returns them; shape (N, K, 101).

    Returns
    -------
    Floats
        Shape (N, 101); rows sum to 1.
    """
    weight = weights * (parts.sum(axis=2) > 0)
    weight /= weight.sum(axis=1, keepdims=True)
    return np.asarray(np.matmul(weight[:, None, :], parts)[:, 0])
