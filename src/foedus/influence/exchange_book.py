"""A round of exchanges as decide plays it: who offers what, what each gainer has been told, what is made.

The rules are those of `foedus.influence.exchange_decide`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.influence.exchange import Offers, exchanges
from foedus.issues.sitting import Flags, Floats
from foedus.issues.sums import total as summed

_SALIENCE_WEIGHT, _FIXED_WEIGHT = 0.4, 0.1
_NOTHING = 1e-12
"""A smaller move or gain, as a share of the scale, is none."""


@dataclass(frozen=True, slots=True)
class Account:
    """The exchanges made in one round, T of them at most, in order; positions and outcomes as shares of the scale.

    Attributes
    ----------
    first, voting, following
        Positions at first, after the exchanges, and at the start of the next round; shape (D, A, I).
    potential
        How many pairs of actors stand on opposite sides of two outcomes; shape (D,).
    giver, taker, issue_given, issue_taken
        Who gives way, and on which of the two issues; -1 where a draw has ended; shape (T, D).
    given_to, taken_to
        Where that leaves them; shape (T, D).
    gain
        What it is worth to each; at a random rate the mean of both; shape (T, D).
    given_before, given_after, taken_before, taken_after
        The outcomes of both issues in the account of who gains there; shape (T, D).
    """

    first: Floats
    voting: Floats
    following: Floats
    potential: NDArray[np.intp]
    giver: NDArray[np.intp]
    taker: NDArray[np.intp]
    issue_given: NDArray[np.intp]
    issue_taken: NDArray[np.intp]
    given_to: Floats
    taken_to: Floats
    gain: Floats
    given_before: Floats
    given_after: Floats
    taken_before: Floats
    taken_after: Floats


class _Side:
    """One side of every exchange: who gives way on which issue, to whom, and how far it can go; arrays (D, E)."""

    def __init__(self, book: _Book, giver: NDArray[np.intp], gainer: NDArray[np.intp], issue: NDArray[np.intp]) -> None:
        self.giver, self.gainer, self.issue = giver, gainer, issue
        rows = book.rows
        self.pull = book.pull[rows, giver, issue]
        self.target = book.first[rows, gainer, issue]
        self.own_care, self.other_care = book.salience[rows, giver, issue], book.salience[rows, gainer, issue]
        self.shape = giver.shape
        # Moves worked out before and replaced: decide keeps them when it tells whether somebody would turn back.
        self.least, self.most = np.full(self.shape, np.inf), np.full(self.shape, -np.inf)
        self.sum = np.zeros(self.shape)
        self.move = np.zeros(self.shape)

    def look(self, book: _Book) -> None:
        """Read where the giver stands by now, and the outcome in the gainer's account, with and without the giver."""
        rows = book.rows
        self.here = book.now[rows, self.giver, self.issue]
        told = book.told[rows, self.gainer, self.issue, self.giver]
        known = np.where(np.isnan(told), self.here, told)
        account = book.account[rows, self.gainer, self.issue]
        start = book.first[rows, self.giver, self.issue]
        self.before = account + (self.here - np.where(np.isnan(told), start, told)) * self.pull
        # decide works out the way left from what the gainer has been told of the giver, where it has been told.
        self.room = self.target - (account + (known - np.where(np.isnan(told), start, told)) * self.pull)
        gap = self.target - self.here
        self.sign = np.sign(gap)
        self.full = np.abs(gap) * self.pull

    def beyond(self, shift: Floats) -> Flags:
        """Tell where a shift would take the outcome from before the gainer's position to behind it."""
        left = (self.target - self.before) * self.sign
        return np.asarray((left > _NOTHING) & (shift > left + _NOTHING))

    def step(self, shift: Floats) -> None:
        """Keep the move that a shift asks for."""
        self.move = self.sign * shift / np.where(self.pull > 0, self.pull, 1.0)

    def valid(self, book: _Book) -> Flags:
        """Tell which moves stay in the range and do not turn back."""
        place = self.here + self.move
        rows = np.arange(len(place))[:, None]
        inside = (place >= book.low[rows, self.issue] - _NOTHING) & (place <= book.high[rows, self.issue] + _NOTHING)
        moves = (np.abs(self.move) > _NOTHING) & (np.abs(self.move) <= 1.0 + _NOTHING)
        onward = np.where(self.move > 0, self.least > 0, self.most < 0)
        return np.asarray(inside & moves & onward & (self.sum + self.move <= 1.0 + _NOTHING))

    def keep(self, which: Flags) -> None:
        """Add the last move to those kept, where the giver has given way elsewhere."""
        self.least = np.where(which, np.minimum(self.least, self.move), self.least)
        self.most = np.where(which, np.maximum(self.most, self.move), self.most)
        self.sum = np.where(which, self.sum + self.move, self.sum)


class _Book:
    """A round under way, for a chunk of draws."""

    def __init__(self, first: Floats, salience: Floats, capability: Floats, rate: Floats | None) -> None:
        self.first, self.salience = first, salience
        self.now = first.copy()
        draws, actors, issues = first.shape
        weight = salience * capability[:, :, None]
        total = summed(weight, 1)[:, None]
        self.pull = weight / np.where(total > 0, total, 1.0)
        outcome = summed(self.pull * first, 1)
        self.low, self.high = first.min(axis=1), first.max(axis=1)
        self.rows = np.arange(draws)[:, None]
        # What each gainer has been told, per issue, of where each giver stands, and the outcome that makes.
        self.told = np.full((draws, actors, issues, actors), np.nan)
        self.account = np.repeat(outcome[:, None], actors, axis=1)
        below = first <= outcome[:, None] + _NOTHING
        offers = exchanges(first, salience, capability, np.ones(issues), rate=rate, below=below)
        self.possible = offers.possible
        self.price = offers.price
        self.given = _Side(self, offers.giver, offers.taker, offers.first)
        self.taken = _Side(self, offers.taker, offers.giver, offers.second)
        self.rank = _listed(offers, below)
        self.alive = offers.possible & (self.given.pull > 0) & (self.taken.pull > 0)
        self.gain = np.zeros(self.alive.shape)
        self.given_shift = np.zeros(self.alive.shape)
        self.taken_shift = np.zeros(self.alive.shape)
        self.work_out(self.alive.copy())

    def work_out(self, which: Flags) -> None:
        """Work out exchanges anew; those that make no sense any more drop out."""
        given, taken = self.given, self.taken
        given.look(self)
        taken.look(self)
        shift = np.minimum(given.full, taken.full / self.price)
        other = np.minimum(shift * self.price, taken.full)
        gains = self._gain(shift, other) > _NOTHING
        given.step(shift)
        taken.step(other)
        fine = gains & given.valid(self) & taken.valid(self)
        beyond = taken.beyond(other)
        other = np.where(beyond, np.abs(taken.room), other)
        shift = np.where(beyond, other / self.price, shift)
        told_after = taken.before + taken.sign * other
        beyond = given.beyond(shift)
        shift = np.where(beyond, np.abs(given.room), shift)
        other = np.where(beyond, shift * self.price, other)
        given.step(shift)
        taken.step(other)
        fine &= given.valid(self) & taken.valid(self)
        self.alive &= fine | ~which
        self.gain = np.where(self.alive, self._gain(shift, other), 0.0)
        self.given_after, self.taken_after = given.before + given.sign * shift, told_after

    def _gain(self, shift: Floats, other: Floats) -> Floats:
        """Return the mean of both sides' gains: at equal gain what each gains."""
        given, taken = self.given, self.taken
        return np.asarray(
            (shift * (given.other_care - given.own_care) + other * (taken.other_care - taken.own_care)) / 2
        )

    def best(self) -> NDArray[np.intp]:
        """Return the exchange with the largest gain in each draw; of equals, the one that was ahead before."""
        order = np.lexsort((self.rank, -np.where(self.alive, self.gain, -1.0).round(13)), axis=1)
        np.put_along_axis(self.rank, order, np.arange(order.shape[1])[None], axis=1)
        return np.asarray(order[:, 0])

    def make(self, best: NDArray[np.intp], here: Flags) -> None:
        """Make one exchange in each of some draws, and work out anew what it touches."""
        draws = np.flatnonzero(here)
        chosen = best[draws]
        again, gains = np.zeros(self.alive.shape, dtype=np.bool_), np.zeros(self.alive.shape, dtype=np.bool_)
        sides = (self.given, self.taken)
        made = []
        for side in sides:
            giver, gainer, issue = (values[draws, chosen] for values in (side.giver, side.gainer, side.issue))
            made.append((giver, gainer, issue, side.here[draws, chosen] + side.move[draws, chosen]))
        for giver, gainer, issue, to in made:
            self.now[draws, giver, issue] = to
            self._tell(draws, gainer, issue, giver, to)
        for side in sides:
            repeats = np.zeros(self.alive.shape, dtype=np.bool_)
            for giver, gainer, issue, _ in made:
                same = side.issue[draws] == issue[:, None]
                repeats[draws] |= same & (side.giver[draws] == giver[:, None])
                gains[draws] |= same & (side.gainer[draws] == gainer[:, None])
            side.keep(repeats & self.alive)
            again |= repeats
        self.alive[draws, chosen] = False
        self.work_out(self.alive & (again | gains))

    def _tell(
        self,
        draws: NDArray[np.intp],
        gainer: NDArray[np.intp],
        issue: NDArray[np.intp],
        giver: NDArray[np.intp],
        to: Floats,
    ) -> None:
        """Enter in the gainer's account where the giver stands; of two entries the less far one stays."""
        where = draws, gainer, issue, giver
        known, start = self.told[where], self.first[draws, giver, issue]
        nearer = np.where(start <= known, np.minimum(known, to), np.maximum(known, to))
        entry = np.where(np.isnan(known), to, nearer)
        change = entry - np.where(np.isnan(known), start, known)
        self.told[where] = entry
        self.account[draws, gainer, issue] += change * self.pull[draws, giver, issue]


def _listed(offers: Offers, below: Flags) -> NDArray[np.intp]:
    """Return each offer's rank in decide's list: issues, whose sides agree on both first, then the upper's order."""
    rows = np.arange(len(below))[:, None]
    first, other = np.minimum(offers.giver, offers.taker), np.maximum(offers.giver, offers.taker)
    p, q = np.minimum(offers.first, offers.second), np.maximum(offers.first, offers.second)
    agree = below[rows, first, p] == below[rows, first, q]
    # Of two who agree on both issues the one above leads, of the others the one below on the first issue.
    leads = np.where(agree, ~below[rows, first, p], below[rows, first, p])
    ahead, behind = np.where(leads, first, other), np.where(leads, other, first)
    order = np.lexsort((behind, ahead, ~agree, q, p), axis=1)
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(order.shape[1])[None], axis=1)
    return rank


def play_round(first: Floats, salience: Floats, capability: Floats, rate: Floats | None = None) -> Account:
    """Make all exchanges of one round.

    Parameters
    ----------
    first
        Positions as shares of each scale; shape (D, A, I).
    salience
        From 0 to 1; shape (D, A, I).
    capability
        Shape (D, A).
    rate
        Where between its limits the rate of exchange lies; shape (D,). None for equal gain.

    Examples
    --------
    >>> two = play_round(np.array([[[0.0, 0.0], [1.0, 1.0]]]), np.array([[[0.1, 0.9], [0.6, 0.5]]]), np.ones((1, 2)))
    >>> two.potential.tolist(), two.gain.round(9).tolist(), two.voting.round(9).tolist()
    ([1], [[0.05]], [[[1.0, 0.0], [1.0, 0.8]]])
    """
    draws, actors, issues = first.shape
    log: list[tuple[NDArray[Any], ...]] = []
    if actors < 2 or issues < 2:
        return _account(first, first.copy(), salience, np.zeros(draws, dtype=np.intp), log)
    book = _Book(first, salience, capability, rate)
    potential = book.possible.sum(axis=1)
    line = np.arange(draws)
    while book.alive.any():
        here = np.asarray(book.alive.any(axis=1))
        best = book.best()
        given, taken = book.given, book.taken

        def of(values: NDArray[np.generic], best: NDArray[np.intp] = best) -> NDArray[np.generic]:
            return values[line, best]

        whole = [of(v) for v in (given.giver, taken.giver, given.issue, taken.issue)]
        parts = [of(v) for v in (given.here + given.move, taken.here + taken.move, book.gain)]
        seen = [of(v) for v in (given.before, book.given_after, taken.before, book.taken_after)]
        log.append((*(np.where(here, v, -1) for v in whole), *(np.where(here, v, np.nan) for v in [*parts, *seen])))
        book.make(best, here)
    return _account(first, book.now, salience, potential, log)


def _account(
    first: Floats,
    voting: Floats,
    salience: Floats,
    potential: NDArray[np.intp],
    log: list[tuple[NDArray[Any], ...]],
) -> Account:
    """Return the round and the positions of the next."""
    columns = [np.array([turn[k] for turn in log]).reshape(len(log), len(first)) for k in range(11)]
    following = first + (voting - first) * (_SALIENCE_WEIGHT * (1.0 - salience) + _FIXED_WEIGHT)
    giver, taker, given, taken = (column.astype(np.intp) for column in columns[:4])
    parts = [column.astype(np.float64) for column in columns[4:]]
    return Account(first, voting, following, potential, giver, taker, given, taken, *parts)


def each_exchange(account: Account) -> list[Floats]:
    """Return positions at first and after each exchange of a round; T + 1 arrays of shape (D, A, I)."""
    place = account.first.copy()
    path = [place.copy()]
    for turn in range(len(account.gain)):
        draws = np.flatnonzero(account.giver[turn] >= 0)
        place[draws, account.giver[turn, draws], account.issue_given[turn, draws]] = account.given_to[turn, draws]
        place[draws, account.taker[turn, draws], account.issue_taken[turn, draws]] = account.taken_to[turn, draws]
        path.append(place.copy())
    return path
