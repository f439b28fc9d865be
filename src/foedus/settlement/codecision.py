"""Co-decision: what the Commission proposes must hold against Council and Parliament together."""

from __future__ import annotations

import numpy as np

from foedus.base.errors import FoedusError
from foedus.issues.models import ModelCard
from foedus.issues.sitting import Flags, Floats
from foedus.settlement.consultation import commission_of
from foedus.settlement.points import Members, OptionModel

_CARD = ModelCard(
    name="co-decision",
    stage="settlement",
    summary="A text passes when Council and Parliament both accept it and both would leave it for no other.",
    caution="All are taken to know where everyone stands, and the Parliament to be one actor.",
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
    reference="Tsebelis and Garrett (2000), Legislative politics in the European Union, European Union Politics 1(1)",
    doi="10.1177/1465116500001001002",
    reading=(
        "Over the options of the agenda. The Council accepts by its rule; the actor with the role `parliament` must "
        "accept "
        "too. An option that a winning Council coalition and the Parliament both strictly prefer to leave for another "
        "is amended. Of those that stand, the one nearest to what the Commission (or the agenda setter) wants is "
        "taken; "
        "where none stands, the status quo. Without a Parliament the model refuses."
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


def nearness_to_commission(members: Members) -> Floats:
    """Return how near each option that stands lies to what the Commission wants, or minus infinity; shape (D, K).

    Raises
    ------
    FoedusError
        When nobody has the role of the Parliament.
    """
    parliament = members.sitting.roles.get("parliament")
    if parliament is None:
        raise FoedusError(
            "the co-decision model needs a Parliament at the table, and nobody has the role 'parliament'; name who it "
            "is, in dossier.yaml as 'roles: {parliament: european-parliament}', and give it a row in stakeholders.csv "
            "(of a sitting made by hand: roles={'parliament': INDEX})"
        )
    options = members.agenda.options
    stands = _both(members, members.accepts(options), parliament)
    for rival in options:
        stands &= ~_both(members, members.prefers(np.array([rival]), options), parliament)
    stands[:, members.agenda.status_quo] = True
    return np.where(stands, -np.abs(options - commission_of(members)[:, None]), -np.inf)


def _both(members: Members, support: Flags, parliament: int) -> Flags:
    return members.wins(support) & support[..., parliament]


CO_DECISION = OptionModel(_CARD, nearness_to_commission)
