"""The spatial model of politics: each actor challenges its best target, and the body picks among the bargains on offer.

One round, with w_i = capability times salience, d the distance as a share of the scale:

- risk attitude:    R_i = (3 p_i - (p_max + 2 p_min)) / (2 (p_max - p_min)), where p_i is the chance of i's
                    position in a conditional Condorcet election in which all are risk neutral
- utility:          u = (1 - d) (1 + d R)
- i against j:      everybody votes for the one whose position it prefers; P_ij from the strengths of the two coalitions
- worth of it:      (1 - s_j) 2 u_i(i) + s_j (P_ij 2 u_i(i) + P_ji 2 u_i(j)) - u_i(i) - u_i(j)
- bargain:          the weaker of the two moves towards the other, the more so the less it cares
- choice:           for each actor all bargains that concern it, and no change, stand in a conditional Condorcet
                    election with capability as weight; the likeliest is carried out
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.influence.compiling import compiled_form
from foedus.influence.rounds import Round, run_rounds
from foedus.issues.models import ModelCard, Movement
from foedus.issues.sitting import Floats, Sitting
from foedus.issues.sums import total as summed
from foedus.settlement.condorcet import VictoryModel, VotingRule, coalition_strengths, election, victory

MOST_ROUNDS = 40
_CELLS = 400_000
_WORTH = 1e-5
_FAINT = 1e-6
KINDS = ("own bargain", "other's bargain")

_CARD = ModelCard(
    name="spatial-politics",
    stage="influence",
    summary="Actors challenge their best target, and all vote on which of the bargains that result is carried out.",
    caution=(
        "It contradicts what KTAB prints: an older reading, one issue at a time; spatial-politics:ktab matches KTAB's "
        "printed output."
    ),
    inputs=("private", "salience", "capability"),
    stochastic=False,
    properties=("within range", "neutral to the unit", "issue by issue", "unanimity"),
    assumptions=(),
    reference=(
        "Wise, Lester and Efird (2015), An introduction to the KAPSARC Toolkit for Behavioral Analysis; the spatial "
        "model "
        "of politics of its public source"
    ),
    reading=(
        "The older reading, which KTAB's printed output contradicts; spatial-politics:ktab is what KTAB does. One "
        "dimension at a time; each actor sees the others with its own risk attitude for itself and theirs for "
        "them; "
        "third parties vote by utility and bear no cost; proportional votes, linear victory; the bargain is the "
        "initiator's, by the difference of chances and squared saliences; the likeliest bargain is carried out. "
        "Everybody "
        "counts, with a seat or without; of twins, who differ in nothing, the one given first is challenged. Ends as "
        "the challenge model does, at the latest after 40 rounds."
    ),
    oracle="risk attitude, utility and election against printed formulas and values; rounds against a plain loop",
    refuted=("anonymous", "neutral to direction", "keeps order"),
)


def risk_attitudes(probability: Floats) -> Floats:
    """Return R of each actor from the probability of its position, from -1/2 to 1; shape (..., A).

    Examples
    --------
    >>> risk_attitudes(np.array([0.1, 0.2, 0.4])).round(4).tolist()
    [-0.5, 0.0, 1.0]
    """
    low, high = probability.min(axis=-1, keepdims=True), probability.max(axis=-1, keepdims=True)
    spread = high - low
    apart = spread > 1e-12
    return np.where(apart, (3.0 * probability - (high + 2.0 * low)) / (2.0 * np.where(apart, spread, 1.0)), 0.0)


def utility(distance: Floats, attitude: Floats) -> Floats:
    """Return (1 - d) (1 + d R).

    Examples
    --------
    >>> utility(np.array([0.0, 0.5, 1.0]), np.array(1.0)).tolist()
    [1.0, 0.75, 0.0]
    """
    return np.asarray((1.0 - distance) * (1.0 + distance * attitude))


def distance(positions: Floats, others: Floats, salience: Floats) -> Floats:
    """Return the distance in several dimensions, sqrt(sum((s delta)^2) / sum(s^2)), from 0 to 1.

    Parameters
    ----------
    positions, others, salience
        Shape (..., I), positions as shares of the scale.

    Examples
    --------
    >>> distance(np.array([0.0, 0.0]), np.array([1.0, 0.0]), np.array([1.0, 1.0])).round(4).item()
    0.7071
    """
    squares = summed((salience * (positions - others)) ** 2, -1)
    total = summed(salience**2, -1)
    return np.asarray(np.sqrt(squares / np.where(total > 0, total, 1.0)))


@dataclass(frozen=True, slots=True)
class SpatialPolitics:
    """The spatial model of politics; see its card and the module's text."""

    card: ModelCard = _CARD
    voting: VotingRule = "proportional"
    victory: VictoryModel = "linear"

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the bargains leave everyone."""
        chunk = max(1, _CELLS // len(sitting.actors) ** 2)
        return run_rounds(sitting, self._round, MOST_ROUNDS, chunk, KINDS, record)

    def _round(self, position: Floats, capability: Floats, salience: Floats) -> Round:
        now = np.ascontiguousarray(position.T), np.ascontiguousarray(capability.T), np.ascontiguousarray(salience.T)
        fast = compiled_form("spatial", "bargain_in_all", "spatial model of politics", "twelve times", 5)
        if fast is None or (self.voting, self.victory) != ("proportional", "linear"):
            done = bargain(*now, self.voting, self.victory)
        else:
            done = fast(*now, _WORTH, _FAINT)
        place, kind, other, attitude = done
        return Round(place.T.copy(), kind.T.copy(), other.T.copy(), attitude.T.copy())


def bargain(
    place: Floats, capability: Floats, salience: Floats, voting: VotingRule, model: VictoryModel
) -> tuple[Floats, NDArray[np.int8], NDArray[np.intp], Floats]:
    """Play one round.

    Parameters
    ----------
    place
        Positions as shares of the scale; shape (D, A).
    capability, salience
        Shape (D, A).
    voting, model
        How votes are cast, and how strength becomes probability.

    Returns
    -------
    tuple
        New places, what moved each actor, who did (or -1), and risk attitudes; shape (D, A).
    """
    weight = capability * salience
    apart = np.abs(place[:, :, None] - place[:, None, :])
    attitude = risk_attitudes(election(coalition_strengths(1.0 - apart, weight, voting), "conditional", model))
    likes = utility(apart, attitude[:, :, None])
    chance = victory(coalition_strengths(likes, weight, voting), model)
    target, worth = _targets(likes, chance, salience, apart)
    rows = np.arange(len(place))[:, None]
    actors = np.arange(place.shape[1])
    mine = chance[rows, actors, target]
    from_, to = place, place[rows, target]
    own_care, other_care = salience**2, salience[rows, target] ** 2
    own_step = _step(1.0 - 2.0 * mine, other_care, own_care)
    other_step = _step(2.0 * mine - 1.0, own_care, other_care)
    own_new, other_new = from_ + own_step * (to - from_), to + other_step * (from_ - to)
    challenges = worth > _WORTH
    moved = _seen(place, own_new, attitude) + _seen(place, other_new, attitude)
    change = moved - likes - likes[rows[:, :, None], actors[:, None], target[:, None, :]]
    gains = np.concatenate([np.where(challenges[:, None, :], change, 0.0), np.zeros((*place.shape, 1))], axis=2)
    # Two actors often propose each other the same bargain: what differs in the last digits is equal.
    beats = victory(coalition_strengths((gains / place.shape[1]).round(12), capability, voting), model)
    chosen = _carried_out(beats, challenges, target)
    proposer = np.where(chosen == place.shape[1], -1, chosen)
    own = proposer == actors
    new = np.where(own, own_new, np.where(proposer >= 0, other_new[rows, np.maximum(proposer, 0)], place))
    kind = np.where(proposer < 0, -1, np.where(own, 0, 1)).astype(np.int8)
    return new, kind, np.where(own, target, proposer), attitude


def _seen(place: Floats, new: Floats, attitude: Floats) -> Floats:
    """Return what each actor (row) thinks of each place; shape (D, A, A)."""
    return utility(np.abs(place[:, :, None] - new[:, None, :]), attitude[:, :, None])


def _targets(likes: Floats, chance: Floats, salience: Floats, apart: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return whom each actor challenges, and what it expects of it; shape (D, A)."""
    stake = 1.0 - likes  # an actor's own position is worth 1 to it
    worth = stake * (1.0 - 2.0 * salience[:, None, :] * (1.0 - chance))
    worth = np.where(apart > 1e-9, worth, -np.inf)
    # Worths that differ in the last digit, by the order of the sums, are equal.
    target = worth.round(12).argmax(axis=2)
    return target, np.take_along_axis(worth, target[:, :, None], axis=2)[:, :, 0]


def _step(behind: Floats, other_care: Floats, own_care: Floats) -> Floats:
    """Return which part of the way a side moves that is behind by so much."""
    lag = np.maximum(behind, 0.0)
    return np.asarray(lag * other_care / (lag * other_care + _FAINT + (1.0 - lag) * own_care))


def _carried_out(beats: Floats, challenges: NDArray[np.bool_], target: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which bargain wins among those that concern each actor; the last index means no change; shape (D, A)."""
    draws, actors = target.shape
    concerned = np.zeros((draws, actors, actors + 1), dtype=np.bool_)
    rows, proposers = np.nonzero(challenges)
    concerned[rows, proposers, proposers] = True
    concerned[rows, target[rows, proposers], proposers] = True
    concerned[:, :, -1] = True
    log = np.log(np.maximum(beats, 1e-300))
    log[:, np.arange(actors + 1), np.arange(actors + 1)] = 0.0
    score = (concerned.astype(np.float64) @ log.transpose(0, 2, 1)).round(10)
    score = np.where(concerned, score, -np.inf)[:, :, ::-1]  # no change first, and so it wins every tie
    return np.asarray(actors - score.argmax(axis=2))


SPATIAL_POLITICS = SpatialPolitics()
