"""The consensus model, corrected by what became of decisions with such signs: a fitted lottery over the options.

In each draw the consensus model settles on one option. What counts is of which class it is: nothing (the status quo),
the proposal, or another option. From that, from where those who spoke stand, and from what was said before the day, a
multinomial regression tells how likely each class is:

    u_c = a_c + b_c . x          for the proposal and for another option; u = 0 for nothing
    p_c = e + (1 - C e) exp(u_c) / sum of exp(u)     over the C classes that the options allow

with x the numbers that `SIGNS` describes and e a floor, so that nothing is ever impossible. Within a class the
probability goes to what the consensus model settles on, mixed with an even share for each option of the class. The
numbers a, b, e and the share are fitted to decisions with known outcomes; `foedus.backtests.track_record` fits them.
What an outsider whose consent is asked refuses is not among the options in that draw.
Coefficients may not be such that opposition helps a proposal: more of it never makes adoption likelier.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.issues.deciding import in_favour, on_option, winning
from foedus.issues.models import ModelCard, Settlement
from foedus.issues.sitting import Agenda, Flags, Floats, Sitting
from foedus.issues.sums import total
from foedus.settlement.consensus import CONSENSUS, consent
from foedus.settlement.points import likeliest

SIGNALS = ("threat", "link", "offer", "softening")
"""What was said before the day: a member will stop it; withholds its consent over another matter; is offered something
beside the text; came nearer in the last two weeks. One half if so, minus one half if not, 0 if it is not known."""

SIGNS = (*SIGNALS, "lowest", "agreed", "nothing", "as proposed")
"""The signals; the lowest position of members that spoke, 0 at the status quo and 1 at the proposal, where silent
members stand on the average unless somebody stands lower; whether that place is nearer to the proposal than to any
lesser option; and whether the consensus model settles on nothing, or on the proposal, in the draw."""

NOTHING, OTHER, PROPOSED = 0, 1, 2
"""The classes."""

_CENTRES = (0.2, 0.2, 0.5, 0.3)
"""What is taken from the last four signs, so that 0 is an ordinary decision."""
MARGIN = 0.2
"""Who stands less than this below the average of silent members counts as no lower. Tried were 0, .1 and .2, with
three-class log scores of .858, .845 and .829 in nested cross-validation."""
_ENDS = (-0.2, 1.2)
"""Positions beyond these ends of the way from status quo to proposal count as these."""
_TIE = 1e-9
"""Midway between two options counts as nearer to the lesser one, whatever the unit rounds to."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted numbers for one horizon.

    Attributes
    ----------
    intercepts
        Of another option and of the proposal; shape (2,).
    slopes
        Shape (2, signs).
    floor
        Probability that each class has at least.
    evenly
        Share of a class that is spread evenly over its options.
    """

    intercepts: Floats
    slopes: Floats
    floor: float
    evenly: float

    @classmethod
    def of(cls, numbers: Mapping[str, object]) -> Fit:
        """Return a fit from its stored form."""
        return cls(
            np.asarray(numbers["intercepts"], np.float64),
            np.asarray(numbers["slopes"], np.float64),
            float(numbers["floor"]),  # type: ignore[arg-type]
            float(numbers["evenly"]),  # type: ignore[arg-type]
        )

    def classes(self, signs: Floats, open_: Flags) -> Floats:
        """Return the probability of each class.

        Parameters
        ----------
        signs
            Shape (D, signs).
        open_
            Which classes there are options for; shape (3,) or (D, 3).
        """
        utility = np.zeros((len(signs), 3))
        utility[:, 1:] = self.intercepts + total(signs[:, None, :] * self.slopes, 2)
        utility -= utility.max(axis=1, keepdims=True)
        weight = np.where(open_, np.exp(utility), 0.0)
        share: Floats = weight / weight.sum(axis=1, keepdims=True)
        return np.where(open_, self.floor + (1 - open_.sum(axis=-1, keepdims=True) * self.floor) * share, 0.0)


@cache
def packaged_fit(horizon: str = "meeting") -> Fit:
    """Return the numbers that come with this version, for ``meeting`` or ``year``.

    Examples
    --------
    >>> packaged_fit().floor > 0, packaged_fit("year").slopes.shape
    (True, (2, 8))
    """
    return Fit.of(packaged_numbers()[horizon])


@cache
def packaged_numbers() -> Mapping[str, Any]:
    """Return the stored form of both fits, by horizon, with the penalty and the number of decisions."""
    text = resources.files("foedus.settlement").joinpath("track_record.json").read_text("utf-8")
    return dict(json.loads(text)["horizons"])


def class_of(agenda: Agenda) -> NDArray[np.intp]:
    """Return the class of each option; shape (K,).

    Examples
    --------
    >>> class_of(Agenda(np.array([0.0, 40.0, 100.0]), status_quo=0, proposal=2, length=100.0)).tolist()
    [0, 1, 2]
    """
    classes = np.full(len(agenda.options), OTHER)
    classes[agenda.proposal] = PROPOSED
    classes[agenda.status_quo] = NOTHING
    return classes


def signs_of(sitting: Sitting, place: int, choice: NDArray[np.intp]) -> Floats:
    """Return the numbers that the regression looks at; shape (D, signs).

    Parameters
    ----------
    sitting, place
        The draws, and which issue.
    choice
        What the consensus model settles on in each draw; shape (D,).
    """
    agenda = sitting.agendas[place]
    start, goal = agenda.options[agenda.status_quo], agenda.options[agenda.proposal]
    x = np.zeros((sitting.draws, len(SIGNS)))
    said = sitting.signals[place] if sitting.signals else {}
    for column, name in enumerate(SIGNALS):
        x[:, column] = said.get(name, 0.0)
    if sitting.paid is not None:
        x[(sitting.paid[:, :, place] > 0).any(axis=1), SIGNALS.index("offer")] = 0.5
    if sitting.seated.any() and goal != start:
        way = np.clip((sitting.private[:, sitting.seated, place] - start) / (goal - start), *_ENDS)
        known = np.ones(way.shape[1]) if sitting.spoken is None else sitting.spoken[sitting.seated]
        assumed = None
        if sitting.assumed is not None:
            assumed = float(np.clip((sitting.assumed[:, place] - start) / (goal - start), *_ENDS).mean())
        lowest = _lowest_place(way, known, assumed)
        lesser = np.delete((agenda.options - start) / (goal - start), agenda.proposal)
        nearest = lesser[lesser < 1].max(initial=0.0)
        x[:, -4] = lowest - _CENTRES[0]
        x[:, -3] = (lowest > (1 + nearest) / 2 + _TIE) - _CENTRES[1]
    classes = class_of(agenda)[choice]
    x[:, -2], x[:, -1] = (classes == NOTHING) - _CENTRES[2], (classes == PROPOSED) - _CENTRES[3]
    return x


def _lowest_place(way: Floats, known: Floats, assumed: float | None = None) -> Floats:
    """Return the lowest place of those who spoke; shape (D,).

    A member of whom little is known counts little: it lies, by what is not known of it, where those that are silent lie
    on the average. So a first word moves by no more than it is worth, and where somebody is silent a word in favour
    never lowers the lowest place. That average is the one assumed, whoever is silent: were it that of the draw, it
    would change with who speaks up, and one more refusal might raise it. It is the measure, too, once everybody has
    spoken, so that the last word in favour lowers nothing; where all of them stand higher, the lowest of them counts.

    Parameters
    ----------
    way
        Places of the members, 0 at the status quo and 1 at the proposal; shape (D, N).
    known
        How much is known of each, from 0 to 1; shape (N,).
    assumed
        Where silent members stand on the average; by default where they do in each draw.

    Examples
    --------
    >>> _lowest_place(np.array([[0.0, 0.6, 0.7, 0.8]]), np.array([0.5, 0.0, 0.0, 0.0])).round(3).tolist()
    [0.45]
    >>> [_lowest_place(np.array([way]), np.ones(2), 0.7)[0].round(3).tolist() for way in ([0.9, 1.0], [0.1, 1.0])]
    [0.9, 0.3]
    """
    silent = known == 0
    if assumed is None and not silent.any():
        return np.asarray(way.min(axis=1))
    ordinary = np.full(len(way), assumed) if assumed is not None else total(way[:, silent], 1) / silent.sum()
    below = np.minimum((way - ordinary[:, None] + MARGIN) * known, 0.0)
    lowest = ordinary + below.min(axis=1)
    if silent.any():
        return np.asarray(lowest)
    return np.asarray(np.maximum(lowest, (known * way + (1 - known) * ordinary[:, None]).min(axis=1)))


def spread(fit: Fit, agenda: Agenda, signs: Floats, choice: NDArray[np.intp], allowed: Flags | None = None) -> Floats:
    """Return how likely each option is in each draw; shape (D, K).

    Parameters
    ----------
    fit
        Fitted numbers.
    agenda
        The options.
    signs
        As `signs_of` returns them.
    choice
        What the consensus model settles on in each draw; shape (D,).
    allowed
        Which options no outsider refuses, the status quo among them; shape (D, K). By default all.
    """
    classes, draws = class_of(agenda), np.arange(len(choice))
    there = np.ones((len(choice), len(agenda.options)), np.bool_) if allowed is None else allowed.copy()
    beyond = np.flatnonzero(_beyond(agenda))  # no decision on record went further than what was proposed
    there[:, beyond] &= choice[:, None] == beyond
    sizes = np.stack([there[:, classes == kind].sum(axis=1) for kind in range(3)], axis=1)
    chances = _no_better_for_a_link(fit, signs, sizes > 0)
    own = there & (classes == classes[choice][:, None])
    within = there / np.maximum(sizes[:, classes], 1)
    within = np.where(own, fit.evenly * within, within)
    within[draws, choice] += np.where(own[draws, choice], 1 - fit.evenly, 0.0)
    return np.asarray(chances[:, classes] * within)


def _beyond(agenda: Agenda) -> Flags:
    """Return which options go further the same way from the status quo than what is proposed; shape (K,).

    Examples
    --------
    >>> _beyond(Agenda(np.array([0.0, 40.0, 100.0]), status_quo=0, proposal=1, length=100.0)).tolist()
    [False, False, True]
    """
    start, goal = agenda.options[agenda.status_quo], agenda.options[agenda.proposal]
    way = (agenda.options - start) * np.sign(goal - start)
    return np.asarray(way > abs(goal - start))


def _no_better_for_a_link(fit: Fit, signs: Floats, open_: Flags) -> Floats:
    """Return the probability of each class, the proposal's never higher for a consent withheld over another matter.

    Such decisions rarely end halfway, so that what a link takes from lesser options would go to the proposal in part.
    Over many decisions that is so; within one case it would let an objector help what it stops.
    """
    chances = fit.classes(signs, open_)
    linked = signs[:, SIGNALS.index("link")] > 0
    if not linked.any():
        return chances
    without = signs.copy()
    without[:, SIGNALS.index("link")] = -0.5
    gained = np.maximum(chances[:, PROPOSED] - fit.classes(without, open_)[:, PROPOSED], 0.0)
    gained = np.where(linked & open_[:, NOTHING], gained, 0.0)
    chances[:, PROPOSED] -= gained
    chances[:, NOTHING] += gained
    return chances


_CARD = ModelCard(
    name="track-record",
    stage="settlement",
    summary="The consensus model's answer, corrected by how decisions with such signs have ended.",
    caution="It has learned from decisions that were disputed in public, coded by one coder.",
    inputs=(*CONSENSUS.card.inputs, "spoken", "signals"),
    stochastic=False,
    properties=("within range", "anonymous", "neutral to the unit", "neutral to direction", "issue by issue"),
    assumptions=CONSENSUS.card.assumptions,
    reference="Foedus, defined in its documentation; no published source",
    reading="A multinomial regression with strong priors on the answer of the consensus model and eight signs.",
    oracle="hand-worked cases; nested cross-validation over disputes in docs/backtest.md",
    refuted=(
        "unanimity",
        "monotone",
        "Pareto",
        "individually rational",
        "nothing without weight",
        "responsive to salience",
        "responsive to capability",
        "respects the rule",
        "unanimity at zero pressure",
    ),
)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The model; see its card and the module's text.

    Attributes
    ----------
    horizon
        ``meeting``, or ``year``: what holds twelve months later.
    """

    card: ModelCard = _CARD
    horizon: str = "meeting"

    def settle(self, sitting: Sitting) -> Settlement:
        """Return the likeliest option and the expected place; who objects and is pivotal is the consensus model's."""
        consensus = CONSENSUS.settle(sitting)
        chances = self._chances(sitting, consensus.choice)
        choice = likeliest(chances, sitting)
        outcome = np.stack([total(p * a.options, 1) for p, a in zip(chances, sitting.agendas, strict=True)], 1)
        return Settlement(choice, outcome, consensus.objects, consensus.reluctant, consensus.sole, consensus.pivotal)

    def choose(self, sitting: Sitting) -> NDArray[np.intp]:
        """Return the likeliest option of each draw; shape (D, I)."""
        return likeliest(self.chances(sitting), sitting)

    def chances(self, sitting: Sitting) -> tuple[Floats, ...]:
        """Return for each issue how likely each option is; shape (D, K)."""
        return self._chances(sitting, CONSENSUS.choose(sitting))

    def _chances(self, sitting: Sitting, choice: NDArray[np.intp]) -> tuple[Floats, ...]:
        fit = packaged_fit(self.horizon)
        return tuple(
            spread(
                fit,
                agenda,
                signs_of(sitting, place, choice[:, place]),
                choice[:, place],
                _allowed(sitting, place),
            )
            for place, agenda in enumerate(sitting.agendas)
        )


def _allowed(sitting: Sitting, place: int) -> Flags | None:
    """Return which options have what the law asks: consent from outside, and votes where they are voted on; (D, K)."""
    voted = sitting.apart[place] if sitting.apart else {}
    if not (sitting.outsiders[place] or voted):
        return None
    allowed = np.ones((sitting.draws, len(sitting.agendas[place].options)), dtype=np.bool_)
    if sitting.outsiders[place]:
        allowed &= consent(sitting, place).all(axis=1).T
    for option in voted:
        allowed[:, option] &= winning(on_option(sitting, place, option), in_favour(sitting, place, option))
    return allowed


TRACK_RECORD = TrackRecord()
