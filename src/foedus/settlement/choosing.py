"""How a body comes to one of several options without an order: consensus on one, straw polls, rounds, elimination.

Each draw gives every seat an approval of each option, from 0 to 100; 50 and more is preferred to the status quo. Which
options would pass if they were put to the body, by its rule, is given. Every way puts one option forward; where it does
not pass, the status quo holds.

- consensus:    among those that would pass, the one that most seats put first: a chair who sounds out members; ties go
                to the higher mean approval
- straw-polls:  among those that would pass, the one that most seats approve of; ties go to the higher mean approval
- rounds:       everybody votes for its first choice; an option whose voters win under the rule is chosen; else the two
                with the most votes go on, and the winner of the last round is put to the body
- elimination:  everybody votes for its first choice; an option whose voters win is chosen; else the one with the fewest
                votes drops out, and so on; the last one left is put to the body

Where the body decides by consensus, the first two put forward the front-runner, whether or not it would pass. Once it
is stopped, the chair turns to a declared rival with the chance `TURNS`, and otherwise the choice is put off.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from foedus.issues.sitting import Flags, Floats

ACCEPTABLE = 50.0

STOPPED, RIVALS = 6, 1
"""Front-runners that were stopped while a declared rival stood, and how many of these rivals were chosen on the day.

European Council 1994 and 2004, NATO in November and in December 1995, IMF 2000, WTO 2020; the rival was Solana in 1995.
The page on choices names each with its source."""
TURNS = (RIVALS + 0.5) / (STOPPED + 1)
"""How likely a declared rival is put forward once the front-runner is stopped: the mean under Jeffreys' prior."""

METHODS = {
    "consensus": "the option that most members put first, if nobody blocks it",
    "straw-polls": "polls of who approves of whom: among those that would pass, the one that most approve of",
    "rounds": "one vote each; where nobody wins, the top two go to a second round",
    "elimination": "one vote each; where nobody wins, the one with the fewest votes drops out",
}
"""The ways to come to one option, and what each does."""
POLLS = "straw-polls"
SOUNDED = ("consensus", POLLS)
"""The ways in which a chair puts the front-runner forward."""

Chosen = NDArray[np.intp]
Winning = Callable[[Flags], Flags]


def choose(method: str, approvals: Floats, passes: Flags, winning: Winning) -> Chosen:
    """Return which option each draw ends at, K for the status quo.

    Parameters
    ----------
    method
        One of `METHODS`.
    approvals
        Of each seat for each of the K options; shape (D, S, K).
    passes
        Which options would be adopted if they were put to the body; shape (D, K).
    winning
        Which coalitions of seats win under the rule; from shape (D, S) to (D,).

    Returns
    -------
    Chosen
        Shape (D,).

    Examples
    --------
    >>> approvals = np.array([[[90.0, 60.0], [80.0, 70.0], [10.0, 90.0]]])
    >>> majority = lambda votes: votes.sum(axis=-1) > 1.5
    >>> blocked = np.array([[False, True]])
    >>> [int(choose(one, approvals, blocked, majority)[0]) for one in METHODS]
    [1, 1, 0, 0]
    """
    return _METHODS[method](approvals, passes, winning)


def front_runner_only(method: str, approvals: Floats, chosen: Chosen, turns: Flags) -> Chosen:
    """Return what is chosen where a stopped front-runner mostly means that the choice is put off.

    Parameters
    ----------
    method, approvals
        As in `choose`.
    chosen
        What `choose` returned.
    turns
        In which draws the chair turns to another once the front-runner is stopped; shape (D,).

    Examples
    --------
    >>> approvals = np.array([[[90.0, 60.0], [80.0, 70.0], [10.0, 90.0]]] * 2)
    >>> front_runner_only("consensus", approvals, np.array([1, 1]), np.array([False, True])).tolist()
    [2, 1]
    """
    if method not in SOUNDED:
        return chosen
    every = np.ones((len(approvals), approvals.shape[2]), dtype=np.bool_)
    ahead = choose(method, approvals, every, lambda votes: np.zeros(len(votes), dtype=np.bool_))
    return np.where((chosen == ahead) | turns, chosen, approvals.shape[2])


def _best(approvals: Floats, passes: Flags, score: Floats) -> Chosen:
    """Return the option with the best score among those that pass; ties go to the higher mean approval."""
    mean = approvals.mean(axis=1)
    ranked = np.where(passes, score + mean / 1e6, -np.inf)
    return np.asarray(np.where(passes.any(axis=1), ranked.argmax(axis=1), passes.shape[1]))


def _consensus(approvals: Floats, passes: Flags, winning: Winning) -> Chosen:
    del winning
    return _best(approvals, passes, _votes(approvals, np.ones_like(passes)))


def _straw_polls(approvals: Floats, passes: Flags, winning: Winning) -> Chosen:
    del winning
    return _best(approvals, passes, (approvals >= ACCEPTABLE).sum(axis=1).astype(np.float64))


def _rounds(approvals: Floats, passes: Flags, winning: Winning) -> Chosen:
    draws, _, options = approvals.shape
    left = np.ones((draws, options), dtype=np.bool_)
    chosen = np.full(draws, -1)
    chosen = _elected(approvals, left, winning, chosen)
    votes, mean = _votes(approvals, left), approvals.mean(axis=1)
    order = np.argsort(-(votes + mean / 1e6), axis=1, kind="stable")
    left = np.zeros_like(left)
    np.put_along_axis(left, order[:, :2], values=True, axis=1)
    chosen = _elected(approvals, left, winning, chosen)
    last = np.where(left, _votes(approvals, left) + mean / 1e6, -np.inf).argmax(axis=1)
    return _put(chosen, last, passes)


def _elimination(approvals: Floats, passes: Flags, winning: Winning) -> Chosen:
    draws, _, options = approvals.shape
    left = np.ones((draws, options), dtype=np.bool_)
    chosen = np.full(draws, -1)
    mean = approvals.mean(axis=1)
    for _ in range(options - 1):
        chosen = _elected(approvals, left, winning, chosen)
        fewest = np.where(left, _votes(approvals, left) + mean / 1e6, np.inf).argmin(axis=1)
        left[np.arange(draws), fewest] = False
    return _put(chosen, left.argmax(axis=1), passes)


def _votes(approvals: Floats, left: Flags) -> Floats:
    """Return how many seats have each option as their first choice among those left; shape (D, K)."""
    first = np.where(left[:, None, :], approvals, -1.0).argmax(axis=2)
    return np.asarray((first[:, :, None] == np.arange(left.shape[1])).sum(axis=1), dtype=np.float64)


def _elected(approvals: Floats, left: Flags, winning: Winning, chosen: Chosen) -> Chosen:
    """Return what is chosen once an option's voters win, where nothing was; an option left alone is not voted on."""
    several = left.sum(axis=1) > 1
    first = np.where(left[:, None, :], approvals, -1.0).argmax(axis=2)
    for option in range(left.shape[1]):
        wins = winning(first == option) & left[:, option] & several
        chosen = np.where((chosen < 0) & wins, option, chosen)
    return chosen


def _put(chosen: Chosen, last: Chosen, passes: Flags) -> Chosen:
    """Put the last option to the body where nothing was chosen; where it does not pass, the status quo holds."""
    passed = np.take_along_axis(passes, last[:, None], axis=1)[:, 0]
    return np.where(chosen >= 0, chosen, np.where(passed, last, passes.shape[1]))


_METHODS: dict[str, Callable[[Floats, Flags, Winning], Chosen]] = {
    "consensus": _consensus,
    "straw-polls": _straw_polls,
    "rounds": _rounds,
    "elimination": _elimination,
}
