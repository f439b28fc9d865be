"""The agenda setter: proposes what it likes best among what a winning coalition would rather have than nothing."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="agenda-setter",
    stage="settlement",
    summary="One proposes and the others take it or leave it, under whatever rule the body has.",
    caution="It takes the setter to know where everyone stands and nobody to be able to amend.",
    inputs=("private", "salience", "capability", "setter", "decides"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "monotone",
        "respects the rule",
    ),
    assumptions=(),
    reference=(
        "Romer and Rosenthal (1978), Political resource allocation, controlled agendas, and the status quo, "
        "Public Choice 33"
    ),
    doi="10.1007/BF03187594",
    reading=(
        "Over the options of the agenda. Who is indifferent accepts, and so does who cares for nothing. Any rule may "
        "be "
        "plugged in; without one, more than half of the seated capability must accept."
    ),
    oracle="brute force over options and coalitions",
    refuted=(
        "unanimity",
        "Pareto",
        "individually rational",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
)


def nearness_to_setter(members: Members) -> Floats:
    """Return how near each adoptable option lies to what the setter wants, minus infinity for others; shape (D, K)."""
    options = members.agenda.options
    adoptable = members.adopts(members.accepts(options))
    adoptable[:, members.agenda.status_quo] = True
    return np.where(adoptable, -np.abs(options - members.setter[:, None]), -np.inf)


AGENDA_SETTER = OptionModel(_CARD, nearness_to_setter)
