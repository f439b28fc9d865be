"""What the count of votes adds to the learned distribution.

On the Council's decisions the learned distribution is right on the average where the proposal lacks the votes as
stated, and wrong where it has them: none of these came to nothing. So the probabilities of three classes, nothing,
something less and the proposal, are multiplied by weights that depend on whether stated positions carry the proposal:

    p'(g) is proportional to w(c, class of g) p(g),    c = 1 if a winning coalition stands nearer to the proposal than
                                                       to the reference point, else 0

The weights are fitted to what the distribution says of proposals that it was not fitted to, leaning on 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.ensembles.features import GRID
from foedus.issues.sitting import Floats

NEAR = 0.25
"""Within a quarter of the way a point counts as nothing, or as the proposal."""
STRENGTH = 2.0
"""Decisions that the weights of 1 count for."""
_SWEEPS = 100


def classes_of(reference: Floats, proposal: Floats) -> NDArray[np.intp]:
    """Return 0, 1 or 2 for nothing, something less and the proposal, at each point; shape (N, 101).

    Where a place is unknown, or both are one, all points are of class 1.

    Examples
    --------
    >>> classes_of(np.array([0.0]), np.array([100.0]))[0, [0, 25, 26, 74, 75, 100]].tolist()
    [0, 0, 1, 1, 2, 2]
    """
    return class_at(GRID, reference, proposal)


def class_at(places: Floats, reference: Floats, proposal: Floats) -> NDArray[np.intp]:
    """Return the same at any places; from (P,), (N,) and (N,) to (N, P)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        way = (places - reference[:, None]) / (proposal - reference)[:, None]
    return np.select([way <= NEAR, way >= 1 - NEAR], [0, 2], 1)


def tilted(probability: Floats, weights: Floats, carries: Floats, classes: NDArray[np.intp]) -> Floats:
    """Return the distribution with what the count of votes adds; shape (N, 101).

    Parameters
    ----------
    probability
        Rows sum to 1; shape (N, 101).
    weights
        By whether the proposal is carried, and class; shape (2, 3).
    carries
        1 if it is, 0 if not, not-a-number where it is not known or the count does not decide; shape (N,).
    classes
        As `classes_of` returns them; shape (N, 101).
    """
    known = ~np.isnan(carries)
    tilt = np.ones_like(probability)  # where it is not known whether the votes carry it, nothing is tilted
    rows = np.nan_to_num(carries[known]).astype(np.intp)
    tilt[known] = weights[rows[:, None], classes[known]]
    density = probability * tilt
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def fit_tilt(probability: Floats, carries: Floats, classes: NDArray[np.intp], point: NDArray[np.intp]) -> Floats:
    """Return weights with the highest posterior density, a gamma distribution around 1 beforehand; shape (2, 3).

    At the answer w(c, k) = (n + a) / (m + a), with n the outcomes of the class, m the sum of what the untilted
    distribution gave to it, each decision's divided by its tilted total, and a the strength.

    Parameters
    ----------
    probability
        Of points, from fits without the decision's proposal; shape (N, 101).
    carries, classes
        See `tilted`.
    point
        Index of each outcome; shape (N,).
    """
    w = np.ones((2, 3))
    share = np.stack([np.where(classes == kind, probability, 0.0).sum(axis=1) for kind in range(3)], axis=1)
    came = classes[np.arange(len(point)), point]
    for side in (0, 1):
        rows = carries == side
        n = np.bincount(came[rows], minlength=3)
        for _ in range(_SWEEPS):
            m = (share[rows] / (share[rows] @ w[side])[:, None]).sum(axis=0)
            w[side] = (n + STRENGTH) / (m + STRENGTH)
    return w
