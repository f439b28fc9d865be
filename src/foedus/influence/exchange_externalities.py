"""What exchanges give or cost those who do not take part: externalities, as the public program decide counts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.influence.exchange import expected_outcomes
from foedus.influence.exchange_book import Account
from foedus.issues.sitting import Flags, Floats
from foedus.issues.sums import total as summed

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Externalities:
    """What each exchange of a round is worth to each actor, as a share of the scale times salience.

    Attributes
    ----------
    value
        For a trader its gain; for anybody else how much nearer both outcomes come to its first position, each times its
        salience; shape (T, D, A).
    own
        Who trades; shape (T, D, A).
    inner
        Who stands on the sides of one of the two who trade; everybody else is outside; shape (T, D, A).
    """

    value: Floats
    own: Flags
    inner: Flags

    def totals(self) -> dict[str, Floats]:
        """Return sums over the round's exchanges by kind, each of shape (D, A).

        The kinds are ``own``, ``inner_positive``, ``inner_negative``, ``outer_positive``, ``outer_negative``.
        """
        kinds = {
            "own": self.own,
            "inner_positive": ~self.own & self.inner & (self.value > 0),
            "inner_negative": ~self.own & self.inner & (self.value <= 0),
            "outer_positive": ~self.own & ~self.inner & (self.value > 0),
            "outer_negative": ~self.own & ~self.inner & (self.value <= 0),
        }
        return {name: summed(np.where(which, self.value, 0.0), 0) for name, which in kinds.items()}


def externalities_of(account: Account, salience: Floats, capability: Floats) -> Externalities:
    """Return what each exchange of a round is worth to each actor.

    Outcomes are those in the account of who gains, as decide has them. An actor that does not care for one of the two
    issues is not counted, as decide does not count who has no row on it.

    Parameters
    ----------
    account
        From `foedus.influence.exchange_book.play_round`.
    salience, capability
        What the round was played with; shape (D, A, I) and (D, A).

    Examples
    --------
    >>> from foedus.influence.exchange_book import play_round
    >>> place, care = np.array([[[0.0, 0.0], [1.0, 1.0], [0.2, 0.9]]]), np.array([[[0.1, 0.9], [0.6, 0.5], [0.4, 0.4]]])
    >>> weight = np.ones((1, 3))
    >>> found = externalities_of(play_round(place, care, weight), care, weight)
    >>> found.value.round(4).tolist(), found.inner.tolist()
    ([[[0.0318, 0.0318, -0.0545]]], [[[True, True, False]]])
    """
    turns, draws = account.gain.shape
    rows, at = np.arange(draws)[:, None], np.arange(account.first.shape[1])
    below = account.first <= expected_outcomes(account.first, salience, capability)[:, None] + _NOTHING
    value = np.zeros((turns, draws, len(at)))
    own, inner = np.zeros(value.shape, dtype=np.bool_), np.zeros(value.shape, dtype=np.bool_)
    for turn in range(turns):
        made = account.giver[turn] >= 0
        p, q = account.issue_given[turn][:, None], account.issue_taken[turn][:, None]
        steps = (
            (p, account.given_before[turn], account.given_after[turn]),
            (q, account.taken_before[turn], account.taken_after[turn]),
        )
        for issue, before, after in steps:
            place = account.first[rows, at, issue]
            nearer = np.abs(before[:, None] - place) - np.abs(after[:, None] - place)
            value[turn] += nearer * salience[rows, at, issue]
        cares = (salience[rows, at, p] > 0) & (salience[rows, at, q] > 0)
        own[turn] = (at == account.giver[turn][:, None]) | (at == account.taker[turn][:, None])
        agree = below[rows, at, p] == below[rows, at, q]
        inner[turn] = cares & made[:, None] & (agree == agree[rows, account.giver[turn][:, None]])
        value[turn] = np.where(own[turn], account.gain[turn][:, None], np.where(cares, value[turn], 0.0))
        value[turn] = np.where(made[:, None], value[turn], 0.0)
    return Externalities(value, own, inner)
