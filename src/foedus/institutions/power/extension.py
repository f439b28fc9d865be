"""The multilinear extension of a weighted game, integrated along its diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_MEMBERS = 1000
"""Members up to which the probability of the empty coalition is a normal floating-point number."""

_BLOCK = 2**15
_FEWEST, _MOST = 8, 128  # panels of the quadrature
_CLOSE = 1e-8  # change of an index at which refinement stops; the last doubling gains far more than it shows
_NEGLIGIBLE = 1e-20


@dataclass(frozen=True, slots=True)
class Integral:
    """Shapley-Shubik indices by quadrature.

    Parameters
    ----------
    values
        Shape (n,).
    error
        Shape (n,): the change from half as many panels, plus what the values miss of their sum of 1.
    panels
        Panels of the quadrature.
    """

    values: NDArray[np.float64]
    error: NDArray[np.float64]
    panels: int


def shapley_shubik_by_quadrature(weights: Sequence[int], quota: int) -> Integral:
    """Return Shapley-Shubik indices as integrals of the probability that a member swings.

    Each other member joins with the same probability p, independently; the index is the integral over p from 0
    to 1. The integrand is a polynomial, computed at each p by convolution over all sums of weights, without
    rounding these. Clenshaw-Curtis quadrature doubles its panels until the indices stop changing and sum to 1.

    Parameters
    ----------
    weights
        Whole numbers of at least 0, one a member.
    quota
        From 1 to their sum.

    References
    ----------
    Owen (1972), Multilinear extensions of games. doi:10.1287/mnsc.18.5.64

    Examples
    --------
    >>> shapley_shubik_by_quadrature((3, 2, 2, 1), 5).values.round(6).tolist()
    [0.416667, 0.25, 0.25, 0.083333]
    """
    swinging: dict[float, NDArray[np.float64]] = {}  # by place in units of the finest quadrature, 0 to 1
    panels, before = _FEWEST, np.full(len(weights), np.inf)
    while True:
        places = np.arange(panels // 2 + 1) / panels
        for place in places.tolist():
            if place not in swinging:
                swinging[place] = _both_sides(weights, quota, float(np.sin(np.pi * place / 2) ** 2))
        factors = _clenshaw_curtis(panels)[: len(places)]
        factors[-1] /= 2  # the middle stands for itself, not for a pair
        values = factors @ np.array([swinging[place] for place in places.tolist()])
        change = np.abs(values - before)
        missed = abs(values.sum() - 1)
        if max(change.max(), missed) < _CLOSE or panels >= _MOST:
            return Integral(values, change + missed, panels)
        panels, before = 2 * panels, values


def _clenshaw_curtis(panels: int) -> NDArray[np.float64]:
    """Return the weights of the quadrature over [0, 1] at (1 - cos(pi k / panels)) / 2, for an even number of panels.

    References
    ----------
    Clenshaw and Curtis (1960), A method for numerical integration on an automatic computer. doi:10.1007/BF01386223
    """
    angle = np.pi * np.arange(panels + 1) / panels
    order = np.arange(1, panels // 2 + 1)
    halved = np.where(order == panels // 2, 1.0, 2.0)
    factors = (1 - (halved / (4 * order**2 - 1)) @ np.cos(2 * np.outer(order, angle))) / panels
    factors[[0, -1]] /= 2
    return np.asarray(factors, dtype=np.float64)


def _both_sides(weights: Sequence[int], quota: int, p: float) -> NDArray[np.float64]:
    """Return the probabilities of swinging at p and at 1 - p, added up; p is at most a half.

    At 1 - p a member swings as often as at p in the dual game, so that one convolution serves both.
    """
    n, dual = len(weights), sum(weights) + 1 - quota
    odds = p / (1 - p)
    below = np.cumsum(_mass(weights, max(quota, dual) - 1, odds, (1 - p) ** n))
    by_weight: dict[int, float] = {0: 0.0}
    for weight in set(weights) - {0}:
        by_weight[weight] = sum(
            _without(below, weight, needed - 1, odds) - _without(below, weight, needed - 1 - weight, odds)
            for needed in (quota, dual)
        ) / (1 - p)
    return np.array([by_weight[weight] for weight in weights])


def _mass(weights: Sequence[int], top: int, odds: float, start: float) -> NDArray[np.float64]:
    """Return the probability of each sum of weights up to ``top``; shape (top + 1,)."""
    mass = np.zeros(top + 1)
    mass[0] = start
    total = 0
    for weight in sorted(weights):
        total += weight
        stop = min(total, top) + 1
        while stop > weight:
            begin = max(stop - _BLOCK, weight)
            mass[begin:stop] += odds * mass[begin - weight : stop - weight]
            stop = begin
    return mass


def _without(below: NDArray[np.float64], weight: int, limit: int, odds: float) -> float:
    """Return the probability, divided by that of a member staying out, that others weigh at most ``limit``."""
    if limit < 0:
        return 0.0
    terms = below[limit::-weight]
    if odds < 1:
        terms = terms[: int(np.log(_NEGLIGIBLE) / np.log(odds)) + 2] if odds > 0 else terms[:1]
    return float(np.dot(terms, (-odds) ** np.arange(len(terms))))


def additions(weights: Sequence[int], quota: int) -> int:
    """Return how many additions the convolutions of one p take.

    Examples
    --------
    >>> additions((1, 1, 2), 2)
    5
    """
    top = max(quota, sum(weights) + 1 - quota) - 1
    sums = np.cumsum(np.sort(np.array(weights, dtype=np.int64)))
    return int(np.minimum(sums, top).sum())
