"""Consultation: the Commission proposes, the Council adopts by its rule and amends only by unanimity."""

from __future__ import annotations

import numpy as np

from foedus.issues.models import ModelCard
from foedus.issues.sitting import Floats
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="consultation",
    stage="settlement",
    summary="The Commission proposes what it likes best among what the Council adopts and does not unanimously amend.",
    caution="All are taken to know where everyone stands; the Parliament is heard and changes nothing.",
    inputs=("private", "salience", "capability", "setter", "decides", "roles"),
    stochastic=False,
    properties=(
        "within range",
        "anonymous",
        "neutral to the unit",
        "neutral to direction",
        "issue by issue",
        "unanimity",
        "respects the rule",
    ),
    assumptions=(),
    reference=(
        "Steunenberg (1994), Decision making under different institutional arrangements: legislation by the European "
        "Community, Journal of Institutional and Theoretical Economics 150(4); Crombez (1996), Legislative procedures "
        "in the European Community, British Journal of Political Science 26"
    ),
    reading=(
        "Over the options of the agenda. The actor with the role `commission` proposes, or the agenda setter where "
        "nobody "
        "has it. The members accept by the rule; who is indifferent accepts. An option that all members would leave "
        "for "
        "another one is amended, and so not proposed. Where nothing is left the status quo stands."
    ),
    oracle="brute force over options, and hand-worked cases",
    refuted=(
        "monotone",
        "Pareto",
        "individually rational",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
    ),
)


def commission_of(members: Members) -> Floats:
    """Return what the Commission wants, or the agenda setter where nobody has that role; shape (D,)."""
    role = members.sitting.roles.get("commission")
    return members.setter if role is None else members.sitting.private[:, role, members.place]


def nearness_to_commission(members: Members) -> Floats:
    """Return how near each option that passes lies to what the Commission wants, or minus infinity; shape (D, K)."""
    options = members.agenda.options
    stands = members.adopts(members.accepts(options))
    seats = members.sitting.seated
    for rival in options:
        preferred = members.prefers(np.array([rival]), options)
        stands &= ~(preferred[..., seats].all(axis=-1))
    stands[:, members.agenda.status_quo] = True
    return np.where(stands, -np.abs(options - commission_of(members)[:, None]), -np.inf)


CONSULTATION = OptionModel(_CARD, nearness_to_commission)
