"""Whether an act deters or provokes: the crisis game before and after it, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from foedus.strategy.games.crisis_signalling import Equilibria, Payoffs, nearest_root, outcomes, solve, status_quo_for

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOTHING = 0.001
"""A change of the chance of a challenge below this is none, in one draw."""
NOTICEABLE = 0.01
"""One point: an act hardly changes the chance where the middle nine tenths of draws move it by less."""
AGREED = 2 / 3
"""The share of draws that must agree on the sign before it is named."""

DETERS, PROVOKES, EITHER, HARDLY = "deters", "provokes", "either way", "nothing"
WORDS = {
    DETERS: "deters",
    PROVOKES: "provokes",
    EITHER: "could go either way",
    HARDLY: "hardly changes it",
}

_STEPS = 12
_JUMP = 0.6
"""Steps in which an act is taken where there may be several equilibria, and a move of p_R's probit that is a jump."""
_CERTAIN, _SURE = 3.0, 38.0
"""Probits beyond which moves of p_R are no jumps, and beyond which it is 0 or 1 to the last bit."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What an act changes, in stakes (what winning the dispute is worth); arrays of one length, none below 0.

    Attributes
    ----------
    discontent
        By how much less the rival likes the status quo.
    company
        By how much better the defender expects to fare in war, with whoever joins it.
    fear
        By how much worse the rival expects to fare in war.
    """

    discontent: Floats
    company: Floats
    fear: Floats

    def on(self, base: Payoffs, part: float = 1.0) -> Payoffs:
        """Return the payoffs after a part of the act."""
        return base.shifted(status_quo=-part * self.discontent, war_b=part * self.company, war_a=-part * self.fear)

    def taken(self, chosen: Flags) -> Shift:
        """Return some of the draws."""
        return Shift(self.discontent[chosen], self.company[chosen], self.fear[chosen])


@dataclass(frozen=True, slots=True)
class Baseline:
    """The game without the act.

    Attributes
    ----------
    payoffs
        With the S_A at which a challenge has the drawn probability.
    probit
        Of p_R in the equilibrium that is followed: the one with that probability; shape (draws,).
    challenge, fight
        p_C and p_F there.
    found
        All equilibria.
    """

    payoffs: Payoffs
    probit: Floats
    challenge: Floats
    fight: Floats
    found: Equilibria


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does to the chance of a challenge, draw by draw; all of shape (draws,).

    Attributes
    ----------
    before, after
        p_C without and with it, on the branch that is followed.
    resist, fight
        p_R and p_F with it.
    tips
        Whether the equilibrium that was followed is gone, so that play jumps to another.
    count
        How many equilibria there are with it.
    solved
        Whether every equilibrium, before and after, was found with its residual; draws that were not are left out.
    residual
        The largest.
    """

    before: Floats
    after: Floats
    resist: Floats
    fight: Floats
    tips: Flags
    count: NDArray[np.intp]
    solved: Flags
    residual: Floats

    @property
    def change(self) -> Floats:
        """By how much p_C moves, in the draws that were solved."""
        return (self.after - self.before)[self.solved]


@dataclass(frozen=True, slots=True)
class Deterrence:
    """What an act does to the chance of a challenge: a sign, a size, and how sure both are.

    Attributes
    ----------
    before, after, change
        Medians over draws; ``q05`` and ``q95`` of the change.
    outcomes
        Mean probabilities of the four ends with the act.
    deters, provokes, neither, tips
        Shares of draws; a draw that tips also counts by its sign.
    verdict
        `DETERS`, `PROVOKES`, `EITHER` or `HARDLY`.
    one, several, unsolved
        How many draws have one equilibrium with the act, several, or were left out.
    residual
        The largest of any equilibrium that counts.
    """

    KEYS = (
        "challenge=(before after change q05 q95) outcomes deters provokes neither tips verdict "
        "equilibria=(one several none=unsolved) residual"
    )

    before: float
    after: float
    change: float
    q05: float
    q95: float
    outcomes: dict[str, float]
    deters: float
    provokes: float
    neither: float
    tips: float
    verdict: str
    one: int
    several: int
    unsolved: int
    residual: float

    @property
    def words(self) -> str:
        """The verdict as people read it."""
        return WORDS[self.verdict]


def baseline(payoffs: Payoffs, challenge: Floats) -> Baseline:
    """Return the game in which a challenge has a given probability: the status quo's worth is solved, not guessed."""
    worth, probit = status_quo_for(challenge, payoffs)
    game = Payoffs(worth, *payoffs.arrays()[1:])
    equilibria = solve(game)
    place = _nearest(equilibria, probit)
    rows = np.arange(worth.size)
    return Baseline(
        game,
        equilibria.probit[rows, place],
        equilibria.challenge[rows, place],
        equilibria.fight[rows, place],
        equilibria,
    )


def effect(base: Baseline, shift: Shift) -> Effect:
    """Return what an act does, on the branch of equilibria that is followed.

    The equilibrium followed is the one that has the declared chance of a challenge without the act. Where there may be
    several, the act is taken in small steps, each to the nearest equilibrium; a jump means that the one followed is
    gone.
    """
    after = solve(shift.on(base.payoffs))
    rows = np.arange(after.count.size)
    place = _nearest(after, base.probit)
    tips = np.zeros(rows.size, dtype=np.bool_)
    moved = np.abs(_capped(after.probit[rows, place]) - _capped(base.probit))
    unsure = (base.found.count != 1) | (after.count != 1) | (moved > _JUMP)
    if unsure.any():
        probit, tips[unsure] = _followed(base.payoffs.taken(unsure), shift.taken(unsure), base.probit[unsure])
        place[unsure] = _nearest(_some(after, unsure), probit)
    pick = (rows, place)
    residual = np.fmax(
        np.nanmax(base.found.residual, axis=1, initial=0.0), np.nanmax(after.residual, axis=1, initial=0.0)
    )
    return Effect(
        before=base.challenge,
        after=after.challenge[pick],
        resist=after.resist[pick],
        fight=after.fight[pick],
        tips=tips,
        count=after.count,
        solved=base.found.solved & after.solved,
        residual=residual,
    )


def _followed(payoffs: Payoffs, shift: Shift, probit: Floats) -> tuple[Floats, Flags]:
    """Return where small steps lead, and whether any of them was a jump."""
    tips = np.zeros(probit.size, dtype=np.bool_)
    probit = np.clip(probit, -_SURE, _SURE)
    for step in range(1, _STEPS + 1):
        game = shift.on(payoffs, step / _STEPS)
        at = nearest_root(game, probit, _JUMP)
        lost = np.isnan(at)
        if lost.any():
            equilibria = solve(game.taken(lost))
            rows = np.arange(equilibria.count.size)
            at[lost] = equilibria.probit[rows, _nearest(equilibria, probit[lost])]
            tips[lost] |= np.abs(_capped(at[lost]) - _capped(probit[lost])) > _JUMP
        probit = np.clip(at, -_SURE, _SURE)
    return probit, tips


def _capped(probit: Floats) -> Floats:
    """Return probits beyond which resistance is certain as one: moves among them are none."""
    return np.clip(probit, -_CERTAIN, _CERTAIN)


def _some(equilibria: Equilibria, chosen: Flags) -> Equilibria:
    return Equilibria(*(getattr(equilibria, field.name)[chosen] for field in fields(equilibria)))


def _nearest(equilibria: Equilibria, probit: Floats) -> NDArray[np.intp]:
    """Return the place of the equilibrium nearest to a probit of p_R."""
    away = np.abs(np.minimum(equilibria.probit, 38.0) - np.minimum(probit, 38.0)[:, None])
    return np.asarray(np.argmin(np.where(np.isnan(away), np.inf, away), axis=1))


def summed_up(solution: Effect) -> Deterrence:
    """Return an effect in a few numbers and one word."""
    solved, change = solution.solved, solution.change
    if not change.size:
        nan = float("nan")
        return Deterrence(nan, nan, nan, nan, nan, {}, 0, 0, 0, 0, EITHER, 0, 0, solved.size, nan)
    deters, provokes = float(np.mean(change < -NOTHING)), float(np.mean(change > NOTHING))
    low, high = (float(bound) for bound in np.quantile(change, [0.05, 0.95]))
    ends = outcomes(solution.after[solved], solution.resist[solved], solution.fight[solved])
    return Deterrence(
        before=float(np.median(solution.before[solved])),
        after=float(np.median(solution.after[solved])),
        change=float(np.median(change)),
        q05=low,
        q95=high,
        outcomes={name: float(np.mean(values)) for name, values in ends.items()},
        deters=deters,
        provokes=provokes,
        neither=1 - deters - provokes,
        tips=float(np.mean(solution.tips[solved])),
        verdict=verdict(deters, provokes, low, high),
        one=int(np.sum(solution.count[solved] == 1)),
        several=int(np.sum(solution.count[solved] > 1)),
        unsolved=int(np.sum(~solved)),
        residual=float(np.max(solution.residual[solved])),
    )


def verdict(deters: float, provokes: float, low: float, high: float) -> str:
    """Return the word for shares of draws and the middle nine tenths of changes.

    Examples
    --------
    >>> verdict(0.6, 0.4, -0.037, 0.003), verdict(0.7, 0.3, -0.037, 0.003), verdict(0.9, 0.0, -0.004, -0.001)
    ('either way', 'deters', 'nothing')
    """
    if max(abs(low), abs(high)) < NOTICEABLE:
        return HARDLY
    if deters >= AGREED:
        return DETERS
    return PROVOKES if provokes >= AGREED else EITHER


def break_even(base: Baseline, company: Floats | float = 0.0, fear: Floats | float = 0.0) -> Floats:
    """Return the discontent at which company and fear leave the chance of a challenge as it was; shape (draws,).

    On the branch that is followed, and in closed form: with p_C given, the status quo's worth follows.

    Examples
    --------
    >>> game = Payoffs(0.0, 1.0, 0.0, -1.9, -2.4, 1.0, -1.2)
    >>> answer = solve(game)
    >>> base = Baseline(game, answer.probit[:, 0], answer.challenge[:, 0], answer.fight[:, 0], answer)
    >>> break_even(base, company=0.1).round(7).tolist(), break_even(base, fear=0.05).round(7).tolist()
    ([0.0082743], [0.0398942])
    """
    moved = base.payoffs.shifted(war_b=company, war_a=-np.asarray(fear, dtype=np.float64))
    return np.asarray(base.payoffs.arrays()[0] - status_quo_for(base.challenge, moved)[0])
