"""The unweighted mean of the members' positions: the simplest rival that a model has to beat."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed
from foedus.settlement.points import Members, PointModel

_CARD = ModelCard(
    name="mean",
    stage="settlement",
    summary="The body settles on the mean of its members' positions, each counting the same.",
    caution="It knows no rule, no weight and no salience; it is the bar that other models have to clear.",
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
    assumptions=(),
    reference=(
        "Achen, Evaluating political decision-making models, in Thomson and others (2006), The European Union Decides"
    ),
    reading="Members with a seat only, whatever their weight. The outcome counts for the nearest option.",
    oracle="closed form",
    refuted=(
        "Pareto",
        "individually rational",
        "respects the rule",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
)


def mean(members: Members) -> Floats:
    """Return the mean of the members' positions; shape (D,)."""
    return np.asarray(summed(members.position, 1) / members.position.shape[1])


MEAN = PointModel(_CARD, mean)
