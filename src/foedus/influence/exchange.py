"""The exchange model: two actors trade concessions on two issues on which they stand on opposite sides.

The outcome expected of issue p is the mean of positions weighted by capability times salience. For actors i and j that
stand on opposite sides of the outcomes expected of p and of q, with s_ip / s_iq below s_jp / s_jq:

- i gives way to j on p, which moves the outcome by at most |x_ip - x_jp| s_ip c_i / sum(c s)
- j gives way to i on q, and moves that outcome by the rate of exchange times as much
- equal gain: the rate is (s_ip + s_jp) / (s_iq + s_jq), at which both gain the same
- where one of the two cannot give so much, it gives all it can, and the other as much less

Distances are shares of each issue's scale. The exchange with the largest gain is made first; who has given way on an
issue does not move on it again; everything is worked out anew; and so on until nobody gains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.issues.models import SETTLED, Assumption, ModelCard, Movement, Trajectory
from foedus.issues.sitting import Floats, Sitting
from foedus.issues.sums import total as summed

_CELLS = 200_000
_GAIN = 1e-10
"""A smaller gain, as a share of the scale, is rounding."""

Rate = Literal["equal-gain", "random-rate"]

_REFERENCE = (
    "Stokman and Van Oosten (1994), The exchange of voting positions: an object-oriented model of policy networks, in "
    "Bueno de Mesquita and Stokman (eds), European Community Decision Making, chapter 5"
)


def _card(
    name: str,
    summary: str,
    reading: str,
    assumptions: tuple[Assumption, ...] = (),
    oracle: str = "another implementation's exchanges on its sample data: their number, gains, shifts and a position",
) -> ModelCard:
    return ModelCard(
        name=f"exchange:{name}",
        stage="influence",
        summary=summary,
        caution="It needs several issues at once; on one issue there is nothing to trade, and nobody moves.",
        inputs=("private", "salience", "capability"),
        stochastic=False,
        properties=("within range", "neutral to the unit", "neutral to direction", "unanimity"),
        assumptions=assumptions,
        reference=_REFERENCE,
        reading=(
            f"{reading} A gain counts the whole shift of an outcome, also where it passes the position of who gains. "
            "Everybody counts, with a seat or without. Whoever stands at the outcome expected of an issue "
            "does not trade on it. Of equal gains the exchange of the actors lower on the scale is made first; "
            "of twins, who differ in nothing, the one given first."
        ),
        oracle=oracle,
        refuted=("anonymous", "issue by issue", "keeps order"),
    )


_CARDS: dict[Rate, ModelCard] = {
    "equal-gain": _card(
        "equal-gain",
        "Actors trade concessions on two issues so that both gain the same.",
        "Equal gain. After an exchange who gave way on an issue stays there, and all else is worked out anew.",
    ),
    "random-rate": _card(
        "random-rate",
        "Actors trade concessions on two issues at a rate between the two at which one of them would gain nothing.",
        "Random rate: `exchange_rate` tells where between the two limits, for all exchanges of a draw; the exchange "
        "with "
        "the largest sum of gains is made first.",
        (
            Assumption(
                "exchange_rate",
                "where the rate of exchange lies: 0 gives all gain to who receives on the first issue, 1 to the other",
                0.0,
                0.5,
                1.0,
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Offers:
    """Every exchange that two actors could make on two issues, E of them in one order of i, j, p and q.

    Attributes
    ----------
    giver, taker
        Actors: ``giver`` gives way on ``first``, ``taker`` on ``second``; shape (D, E).
    first, second
        Issues p and q; shape (D, E).
    first_shift, second_shift
        By how much the outcomes expected of p and q move, as shares of the scale; shape (D, E).
    first_to, second_to
        Where the giver stands on p and the taker on q afterwards, in the scale's unit; shape (D, E).
    gain
        What both together gain, times one half: with equal gains what each gains; 0 where nothing can be traded.
    possible
        Whether the two stand on opposite sides of both outcomes; shape (D, E).
    price
        The rate of exchange: by how much the outcome of q moves for each unit of p; shape (D, E).
    """

    giver: NDArray[np.intp]
    taker: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    first_shift: Floats
    second_shift: Floats
    first_to: Floats
    second_to: Floats
    gain: Floats
    possible: NDArray[np.bool_]
    price: Floats


def expected_outcomes(position: Floats, salience: Floats, capability: Floats) -> Floats:
    """Return the mean of positions weighted by capability times salience; shape (D, I).

    Parameters
    ----------
    position, salience
        Shape (D, A, I).
    capability
        Shape (D, A).

    Examples
    --------
    >>> expected_outcomes(np.array([[[0.0], [90.0]]]), np.ones((1, 2, 1)), np.array([[2.0, 1.0]])).tolist()
    [[30.0]]
    """
    weight = salience * capability[:, :, None]
    total = summed(weight, 1)
    return np.asarray(summed(weight * position, 1) / np.where(total > 0, total, 1.0))


def exchanges(
    position: Floats,
    salience: Floats,
    capability: Floats,
    length: Floats,
    spent: NDArray[np.bool_] | None = None,
    rate: Floats | None = None,
    below: NDArray[np.bool_] | None = None,
) -> Offers:
    """Return what any two actors could trade on any two issues.

    Parameters
    ----------
    position, salience
        Shape (D, A, I).
    capability
        Shape (D, A).
    length
        Of each issue's scale; shape (I,).
    spent
        Who has given way on what already; shape (D, A, I).
    rate
        Where between its limits the rate of exchange lies; shape (D,). None for equal gain.
    below
        Who stands below the outcome expected of what, all others above; shape (D, A, I). By default as positions tell,
        and whoever stands at the outcome does not trade.
    """
    actors, issues = position.shape[1:]
    pairs = np.array(list(combinations(range(actors), 2)), dtype=np.intp).reshape(-1, 2)
    traded = np.array(list(combinations(range(issues), 2)), dtype=np.intp).reshape(-1, 2)
    i, j = (np.repeat(pairs[:, k], len(traded)) for k in (0, 1))
    p, q = (np.tile(traded[:, k], len(pairs)) for k in (0, 1))
    place = position / length
    weight = salience * capability[:, :, None]
    total = summed(weight, 1)
    outcome = expected_outcomes(place, salience, capability)
    side = place - outcome[:, None]
    side = np.where(np.abs(side) > _GAIN, side, 0.0) if below is None else np.where(below, -1.0, 1.0)
    possible = (side[:, i, p] * side[:, j, p] < 0) & (side[:, i, q] * side[:, j, q] < 0)
    # i gives on p when it cares for p, over q, less than j does.
    swap = salience[:, i, p] * salience[:, j, q] > salience[:, j, p] * salience[:, i, q]
    giver, taker = np.where(swap, j, i), np.where(swap, i, j)
    rows = np.arange(len(position))[:, None]

    def of(values: Floats, actor: NDArray[np.intp], issue: NDArray[np.intp]) -> Floats:
        return np.asarray(values[rows, actor, issue])

    give_p, give_q, take_p, take_q = (
        of(salience, giver, p),
        of(salience, giver, q),
        of(salience, taker, p),
        of(salience, taker, q),
    )
    gap_p, gap_q = of(place, taker, p) - of(place, giver, p), of(place, giver, q) - of(place, taker, q)
    most_p = np.abs(gap_p) * of(weight, giver, p) / np.where(total > 0, total, 1.0)[:, p]
    most_q = np.abs(gap_q) * of(weight, taker, q) / np.where(total > 0, total, 1.0)[:, q]
    possible &= (most_p > 0) & (most_q > 0) & (give_q > 0) & (take_p > 0)
    if spent is not None:
        possible &= ~spent[rows, giver, p] & ~spent[rows, taker, q]
    price = _price(give_p, give_q, take_p, take_q, rate)
    shift_p = np.minimum(most_p, most_q / price)
    shift_q = np.minimum(most_q, shift_p * price)
    gain = (shift_q * (give_q - take_q) + shift_p * (take_p - give_p)) / 2
    share_p, share_q = shift_p / np.where(possible, most_p, 1.0), shift_q / np.where(possible, most_q, 1.0)
    return Offers(
        giver,
        taker,
        np.broadcast_to(p, giver.shape),
        np.broadcast_to(q, giver.shape),
        shift_p,
        shift_q,
        (of(place, giver, p) + gap_p * share_p) * length[p],
        (of(place, taker, q) + gap_q * share_q) * length[q],
        np.where(possible, gain, 0.0),
        possible,
        price,
    )


def _price(give_p: Floats, give_q: Floats, take_p: Floats, take_q: Floats, rate: Floats | None) -> Floats:
    """Return how much the outcome of q moves for each unit of p: at equal gain, or between the two limits."""
    tiny = np.finfo(np.float64).tiny
    if rate is None:
        return np.maximum(give_p + take_p, tiny) / np.maximum(give_q + take_q, tiny)
    lowest = give_p / np.maximum(give_q, tiny)
    highest = np.where(take_q > 0, take_p / np.maximum(take_q, tiny), np.maximum(2.0 * lowest, 1.0))
    return np.maximum(lowest + rate[:, None] * (highest - lowest), 1e-12)


_ONCE = _card(
    "once",
    "Actors trade at equal gain; each gives way on an issue once and gains on an issue once.",
    "Equal gain. The exchanges possible at first are listed by gain; each that is made strikes from the list those in "
    "which one of the two gives way on the same issue, or gains on the same issue; none is worked out anew.",
    oracle="the numbers of another implementation's tests on its sample data; 16 exchanges, noted in a remark there",
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """The exchange model at one rate; see its card and the module's text.

    Parameters
    ----------
    rate
        Equal gain, or a rate between the limits for all exchanges of a draw.
    once
        Whether the exchanges possible at first are worked off, and none worked out anew.
    """

    rate: Rate = "equal-gain"
    once: bool = False

    @property
    def card(self) -> ModelCard:
        """What this variant says of itself."""
        return _ONCE if self.once else _CARDS[self.rate]

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where all exchanges leave everyone; a round is one exchange.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> two = sitting_of(position=[[0.0, 0.0], [100.0, 100.0]], salience=[[0.2, 0.8], [0.8, 0.2]])
        >>> EXCHANGE.move(two).private[0].tolist()
        [[100.0, 0.0], [100.0, 0.0]]
        """
        draws, actors, issues = sitting.private.shape
        chunk = max(1, _CELLS // max(1, actors**2 * issues**2 // 4))
        parts = [self._chunk(sitting, slice(start, min(start + chunk, draws))) for start in range(0, draws, chunk)]
        turns = max(len(log) for _, log, _ in parts) - 1
        private = np.concatenate([final for final, _, _ in parts])
        made = np.concatenate([count for _, _, count in parts])
        rounds = np.repeat(made[:, None], issues, axis=1)
        trajectory = None
        if record:
            padded = [np.stack(log + [log[-1]] * (turns + 1 - len(log))) for _, log, _ in parts]
            positions = np.concatenate(padded, axis=1)
            moved = np.abs(np.diff(positions, axis=0)) > 0
            trajectory = Trajectory(positions, np.where(moved, 0, -1).astype(np.int8), kinds=("exchange",))
        still = np.zeros((draws, issues), dtype=np.intp)
        return Movement(private, rounds, np.full((draws, issues), SETTLED, dtype=np.int8), still, trajectory)

    def _chunk(self, sitting: Sitting, part: slice) -> tuple[Floats, list[Floats], NDArray[np.intp]]:
        """Make exchanges in a chunk of draws, in an order of actors that does not depend on how they were given."""
        length = np.array([agenda.length for agenda in sitting.agendas])
        first, salience, capability = sitting.private[part], sitting.salience[part], sitting.capability[part]
        keys = [*np.moveaxis(salience, 2, 0), capability, *np.moveaxis(first, 2, 0)]
        order = np.lexsort(tuple(keys), axis=1)
        rows = np.arange(len(first))[:, None]
        position, salience, capability = first[rows, order], salience[rows, order], capability[rows, order]
        back = np.argsort(order, axis=1)
        spent = np.zeros(position.shape, dtype=np.bool_)
        rate = sitting.assumptions["exchange_rate"][part] if self.rate == "random-rate" else None
        log, made = [first.copy()], np.zeros(len(first), dtype=np.intp)
        if position.shape[1] < 2 or position.shape[2] < 2:
            return first.copy(), log, made
        line = np.arange(len(first))
        offers = exchanges(position, salience, capability, length, spent, rate)
        while True:
            # Equal gains may differ in the last digit, by the order of the sums.
            best = offers.gain.round(12).argmax(axis=1)
            here = line[offers.gain[line, best] > _GAIN]
            if not len(here):
                return position[rows, back], log, made
            struck = best[here]
            for actor, issue, to in (
                (offers.giver, offers.first, offers.first_to),
                (offers.taker, offers.second, offers.second_to),
            ):
                where = here, actor[here, struck], issue[here, struck]
                position[where] = to[here, struck]
                spent[where] = True
            made[here] += 1
            log.append(position[rows, back])
            if self.once:
                offers = _struck(offers, here, struck)
            else:
                offers = exchanges(position, salience, capability, length, spent, rate)


def _struck(offers: Offers, here: NDArray[np.intp], struck: NDArray[np.intp]) -> Offers:
    """Take from the list of some draws what one exchange rules out: the same actor in the same part on an issue."""
    gone = np.zeros(offers.gain.shape, dtype=np.bool_)
    for actor, given, gained in (
        (offers.giver, offers.first, offers.second),
        (offers.taker, offers.second, offers.first),
    ):
        who = actor[here, struck][:, None]
        gives, takes = offers.giver[here] == who, offers.taker[here] == who
        for issue, on_first, on_second in ((given, gives, takes), (gained, takes, gives)):
            this = issue[here, struck][:, None]
            gone[here] |= on_first & (offers.first[here] == this) | on_second & (offers.second[here] == this)
    return replace(offers, gain=np.where(gone, 0.0, offers.gain))


def externalities(sitting: Sitting, movement: Movement) -> Floats:
    """Return what the exchanges of all gave or cost each actor on each issue, itself among the traders or not.

    Parameters
    ----------
    sitting, movement
        Before, and what an influence model made of it.

    Returns
    -------
    Floats
        Shape (D, A, I): how much nearer the expected outcome has come to what the actor first wanted, as a share of the
        scale, times its salience. Negative for who is harmed.
    """
    length = np.array([agenda.length for agenda in sitting.agendas])
    before = expected_outcomes(sitting.private, sitting.salience, sitting.capability)[:, None]
    after = expected_outcomes(movement.private, sitting.salience, sitting.capability)[:, None]
    nearer = np.abs(before - sitting.private) - np.abs(after - sitting.private)
    return np.asarray(nearer * sitting.salience / length)


EXCHANGE = Exchange("equal-gain")
EXCHANGE_RANDOM = Exchange("random-rate")
EXCHANGE_ONCE = Exchange(once=True)
