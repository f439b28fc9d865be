"""The exchanges that a model makes between the actors of a table, and what each is worth to whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from foedus.base.errors import FoedusError
from foedus.influence.exchange import Exchange, exchanges, expected_outcomes
from foedus.influence.exchange_book import Account
from foedus.influence.exchange_decide import Decide
from foedus.influence.exchange_externalities import externalities_of
from foedus.issues import InfluenceModel, Sitting
from foedus.issues.models import Movement
from foedus.issues.sitting import Floats
from foedus.rounds.actor_tables import ActorTable


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange.

    Attributes
    ----------
    actor, gives_on
        Who gives way, and on which issue.
    start, end
        Its position there before and after.
    shift
        By how much that moves the outcome expected of the issue, on a scale of 0 to 100.
    gain
        What the exchange is worth to the actor: the other side's shift times its salience there, less its own shift
        times its salience here.
    outcome_before, outcome_after
        The outcome of the issue that moves, in the unit of its scale; for decide's model in the gainer's account.
    """

    actor: str
    gives_on: str
    start: float
    end: float
    shift: float
    gain: float
    outcome_before: float
    outcome_after: float


@dataclass(frozen=True, slots=True)
class Trade:
    """One exchange, in the order in which they are made.

    Attributes
    ----------
    round
        Its number.
    sides
        Both sides, in the order of the table's actors.
    played_in
        In which of several rounds it is made, from 1.
    externalities
        What it is worth to each actor of the table, on a scale of 0 to 100; empty for a model that does not tell.
    """

    round: int
    sides: tuple[Side, Side]
    played_in: int = 1
    externalities: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """One round of decide's model.

    Attributes
    ----------
    round, potential, made
        Its number from 1, how many exchanges were possible at its start, and how many were made.
    before, voted, following
        The outcome expected of each issue at first, after the exchanges, and at the start of the next round, in the
        unit of its scale; length I.
    externalities
        By kind what all exchanges of the round are worth to each actor, on a scale of 0 to 100; length A.
    """

    round: int
    potential: int
    made: int
    before: tuple[float, ...]
    voted: tuple[float, ...]
    following: tuple[float, ...]
    externalities: dict[str, tuple[float, ...]]


def lengths_of(sitting: Sitting) -> Floats:
    """Return the length of each issue's scale; shape (I,)."""
    return np.array([agenda.length for agenda in sitting.agendas])


def potential_of(sitting: Sitting) -> int:
    """Return how many exchanges could be made at first."""
    if len(sitting.agendas) < 2 or len(sitting.actors) < 2:
        return 0
    offers = exchanges(sitting.private, sitting.salience, sitting.capability, lengths_of(sitting))
    return int(offers.possible.sum())


def trades_of(
    table: ActorTable, sitting: Sitting, influence: InfluenceModel, movement: Movement
) -> tuple[tuple[Trade, ...], tuple[Played, ...], int | None]:
    """Return the exchanges made, the rounds they were made in, and how many were possible at first.

    Parameters
    ----------
    table, sitting
        The actors; a sitting of one draw.
    influence, movement
        A model, and what it made of the sitting.

    Returns
    -------
    tuple
        Trades, rounds (none for the plain readings, which have one), and a number; None where the model does not trade.
    """
    if isinstance(influence, Decide):
        accounts = influence.play(sitting)
        trades: list[Trade] = []
        for number, account in enumerate(accounts, 1):
            trades += _trades_in(table, sitting, account, number, len(trades))
        played = tuple(_played(sitting, account, number) for number, account in enumerate(accounts, 1))
        return tuple(trades), played, int(accounts[0].potential[0])
    if isinstance(influence, Exchange):
        return _trades(table, sitting, movement), (), potential_of(sitting)
    return (), (), None


def _trades_in(table: ActorTable, sitting: Sitting, account: Account, number: int, before: int) -> list[Trade]:
    """Return the exchanges of one of decide's rounds."""
    low, length = sitting.private[0].min(axis=0), lengths_of(sitting)
    worth = externalities_of(account, sitting.salience, sitting.capability).value
    place, trades = account.first[0].copy(), []
    for turn in range(len(account.gain)):
        given = int(account.giver[turn, 0]), int(account.issue_given[turn, 0])
        taken = int(account.taker[turn, 0]), int(account.issue_taken[turn, 0])
        ends = float(account.given_to[turn, 0]), float(account.taken_to[turn, 0])
        seen = (
            (float(account.given_before[turn, 0]), float(account.given_after[turn, 0])),
            (float(account.taken_before[turn, 0]), float(account.taken_after[turn, 0])),
        )
        weight = sitting.salience[0] * sitting.capability[0][:, None]
        pull = weight / np.where(weight.sum(axis=0) > 0, weight.sum(axis=0), 1.0)
        both = (given, taken)
        sizes = [abs(end - place[who]) * pull[who] * 100 for who, end in zip(both, ends, strict=True)]
        sides = []
        for own, (i, k) in enumerate(both):
            gain = sizes[1 - own] * sitting.salience[0, i, both[1 - own][1]] - sizes[own] * sitting.salience[0, i, k]
            here, there, *account_of = (
                float(low[k] + share * length[k]) for share in (place[i, k], ends[own], *seen[own])
            )
            sides.append(
                Side(table.actors[i], table.issues[k], here, there, float(sizes[own]), float(gain), *account_of)
            )
        for who, end in zip(both, ends, strict=True):
            place[who] = end
        told = tuple(float(value) for value in 100.0 * worth[turn, 0])
        first, other = sides if given[0] < taken[0] else sides[::-1]
        trades.append(Trade(before + turn + 1, (first, other), number, told))
    return trades


def _played(sitting: Sitting, account: Account, number: int) -> Played:
    low, length = sitting.private[0].min(axis=0), lengths_of(sitting)

    def outcome(place: Floats) -> tuple[float, ...]:
        expected = expected_outcomes(place, sitting.salience, sitting.capability)[0]
        return tuple(float(value) for value in low + expected * length)

    totals = externalities_of(account, sitting.salience, sitting.capability).totals()
    return Played(
        number,
        int(account.potential[0]),
        len(account.gain),
        outcome(account.first),
        outcome(account.voting),
        outcome(account.following),
        {kind: tuple(float(worth_of) for worth_of in 100.0 * value[0]) for kind, value in totals.items()},
    )


def _trades(table: ActorTable, sitting: Sitting, movement: Movement) -> tuple[Trade, ...]:
    """Return each exchange from what it moved: the first draw's positions before and after."""
    if movement.trajectory is None:
        raise FoedusError("exchanges are shown only where every round is recorded")
    path, trades = movement.trajectory.positions[:, 0], []
    length = lengths_of(sitting)
    for turn, (before, after) in enumerate(pairwise(path)):
        moved = [(int(i), int(k)) for i, k in zip(*np.nonzero(before != after), strict=True)]
        if len(moved) != 2:
            continue
        ends = [
            [
                float(expected_outcomes(place[None], sitting.salience, sitting.capability)[0, k])
                for place in (before, after)
            ]
            for _, k in moved
        ]
        sizes = [100.0 * abs(end - start) / length[k] for (start, end), (_, k) in zip(ends, moved, strict=True)]
        sides = []
        for own, (i, k) in enumerate(moved):
            other = moved[1 - own][1]
            gain = sizes[1 - own] * sitting.salience[0, i, other] - sizes[own] * sitting.salience[0, i, k]
            start, end = float(before[i, k]), float(after[i, k])
            sides.append(Side(table.actors[i], table.issues[k], start, end, float(sizes[own]), float(gain), *ends[own]))
        trades.append(Trade(turn + 1, (sides[0], sides[1])))
    return tuple(trades)
