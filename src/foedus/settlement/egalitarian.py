"""The egalitarian solution: the option that leaves the member who gains least as well off as can be."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="egalitarian",
    stage="settlement",
    summary="Of all options the one whose smallest gain over the status quo is the largest.",
    caution="It compares gains of different members as if they were in one unit.",
    inputs=("private", "salience"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "monotone",
        "individually rational",
        "nothing without weight",
    ),
    assumptions=(),
    reference="Kalai (1977), Proportional solutions to bargaining situations, Econometrica 45",
    doi="10.2307/1913954",
    reading=(
        "Over the options of the agenda. The gain is how much nearer than the status quo an option lies, times "
        "salience. "
        "Members that care for nothing are not asked. Nothing is adopted from which somebody does not gain."
    ),
    oracle="brute force, and hand-worked cases",
    refuted=(
        "Pareto",
        "respects the rule",
        "responsive to salience",
        "responsive to capability",
    ),
)


def smallest_gain(members: Members) -> Floats:
    """Return the smallest gain of each option over members that care; shape (D, K)."""
    gains = members.gains(members.agenda.options)
    asked = members.salience[:, :, None] > 0
    least = np.where(asked, gains, np.inf).min(axis=1)
    # Sums of places are rounded: an advantage in the fourteenth digit is none.
    return np.where(np.isfinite(least), least, 0.0).round(13)


EGALITARIAN = OptionModel(_CARD, smallest_gain)
