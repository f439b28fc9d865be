"""What a body settles on: one model a file, all behind one protocol."""

import difflib
from typing import cast

from foedus.base.errors import FoedusError
from foedus.issues import SettlementModel
from foedus.issues.brought import brought_model
from foedus.settlement.agenda_setter import AGENDA_SETTER
from foedus.settlement.codecision import CO_DECISION
from foedus.settlement.compromise import COMPROMISE
from foedus.settlement.condorcet import CONDORCET_CONDITIONAL, CONDORCET_INCENTIVE, CONDORCET_UNIFORM
from foedus.settlement.consensus import CONSENSUS
from foedus.settlement.consultation import CONSULTATION
from foedus.settlement.costly_reference import COSTLY_REFERENCE
from foedus.settlement.egalitarian import EGALITARIAN
from foedus.settlement.gridlock import GRIDLOCK
from foedus.settlement.mean import MEAN
from foedus.settlement.nash import NASH
from foedus.settlement.side_payments import SIDE_PAYMENTS
from foedus.settlement.strongest_position import STRONGEST_POSITION
from foedus.settlement.track_record import TRACK_RECORD
from foedus.settlement.weighted_median import WEIGHTED_MEDIAN

MODELS: dict[str, SettlementModel] = {
    model.card.name: model
    for model in (
        CONSENSUS,
        TRACK_RECORD,
        COMPROMISE,
        MEAN,
        WEIGHTED_MEDIAN,
        STRONGEST_POSITION,
        NASH,
        EGALITARIAN,
        CONDORCET_CONDITIONAL,
        CONDORCET_UNIFORM,
        CONDORCET_INCENTIVE,
        GRIDLOCK,
        AGENDA_SETTER,
        CONSULTATION,
        CO_DECISION,
        COSTLY_REFERENCE,
        SIDE_PAYMENTS,
    )
}


def find_model(name: str) -> SettlementModel:
    """Return a settlement model by name, packaged or brought by an installed package.

    A name without a reading means the first reading.

    Raises
    ------
    FoedusError
        When there is none; the message lists those there are.
    """
    readings = [full for full in MODELS if full.partition(":")[0] == name]
    if name in MODELS or readings:
        return MODELS[name if name in MODELS else readings[0]]
    brought = brought_model(name, "settlement")
    if brought is not None:
        return cast(SettlementModel, brought)
    near = difflib.get_close_matches(name.casefold(), MODELS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the settlement models are {', '.join(MODELS)}"
    raise FoedusError(f"no model {name!r}; {hint}")


__all__ = ["COMPROMISE", "CONSENSUS", "MODELS", "find_model"]
