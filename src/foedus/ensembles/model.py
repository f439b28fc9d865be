"""The ensemble as a settlement model: in each draw a lottery over the options, so that every what-if can ask it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foedus.base.errors import FoedusError
from foedus.ensembles.declared import keep_to_declared
from foedus.ensembles.learned import draws_learned
from foedus.ensembles.mixing import (
    BINDING,
    SETTLING,
    allowed_by,
    bound,
    come_down,
    narrowed,
    on_options,
    packaged_weights,
    passed,
)
from foedus.issues.deciding import in_favour, on_option, winning
from foedus.issues.models import ModelCard, Settlement
from foedus.issues.sitting import Flags, Floats, Sitting, part_of
from foedus.issues.sums import total
from foedus.settlement import MODELS
from foedus.settlement.consensus import CONSENSUS
from foedus.settlement.points import likeliest
from foedus.settlement.track_record import packaged_fit

NAME = "ensemble"
"""How a user asks for it."""

BLOCK = 2_048
"""Draws of which the learned distribution looks at an even sample: the same ones however the draws are cut."""


@cache
def _card() -> ModelCard:
    models = [MODELS[name].card for name in SETTLING]
    return ModelCard(
        name=NAME,
        stage="settlement",
        summary="A mixture of what several models make of the same draws, with weights learned from backtests.",
        caution="Its weights carry over to another body only by assumption.",
        inputs=tuple(dict.fromkeys(name for card in models for name in (*card.inputs, "capability", "setter"))),
        stochastic=False,
        properties=("within range",),
        assumptions=tuple({assumption.name: assumption for card in models for assumption in card.assumptions}.values()),
        reference="Foedus, defined in its documentation; no published source",
        reading="See `foedus.ensembles.mixing`.",
        oracle="the mixture worked out part by part",
    )


@dataclass(frozen=True, slots=True)
class EnsembleModel:
    """The ensemble for one kind of rule.

    Attributes
    ----------
    rule
        Such as ``qualified majority``; see `foedus.institutions.rules.KINDS`.
    low
        Lower end of the scale; the lowest option if not given.
    counted
        Whether under a majority what lacks the votes in a draw comes down to what has them. The Council of the European
        Union, whose decisions taught the weights, often ends where stated positions gave no majority; of no other body
        is that known, and a veto is a veto. Votes that were declared in public hold there as well, as often as they
        held on record; see `foedus.ensembles.declared`.
    """

    rule: str
    low: float | None = None
    counted: bool = False
    card: ModelCard = field(default_factory=_card)

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the likeliest option and the expected place.

        Under consensus and unanimity who objects and is pivotal is the consensus model's. Under any other rule nobody
        objects, and an actor is pivotal where the rule lets the proposal pass or fail by its vote alone.
        """
        chances = self.chances(sitting)
        choice = likeliest(chances, sitting)
        outcome = np.stack([total(p * a.options, 1) for p, a in zip(chances, sitting.agendas, strict=True)], 1)
        if self.rule in BINDING:
            consensus = CONSENSUS.settle(sitting)
            return Settlement(
                choice, outcome, consensus.objects, consensus.reluctant, consensus.sole, consensus.pivotal
            )
        pivotal = np.stack(
            [
                swings(on_option(sitting, place, a.proposal), in_favour(sitting, place, a.proposal))
                for place, a in enumerate(sitting.agendas)
            ],
            2,
        )
        return Settlement(choice, outcome, None, None, None, pivotal)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the likeliest option of each draw; shape (D, I)."""
        return likeliest(self.chances(sitting), sitting)

    def chances(self, sitting: Sitting) -> tuple[Floats, ...]:
        """Return for each issue how likely each option is; shape (D, K)."""
        edges = [*range(0, sitting.draws, BLOCK), sitting.draws]
        blocks = [part_of(sitting, slice(*ends)) for ends in pairwise(edges)]
        return tuple(
            np.concatenate([self._block(block, place) for block in blocks]) for place in range(len(sitting.agendas))
        )

    def _block(self, sitting: Sitting, place: int) -> Floats:
        agenda, weights = sitting.agendas[place], packaged_weights(self.rule).values
        allowed, rows = let_pass(self.rule, self.counted, sitting, place), np.arange(sitting.draws)
        narrows = self.rule not in BINDING
        mixture, used = np.zeros((sitting.draws, len(agenda.options))), 0.0
        for weight, name in zip(weights, SETTLING, strict=False):
            try:
                choice = MODELS[name].choose(sitting)[:, place]
            except FoedusError:  # a model that cannot work on the case leaves its weight to the others
                continue
            if allowed is not None:
                choice = come_down(choice, allowed, agenda, narrows=narrows)
            mixture[rows, choice] += weight
            used += weight
        has_votes = carried(self.rule, sitting, place)
        picked, points, probability = draws_learned(sitting, place, self.low, has_votes)
        spread = on_options(points, probability, agenda, None if has_votes is None else has_votes[picked])
        if allowed is not None:
            # A count is of stated positions: that what lacks the votes passes all the same has the smallest chance that
            # was fitted to decisions where one objection stops all.
            rare = 0.0 if self.rule in BINDING else packaged_fit().floor
            kept = allowed[picked]
            counted = narrowed(spread, kept, agenda) if narrows else bound(spread, kept, agenda.status_quo)
            counted = counted if has_votes is None else passed(counted, has_votes[picked], agenda)
            spread = (1 - rare) * counted + rare * spread
        last = weights[len(SETTLING)]
        mixture += last * spread[np.searchsorted(picked, rows, side="right") - 1]
        whole = np.asarray(mixture / (used + last))
        return whole if self.rule in BINDING or self.counted else keep_to_declared(whole, sitting, place)


def let_pass(rule: str, counted: bool, sitting: Sitting, place: int) -> Flags | None:
    """Return what the rule lets pass in each draw, shape (D, K), or ``None`` where it does not bind."""
    if rule in BINDING or not counted:
        return allowed_by(rule, sitting, place)
    agenda = sitting.agendas[place]
    passes = [_has_votes(sitting, place, option) for option in range(len(agenda.options))]
    adopted = np.stack(passes, axis=1)
    adopted[:, agenda.status_quo] = True
    return adopted


def carried(rule: str, sitting: Sitting, place: int) -> Flags | None:
    """Return whether each draw's positions carry the proposal, shape (D,); None where one objection stops all."""
    if rule in BINDING:
        return None
    return _has_votes(sitting, place, sitting.agendas[place].proposal)


def _has_votes(sitting: Sitting, place: int, option: int) -> Flags:
    """Return in which draws those in favour of an option can adopt it, by the rule that holds for it; shape (D,)."""
    return winning(on_option(sitting, place, option), in_favour(sitting, place, option))


def swings(sitting: Sitting, support: Flags) -> Flags:
    """Return by whose vote alone the rule turns in each draw; from and to shape (D, A)."""
    turned = support[:, None, :] ^ np.eye(support.shape[1], dtype=np.bool_)
    return np.asarray(winning(sitting, turned) != winning(sitting, support[:, None, :]))
