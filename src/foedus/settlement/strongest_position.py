"""The strongest position: the place held by most weight."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed
from foedus.settlement.points import Members, PointModel

_CARD = ModelCard(
    name="strongest-position",
    stage="settlement",
    summary="The body settles on the position held by the most capability times salience.",
    caution="With uncertain positions hardly two members stand at the same place, and the heaviest member decides.",
    inputs=("private", "salience", "capability"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "Pareto",
        "nothing without weight",
    ),
    assumptions=(),
    reference=(
        "Stokman and Van den Bos (1992), A two-stage model of policy making; Thomson and others (2006), The European "
        "Union Decides"
    ),
    reading=(
        "Members with a seat only. Places nearer than a billionth of the scale are one. Of equally strong positions "
        "the "
        "one nearest to the status quo, then the lower."
    ),
    oracle="hand-worked cases and brute force",
    refuted=(
        "monotone",
        "individually rational",
        "respects the rule",
        "responsive to salience",
        "responsive to capability",
    ),
)


def strongest(position: Floats, weight: Floats, length: float, toward: float) -> Floats:
    """Return the place with most weight on it.

    Parameters
    ----------
    position, weight
        Shape (D, N).
    length
        Of the scale.
    toward
        Where ties go, and the answer where nobody has weight.

    Examples
    --------
    >>> strongest(np.array([[10.0, 10.0, 90.0]]), np.array([[1.0, 1.0, 1.5]]), 100.0, toward=0.0).tolist()
    [10.0]
    """
    # places apart by rounding alone are one, or the heaviest member would beat three who stand together
    together = np.abs(position[:, :, None] - position[:, None, :]) <= 1e-9 * length
    strength = summed(together * weight[:, None, :], 2)
    best = strength.max(axis=1, keepdims=True)
    far = np.where(strength >= best * (1.0 - 1e-12), np.abs(position - toward), np.inf)
    nearest = far <= far.min(axis=1, keepdims=True)
    place = np.where(nearest, position, np.inf).min(axis=1)
    # without any weight every place is the strongest, and the first would win by its order
    return np.where(best[:, 0] > 0, place, toward)


def _point(members: Members) -> Floats:
    return strongest(members.position, members.weight, members.agenda.length, members.status_quo)


STRONGEST_POSITION = PointModel(_CARD, _point)
