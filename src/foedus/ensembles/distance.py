"""How far a case lies from the decisions on which the weights of the ensemble were learned.

A case is five numbers; its distance is Mahalanobis's from the mean of the training decisions, and it is compared with
the distance of each training decision from all the others.

References
----------
Mahalanobis (1936), On the generalised distance in statistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.issues.sitting import Floats, Sitting

MEASURED = {
    "seats": "logarithm of the number of seats",
    "change": "distance of the members' mean from the status quo, weighted by capability and salience",
    "spread": "standard deviation of the members' positions, weighted alike",
    "range": "distance between the two members farthest apart",
    "against": "share of that weight that is nearer to the status quo than to what the agenda setter wants",
}
"""What a case is measured by; distances in lengths of the scale, averaged over draws."""

BEYOND = 0.95
"""A case farther than this share of the training decisions is outside."""

_RIDGE = 1e-4  # added to each variance, so that a measure that hardly varies cannot blow up a distance
_LEVELS = np.linspace(0, 1, 101)


def measures(sitting: Sitting, place: int) -> Floats:
    """Return the numbers that a case is measured by; shape (F,).

    Examples
    --------
    >>> from foedus.testing import sitting_of
    >>> answer = measures(sitting_of(position=[0.0, 100.0], salience=[1.0, 1.0], setter=100.0), 0)
    >>> answer.round(3).tolist()
    [0.693, 0.5, 0.5, 1.0, 0.5]
    """
    agenda, seats = sitting.agendas[place], np.flatnonzero(sitting.seated)
    position = sitting.private[:, seats, place]
    weight = sitting.capability[:, seats] * sitting.salience[:, seats, place]
    # where nobody has weight the mean would be 0 / 0: then all count the same
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, 1.0)
    weight = weight / weight.sum(axis=1, keepdims=True)
    mean = (weight * position).sum(axis=1)
    start, wanted = agenda.options[agenda.status_quo], sitting.setter[:, place]
    nearer = np.abs(position - start) < np.abs(position - wanted[:, None])
    lengths = (
        np.abs(mean - start),
        np.sqrt((weight * (position - mean[:, None]) ** 2).sum(axis=1)),
        position.max(axis=1) - position.min(axis=1),
    )
    shares = [length.mean() / agenda.length for length in lengths]
    return np.array([np.log(len(seats)), *shares, (weight * nearer).sum(axis=1).mean()])


def training_of(x: Floats) -> dict[str, Any]:
    """Return what is kept of training decisions: centre, inverse covariance, and the quantiles of their distances.

    Parameters
    ----------
    x
        Measures of N decisions; shape (N, F).
    """
    rows = np.arange(len(x))
    own = [float(_distance(x[n], *_shape(x[rows != n]))) for n in rows]
    centre, inverse = _shape(x)
    return {
        "decisions": len(x),
        "measures": list(MEASURED),
        "centre": centre.tolist(),
        "inverse": inverse.tolist(),
        "quantiles": np.quantile(own, _LEVELS).tolist(),
        "seats": [round(float(np.exp(end))) for end in (x[:, 0].min(), x[:, 0].max())],
    }


def _shape(x: Floats) -> tuple[Floats, Floats]:
    covariance = np.cov(x, rowvar=False) + _RIDGE * np.eye(x.shape[1])
    return x.mean(axis=0), np.asarray(np.linalg.inv(covariance), dtype=np.float64)


def _distance(x: Floats, mu: Floats, precision: Floats) -> Floats:
    """Return Mahalanobis's distance, the root of (x - mu)' S^-1 (x - mu)."""
    return np.asarray(np.sqrt((x - mu) @ precision @ (x - mu)))


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a case lies from training decisions.

    Attributes
    ----------
    value
        In standard deviations.
    percentile
        Share of the training decisions that lie nearer to the others than this case does.
    decisions
        How many training decisions.
    outside
        Whether it lies beyond the 95th percentile, or a reason is given.
    reasons
        In words: a rule never seen, more or fewer seats than ever.
    """

    value: float
    percentile: float
    decisions: int
    outside: bool
    reasons: tuple[str, ...]


def distance_of(x: Floats, training: Mapping[str, Any], *, seen: bool, rule: str) -> Distance:
    """Return how far a case lies from training decisions.

    Parameters
    ----------
    x
        What `measures` returned; shape (F,).
    training
        What `training_of` returned.
    seen, rule
        Whether a training decision was taken under the rule, and its name.
    """
    value = float(_distance(x, np.asarray(training["centre"]), np.asarray(training["inverse"])))
    percentile = float((np.asarray(training["quantiles"]) <= value).mean())
    few, many = training["seats"]
    seats = round(float(np.exp(x[0])))
    reasons = []
    if not seen:
        reasons.append(f"no decision under {rule} is among them")
    if not few <= seats <= many:
        reasons.append(f"they have from {few} to {many} seats, this one {seats}")
    if percentile > BEYOND:
        reasons.append(f"it is less typical than {100 * BEYOND:.0f} % of them")
    return Distance(value, percentile, int(training["decisions"]), bool(reasons), tuple(reasons))
