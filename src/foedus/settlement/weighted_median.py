"""The weighted median: the place that no weighted majority would leave for another."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.settlement.points import Members, PointModel

_CARD = ModelCard(
    name="weighted-median",
    stage="settlement",
    summary="The body settles where half of capability times salience lies on either side.",
    caution="It knows no veto: under a rule that asks for more than half, the median member cannot decide alone.",
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
        "nothing without weight",
    ),
    assumptions=(),
    reference="Black (1948), On the rationale of group decision-making, Journal of Political Economy 56",
    doi="10.1086/256633",
    reading=(
        "Members with a seat only. Where a whole stretch divides the weight in halves, the point of it nearest to the "
        "status quo. It is the winner of all pairwise votes in which each casts its weight for the nearer place."
    ),
    oracle="brute force over all pairs of positions",
    refuted=(
        "individually rational",
        "respects the rule",
        "responsive to salience",
        "responsive to capability",
    ),
)


def weighted_median(position: Floats, weight: Floats, toward: float) -> Floats:
    """Return the weighted median over the last axis.

    Parameters
    ----------
    position, weight
        Shape (D, N). Where nobody has weight, the answer is ``toward``.
    toward
        Of a stretch of medians the point nearest to this is taken.

    Examples
    --------
    >>> weighted_median(np.array([[0.0, 40.0, 100.0]]), np.array([[1.0, 1.0, 2.0]]), toward=0.0).tolist()
    [40.0]
    """
    order = np.argsort(position, axis=1, kind="stable")
    place, heavy = np.take_along_axis(position, order, axis=1), np.take_along_axis(weight, order, axis=1)
    reached = np.cumsum(heavy, axis=1)
    total = reached[:, -1]
    half = total[:, None] / 2
    slack = 1e-12 * total[:, None]
    low = np.argmax(reached >= half - slack, axis=1)
    high = np.argmax((reached > half + slack) & (heavy > 0), axis=1)
    rows = np.arange(len(place))
    ends = place[rows, low], place[rows, np.maximum(high, low)]
    return np.where(total > 0, np.clip(toward, *ends), toward)


def _point(members: Members) -> Floats:
    return weighted_median(members.position, members.weight, members.status_quo)


WEIGHTED_MEDIAN = PointModel(_CARD, _point)
