"""How positions move before a body decides: one model a file, all behind one protocol."""

from typing import cast

from foedus.base.errors import FoedusError
from foedus.influence.challenge import CHALLENGE, CHALLENGE_DYADIC
from foedus.influence.exchange import EXCHANGE, EXCHANGE_ONCE, EXCHANGE_RANDOM
from foedus.influence.exchange_decide import DECIDE, DECIDE_RANDOM, DECIDE_ROUNDS
from foedus.influence.friedkin_johnsen import FRIEDKIN_JOHNSEN
from foedus.influence.spatial_politics import SPATIAL_POLITICS
from foedus.influence.spatial_politics_ktab import SPATIAL_POLITICS_KTAB
from foedus.issues import InfluenceModel
from foedus.issues.brought import brought_model

INFLUENCES: dict[str, InfluenceModel] = {
    model.card.name: model
    for model in (
        CHALLENGE,
        CHALLENGE_DYADIC,
        EXCHANGE,
        EXCHANGE_RANDOM,
        EXCHANGE_ONCE,
        DECIDE,
        DECIDE_RANDOM,
        DECIDE_ROUNDS,
        FRIEDKIN_JOHNSEN,
        SPATIAL_POLITICS,
        SPATIAL_POLITICS_KTAB,
    )
}

SHORT_NAMES: dict[str, str] = {"challenge": "challenge:scholz", "exchange": "exchange:equal-gain"}
"""Which reading a name without one means."""

COMPILED = "/compiled"
"""Stands after the name of a challenge model in ledgers from when its compiled form had to be asked for."""


def find_influence(name: str) -> InfluenceModel:
    """Return an influence model by name, packaged or brought by an installed package.

    A name without a reading means the first one.

    Raises
    ------
    FoedusError
        When there is none; the message lists those there are.
    """
    plain = name.removesuffix(COMPILED) if name.startswith("challenge") else name
    full = SHORT_NAMES.get(plain, plain)
    if full not in INFLUENCES:
        brought = brought_model(name, "influence")
        if brought is not None:
            return cast(InfluenceModel, brought)
        raise FoedusError(f"no influence model {name!r}; there are {', '.join(INFLUENCES)}")
    return INFLUENCES[full]


__all__ = ["INFLUENCES", "SHORT_NAMES", "find_influence"]
