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

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.influence.compiling import compiled_form
from foedus.influence.rounds import STILL, Round, run_rounds, told
from foedus.issues.models import ModelCard, Movement
from foedus.issues.sitting import Flags, Floats, Sitting
from foedus.issues.sums import total as summed

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
        "both sides with its own exponent; the range R stays as it was at first; a confrontation comes before a "
        "compromise, and the compromise taken is the one whose weighted midpoint is lowest on the scale; nobody "
        "capitulates.",
        "the printed medians of eight rounds for the car emissions of 1994, and a plain triple loop",
        ("within range", "anonymous", "neutral to the unit", "issue by issue", "unanimity"),
        ("neutral to direction", "keeps order"),
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
        ("within range", "anonymous", "neutral to the unit", "issue by issue", "unanimity"),
        ("neutral to direction", "keeps order"),
    ),
}


@dataclass(frozen=True, slots=True)
class Challenge:
    """The challenge model in one of its readings; see its card and the module's text.

    Parameters
    ----------
    reading
        Which one.
    """

    reading: Reading = "scholz"

    @property
    def card(self) -> ModelCard:
        """What this reading says of itself."""
        return _CARDS[self.reading]

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the challenges leave everyone.

        The compiled form does what the plain one does and adds up in another order: a trajectory that amplifies the
        last digit may part from the plain one. Where Numba cannot be imported the plain form runs, and a warning says
        so.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> calm = sitting_of(position=[20.0, 20.0, 80.0], salience=[1.0, 1.0, 0.1], scale=(0.0, 100.0))
        >>> CHALLENGE.move(calm).private[0, :, 0].round(1).tolist()
        [20.0, 20.0, 20.1]
        """
        run_all = compiled_form("run", "run_all", "challenge model", "twenty times", 20)
        if run_all is not None:
            return self._compiled(run_all, sitting, record)
        return self.move_plainly(sitting, record=record)

    def move_plainly(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return what `move` does, by the plain form: the oracle of the compiled one."""
        return run_rounds(sitting, self._round, MOST_ROUNDS, _CELLS // len(sitting.actors) ** 2 + 1, KINDS, record)

    def _compiled(self, run_all: Callable[..., tuple[Any, ...]], sitting: Sitting, record: bool) -> Movement:
        draws, actors, issues = sitting.private.shape
        most = sitting.capability.max(axis=1, keepdims=True)
        capability = sitting.capability / np.where(most > 0, most, 1.0)
        results, histories = [], []
        for issue in range(issues):
            position = sitting.private[:, :, issue]
            salience = np.ascontiguousarray(sitting.salience[:, :, issue])
            low, length = position.min(axis=1, keepdims=True), np.ptp(position, axis=1, keepdims=True)
            shares = np.ascontiguousarray((position - low) / np.where(length > 0, length, 1.0))
            history = np.empty((draws if record else 0, MOST_ROUNDS + 1, actors))
            final, rounds, ended, period = run_all(
                shares, capability, salience, self.reading == "scholz", MOST_ROUNDS, STILL, SAME, history
            )
            places = np.where(final == shares, position, np.clip(low + final * length, low, low + length))
            results.append((places, rounds, ended, period))
            histories.append(history)
        private, rounds, ended, period = (np.stack([result[k] for result in results], axis=-1) for k in range(4))
        trajectory = told(sitting, histories, rounds, ended, self._round, KINDS) if record else None
        return Movement(private, rounds, ended, period, trajectory)

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
    pairs = _Pairs.of(place)
    success = _by_distance(pairs, place, weight, reading)
    exponent = risk_exponents(pairs, success, salience)
    if reading == "scholz":
        success = _by_exponent(pairs, weight, exponent)
    sides = _expectations(pairs, success, salience, exponent, reading)
    apart = pairs.distance * length > SAME
    offers = _scholz_offers if reading == "scholz" else _dyadic_offers
    keys, steps = np.full(pairs.square, np.inf), np.zeros(pairs.square)
    lower, upper = (pairs.rows, pairs.columns), (pairs.columns, pairs.rows)
    for (focal, other), (own, turned) in zip((lower, upper), sides, strict=True):
        keys[focal, other], steps[focal, other] = offers(place[focal], place[other], apart, own, turned)
    kind, other, new = _taken(place, keys, steps)
    moved = kind >= 0
    return Round(np.where(moved, new * length, position), kind, np.where(moved, other, -1), exponent)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """All P pairs of an actor and one above it, positions in order.

    Attributes
    ----------
    rows, columns
        The lower and the upper actor; shape (P,).
    distance
        Between them; shape (P, D).
    below
        How many actors stand below their midpoint; shape (P, D).
    square
        (A, A, D).
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    distance: Floats
    below: NDArray[np.intp]
    square: tuple[int, int, int]

    @classmethod
    def of(cls, place: Floats) -> _Pairs:
        """Count who is nearer to the lower of each pair: whoever stands below the midpoint."""
        actors, draws = place.shape
        rows, columns = _indices(actors)
        count = np.zeros((actors, actors, draws), dtype=np.int16)  # of those from the lower of the pair upwards
        middle = (place[:, None] + place[None]) / 2
        for k in range(actors):
            count[: k + 1, k:] += place[k] < middle[: k + 1, k:]
        below = count[rows, columns].astype(np.intp)
        below += rows[:, None]
        return cls(rows, columns, place[columns] - place[rows], below, (actors, actors, draws))

    def gathered(self, table: Floats, index: NDArray[np.intp]) -> Floats:
        """Return entries of a (T, D) table, one for each pair and draw, by the row in ``index``."""
        draws = self.square[2]
        return np.asarray(table.ravel().take(index * draws + np.arange(draws)))


@functools.cache
def _indices(actors: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    rows, columns = np.triu_indices(actors, 1)
    return rows, columns


_Success = tuple[Floats, Floats]
"""The probability that the lower of each pair prevails, and that the upper does; shape (P, D)."""


def _by_distance(pairs: _Pairs, place: Floats, weight: Floats, reading: Reading) -> _Success:
    """Return who prevails where votes are in proportion to distance."""
    nothing = np.zeros((1, place.shape[1]))
    mass = np.concatenate([nothing, np.cumsum(weight, axis=0)])
    moment = np.concatenate([nothing, np.cumsum(weight * place, axis=0)])
    low_mass, low_moment = pairs.gathered(mass, pairs.below), pairs.gathered(moment, pairs.below)
    both = place[pairs.rows] + place[pairs.columns]
    to_lower = 2.0 * (mass[:-1] * place - moment[:-1])  # twice the distances of all below an actor to it
    to_upper = 2.0 * ((moment[-1] - moment[1:]) - (mass[-1] - mass[1:]) * place)
    leaning = low_mass * both - 2.0 * low_moment
    for_lower = leaning - to_lower[pairs.rows]
    for_upper = 2.0 * moment[-1] - mass[-1] * both + leaning - to_upper[pairs.columns]
    return _shares(for_lower, for_upper, reading)


def _by_exponent(pairs: _Pairs, weight: Floats, exponent: Floats) -> _Success:
    """Return who prevails where each actor's votes follow its own risk exponent."""
    log, actors = _log(pairs.distance), pairs.square[0]
    cost = np.zeros(pairs.square)
    for focal, other in ((pairs.rows, pairs.columns), (pairs.columns, pairs.rows)):
        cost[focal, other] = weight[focal] * np.exp(exponent[focal] * log)
    prefix = np.cumsum(cost, axis=0, out=cost)
    table = prefix.reshape(actors * actors, -1)
    first = np.maximum(pairs.below - 1, 0) * actors
    to_lower = pairs.gathered(table, first + pairs.rows[:, None])
    to_upper = pairs.gathered(table, first + pairs.columns[:, None])
    for_lower = to_upper - to_lower
    for_upper = prefix[-1, pairs.rows] - prefix[-1, pairs.columns] + for_lower
    return _shares(for_lower, for_upper, "scholz")


def _shares(for_lower: Floats, for_upper: Floats, reading: Reading) -> _Success:
    """Turn votes on pairs into probabilities: over the votes on the pair, or on all pairs both ways round."""
    np.maximum(for_lower, 0.0, out=for_lower)
    np.maximum(for_upper, 0.0, out=for_upper)
    total = for_lower + for_upper
    if reading == "scholz":
        total = 2.0 * summed(total, 0)
    divisor = np.where(total > 0, total, 1.0)
    return for_lower / divisor, for_upper / divisor


def risk_exponents(pairs: _Pairs, success: _Success, salience: Floats) -> Floats:
    """Return r of each actor, from 0.5 (most endangered) to 2 (safest).

    Parameters
    ----------
    pairs, success
        Who stands how far apart, and who prevails.
    salience
        Shape (A, D).

    Returns
    -------
    Floats
        Shape (A, D); 1 for all where nobody is in more danger than another.
    """
    expected = np.zeros(pairs.square)
    lower_wins, upper_wins = success
    rows, columns = pairs.rows, pairs.columns
    expected[rows, columns] = pairs.distance * (0.5 - salience[columns] * (1.0 - lower_wins))
    expected[columns, rows] = pairs.distance * (0.5 - salience[rows] * (1.0 - upper_wins))
    danger = 4.0 * summed(expected, 0)
    low, high = danger.min(axis=0), danger.max(axis=0)
    spread = high - low
    uneven = spread > 4e-12
    attitude = np.where(uneven, (2.0 * danger - high - low) / np.where(uneven, spread, 1.0), 0.0)
    return np.asarray((1.0 - attitude / 3.0) / (1.0 + attitude / 3.0))


_Seen = tuple[Floats, Floats]
"""What an actor expects of challenging another, and the other of challenging it, both over 4; shape (P, D)."""


def _expectations(
    pairs: _Pairs, success: _Success, salience: Floats, exponent: Floats, reading: Reading
) -> tuple[_Seen, _Seen]:
    """Return what the lower of each pair sees, and what the upper does."""
    log_win, log_lose = _log(0.5 - 0.5 * pairs.distance), np.log(0.5 + 0.5 * pairs.distance)
    unchanged = np.exp(exponent * np.log(0.5))
    resisted = (
        salience[pairs.columns] * (1.0 - success[0]),  # the lower challenges, and the upper resists and prevails
        salience[pairs.rows] * (1.0 - success[1]),
    )
    seen = []
    for focal, (own, turned) in ((pairs.rows, (0, 1)), (pairs.columns, (1, 0))):
        power = exponent[focal]
        won = np.exp(power * log_win)
        at_stake = unchanged[focal] - won
        spread = np.exp(power * log_lose) - won
        other = at_stake - resisted[turned] * spread if reading == "scholz" else at_stake
        seen.append((at_stake - resisted[own] * spread, other))
    lower, upper = seen
    if reading == "dyadic":
        return (lower[0], upper[0]), (upper[0], lower[0])
    return lower, upper


_LOST = 2.0
"""Taken off the key of a confrontation, so that it comes before any compromise."""


def _scholz_offers(place: Floats, other: Floats, apart: Flags, own: Floats, turned: Floats) -> tuple[Floats, Floats]:
    """Return which offer comes first, and which part of the way it leads: confrontations, then compromises."""
    lost = apart & (own > 0) & (turned > own)
    bargain = apart & (own < 0) & (turned > -own)
    ratio = np.where(bargain, -own, 0.0) / np.where(bargain, turned, 1.0)
    middle = np.where(bargain, (ratio * place + other) / (ratio + 1.0), np.inf)
    return np.where(lost, np.abs(other - place) - _LOST, middle), np.where(lost, 1.0, ratio)


def _dyadic_offers(place: Floats, other: Floats, apart: Flags, own: Floats, turned: Floats) -> tuple[Floats, Floats]:
    """Return which offer comes first, and which part of the way it leads: the shortest move."""
    offered = apart & (own < 0) & (turned > 0)
    ratio = np.minimum(np.where(offered, -own, 0.0) / np.where(offered, turned, 1.0), 1.0)
    return np.where(offered, np.abs(other - place) * ratio, np.inf), ratio


def _taken(place: Floats, keys: Floats, steps: Floats) -> tuple[NDArray[np.int8], NDArray[np.intp], Floats]:
    """Take the first offer of each actor: its kind, whose it is, and where it leads; shape (A, D)."""
    other = keys.argmin(axis=1)
    key = np.take_along_axis(keys, other[:, None], axis=1)[:, 0]
    step = np.take_along_axis(steps, other[:, None], axis=1)[:, 0]
    target = np.take_along_axis(place, other, axis=0)
    whole = step >= 1.0
    kind = np.where(key < 0, CONFRONTATION, np.where(whole, CAPITULATION, COMPROMISE))
    kind = np.where(np.isfinite(key), kind, -1).astype(np.int8)
    return kind, other, np.where(whole, target, place + (target - place) * step)


def _log(values: Floats) -> Floats:
    """Return logarithms, minus infinity for 0 and for what rounding leaves below it."""
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(values, 0.0))


CHALLENGE = Challenge("scholz")
CHALLENGE_DYADIC = Challenge("dyadic")
