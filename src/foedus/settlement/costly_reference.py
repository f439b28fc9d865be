"""Take it or leave it with a costly reference point: failing to agree hurts everybody, wherever it stands."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import Assumption, ModelCard
from foedus.issues.sitting import Floats
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="costly-reference",
    stage="settlement",
    summary=(
        "As the agenda setter, where failing to agree costs each member something beyond living with the status quo."
    ),
    caution="The cost of failure is assumed, the same for all; the answer is sensitive to it.",
    inputs=("private", "salience", "capability", "setter", "decides"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "monotone",
    ),
    assumptions=(
        Assumption(
            "failure_cost",
            "what failing to agree costs each member beyond living with the status quo, as a share of the scale",
            0.0,
            0.25,
            1.0,
            (0.0, 2.0),
        ),
    ),
    reference=(
        "Franchino and Mariotto (2022), Bargaining outcomes and success in EU economic governance reforms, Political "
        "Science Research and Methods 10(2), first published 2021"
    ),
    doi="10.1017/psrm.2021.26",
    reading=(
        "A procedural model in which the reference point is worse than the status quo by `failure_cost`. A member "
        "accepts "
        "what is no farther from it than the status quo plus that cost. The agenda setter picks. The paper's own "
        "procedure and its estimated costs are not rebuilt: only its abstract could be read."
    ),
    oracle="equals the agenda setter at a cost of 0 and the setter's nearest option at a cost beyond the scale",
    refuted=(
        "unanimity",
        "Pareto",
        "individually rational",
        "respects the rule",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
)


def nearness_to_setter(members: Members) -> Floats:
    """Return how near each option that is no worse than failing lies to what the setter wants; shape (D, K)."""
    options = members.agenda.options
    cost = members.sitting.assumptions["failure_cost"] * members.agenda.length
    adoptable = members.adopts(members.accepts(options, cost))
    adoptable[:, members.agenda.status_quo] = True
    return np.where(adoptable, -np.abs(options - members.setter[:, None]), -np.inf)


COSTLY_REFERENCE = OptionModel(_CARD, nearness_to_setter)
