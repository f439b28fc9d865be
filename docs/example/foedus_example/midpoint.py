"""A model: the body settles half way between its lowest and its highest member."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.issues import ModelCard
from foedus.settlement.points import Members, PointModel

CARD = ModelCard(
    name="midpoint",
    stage="settlement",
    summary="The body settles half way between its lowest and its highest member.",
    caution="One member far out moves the outcome, however little it cares.",
    inputs=("private",),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "monotone",
    ),
    refuted=(
        "Pareto",
        "individually rational",
        "respects the rule",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
    assumptions=(),
    reference="none: an example",
    reading="Members with a seat, whatever their weight. The outcome counts for the nearest option.",
    oracle="closed form",
)


def midpoint(members: Members) -> NDArray[np.float64]:
    """Return the middle of the members' range in each draw; shape (D,)."""
    middle: NDArray[np.float64] = (members.position.min(axis=1) + members.position.max(axis=1)) / 2
    return middle


MODEL = PointModel(CARD, midpoint)
