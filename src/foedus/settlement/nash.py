"""The Nash bargaining solution: the place that makes the product of gains over the reference point largest."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed
from foedus.settlement.points import Members, PointModel

_HALVINGS = 60
_FLOOR = 1e-200

_CARD = ModelCard(
    name="nash",
    stage="settlement",
    summary="The members share out what they gain over the status quo so that the product of their gains is largest.",
    caution="With members on both sides of the status quo nothing is left to share out, and nothing changes.",
    inputs=("private", "salience", "capability"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "monotone",
        "Pareto",
        "individually rational",
        "nothing without weight",
    ),
    assumptions=(),
    reference=(
        "Nash (1950), The bargaining problem, Econometrica 18; Achen, Institutional realism and bargaining models, in "
        "Thomson and others (2006), The European Union Decides, chapter 4"
    ),
    doi="10.2307/1907266",
    reading=(
        "Product form. The loss is the squared distance, the reference point the status quo, the exponents capability "
        "times salience. Members without weight are not asked. Its usual approximation, for a reference point that is "
        "as bad for all, is the weighted mean: that is the model `compromise`, which therefore counts once."
    ),
    oracle="closed form for one and two members; the weighted mean as the cost of failure grows; brute force on a grid",
    refuted=(
        "respects the rule",
        "responsive to salience",
        "responsive to capability",
    ),
)


def nash_point(position: Floats, weight: Floats, reference: float, failure: float = 0.0) -> Floats:
    """Return the maximum of the product of (failure + (q - x_i)^2 - (x - x_i)^2) to the power w_i.

    Parameters
    ----------
    position, weight
        x_i and w_i; shape (D, N).
    reference
        The reference point q.
    failure
        What failing costs everybody beside the loss at q, in squared units of the scale; as it grows the answer tends
        to the weighted mean.

    Returns
    -------
    Floats
        Shape (D,); q where no place is better than failing for all with weight.

    Examples
    --------
    >>> nash_point(np.array([[60.0], [30.0]]), np.array([[1.0], [2.0]]), reference=0.0).round(6).tolist()
    [60.0, 30.0]
    """
    asked = weight > 0
    reach = np.sqrt((reference - position) ** 2 + failure)
    low = np.where(asked, position - reach, -np.inf).max(axis=1)
    high = np.where(asked, position + reach, np.inf).min(axis=1)
    open_ = np.isfinite(low) & np.isfinite(high) & (high - low > 1e-12 * (1.0 + np.abs(low) + np.abs(high)))
    low, high = np.where(open_, low, reference), np.where(open_, high, reference)
    left, right = low.copy(), high.copy()
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        gap = position - middle[:, None]
        gain = np.where(asked, reach**2 - gap**2, 1.0)
        gradient = summed(np.where(asked, weight * gap / np.maximum(gain, _FLOOR), 0.0), 1)
        low, high = np.where(gradient > 0, middle, low), np.where(gradient > 0, high, middle)
    return np.where(open_, np.clip((low + high) / 2, left, right), reference)


def _point(members: Members) -> Floats:
    return nash_point(members.position, members.weight, members.status_quo)


NASH = PointModel(_CARD, _point)
