"""Scores of point forecasts and of distributions over the grid 0 to 100.

References
----------
Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation, doi:10.1198/016214506000001437.
Czado, Gneiting and Held (2009), Predictive model assessment for count data, doi:10.1111/j.1541-0420.2009.01191.x.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.base.randomness import Streams
from foedus.ensembles.features import GRID
from foedus.issues.sitting import Flags, Floats

FLOOR = 1e-12
"""Smallest probability that the log score counts."""

NEAR = 5.0
"""How near a hit is."""

INTERVALS = (0.50, 0.80, 0.95)
"""Shares of the central intervals whose coverage is told."""


def crps(distribution: Floats, outcome: Floats) -> Floats:
    """Return the continuous ranked probability score of distributions over the grid.

    It is the sum over the grid of the squared difference of the distribution function and the outcome's step.

    Parameters
    ----------
    distribution
        Shape (N, 101).
    outcome
        Shape (N,).

    Returns
    -------
    Floats
        In points of the scale; shape (N,).

    Examples
    --------
    >>> sure = (GRID == 30)[None, :] * 1.0
    >>> crps(sure, np.array([50.0])).item()
    20.0
    """
    step = outcome[:, None] <= GRID
    return np.asarray(((np.cumsum(distribution, axis=1) - step) ** 2).sum(axis=1))


def point_crps(point: Floats, outcome: Floats) -> Floats:
    """Return the same score of point forecasts, as steps; shape (N,).

    Examples
    --------
    >>> point_crps(np.array([30.0]), np.array([50.0])).item()
    20.0
    """
    return np.asarray(((point[:, None] <= GRID) != (outcome[:, None] <= GRID)).sum(axis=1, dtype=np.float64))


def log_score(distribution: Floats, outcome: Floats) -> Floats:
    """Return minus the natural logarithm of the probability of the rounded outcome; shape (N,)."""
    place = np.rint(outcome).astype(np.intp)
    return -np.log(np.maximum(distribution[np.arange(len(place)), place], FLOOR))


def mean_of(distribution: Floats) -> Floats:
    """Return the means of distributions; shape (N,)."""
    return np.asarray(distribution @ GRID)


def quantile_of(distribution: Floats, level: float) -> Floats:
    """Return the smallest point at which the distribution function reaches a level; shape (N,).

    Examples
    --------
    >>> even = ((GRID == 0) + (GRID == 100))[None, :] / 2
    >>> quantile_of(even, 0.5).item(), quantile_of(even, 0.51).item()
    (0.0, 100.0)
    """
    return np.asarray(np.argmax(np.cumsum(distribution, axis=1) >= level - 1e-12, axis=1).astype(np.float64))


def randomised_transforms(
    distribution: Floats, outcome: Floats, issues: Sequence[str], streams: Streams, repeat: int = 0
) -> Floats:
    """Return randomised probability integral transforms; uniform on [0, 1] for a calibrated distribution.

    An outcome to which the distribution gives mass is spread evenly over that mass by a random number that belongs
    to the issue and the repeat.

    Parameters
    ----------
    distribution, outcome
        Shapes (N, 101) and (N,).
    issues
        Ids; length N.
    streams
        Where the random numbers come from.
    repeat
        Which number of each issue's stream.

    Returns
    -------
    Floats
        Shape (N,).
    """
    place, row = np.rint(outcome).astype(np.intp), np.arange(len(outcome))
    share = [streams.uniforms("transform", issue, start=repeat, stop=repeat + 1)[0] for issue in issues]
    mass = distribution[row, place]
    above = np.cumsum(distribution, axis=1)[row, place] - mass
    return np.asarray(np.clip(above + mass * np.array(share), 0.0, 1.0))


def inside(transform: Floats, share: float) -> Flags:
    """Tell which transforms lie in the central interval of a share; the shape given."""
    margin = (1 - share) / 2
    return (transform >= margin) & (transform <= 1 - margin)


def inside_closed(distribution: Floats, outcome: Floats, share: float) -> Flags:
    """Tell which rounded outcomes lie from the lower to the upper quantile, both included; shape (N,)."""
    place = np.rint(outcome)
    low, high = (quantile_of(distribution, level) for level in ((1 - share) / 2, (1 + share) / 2))
    return (low <= place) & (place <= high)


NOTHING_UP_TO, PROPOSED_FROM = 10.0, 90.0
"""Outcomes up to the one count as nothing, from the other as proposed, as the kinds of the packaged set do."""


def kind_of(outcome: Floats) -> NDArray[np.intp]:
    """Return the class of outcomes on the scale 0 to 100: 0 nothing, 1 something less, 2 as proposed.

    Examples
    --------
    >>> kind_of(np.array([0.0, 10.0, 40.0, 95.0])).tolist()
    [0, 0, 1, 2]
    """
    return np.where(outcome <= NOTHING_UP_TO, 0, np.where(outcome >= PROPOSED_FROM, 2, 1)).astype(np.intp)


def three_way(distribution: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """Return log score and Brier score of three classes: nothing, something less, as proposed.

    Parameters
    ----------
    distribution
        Shares of the whole numbers 0 to 100; shape (N, 101).
    outcome
        Shape (N,).

    Returns
    -------
    tuple of Floats
        Minus the logarithm of the probability of the class that came out, which counts as at least 1e-12, and the sum
        over the classes of squared differences from 1 for that class and 0 for the others; each of shape (N,).

    Examples
    --------
    >>> log, brier = three_way(np.eye(101)[[0, 50]], np.array([0.0, 100.0]))
    >>> brier.tolist()
    [0.0, 2.0]
    """
    share = _class_shares(distribution)
    came = np.eye(3)[kind_of(outcome)]
    log: Floats = -np.log(np.maximum((share * came).sum(axis=1), 1e-12))
    brier: Floats = ((share - came) ** 2).sum(axis=1)
    return log, brier


def likeliest_class(distribution: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """Return the probability of the likeliest of the three classes, and 1 where that class came out; shapes (N,).

    Examples
    --------
    >>> called, came = likeliest_class(np.eye(101)[[0, 50]], np.array([0.0, 100.0]))
    >>> called.tolist(), came.tolist()
    ([1.0, 1.0], [1.0, 0.0])
    """
    share = _class_shares(distribution)
    return share.max(axis=1), (share.argmax(axis=1) == kind_of(outcome)).astype(np.float64)


def _class_shares(distribution: Floats) -> Floats:
    classes = kind_of(np.arange(101.0))
    return np.stack([distribution[:, classes == kind].sum(axis=1) for kind in range(3)], axis=1)
