"""Unanimity with side payments: the winners compensate who objects, so that the largest total gain is reached."""

from __future__ import annotations

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.issues.sums import total as summed
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="side-payments",
    stage="settlement",
    summary=(
        "Whoever would object is paid off by those who gain, and the option with the largest total gain is adopted."
    ),
    caution="It takes a unit of one member's loss to be payable in units of another's gain, one for one.",
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
        "nothing without weight",
    ),
    assumptions=(),
    reference="Coase (1960), The problem of social cost, Journal of Law and Economics 3",
    doi="10.1086/466560",
    reading=(
        "Over the options of the agenda. Each member's unit is its own: salience times distance as a share of the "
        "scale. "
        "Transfers are one for one and cost nothing, so that the sum of gains decides and unanimity is reached by "
        "paying "
        "each objector what it loses: `transfers` tells how much."
    ),
    oracle="brute force, and the salience-weighted median where options are dense",
    refuted=(
        "Pareto",
        "individually rational",
        "respects the rule",
        "responsive to salience",
        "responsive to capability",
    ),
)


def total_gain(members: Members) -> Floats:
    """Return the sum of the members' gains over the status quo; shape (D, K)."""
    return summed(members.gains(members.agenda.options), 1).round(12)


SIDE_PAYMENTS = OptionModel(_CARD, total_gain)
