"""Who believes what: each player plays its own game, and what follows where one of them errs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from foedus.strategy.deterrence import Baseline, Shift, effect
from foedus.strategy.games.crisis_signalling import Payoffs, bivariate, normal_density

Floats = NDArray[np.float64]

_RHO = 1 / np.sqrt(2)


@dataclass(frozen=True, slots=True)
class Belief:
    """What follows when the two sides play the games that they believe in.

    Attributes
    ----------
    who
        Who errs: ``nobody``, ``rival``, ``defender`` or ``both``.
    what
        In which respect, in words.
    shared
        Whether the other side shares the belief; None where nobody errs.
    challenge, war
        Mean probabilities over draws.
    regret
        What the one who errs loses by it on average, in stakes; None where nobody errs, or the belief is shared and so
        true to how both act, or both err.
    draws
        How many draws count.
    """

    KEYS = "who what shared challenge war regret draws"

    who: str
    what: str
    shared: bool | None
    challenge: float
    war: float
    regret: float | None
    draws: int


def beliefs(base: Baseline, shift: Shift, opposition: Floats, company: Floats) -> tuple[Belief, ...]:
    """Return accurate beliefs, each error alone, shared or not, and both.

    Parameters
    ----------
    base, shift
        The game without the act, and what the act changes in truth.
    opposition
        By how much worse the rival believes it would fare in war than it would, in stakes; shape (draws,).
    company
        By how much the defender overrates those who would join it; shape (draws,).
    """
    none = np.zeros_like(shift.fear)
    truth = _game(base, shift, none, none)
    rival_errs = _game(base, shift, opposition, none)
    defender_errs = _game(base, shift, none, company)
    both_err = _game(base, shift, opposition, company)
    overrated, joined = "overrates the opposition that it would meet", "overrates who would join it"
    return (
        _played("nobody", "sees things as they are", None, truth, truth, None),
        _played("rival", overrated, True, rival_errs, rival_errs, None),
        _played("rival", overrated, False, rival_errs, truth, opposition),
        _played("defender", joined, True, defender_errs, defender_errs, None),
        _played("defender", joined, False, truth, defender_errs, company),
        _played("both", f"the rival {overrated}, the defender {joined}", True, both_err, both_err, None),
        _played("both", f"the rival {overrated}, the defender {joined}", False, rival_errs, defender_errs, None),
    )


@dataclass(frozen=True, slots=True)
class _Game:
    """A game as somebody sees it: payoffs with the act, and the equilibrium that is followed."""

    payoffs: Payoffs
    challenge: Floats
    resist: Floats
    fight: Floats
    solved: NDArray[np.bool_]


def _game(base: Baseline, shift: Shift, opposition: Floats, company: Floats) -> _Game:
    seen = Shift(shift.discontent, shift.company + company, shift.fear + opposition)
    act = effect(base, seen)
    return _Game(seen.on(base.payoffs), act.after, act.resist, act.fight, act.solved)


def _played(who: str, what: str, shared: bool | None, rival: _Game, defender: _Game, error: Floats | None) -> Belief:
    """Return what happens when the challenger plays one game and the defender another."""
    solved = rival.solved & defender.solved
    regret = None
    if who == "rival" and error is not None:
        regret = float(np.mean(rival_regret(rival.payoffs, error, rival.resist, defender.resist)[solved]))
    elif who == "defender" and error is not None:
        lost = defender_regret(defender.payoffs, error, defender.fight, rival.fight)
        regret = float(np.mean((rival.challenge * lost)[solved]))
    war = rival.challenge * defender.resist * rival.fight
    return Belief(
        who,
        what,
        shared,
        float(np.mean(rival.challenge[solved])),
        float(np.mean(war[solved])),
        regret,
        int(solved.sum()),
    )


def rival_regret(payoffs: Payoffs, error: Floats, expected: Floats, resist: Floats) -> Floats:
    """Return what a challenger loses that believes war to be worse than it is, and resistance as likely as it expects.

    Parameters
    ----------
    payoffs
        As the challenger sees them.
    error
        By how much its war payoff is better in truth.
    expected, resist
        p_R as it expects it, and in truth.
    """
    s_a, v_a, _, w_a, _, _, a = payoffs.arrays()

    def cut(probability: Floats) -> Floats:
        return (s_a - (1 - probability) * v_a) / np.maximum(probability, 1e-12)

    best = _worth(s_a, v_a, w_a + error, a, cut(resist), 0.0, resist)
    played = _worth(s_a, v_a, w_a, a, cut(expected), error, resist)
    return np.asarray(best - played)


def _worth(
    status_quo: Floats, prize: Floats, war: Floats, back: Floats, cut: Floats, error: Floats | float, resist: Floats
) -> Floats:
    """Return the expected payoff of challenging above a cut-off and fighting where war looks better.

    War is taken to be worth ``war`` plus a shock and is worth ``error`` more; both regions and both means are closed
    forms of the bivariate normal.
    """
    cut = np.clip(cut, -50.0, 50.0)
    fights, bluffs = _region(cut - war, war - back), _region(cut - back, back - war)
    quiet = ndtr(cut - war) * ndtr(cut - back)
    fought = (war + error) * fights[0] + fights[1]
    backed = back * bluffs[0] + bluffs[1]
    return np.asarray(quiet * status_quo + (1 - quiet) * (1 - resist) * prize + resist * (fought + backed))


def _region(low: Floats, lead: Floats) -> tuple[Floats, Floats]:
    """Return the probability of {e > low, f < e + lead}, and the mean of e over it, for standard normal e and f."""
    chance = bivariate(lead * _RHO, -low)
    rest = normal_density(lead * _RHO) * _RHO * ndtr(-(np.sqrt(2.0) * low + lead * _RHO))
    return chance, normal_density(low) * ndtr(low + lead) + rest


def defender_regret(payoffs: Payoffs, error: Floats, expected: Floats, fight: Floats) -> Floats:
    """Return what a defender, once challenged, loses that overrates its war payoff by ``error``.

    Parameters
    ----------
    payoffs
        As the defender sees them.
    error
        By how much its war payoff is worse in truth.
    expected, fight
        p_F as it expects it, and in truth.
    """
    _, _, c_b, _, w_b, v_b, _ = payoffs.arrays()

    def worth(threshold: Floats) -> Floats:
        stands = fight * (w_b - error) + (1 - fight) * v_b
        return np.asarray(c_b * ndtr(threshold) + stands * ndtr(-threshold) + fight * normal_density(threshold))

    def threshold(belief: Floats, war: Floats) -> Floats:
        return np.asarray((c_b - (1 - belief) * v_b) / np.maximum(belief, 1e-12) - war)

    return np.asarray(worth(threshold(fight, w_b - error)) - worth(threshold(expected, w_b)))
