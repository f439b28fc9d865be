"""What a body settles on: one model a file, all behind one protocol."""

from foedus.base.errors import FoedusError
from foedus.issues import SettlementModel
from foedus.settlement.compromise import COMPROMISE
from foedus.settlement.consensus import CONSENSUS

MODELS: dict[str, SettlementModel] = {model.card.name: model for model in (CONSENSUS, COMPROMISE)}


def find_model(name: str) -> SettlementModel:
    """Return a settlement model by name.

    Raises
    ------
    FoedusError
        When there is none; the message lists those there are.
    """
    if name not in MODELS:
        raise FoedusError(f"no model {name!r}; the settlement models are {', '.join(MODELS)}")
    return MODELS[name]


__all__ = ["COMPROMISE", "CONSENSUS", "MODELS", "find_model"]
