"""Models by name: a settlement model, or an influence model and then a settlement model, as ``challenge+consensus``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.ensembles.mixtures import MIXTURES
from foedus.influence import INFLUENCES, find_influence
from foedus.influence.exchange import Exchange
from foedus.influence.exchange_decide import Decide
from foedus.issues import (
    InfluenceModel,
    Lottery,
    ModelCard,
    Movement,
    Settlement,
    SettlementModel,
    Sitting,
    chances_of,
)
from foedus.issues.brought import brought_cards
from foedus.issues.checking import check_movement
from foedus.issues.sitting import Floats
from foedus.settlement import MODELS, find_model

_KEPT = 3
"""Movements remembered: that of the forecast comes back between others while changes are tried one by one."""


@dataclass(frozen=True, slots=True)
class Composed:
    """An influence model and then a settlement model: two stages, as one settlement model.

    Parameters
    ----------
    influence
        Moves private positions. The public position of who has taken none of its own moves with the private one, and so
        does what the agenda setter wants where that is an actor's position.
    settlement
        Settles on what is left.

    References
    ----------
    Stokman and Van den Bos (1992), A two-stage model of policy making.
    """

    influence: InfluenceModel
    settlement: SettlementModel
    _last: list[tuple[tuple[object, ...], Sitting, Movement]] = field(default_factory=list, repr=False, compare=False)

    @property
    def card(self) -> ModelCard:
        """What both stages together say of themselves; claims are made stage by stage."""
        first, second = self.influence.card, self.settlement.card
        assumptions = {assumption.name: assumption for assumption in (*first.assumptions, *second.assumptions)}
        return ModelCard(
            name=f"{first.name}+{second.name}",
            stage="influence and settlement",
            summary=f"{first.summary} Then: {second.summary[0].lower()}{second.summary[1:]}",
            caution=f"{first.caution} {second.caution}",
            inputs=tuple(dict.fromkeys((*first.inputs, *second.inputs))),
            stochastic=first.stochastic or second.stochastic,
            properties=(),
            assumptions=tuple(assumptions.values()),
            reference=f"{first.reference}; {second.reference}",
            reading=f"Influence: {first.reading} Settlement: {second.reading}",
            oracle=f"influence: {first.oracle}; settlement: {second.oracle}",
        )

    def settle(self, sitting: Sitting) -> Settlement:
        """Return what is settled in each draw once positions have moved."""
        return self.settlement.settle(moved(sitting, self.movement(sitting)))

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return only the option that each issue ends at; shape (D, I)."""
        return self.settlement.choose(moved(sitting, self.movement(sitting)))

    def movement(self, sitting: Sitting) -> Movement:
        """Return how positions move: once where only what the settlement reads has changed since the last few times."""
        needed = (sitting.assumptions[assumption.name] for assumption in self.influence.card.assumptions)
        read = (sitting.private, sitting.salience, sitting.capability, sitting.ties, *needed)
        for place, (known, _, movement) in enumerate(self._last):
            if all(before is other or _equal(before, other) for before, other in zip(known, read, strict=True)):
                self._last.insert(0, self._last.pop(place))
                return movement
        movement = check_movement(self.influence.card.name, sitting, self.influence.move(sitting))
        self._last[:] = [(read, sitting, movement), *self._last[: _KEPT - 1]]
        return movement


@dataclass(frozen=True, slots=True)
class ComposedLottery(Composed):
    """The same where the settlement model is a lottery."""

    def chances(self, sitting: Sitting) -> tuple[Floats, ...]:
        """Return for each issue how likely each option is once positions have moved; shape (D, K)."""
        return chances_of(self.settlement, moved(sitting, self.movement(sitting)))


def nothing_traded(model: SettlementModel) -> str:
    """Say so where a model would trade across issues and is given one at a time; empty for any other.

    Examples
    --------
    >>> nothing_traded(find("exchange+consensus"))
    'one issue at a time, so nothing is traded and nobody moves; foedus rounds takes all issues together'
    >>> nothing_traded(find("consensus"))
    ''
    """
    if not isinstance(model, Composed) or not isinstance(model.influence, Exchange | Decide):
        return ""
    return "one issue at a time, so nothing is traded and nobody moves; foedus rounds takes all issues together"


def _equal(a: object, other: object) -> bool:
    """Tell whether two arrays, or the lack of them, hold the same."""
    return isinstance(a, np.ndarray) and isinstance(other, np.ndarray) and np.array_equal(a, other)


def sharing_movements(models: Iterable[SettlementModel]) -> list[SettlementModel]:
    """Return models of which those with the same influence model remember its last movement together.

    Examples
    --------
    >>> first, second, alone = sharing_movements(map(find, ("exchange+mean", "exchange+compromise", "mean")))
    >>> first._last is second._last
    True
    """
    first: dict[str, Composed] = {}
    shared: list[SettlementModel] = []
    for model in models:
        if isinstance(model, Composed):
            same = first.setdefault(repr(model.influence), model)
            shared.append(replace(model, _last=same._last))
        else:
            shared.append(model)
    return shared


def moved(sitting: Sitting, movement: Movement) -> Sitting:
    """Return a sitting after positions have moved.

    Examples
    --------
    >>> from foedus.influence import find_influence
    >>> from foedus.testing import sitting_of
    >>> before = sitting_of(position=[20.0, 20.0, 80.0], salience=[1.0, 1.0, 0.1])
    >>> after = moved(before, find_influence("challenge").move(before))
    >>> after.private[0, :, 0].round(1).tolist()
    [20.0, 20.0, 20.1]
    """
    follows = ~sitting.committed[None] & (sitting.public == sitting.private)
    setter = sitting.setter.copy()
    for issue, actor in enumerate(sitting.setting_actors):
        if actor is not None:
            setter[:, issue] = movement.private[:, actor, issue]
    public = np.where(follows, movement.private, sitting.public)
    return replace(sitting, private=movement.private, public=public, setter=setter)


def find(name: str) -> SettlementModel:
    """Return a model by name: ``SETTLEMENT``, or ``INFLUENCE+SETTLEMENT``.

    Raises
    ------
    FoedusError
        When a part is unknown, or an influence model stands alone; the message says what there is.

    Examples
    --------
    >>> find("challenge+consensus").card.name
    'challenge:scholz+consensus'
    """
    first, plus, second = name.partition("+")
    if plus:
        _refuse_wrong_order(first.strip(), second.strip(), name)
        last = find_model(second.strip())
        return (ComposedLottery if isinstance(last, Lottery) else Composed)(find_influence(first.strip()), last)
    if name in MODELS:
        return MODELS[name]
    try:
        influence = find_influence(name).card.name
    except FoedusError:
        return find_model(name)
    raise FoedusError(f"{influence} moves positions and settles nothing; add a settlement model: {name}+consensus")


def settling(model: str | SettlementModel) -> SettlementModel:
    """Return a settlement model, given by name or as it is.

    Raises
    ------
    FoedusError
        When it is neither a name nor a settlement model.

    Examples
    --------
    >>> settling("mean") is settling(settling("mean"))
    True
    """
    if isinstance(model, str):
        return find(model)
    lacking = [name for name in ("card", "settle", "choose") if not hasattr(model, name)]
    if not lacking and isinstance(model.card, ModelCard):
        return model
    if hasattr(model, "move"):
        raise FoedusError("an influence model moves positions and settles nothing; give it before a settlement model")
    told = f"it has no {' and no '.join(lacking)}" if lacking else "its card is no ModelCard"
    raise FoedusError(
        f"a model is a name, or an object with a card, settle and choose; got {type(model).__name__}: {told}"
    )


def _refuse_wrong_order(first: str, second: str, name: str) -> None:
    """Say so where the two stages stand the wrong way round, or are no two stages."""
    if "+" in second:
        raise FoedusError(f"{name!r} has more than two stages; write INFLUENCE+SETTLEMENT, such as challenge+consensus")
    if _is_settlement(first):
        swapped = "" if _is_settlement(second) else f": write {second}+{first}"
        raise FoedusError(f"{first!r} settles, so nothing can follow it; influence comes first{swapped}")


def _is_settlement(name: str) -> bool:
    try:
        find_model(name)
    except FoedusError:
        return False
    return True


def find_card(name: str) -> ModelCard:
    """Return the card of a model of either stage, or of two stages together, by name."""
    try:
        return find_influence(name).card
    except FoedusError:
        pass
    try:
        return find(name).card
    except FoedusError as error:
        if "+" in name or "did you mean" in str(error):
            raise
        near = difflib.get_close_matches(name.casefold(), [*MODELS, *INFLUENCES], n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join([*MODELS, *INFLUENCES])}"
        raise FoedusError(f"no model {name!r}; {hint}") from None


def cards(name: str = "") -> tuple[ModelCard, ...]:
    """Return the card of one model or mixture, or of all: models first, mixtures last.

    Raises
    ------
    FoedusError
        When nothing goes by the name.

    Examples
    --------
    >>> [card.stage for card in cards("challenge")], cards()[-1].name
    (['influence'], 'learned')
    """
    if not name:
        return (*all_cards(), *MIXTURES)
    return (next((card for card in MIXTURES if card.name == name), None) or find_card(name),)


def all_cards() -> tuple[ModelCard, ...]:
    """Return the cards of all models, settlement first, each stage in its own order, those of other packages last."""
    return (
        *(model.card for model in MODELS.values()),
        *(model.card for model in INFLUENCES.values()),
        *brought_cards(),
    )
