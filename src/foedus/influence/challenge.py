"""The challenge model: actors press each other, and those pressed hardest give way, round after round.

For actors i and j at x_i and x_j, with capability c, salience s, the range R of positions and risk exponent r:

- votes of k for i over j:      v_k = c_k s_k (|x_k - x_j|^r_k - |x_k - x_i|^r_k) / R^r_k
- probability that i prevails:  P_ij, the votes for i over a sum of votes
- success, failure, no change:  2 - 4 (1/2 - d/2)^r,  2 - 4 (1/2 + d/2)^r,  2 - 4 (1/2)^r  with  d = |x_i - x_j| / R
- E_ij, what i expects of challenging j: j resists with probability s_j, and then i prevails with P_ij
- risk exponent:                r_i = (1 - T_i / 3) / (1 + T_i / 3)

T_i runs from -1 (safest) to 1 (most endangered), by the sum of what all others expect of challenging i where all
exponents are 1.

Positions lie on one line, so who votes for i over j is told by the midpoint alone. With actors in the order of their
positions a sum of votes is a difference of prefix sums, and a round costs A² powers rather than A³ votes.

Arrays are turned round, draws last, (A, A, D): a chunk of draws then stays in the processor's cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.influence.rounds import Round, run_rounds
from foedus.issues.models import ModelCard, Movement
from foedus.issues.sitting import Flags, Floats, Sitting

KINDS = ("confrontation", "compromise", "capitulation")
CONFRONTATION, COMPROMISE, CAPITULATION = 0, 1, 2

MOST_ROUNDS = 60
_CELLS = 65_536
"""Pairs of actors times draws worked on at a time, so that an array of them fits the cache."""

SAME = 1e-9
"""Actors nearer than this share of the first range stand at the same place and make each other no offer."""

Reading = Literal["scholz", "dyadic"]

_PAPER = (
    "Bueno de Mesquita (1994), in Bueno de Mesquita and Stokman (eds), European Community Decision Making, chapter 4; "
    "Scholz, Calbert and Smith (2011), Unravelling Bueno De Mesquita's group decision model, Journal of Theoretical "
    "Politics 23(4)"
)
_SHARED = (
    "Everybody counts, with a seat or without. Opponents expect no change without a challenge (Q = 1). Ends when "
    "nobody "
    "moves or positions recur, at the latest after 60 rounds. Of equal offers the one with the lower opponent counts."
)


def _card(
    name: str, summary: str, reading: str, oracle: str, properties: tuple[str, ...], refuted: tuple[str, ...]
) -> ModelCard:
    return ModelCard(
        name=name,
        stage="influence",
        summary=summary,
        caution="Readings of the same paper disagree by a quarter of the scale; trajectories may jump or recur.",
        inputs=("private", "salience", "capability"),
        stochastic=False,
        properties=properties,
        assumptions=(),
        reference=_PAPER,
        reading=f"{reading} {_SHARED}",
        doi="10.1177/0951629811418142",
        oracle=oracle,
        refuted=refuted,
    )


_CARDS: dict[Reading, ModelCard] = {
    "scholz": _card(
        "challenge:scholz",
        (
            "Actors challenge each other; a loser gives way, the challenged bargain, and risk depends on who is "
            "endangered."
        ),
        "As the code behind Scholz, Calbert and Smith: P divides by the votes on all pairs of positions; an actor sees "
        "both sides with its own exponent; R stays as it was at first; a confrontation comes before a compromise, and "
        "the compromise taken is the one whose weighted midpoint is lowest on the scale; nobody capitulates.",
        "the printed medians of eight rounds for the car emissions of 1994, and a plain triple loop",
        ("anonymous", "neutral to the unit", "within range", "unanimity stays"),
        ("neutral to direction",),
    ),
    "dyadic": _card(
        "challenge:dyadic",
        (
            "Actors challenge each other pair by pair; each takes the bargain that moves it least, and a conflict "
            "moves "
            "nobody."
        ),
        "P divides by the votes on the pair itself, which are cast in proportion to distance; each side is seen with "
        "its "
        "own exponent; R is taken anew each round; of compromises and capitulations an actor takes the one that moves "
        "it least; where both sides expect to gain, the conflict moves nobody.",
        "9.530 for the car emissions of 1994, and a plain triple loop",
        ("anonymous", "neutral to the unit", "neutral to direction", "within range", "unanimity stays"),
        (),
    ),
}


@dataclass(frozen=True, slots=True)
class Challenge:
    """The challenge model in one of its readings; see its card and the module's text."""

    reading: Reading = "scholz"

    @property
    def card(self) -> ModelCard:
        """What this reading says of itself."""
        return _CARDS[self.reading]

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the challenges leave everyone.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> calm = sitting_of(position=[20.0, 20.0, 80.0], salience=[1.0, 1.0, 0.1], scale=(0.0, 100.0))
        >>> CHALLENGE.move(calm).private[0, :, 0].round(1).tolist()
        [20.0, 20.0, 20.0]
        """
        return run_rounds(sitting, self._round, MOST_ROUNDS, _CELLS // len(sitting.actors) ** 2 + 1, KINDS, record)

    def _round(self, position: Floats, capability: Floats, salience: Floats) -> Round:
        return play(position, capability * salience, salience, self.reading)


def play(position: Floats, weight: Floats, salience: Floats, reading: Reading) -> Round:
    """Play one round of one reading.

    Parameters
    ----------
    position, weight, salience
        Of each actor, in the order of positions, which are shares of the first range; shape (A, D).
    reading
        Which one.

    Returns
    -------
    Round
        New positions, what moved each actor, who did, and the risk exponents; shape (A, D).
    """
    length = np.array(1.0) if reading == "scholz" else position[-1] - position[0]
    length = np.where(length > 0, length, 1.0)
    place = position / length
    between = _between(place)
    distance = np.abs(place[:, None] - place[None])
    success = _probability_by_distance(place, weight, between, reading)
    exponent = risk_exponents(distance, success, salience)
    if reading == "scholz":
        success = _probability_by_exponent(distance, weight, between, exponent)
    log_win, log_lose = _log(0.5 - 0.5 * distance), np.log(0.5 + 0.5 * distance)
    won = np.exp(exponent[:, None] * log_win)
    spread = np.exp(exponent[:, None] * log_lose) - won
    at_stake = np.exp(exponent * np.log(0.5))[:, None] - won
    own = at_stake - salience[None] * (1.0 - success) * spread
    if reading == "scholz":
        turned = at_stake - salience[:, None] * (1.0 - success.transpose(1, 0, 2)) * spread
    else:
        turned = own.transpose(1, 0, 2)
    choose = _scholz_offers if reading == "scholz" else _dyadic_offers
    kind, other, new = choose(place, distance, distance * length > SAME, own, turned)
    moved = kind >= 0
    return Round(np.where(moved, new * length, position), kind, np.where(moved, other, -1), exponent)


def _between(place: Floats) -> NDArray[np.intp]:
    """Return how many actors stand below the midpoint of each pair; shape (A, A, D), positions in order."""
    actors = len(place)
    middle = (place[:, None] + place[None]) / 2
    count = np.zeros(middle.shape, dtype=np.intp)
    count += np.minimum(np.arange(actors)[:, None], np.arange(actors))[:, :, None]
    for k in range(actors):
        count[: k + 1, k:] += place[k] < middle[: k + 1, k:]
    below = np.tril_indices(actors, -1)
    count[below] = count.transpose(1, 0, 2)[below]
    return count


def _probability_by_distance(place: Floats, weight: Floats, between: NDArray[np.intp], reading: Reading) -> Floats:
    """Return P_ij where votes are in proportion to distance; shape (A, A, D)."""
    actors, draws = place.shape
    moment = weight * place
    mass = np.concatenate([np.zeros((1, draws)), np.cumsum(weight, axis=0)])
    moments = np.concatenate([np.zeros((1, draws)), np.cumsum(moment, axis=0)])
    column = np.arange(draws)
    low_mass, low_moment = mass[between, column], moments[between, column]
    pair = place[:, None] + place[None]
    own = mass[:-1] * place - moments[:-1]  # of all below an actor, their distances to it
    upper = (mass[-1] - mass[1:]) * -place + (moments[-1] - moments[1:])  # of all above
    rows, columns = np.triu_indices(actors, 1)
    for_lower = (low_mass * pair - 2.0 * low_moment)[rows, columns] - 2.0 * own[rows]
    above = 2.0 * (moments[-1] - low_moment) - (mass[-1] - low_mass) * pair
    for_upper = above[rows, columns] - 2.0 * upper[columns]
    return _shares(np.maximum(for_lower, 0.0), np.maximum(for_upper, 0.0), rows, columns, actors, reading)


def _probability_by_exponent(distance: Floats, weight: Floats, between: NDArray[np.intp], exponent: Floats) -> Floats:
    """Return P_ij where each actor's votes follow its own risk exponent; shape (A, A, D)."""
    actors, _, draws = distance.shape
    cost = weight[:, None] * np.exp(exponent[:, None] * _log(distance))
    prefix = np.concatenate([np.zeros((1, actors, draws)), np.cumsum(cost, axis=0)])
    rows, columns = np.triu_indices(actors, 1)
    at = between[rows, columns]
    column = np.arange(draws)
    to_lower, to_upper = prefix[at, rows[:, None], column], prefix[at, columns[:, None], column]
    for_lower = to_upper - to_lower
    for_upper = (prefix[-1, rows] - to_lower) - (prefix[-1, columns] - to_upper)
    return _shares(np.maximum(for_lower, 0.0), np.maximum(for_upper, 0.0), rows, columns, actors, "scholz")


def _shares(
    for_lower: Floats,
    for_upper: Floats,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    actors: int,
    reading: Reading,
) -> Floats:
    """Turn votes on pairs into probabilities: over the votes on the pair, or on all pairs both ways round."""
    total = for_lower + for_upper
    if reading == "scholz":
        total = 2.0 * total.sum(axis=0)
    share = np.zeros((actors, actors, for_lower.shape[-1]))
    divisor = np.where(total > 0, total, 1.0)
    share[rows, columns] = for_lower / divisor
    share[columns, rows] = for_upper / divisor
    return share


def risk_exponents(distance: Floats, success: Floats, salience: Floats) -> Floats:
    """Return r of each actor, from 0.5 (most endangered) to 2 (safest).

    Parameters
    ----------
    distance, success
        d_ij and P_ij; shape (A, A, D).
    salience
        Shape (A, D).

    Returns
    -------
    Floats
        Shape (A, D); 1 for all where nobody is in more danger than another.
    """
    expected = distance * (0.5 - salience[None] * (1.0 - success))
    danger = 4.0 * expected.sum(axis=0)
    low, high = danger.min(axis=0), danger.max(axis=0)
    spread = high - low
    apart = spread > 1e-12
    attitude = np.where(apart, (2.0 * danger - high - low) / np.where(apart, spread, 1.0), 0.0)
    return np.asarray((1.0 - attitude / 3.0) / (1.0 + attitude / 3.0))


_Offers = tuple[NDArray[np.int8], NDArray[np.intp], Floats]


def _scholz_offers(place: Floats, distance: Floats, apart: Flags, own: Floats, turned: Floats) -> _Offers:
    """Confrontations first, the nearest of them; else the compromise with the lowest weighted midpoint."""
    lost = apart & (turned > own) & (own > 0)
    bargain = apart & (own < 0) & (turned > -own)
    ratio = np.where(bargain, -own, 0.0) / np.where(bargain, turned, 1.0)
    middle = (ratio * place[:, None] + place[None]) / (ratio + 1.0)
    winner = np.where(lost, distance, np.inf).argmin(axis=1)
    partner = np.where(bargain, middle, np.inf).argmin(axis=1)
    loses, bargains = lost.any(axis=1), bargain.any(axis=1)
    other = np.where(loses, winner, partner)
    step = np.where(loses, 1.0, np.take_along_axis(ratio, partner[:, None], axis=1)[:, 0])
    target = np.take_along_axis(place, other, axis=0)
    new = np.where(loses, target, place + (target - place) * step)
    kind = np.where(loses, CONFRONTATION, np.where(bargains, COMPROMISE, -1)).astype(np.int8)
    return kind, other, new


def _dyadic_offers(place: Floats, distance: Floats, apart: Flags, own: Floats, turned: Floats) -> _Offers:
    """Of compromises and capitulations the one that moves the actor least."""
    offered = apart & (own < 0) & (turned > 0)
    ratio = np.where(offered, -own, 0.0) / np.where(offered, turned, 1.0)
    gives_in = ratio >= 1.0
    ratio = np.minimum(ratio, 1.0)
    other = np.where(offered, distance * ratio, np.inf).argmin(axis=1)
    step = np.take_along_axis(ratio, other[:, None], axis=1)[:, 0]
    capitulates = np.take_along_axis(gives_in, other[:, None], axis=1)[:, 0]
    target = np.take_along_axis(place, other, axis=0)
    kind = np.where(offered.any(axis=1), np.where(capitulates, CAPITULATION, COMPROMISE), -1).astype(np.int8)
    return kind, other, np.where(capitulates, target, place + (target - place) * step)


def _log(values: Floats) -> Floats:
    """Return logarithms, minus infinity for 0 and for what rounding leaves below it."""
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(values, 0.0))


CHALLENGE = Challenge("scholz")
CHALLENGE_DYADIC = Challenge("dyadic")
