"""The catalogue of properties: what a model may claim, and how each claim is tested.

Every model claims each property of its stage, or names it as refuted; `foedus.testing.counterexample` holds the case.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeGuard

import numpy as np

from foedus.base.errors import FoedusError
from foedus.institutions import AllOf, Ballot, Consensus, ConsentOf
from foedus.issues import InfluenceModel, ModelCard, Settlement, SettlementModel, Sitting
from foedus.issues.deciding import unanimity, winning
from foedus.issues.sitting import Flags, Floats
from foedus.testing.sittings import reordered, rescaled

SettlementCheck = Callable[[SettlementModel, Sitting], None]
InfluenceCheck = Callable[[InfluenceModel, Sitting], None]

_NEAR = 1e-9
"""Sums of a few numbers up to 64, in another order or another unit, differ by some 1e-14."""


def holds(condition: object, otherwise: str) -> None:
    """Raise ``AssertionError`` where a condition does not hold, also under ``python -O``, which skips ``assert``.

    Examples
    --------
    >>> holds(1 + 1 == 3, "sums are wrong")
    Traceback (most recent call last):
    ...
    AssertionError: sums are wrong
    """
    if not condition:
        raise AssertionError(otherwise)


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    Attributes
    ----------
    name, meaning
        What it is called and what it says.
    settlement, influence
        How it is tested on a model of either stage; None where it makes no sense there. A check raises
        ``AssertionError`` where the property does not hold.
    """

    name: str
    meaning: str
    settlement: SettlementCheck | None = None
    influence: InfluenceCheck | None = None


def firm(model: SettlementModel, sitting: Sitting) -> Flags:
    """Return which draws end alike when every salience and position is jogged a little; shape (D, I).

    Sums in another order, or in another unit, round otherwise. That may only show in draws that stand on an edge.
    """
    base = model.settle(sitting)
    steady = np.ones(base.choice.shape, dtype=np.bool_)
    rng = np.random.default_rng(0)
    for _ in range(6):
        jog = rng.uniform(-1e-9, 1e-9, sitting.private.shape)
        pull = 1 + rng.uniform(-1e-9, 1e-9, sitting.salience.shape)
        jogged = replace(
            sitting, private=sitting.private + jog, public=sitting.public + jog, salience=sitting.salience * pull
        )
        moved = model.settle(jogged)
        steady &= (moved.choice == base.choice) & (moved.pivotal == base.pivotal).all(axis=1)
        steady &= np.abs(moved.outcome - base.outcome) < 1e-6
    return steady


# ---------------------------------------------------------------------------------------------------------------------
# Settlement.


def _within_range(model: SettlementModel, sitting: Sitting) -> None:
    settled = model.settle(sitting)
    for place, agenda in enumerate(sitting.agendas):
        choice, outcome = settled.choice[:, place], settled.outcome[:, place]
        holds(((choice >= 0) & (choice < len(agenda.options))).all(), "a choice that is no option")
        positions = sitting.private[:, sitting.seated, place]
        low = np.minimum(positions.min(axis=1), agenda.options.min())
        high = np.maximum(positions.max(axis=1), agenda.options.max())
        holds(((low - _NEAR <= outcome) & (outcome <= high + _NEAR)).all(), "an outcome beyond options and positions")


def _anonymous(model: SettlementModel, sitting: Sitting) -> None:
    base, steady = model.settle(sitting), firm(model, sitting)
    order = np.random.default_rng(1).permutation(len(sitting.actors))
    back = np.argsort(order)
    settled = model.settle(reordered(sitting, order))
    _same_where(steady, settled, base)
    holds(not ((settled.pivotal[:, back] != base.pivotal).any(axis=1) & steady).any(), "pivots depend on the order")
    if base.objects is not None and settled.objects is not None:
        for place in range(len(sitting.agendas)):
            here = steady[:, place]
            holds(
                np.array_equal(settled.objects[place][:, back][here], base.objects[place][here]),
                "objections depend on the order",
            )


def _same_where(steady: Flags, settled: Settlement, base: Settlement, outcome: Floats | None = None) -> None:
    expected = base.outcome if outcome is None else outcome
    holds(np.array_equal(settled.choice[steady], base.choice[steady]), "another choice")
    holds(np.allclose(settled.outcome[steady], expected[steady], rtol=1e-9, atol=_NEAR), "another outcome")


def _unit(model: SettlementModel, sitting: Sitting) -> None:
    base, steady = model.settle(sitting), firm(model, sitting)
    for factor, shift in ((2.0, 0.0), (0.125, -8.0), (3.7, 11.0)):
        settled = model.settle(rescaled(sitting, factor, shift, capability=factor))
        kept = steady & ~_setter_ties(sitting) if factor == 3.7 else steady
        _same_where(kept, settled, base, base.outcome * factor + shift)


def _setter_ties(sitting: Sitting) -> Flags:
    """Two options as near to whoever proposes: a factor that binary cannot write may break the tie."""
    ties = []
    for place, agenda in enumerate(sitting.agendas):
        wants = [sitting.setter[:, place], *(sitting.private[:, actor, place] for actor in sitting.roles.values())]
        gaps = [np.diff(np.sort(np.abs(agenda.options - want[:, None]), axis=1), axis=1) for want in wants]
        ties.append(np.any([(gap < 1e-9).any(axis=1) for gap in gaps], axis=0))
    return np.stack(ties, axis=1)


def _direction(model: SettlementModel, sitting: Sitting) -> None:
    base, steady = model.settle(sitting), firm(model, sitting)
    settled = model.settle(rescaled(sitting, -1.0, 64.0))
    _same_where(steady, settled, base, 64.0 - base.outcome)


def _monotone(model: SettlementModel, sitting: Sitting) -> None:
    base = model.settle(sitting)
    private, public = sitting.private.copy(), sitting.public.copy()
    private[:, 0] += 8.0
    public[:, 0] += 8.0
    settled = model.settle(replace(sitting, private=private, public=public))
    holds((settled.outcome >= base.outcome - _NEAR).all(), "a member went up and the outcome went down")


def _unanimity(model: SettlementModel, sitting: Sitting) -> None:
    for option in range(min(len(agenda.options) for agenda in sitting.agendas)):
        wanted = np.array([agenda.options[option] for agenda in sitting.agendas])
        private = np.broadcast_to(wanted, sitting.private.shape).copy()
        cares, power = np.maximum(sitting.salience, 0.125), np.maximum(sitting.capability, 0.125)
        calm = np.zeros_like(sitting.committed)
        agreed = replace(sitting, private=private, public=private, salience=cares, capability=power, committed=calm)
        holds(np.allclose(model.settle(agreed).outcome, wanted, atol=_NEAR), "all want one option and get another")


def _pareto(model: SettlementModel, sitting: Sitting) -> None:
    settled = model.settle(sitting)
    for place, agenda in enumerate(sitting.agendas):
        seats = np.flatnonzero(sitting.seated)
        counts = (sitting.salience[:, seats, place] > 0) & (sitting.capability[:, seats] > 0)
        far = np.abs(agenda.options - sitting.private[:, seats, place, None])
        chosen = np.take_along_axis(far, settled.choice[:, place, None, None], axis=2)
        better = np.where(counts[:, :, None], far < chosen - _NEAR, True).all(axis=1)
        better &= counts.any(axis=1, keepdims=True)
        holds(not better.any(), "all members with weight would rather have another option")


def _rational(model: SettlementModel, sitting: Sitting) -> None:
    settled = model.settle(sitting)
    for place, agenda in enumerate(sitting.agendas):
        seats = np.flatnonzero(sitting.seated)
        counts = (sitting.salience[:, seats, place] > 0) & (sitting.capability[:, seats] > 0)
        wanted = sitting.private[:, seats, place]
        lost = (
            np.abs(settled.outcome[:, place, None] - wanted)
            > np.abs(agenda.options[agenda.status_quo] - wanted) + _NEAR
        )
        holds(not (lost & counts).any(), "a member with weight would rather have kept the status quo")


def _rule(model: SettlementModel, sitting: Sitting) -> None:
    if model.settle(sitting).objects is not None:
        _rule_by_objections(model, sitting)
        return
    for decides in (None, unanimity(sitting.seated)):
        ruled = replace(sitting, decides=decides)
        settled = model.settle(ruled)
        for place, agenda in enumerate(sitting.agendas):
            at = agenda.options[settled.choice[:, place]][:, None]
            wanted = sitting.private[:, :, place]
            accepts = np.abs(at - wanted) <= np.abs(agenda.options[agenda.status_quo] - wanted) + _NEAR
            accepts |= sitting.salience[:, :, place] == 0
            changed = settled.choice[:, place] != agenda.status_quo
            holds(not (changed & ~winning(ruled, accepts[:, None])[:, 0]).any(), "adopted without a winning coalition")


def _rule_by_objections(model: SettlementModel, sitting: Sitting) -> None:
    """What is adopted passes the rule as the institutions evaluate it: no objection, and the outsider's consent."""
    settled = model.settle(sitting)
    if settled.objects is None:
        raise AssertionError("a model that claims who objects does not say who does")
    names = np.array(sitting.actors)
    seats = frozenset(names[sitting.seated].tolist())
    for place, agenda in enumerate(sitting.agendas):
        asked = [sitting.actors[outsider] for outsider in sitting.outsiders[place]]
        rule = AllOf((Consensus(), *(ConsentOf(actor) for actor in asked)))
        for draw, choice in enumerate(settled.choice[:, place]):
            if choice == agenda.status_quo:
                continue
            consenting = frozenset(
                sitting.actors[o] for o in sitting.outsiders[place] if not is_hurt(sitting, draw, o, place, int(choice))
            )
            objecting = frozenset(names[settled.objects[place][draw, :, choice]].tolist())
            holds(
                rule.adopted(Ballot(seats, objecting, consenting=consenting)).value == "yes", "adopted against the rule"
            )


def is_hurt(sitting: Sitting, draw: int, actor: int, place: int, choice: int) -> bool:
    """Tell whether an actor that cares would rather have the status quo than an option."""
    agenda, wanted = sitting.agendas[place], sitting.private[draw, actor, place]
    at, status_quo = agenda.options[choice], agenda.options[agenda.status_quo]
    return bool(sitting.salience[draw, actor, place] > 0 and abs(at - wanted) > abs(status_quo - wanted))


def _weightless(model: SettlementModel, sitting: Sitting) -> None:
    settled = model.settle(replace(sitting, salience=np.zeros_like(sitting.salience)))
    holds((settled.choice == np.array([a.status_quo for a in sitting.agendas])).all(), "nobody cares and all changes")


def _responsive(field: str) -> SettlementCheck:
    def check(model: SettlementModel, sitting: Sitting) -> None:
        base = model.settle(sitting)
        raised = np.array(getattr(sitting, field))
        raised[:, 0] += 0.5
        stronger = replace(sitting, salience=raised) if field == "salience" else replace(sitting, capability=raised)
        after = model.settle(stronger)
        weight = sitting.capability[:, :, None] * sitting.salience
        own = sitting.private[:, 0]
        here, there = np.abs(base.outcome - own), np.abs(after.outcome - own)
        others = weight[:, sitting.seated].sum(axis=1) - weight[:, 0]
        factor = sitting.salience[:, 0] if field == "capability" else sitting.capability[:, 0, None]
        moves = (others > 0) & (factor > 0) & (here > 1e-9)
        holds((there[moves] < here[moves]).all(), f"more {field} did not draw the outcome nearer")
        still = (others > 0) & ~moves
        holds((there[still] <= here[still] + _NEAR).all(), f"more {field} drove the outcome away")

    return check


def _apart(model: SettlementModel, sitting: Sitting) -> None:
    whole = model.settle(sitting)
    for place in range(len(sitting.agendas)):
        settled = model.settle(one_issue(sitting, place))
        here = slice(place, place + 1)
        holds(np.array_equal(settled.choice, whole.choice[:, here]), "another issue changed the choice")
        holds(np.array_equal(settled.outcome, whole.outcome[:, here]), "another issue changed the outcome")
        holds(np.array_equal(settled.pivotal, whole.pivotal[:, :, here]), "another issue changed the pivots")


def one_issue(sitting: Sitting, place: int) -> Sitting:
    """Return a sitting with one of its issues only."""
    here = slice(place, place + 1)
    return replace(
        sitting,
        agendas=sitting.agendas[here],
        private=sitting.private[:, :, here],
        public=sitting.public[:, :, here],
        salience=sitting.salience[:, :, here],
        committed=sitting.committed[:, here],
        red_low=sitting.red_low[:, here],
        red_high=sitting.red_high[:, here],
        outsiders=sitting.outsiders[here],
        setter=sitting.setter[:, here],
        setting_actors=sitting.setting_actors[here],
    )


def _calm(model: SettlementModel, sitting: Sitting) -> None:
    calm = replace(sitting, assumptions={**sitting.assumptions, "kappa": np.zeros(sitting.draws)})
    settled = model.settle(calm)
    for place, agenda in enumerate(sitting.agendas):
        for draw, choice in enumerate(settled.choice[:, place]):
            if choice != agenda.status_quo:
                seats = np.flatnonzero(sitting.seated)
                holds(not any(is_hurt(sitting, draw, int(i), place, int(choice)) for i in seats), "a member is hurt")


# ---------------------------------------------------------------------------------------------------------------------
# Influence.


def _moves_within(model: InfluenceModel, sitting: Sitting) -> None:
    moved = model.move(sitting).private
    low, high = sitting.private.min(axis=1, keepdims=True), sitting.private.max(axis=1, keepdims=True)
    holds(((low - _NEAR <= moved) & (moved <= high + _NEAR)).all(), "somebody left the range of first positions")


def _moves_anonymously(model: InfluenceModel, sitting: Sitting) -> None:
    order = np.random.default_rng(1).permutation(len(sitting.actors))
    moved = model.move(reordered(sitting, order)).private[:, np.argsort(order)]
    holds(np.allclose(moved, model.move(sitting).private, atol=_NEAR), "positions depend on the order of actors")


def _moves_in_any_unit(model: InfluenceModel, sitting: Sitting) -> None:
    base = model.move(sitting).private
    # Powers of two, so that the other unit holds the same numbers: trajectories amplify the last digit.
    for factor, shift in ((2.0, 0.0), (0.125, -8.0), (4.0, 32.0)):
        moved = model.move(rescaled(sitting, factor, shift, capability=factor)).private
        holds(np.allclose(moved, base * factor + shift, rtol=1e-9, atol=_NEAR), "positions depend on the unit")


def _moves_either_way(model: InfluenceModel, sitting: Sitting) -> None:
    moved = model.move(rescaled(sitting, -1.0, 64.0)).private
    holds(np.allclose(moved, 64.0 - model.move(sitting).private, atol=1e-6), "positions depend on the direction")


def _stays_agreed(model: InfluenceModel, sitting: Sitting) -> None:
    agreed = np.broadcast_to(sitting.private[:, :1], sitting.private.shape).copy()
    moved = model.move(replace(sitting, private=agreed, public=agreed)).private
    holds(np.allclose(moved, agreed, atol=_NEAR), "all agree, and somebody moves")


def _moves_apart(model: InfluenceModel, sitting: Sitting) -> None:
    whole = model.move(sitting).private
    for place in range(len(sitting.agendas)):
        moved = model.move(one_issue(sitting, place)).private
        holds(np.allclose(moved[:, :, 0], whole[:, :, place], atol=_NEAR), "another issue moved somebody")


def _keeps_order(model: InfluenceModel, sitting: Sitting) -> None:
    moved = model.move(sitting).private
    before = sitting.private[:, :, None] - sitting.private[:, None]
    after = moved[:, :, None] - moved[:, None]
    holds(not ((before > _NEAR) & (after < -_NEAR)).any(), "one actor overtook another")


PROPERTIES: dict[str, Property] = {
    property_.name: property_
    for property_ in (
        Property(
            "within range", "nothing ends beyond the options and positions there are", _within_range, _moves_within
        ),
        Property("anonymous", "neither the order of actors nor their names matter", _anonymous, _moves_anonymously),
        Property(
            "neutral to the unit", "another unit or origin gives the same answer in it", _unit, _moves_in_any_unit
        ),
        Property("neutral to direction", "the mirrored scale gives the mirrored answer", _direction, _moves_either_way),
        Property("issue by issue", "no issue changes the answer on another", _apart, _moves_apart),
        Property("unanimity", "what all want is what they get, or where they stay", _unanimity, _stays_agreed),
        Property("keeps order", "no actor overtakes another", None, _keeps_order),
        Property("monotone", "the outcome never goes down when a member goes up", _monotone),
        Property("Pareto", "no other option is better for all members with weight", _pareto),
        Property("individually rational", "no member with weight is worse off than under the status quo", _rational),
        Property("respects the rule", "a change is accepted by a winning coalition under the body's rule", _rule),
        Property("nothing without weight", "where nobody cares the status quo stands", _weightless),
        Property("responsive to salience", "who cares more draws the outcome nearer", _responsive("salience")),
        Property("responsive to capability", "who is stronger draws the outcome nearer", _responsive("capability")),
        Property("unanimity at zero pressure", "with kappa at 0 nothing passes that hurts a member", _calm),
    )
}
"""Every property by name. ``unanimity at zero pressure`` is of the consensus model alone, which has a kappa."""


def properties_of(stage: str) -> tuple[str, ...]:
    """Return the names of the properties that a model of a stage must claim or refute.

    Examples
    --------
    >>> "keeps order" in properties_of("influence"), "keeps order" in properties_of("settlement")
    (True, False)
    """
    special = {"unanimity at zero pressure"}
    return tuple(
        name
        for name, property_ in PROPERTIES.items()
        if name not in special and (property_.settlement if stage == "settlement" else property_.influence) is not None
    )


def moves(model: SettlementModel | InfluenceModel) -> TypeGuard[InfluenceModel]:
    """Tell an influence model, which moves positions, from a settlement model."""
    return hasattr(model, "move")


def settles(model: SettlementModel | InfluenceModel) -> TypeGuard[SettlementModel]:
    """Tell a settlement model from an influence model."""
    return hasattr(model, "settle")


def refuse_no_model(model: object) -> None:
    """Refuse what is no model of either stage.

    Raises
    ------
    FoedusError
        When it has no card, or neither moves positions nor settles.
    """
    if not isinstance(getattr(model, "card", None), ModelCard):
        what = f"the text {model!r}" if isinstance(model, str) else type(model).__name__
        raise FoedusError(
            f"a model is an object with a card (foedus.issues.ModelCard); got {what}; "
            "packaged ones are in foedus.settlement.MODELS and foedus.influence.INFLUENCES"
        )
    if not any(hasattr(model, name) for name in ("move", "settle")):
        raise FoedusError(f"{model.card.name} has neither move nor settle")  # type: ignore[attr-defined]


def property_called(name: str) -> Property:
    """Return a property of the catalogue by name.

    Raises
    ------
    FoedusError
        When there is none.

    Examples
    --------
    >>> property_called("unanimity") is PROPERTIES["unanimity"]
    True
    """
    if name not in PROPERTIES:
        near = difflib.get_close_matches(name, PROPERTIES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(PROPERTIES)}"
        raise FoedusError(f"no property {name!r}; {hint}")
    return PROPERTIES[name]


def check_property(model: SettlementModel | InfluenceModel, name: str, sitting: Sitting) -> None:
    """Raise ``AssertionError`` where a model does not have a property on a sitting."""
    property_ = property_called(name)
    if moves(model):
        if property_.influence is None:
            raise AssertionError(f"{name!r} is no property of influence models")
        property_.influence(model, sitting)
    if settles(model):
        if property_.settlement is None:
            raise AssertionError(f"{name!r} is no property of settlement models")
        property_.settlement(model, sitting)
