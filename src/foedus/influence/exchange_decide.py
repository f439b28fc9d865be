"""The exchange model as the public program decide runs it: an actor may give way again and again on one issue.

Potential exchanges and the rate at equal gain are those of the plain model. The differences:

- what one gains on an issue stops where the outcome reaches its first position, which stays its target all round long
- that outcome is the gainer's own account: first positions, moved only by those who gave way to it on that issue, and
  the whole way that the other side of this exchange has come
- after an exchange, those exchanges are worked out anew in which one of the two gives way on the same issue again, or
  gains on the same issue again; all others keep their gains; who would have to turn back drops out
- after the last exchange come the next round's positions: first + (shift of the round) (0.4 (1 - s) + 0.1)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.influence.exchange import Rate
from foedus.influence.exchange_book import Account, each_exchange, play_round
from foedus.issues.models import SETTLED, UNFINISHED, Assumption, ModelCard, Movement, Trajectory
from foedus.issues.sitting import Flags, Floats, Sitting

ROUNDS = 10
"""Rounds of the long run: what decide plays where it is not told."""

_CELLS = 60_000

_REFERENCE = (
    "Stokman and Van Oosten (1994), The exchange of voting positions: an object-oriented model of policy networks, in "
    "Bueno de Mesquita and Stokman (eds), European Community Decision Making, chapter 5; as the public program "
    "decide-exchange-model runs it, release 2022.1.28"
)

_READING = (
    "Gains are shares of an outcome in the gainer's own account; they stop at its first position, unless the account "
    "is there or beyond it already. Whoever stands at the outcome counts as below it. Of equal gains the one that was "
    "ahead before goes first, at first by issues, groups and actors as given, where decide tosses a coin. Positions "
    "stay between the lowest and the highest first ones, in decide within the scale. Everybody counts, with a seat or "
    "without."
)


def _decide_card(name: str, summary: str, reading: str, assumptions: tuple[Assumption, ...] = ()) -> ModelCard:
    return ModelCard(
        name=f"exchange:{name}",
        stage="influence",
        summary=summary,
        caution="It needs several issues at once; on one issue there is nothing to trade, and nobody moves.",
        inputs=("private", "salience", "capability"),
        stochastic=False,
        properties=("within range", "neutral to the unit", "unanimity"),
        assumptions=assumptions,
        reference=_REFERENCE,
        reading=f"{reading} {_READING}",
        oracle="what decide prints on its two sample data sets: exchanges, gains, positions, outcomes, externalities",
        refuted=("anonymous", "neutral to direction", "issue by issue", "keeps order"),
    )


@dataclass(frozen=True, slots=True)
class Decide:
    """The exchange model as decide runs it; see its card and the module's text.

    Parameters
    ----------
    card
        What the model says of itself.
    rate
        Equal gain, or a rate between the limits for all exchanges of a draw.
    rounds
        How many rounds at most.
    """

    card: ModelCard
    rate: Rate = "equal-gain"
    rounds: int = 1

    def play(self, sitting: Sitting, part: slice = slice(None)) -> list[Account]:
        """Return every round of some draws, the last one without exchanges where nothing is left to trade.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> two = sitting_of([[0.0, 0.0], [100.0, 100.0]], [[0.1, 0.9], [0.6, 0.5]])
        >>> [account.gain.round(9).tolist() for account in DECIDE.play(two)]
        [[[0.05]]]
        """
        length = np.array([agenda.length for agenda in sitting.agendas])
        first = sitting.private[part]
        # To a billionth of a thousandth, so that another unit or origin gives the same shares.
        place = ((first - first.min(axis=1, keepdims=True)) / length).round(13)
        rate = sitting.assumptions["exchange_rate"][part] if self.rate == "random-rate" else None
        accounts: list[Account] = []
        for _ in range(self.rounds):
            accounts.append(play_round(place, sitting.salience[part], sitting.capability[part], rate))
            place = accounts[-1].following
            if not len(accounts[-1].gain):
                break
        return accounts

    def move(self, sitting: Sitting, *, record: bool = False) -> Movement:
        """Return where the exchanges of the last round leave everyone.

        In a run of one round the trajectory has each exchange, in a longer one each round's first positions.

        Examples
        --------
        >>> from foedus.testing import sitting_of
        >>> two = sitting_of([[0.0, 0.0], [100.0, 100.0]], [[0.1, 0.9], [0.6, 0.5]])
        >>> DECIDE.move(two).private[0].tolist()
        [[100.0, 0.0], [100.0, 80.0]]
        """
        draws, actors, issues = sitting.private.shape
        chunk = max(1, _CELLS // max(1, actors**2 * issues**2 // 4))
        parts = []
        for start in range(0, draws, chunk):
            part = slice(start, min(start + chunk, draws))
            parts.append(_Told.of(sitting, part, self.play(sitting, part), self.rounds > 1))
        most = max(len(told.log) for told in parts)
        rounds = np.concatenate([told.count for told in parts])
        still = np.concatenate([told.still for told in parts]) if self.rounds > 1 else np.ones(draws, dtype=np.bool_)
        ended = np.where(still, SETTLED, UNFINISHED).astype(np.int8)
        trajectory = None
        if record:
            padded = [np.stack(told.log + [told.log[-1]] * (most - len(told.log))) for told in parts]
            positions = np.concatenate(padded, axis=1)
            moved = np.abs(np.diff(positions, axis=0)) > 0
            trajectory = Trajectory(positions, np.where(moved, 0, -1).astype(np.int8), kinds=("exchange",))
        return Movement(
            np.concatenate([told.log[-1] for told in parts]),
            np.repeat(rounds[:, None], issues, axis=1),
            np.repeat(ended[:, None], issues, axis=1),
            np.zeros((draws, issues), dtype=np.intp),
            trajectory,
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """Positions of a chunk of draws, exchange by exchange or round by round, in each scale's unit."""

    log: list[Floats]
    count: NDArray[np.intp]
    still: Flags

    @classmethod
    def of(cls, sitting: Sitting, part: slice, accounts: list[Account], rounds: bool) -> _Told:
        first = sitting.private[part]
        length = np.array([agenda.length for agenda in sitting.agendas])
        low, high = first.min(axis=1, keepdims=True), first.max(axis=1, keepdims=True)

        def back(place: Floats) -> Floats:
            moved = np.clip(low + place * length, low, high)
            return np.where(place == accounts[0].first, first, moved)

        if rounds:
            places = [account.first for account in accounts] + [accounts[-1].voting]
            count = np.array([(account.giver >= 0).any(axis=0) for account in accounts]).sum(axis=0)
        else:
            places = each_exchange(accounts[0])
            count = (accounts[0].giver >= 0).sum(axis=0)
        still = np.asarray((accounts[-1].giver < 0).all(axis=0))
        return cls([back(place) for place in places], count.astype(np.intp), still)


_RATE = Assumption(
    "exchange_rate",
    "where the rate of exchange lies: 0 gives all gain to who receives on the first issue, 1 to the other",
    0.0,
    0.5,
    1.0,
)

DECIDE = Decide(
    _decide_card(
        "decide",
        "Actors trade concessions at equal gain, giving way more than once, until no trade is left.",
        "One round, at equal gain; positions are those after its exchanges.",
    )
)
DECIDE_ROUNDS = Decide(
    _decide_card(
        "decide-rounds",
        "Rounds of exchanges at equal gain; after each, positions follow what was traded part of the way.",
        f"{ROUNDS} rounds at most, at equal gain; positions are those after the last round's exchanges.",
    ),
    rounds=ROUNDS,
)
DECIDE_RANDOM = Decide(
    _decide_card(
        "decide-random",
        "As decide, at a rate between the two at which one side would gain nothing.",
        "One round; `exchange_rate` tells where between the two limits, for all exchanges of a draw, where decide "
        "draws anew for each; the exchange with the largest sum of gains is made first.",
        (_RATE,),
    ),
    rate="random-rate",
)
